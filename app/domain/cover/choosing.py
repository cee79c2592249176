"""Who gets which shift in the best plan: by the solver where it is there, else one after the other.

The rules are asked by the same function as for a single choice. What two shifts forbid each other whoever takes them
is said to the solver beforehand; all else is forbidden when a plan would break it, and the solver goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from app.domain.cover.ranking import ASSISTANTS, price
from app.domain.cover.rules import Facts, Rules, allowed, time_obstacles
from app.domain.cover.solver import Program
from app.domain.records import Shift


@dataclass(frozen=True, slots=True)
class Task:
    """An uncovered shift, with everyone who could be thought of for it."""

    shift: Shift
    everyone: Sequence[Facts]


@dataclass(frozen=True, slots=True)
class Option:
    """A person who could take a shift, by its place among the tasks, and what it costs."""

    task: int
    facts: Facts
    price: int


Chosen = Mapping[int, Option]
"""Task → the option that is taken for it."""


def options_of(number: int, task: Task, rules: Rules) -> Iterator[Option]:
    """Everyone who may take a shift: no supervisor, and nobody who said no."""
    needed = set(task.shift.skills)
    for facts in task.everyone:
        if facts.person.role not in ASSISTANTS or facts.answer == "no":
            continue
        if needed <= set(facts.person.skills) and allowed(task.shift, facts, rules):
            yield Option(number, facts, price(task.shift, facts, rules))


def cost(tasks: Sequence[Task], chosen: Chosen) -> tuple[int, int]:
    """What a plan costs as a whole: the fewest uncovered first, then the sum of the prices."""
    return len(tasks) - len(chosen), sum(one.price for one in chosen.values())


def _stake(tasks: Sequence[Task], options: Sequence[Option]) -> int:
    """What a covered shift is worth: more than all prices together can differ."""
    prices = [one.price for one in options] or [0]
    return max(prices) + len(tasks) * (max(prices) - min(prices)) + 1


def breaks(shifts: Sequence[Shift], facts: Facts, rules: Rules) -> bool:
    """True where one person cannot take all of these shifts: asked of the same rules as a single choice."""

    def with_others(one: Shift) -> Facts:
        return replace(facts, shifts=[*facts.shifts, *(other for other in shifts if other is not one)])

    return not all(allowed(one, with_others(one), rules) for one in shifts)


def solved(
    tasks: Sequence[Task], options: Sequence[Option], rules: Rules, left: Callable[[], float]
) -> tuple[Chosen, bool]:
    """The best choice and True; where the time runs out, the best that was found. SolverMissing without one."""
    best = greedy(tasks, options, rules)
    stake = _stake(tasks, options)
    program = Program([one.price - stake for one in options], list(_groups(tasks, options, rules)))
    while (seconds := left()) > 0 and (found := program.solve(seconds)) is not None:
        chosen = {options[number].task: options[number] for number in found.chosen}
        wrong = list(_wrong(tasks, chosen, rules))
        if found.proven and not wrong:
            return chosen, True
        best = min((best, _mended(tasks, options, chosen, wrong, rules)), key=lambda one: cost(tasks, one))
        if not found.proven:
            break
        for person, together in wrong:
            for forbidden in _alike(tasks, options, person, together, rules):
                program.forbid(forbidden)
    return best, False


def _groups(tasks: Sequence[Task], options: Sequence[Option], rules: Rules) -> Iterator[list[int]]:
    """Options of which one at most can be chosen: those of a shift, and a person's for shifts that clash."""
    of_task: dict[int, list[int]] = {}
    of_person: dict[str, dict[int, int]] = {}
    for number, one in enumerate(options):
        of_task.setdefault(one.task, []).append(number)
        of_person.setdefault(one.facts.person.id, {})[one.task] = number
    yield from of_task.values()
    clashing = _cliques(tasks, rules)
    for own in of_person.values():
        together = {tuple(own[task] for task in clique if task in own) for clique in clashing}
        yield from (list(one) for one in sorted(together) if len(one) > 1)


def _cliques(tasks: Sequence[Task], rules: Rules) -> list[tuple[int, ...]]:
    """Sets of shifts of which nobody can take two, so that every two which clash are in one of them."""
    shifts = [task.shift for task in tasks]
    clash = {
        (one, other)
        for one, other in combinations(range(len(shifts)), 2)
        if any(time_obstacles(shifts[one], [shifts[other]], rules))
        or any(time_obstacles(shifts[other], [shifts[one]], rules))
    }
    found: list[tuple[int, ...]] = []
    covered: set[tuple[int, int]] = set()
    for pair in sorted(clash):
        if pair in covered:
            continue
        clique = list(pair)
        for other in range(len(shifts)):
            if other not in clique and all((min(one, other), max(one, other)) in clash for one in clique):
                clique.append(other)
        clique.sort()
        covered.update(combinations(clique, 2))
        found.append(tuple(clique))
    return found


def _wrong(tasks: Sequence[Task], chosen: Chosen, rules: Rules) -> Iterator[tuple[str, list[int]]]:
    """Who would break a rule, and by which of their shifts: no more of them than it takes."""
    for person, numbers in _by_person(chosen).items():
        facts = chosen[numbers[0]].facts
        if breaks([tasks[one].shift for one in numbers], facts, rules):
            yield person, _fewest(tasks, numbers, facts, rules)


def _fewest(tasks: Sequence[Task], numbers: list[int], facts: Facts, rules: Rules) -> list[int]:
    """Of shifts that someone cannot take together, some that they cannot either: all needed for that."""
    needed = numbers
    for number in numbers:
        fewer = [one for one in needed if one != number]
        if breaks([tasks[one].shift for one in fewer], facts, rules):
            needed = fewer
    return needed


def _by_person(chosen: Chosen) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, one in chosen.items():
        found.setdefault(one.facts.person.id, []).append(number)
    return found


def _alike(
    tasks: Sequence[Task], options: Sequence[Option], person: str, together: Sequence[int], rules: Rules
) -> Iterator[list[int]]:
    """The options to forbid together: the person's, and everyone's where the shifts alone break the rule."""
    shifts = [tasks[one].shift for one in together]
    anyone = any(
        time_obstacles(one, [other for other in shifts if other is not one], rules) for one in shifts
    )
    found: dict[str, list[int]] = {}
    for number, one in enumerate(options):
        if one.task in together and (anyone or one.facts.person.id == person):
            found.setdefault(one.facts.person.id, []).append(number)
    yield from (numbers for numbers in found.values() if len(numbers) == len(together))


def _mended(
    tasks: Sequence[Task],
    options: Sequence[Option],
    chosen: Chosen,
    wrong: Sequence[tuple[str, list[int]]],
    rules: Rules,
) -> Chosen:
    """The choice without what breaks a rule, and what that leaves covered by whom it can be."""
    dropped = {number for _person, numbers in wrong for number in numbers}
    return greedy(tasks, options, rules, {task: one for task, one in chosen.items() if task not in dropped})


def greedy(
    tasks: Sequence[Task], options: Sequence[Option], rules: Rules, start: Chosen | None = None
) -> Chosen:
    """A plan without a solver: the shifts that the fewest can take first, each to whom it costs least."""
    taken = dict(start or {})
    of_task: dict[int, list[Option]] = {}
    for one in options:
        if one.task not in taken:
            of_task.setdefault(one.task, []).append(one)
    for number, able in sorted(of_task.items(), key=lambda pair: (len(pair[1]), pair[0])):
        for one in sorted(able, key=lambda one: (one.price, one.facts.person.name, one.facts.person.id)):
            held = [
                tasks[task].shift
                for task, other in taken.items()
                if other.facts.person.id == one.facts.person.id
            ]
            if not held or not breaks([*held, tasks[number].shift], one.facts, rules):
                taken[number] = one
                break
    return taken

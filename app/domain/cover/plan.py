"""The best plan for all uncovered shifts at once: as many covered as can be, by those who are best asked.

Nobody who is planned is moved, nobody who said no is asked again, and no supervisor is sent: they go themselves
where they choose to. A person may get several shifts, where the rules allow it of all of them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.cover.choosing import Chosen, Option, Task, greedy, options_of, solved
from app.domain.cover.ranking import ASSISTANTS, Candidate, candidate
from app.domain.cover.rules import Rules
from app.domain.cover.solver import SolverMissing
from app.domain.records import Shift
from app.text import _

SECONDS = 1.5
"""So long a plan may take: the best found by then is shown, and said to be that."""
NEAREST = 3
"""How many of those who could not are named."""
Elapsed = Callable[[], float]
"""Seconds since some moment."""


@dataclass(frozen=True, slots=True)
class Given:
    """A shift of the plan and who gets it."""

    shift: Shift
    who: Candidate


@dataclass(frozen=True, slots=True)
class Left:
    """A shift that the plan cannot cover: why, the nearest who could not, and supervisors who could go themselves."""

    shift: Shift
    why: str
    nearest: tuple[Candidate, ...]
    supervisors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """What goes to whom, and what is left, both by start. ``proven``: no plan is better; else ``why_not`` it is."""

    given: tuple[Given, ...]
    left: tuple[Left, ...]
    proven: bool
    why_not: str = ""

    @property
    def choices(self) -> dict[str, str]:
        """Shift → person."""
        return {one.shift.id: one.who.person for one in self.given}


def best_plan(tasks: Sequence[Task], rules: Rules, elapsed: Elapsed, seconds: float = SECONDS) -> CoverPlan:
    """The plan that covers most shifts, and of those the one whose prices add up to least."""
    tasks = sorted(tasks, key=lambda one: (one.shift.start, one.shift.id))
    options = [one for number, task in enumerate(tasks) for one in options_of(number, task, rules)]
    end = elapsed() + seconds
    why_not = ""
    try:
        chosen, proven = solved(tasks, options, rules, lambda: end - elapsed())
    except SolverMissing:
        chosen, proven = greedy(tasks, options, rules), False
        why_not = _("not proven the best, the solver is not installed: pip install 'tavle[cover]'")
    if not proven:
        why_not = why_not or _("the best found in %(seconds)s seconds") % {"seconds": f"{seconds:g}"}
    return CoverPlan(
        tuple(_given(number, tasks, chosen, rules) for number in sorted(chosen)),
        tuple(
            _left(number, tasks, options, chosen, rules)
            for number in range(len(tasks))
            if number not in chosen
        ),
        proven,
        why_not,
    )


def _given(number: int, tasks: Sequence[Task], chosen: Chosen, rules: Rules) -> Given:
    """With what the person does besides in this very plan."""
    one = chosen[number]
    besides = [
        tasks[task].shift
        for task, other in chosen.items()
        if task != number and other.facts.person.id == one.facts.person.id
    ]
    facts = replace(one.facts, shifts=[*one.facts.shifts, *besides])
    return Given(tasks[number].shift, candidate(tasks[number].shift, facts, rules))


def _left(
    number: int, tasks: Sequence[Task], options: Sequence[Option], chosen: Chosen, rules: Rules
) -> Left:
    task = tasks[number]
    found = [(one, candidate(task.shift, one, rules)) for one in task.everyone]
    able = [one.facts.person for one in options if one.task == number]
    assistants = [who for facts, who in found if facts.person.role in ASSISTANTS]
    nearest = sorted(
        (one for one in assistants if not one.absent and not one.willing),
        key=lambda one: (len(one.obstacles), one.name),
    )
    supervisors = tuple(who.name for facts, who in found if facts.person.role not in ASSISTANTS and who.free)
    if able:
        busy = {one.facts.person.id for one in chosen.values()}
        names = ", ".join([one.name for one in able if one.id in busy][:NEAREST])
        return Left(task.shift, _("needed elsewhere: %(names)s") % {"names": names}, (), supervisors)
    return Left(task.shift, _why_nobody(nearest), tuple(nearest[:NEAREST]), supervisors)


def _why_nobody(nearest: Sequence[Candidate]) -> str:
    """The rule that stands against most of those whom the fewest rules stand against."""
    if not nearest:
        return _("nobody is left to ask")
    fewest = len(nearest[0].obstacles)
    rules = Counter(
        against.rule for one in nearest if len(one.obstacles) == fewest for against in one.obstacles
    )
    words = {
        "busy": _("everyone has a shift then"),
        "travel": _("nobody has the time for the way"),
        "rest": _("nobody would keep the daily rest"),
        "hours": _("nobody has hours left this week"),
        "skills": _("nobody free with the skills"),
        "onboarding": _("nobody with a valid onboarding"),
    }
    if not rules:
        return _("everyone who can has said no")
    return words.get(max(rules, key=lambda rule: (rules[rule], rule)), _("nobody is left to ask"))

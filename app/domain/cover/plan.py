"""The best plan for all uncovered shifts at once: as many covered as can be, by those who are best asked.

Nobody who is planned is moved, nobody who said no is asked again, and no supervisor is sent: they go themselves
where they choose to. A person may get several shifts, where the rules allow it of all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.cover.choosing import Chosen, Option, Task, greedy, options_of, solved
from app.domain.cover.ranking import ASSISTANTS, Candidate, candidate, order
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
    end = elapsed() + seconds
    tasks = sorted(tasks, key=lambda one: (one.shift.start, one.shift.id))
    options = [one for number, task in enumerate(tasks) for one in options_of(number, task, rules)]
    why_not = ""
    try:
        chosen, proven = solved(tasks, options, rules, lambda: end - elapsed())
    except SolverMissing:
        chosen, proven = greedy(tasks, options, rules), False
        why_not = _("not proven the best: pip install 'tavle[cover]' does")
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
    found.sort(key=lambda pair: (len(pair[1].obstacles), *order(task.shift, pair[0], rules)))
    supervisors = tuple(who.name for facts, who in found if facts.person.role not in ASSISTANTS and who.free)
    able = [one.facts.person for one in options if one.task == number]
    if able:
        busy = {one.facts.person.id for one in chosen.values()}
        names = ", ".join([one.name for one in able if one.id in busy][:NEAREST])
        return Left(task.shift, _("needed elsewhere: %(names)s") % {"names": names}, (), supervisors)
    why, nearest = _why_nobody([who for facts, who in found if facts.person.role in ASSISTANTS])
    return Left(task.shift, why, tuple(nearest[:NEAREST]), supervisors)


def _why_nobody(assistants: Sequence[Candidate]) -> tuple[str, Sequence[Candidate]]:
    """The rule that the last who come into question break, and who they are.

    What can be changed least is asked first: of those with the skills, those who are there; of those, who has time.
    """
    words = {
        "left": _("nobody is left to ask"),
        "skills": _("nobody has the skills"),
        "absent": _("everyone with the skills is away"),
        "busy": _("everyone has a shift then"),
        "travel": _("nobody has the time for the way"),
        "rest": _("nobody would keep the daily rest"),
        "hours": _("nobody has hours left this week"),
        "onboarding": _("nobody with a valid onboarding"),
    }
    last = assistants
    for rule, why in words.items():
        left = [one for one in last if all(against.rule != rule for against in one.obstacles)]
        if not left:
            return why, last
        last = left
    return _("everyone who can has said no"), last

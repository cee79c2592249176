"""In which order people are asked to step in, and why: one price for the list of candidates and for the plan.

The price is for the order alone. It is never shown: nobody is ranked in front of others (DK-13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.cover.rules import (
    Facts,
    Needed,
    Obstacle,
    Rules,
    duties,
    obstacles,
    overlaps,
    week_hours,
)
from app.text import _

ASSISTANTS = ("service_assistant", "first_assistant")
STEPS_IN = (*ASSISTANTS, "supervisor")
"""The roles that can be sent."""
ANSWERS = ("asked", "yes", "no", "no_answer")
"""What came of an offer."""
RECENTLY = timedelta(days=28)
"""So far back it counts who has stepped in."""

_SUPERVISOR, _OTHER_AREA, _SAID_NO, _SAID_YES, _NO_ANSWER = 4_000, 400, 8_000, -2_000, 60
_VISIT, _VISITS = 40, 5
_KM, _FAR, _UNKNOWN_KM = 4, 50, 10
_DUTY, _DUTIES = 30, 3
_STEPPED_IN, _TIMES, _DAYS = 20, 5, 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person for a shift: what speaks for them, and the rules that would be broken (empty: free to go).

    Who is ``absent`` cannot go for any reason. ``answer`` is what they said when they were offered it, ``left``
    what the week's limit leaves of hours after the shift.
    """

    person: str
    name: str
    reasons: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]
    absent: bool = False
    answer: str = ""
    km: float | None = None
    left: timedelta | None = None

    @property
    def free(self) -> bool:
        """True where no rule stands against it."""
        return not self.obstacles

    @property
    def against(self) -> str:
        """The rules that stand against it, in words."""
        return "; ".join(one.said for one in self.obstacles)

    @property
    def willing(self) -> bool:
        """True for who is free and has not said no."""
        return self.free and self.answer != "no"


def candidate(shift: Needed, facts: Facts, rules: Rules) -> Candidate:
    """The person as a candidate, with what speaks for and against."""
    against = obstacles(shift, facts, rules)
    absent = any(overlaps(shift, one) for one in facts.absences)
    person, said = facts.person, () if against else tuple(_reasons(shift, facts, rules))
    left = rules.limits.weekly - week_hours(shift, [*duties(shift, facts), shift], rules)
    return Candidate(person.id, person.name, said, against, absent, facts.answer, facts.km, left)


def ranked(shift: Needed, everyone: Sequence[Facts], rules: Rules) -> list[Candidate]:
    """Who can go, the best first; then those whom one rule stands against, and so on; the absent last."""
    found = [(facts, candidate(shift, facts, rules)) for facts in everyone]
    found.sort(key=lambda pair: (pair[1].absent, len(pair[1].obstacles), *order(shift, pair[0], rules)))
    return [one for _facts, one in found]


def order(shift: Needed, facts: Facts, rules: Rules) -> tuple[int, str, str]:
    """What people who may go are sorted by."""
    return price(shift, facts, rules), facts.person.name, facts.person.id


def price(shift: Needed, facts: Facts, rules: Rules) -> int:
    """What sending them costs, whole and never with a fraction, so that sums of it are exact.

    First who is not the supervisor and of the same area; then who knows the site, has little else that day, is
    near, and has not stepped in of late.
    """
    person, visits = facts.person, min(facts.visits, _VISITS)
    km = _UNKNOWN_KM if facts.km is None else min(round(facts.km), _FAR)
    first, last = rules.day(shift.start)
    day = sum(first <= one.start < last for one in duties(shift, facts))
    return (
        _SUPERVISOR * (person.role not in ASSISTANTS)
        + _OTHER_AREA * (person.area != rules.site(shift.customer).area)
        + _VISIT * (_VISITS - visits)
        + _KM * km
        + _DUTY * min(day, _DUTIES)
        + _STEPPED_IN * min(len(facts.stepped_in), _TIMES)
        + _lately(shift.start, facts.stepped_in)
        + {"no": _SAID_NO, "yes": _SAID_YES, "no_answer": _NO_ANSWER}.get(facts.answer, 0)
    )


def _lately(start: datetime, stepped_in: Sequence[datetime]) -> int:
    """More for who stepped in yesterday than for who did a week ago."""
    if not stepped_in:
        return 0
    days = min(abs(start - one) for one in stepped_in).days
    return 5 * max(0, _DAYS - days)


def _reasons(shift: Needed, facts: Facts, rules: Rules) -> Iterator[str]:
    """What speaks for them; not the way and the hours, which have places of their own."""
    site = rules.site(shift.customer)
    yield _("free then") if _has_more_that_day(shift, facts, rules) else _("free")
    if facts.person.role not in ASSISTANTS:
        yield _("supervisor: where nobody else can")
    if facts.visits:
        yield _("knows the site")
    yield from sorted(set(shift.skills) & set(facts.person.skills))
    if site.modules:
        yield _("onboarding valid")
    if site.area is not None and facts.person.area != site.area:
        yield _("other area")
    if before := [one for one in facts.stepped_in if one < shift.start]:
        yield _("stepped in %(day)s") % {"day": f"{max(before).astimezone(rules.zone):%a %d %b}"}


def _has_more_that_day(shift: Needed, facts: Facts, rules: Rules) -> bool:
    """Whether they have another shift on that local day, or are away for a part of it."""
    first, last = rules.day(shift.start)
    away = any(one.from_ < last and (one.until is None or one.until > first) for one in facts.absences)
    return away or any(one.start < last and one.end > first for one in duties(shift, facts))


def answer_words(answer: str) -> str:
    """What came of an offer, as people say it."""
    words = {"asked": _("asked"), "yes": _("said yes"), "no": _("said no"), "no_answer": _("no answer")}
    return words.get(answer, "")

"""The cover plan as one decision: many shifts to many people, taken and undone as one (DK-12)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.decisions.registry import Set, decision, required
from app.decisions.shifts import SUPERVISOR, taking_over
from app.domain.cover import Situation, obstacles
from app.domain.cover.ranking import STEPS_IN
from app.domain.fields import BadInput, FieldType, Surroundings
from app.domain.records import Person, Shift
from app.domain.view import View
from app.text import _

_MOST = 2_000


def _read_plan(value: Any, around: Surroundings) -> dict[str, str]:
    """Shift → person, each an id, a unique prefix or (of people) an exact name."""
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError) as error:
        raise BadInput(_("this is not JSON: %(why)s") % {"why": error}) from error
    if not isinstance(found, Mapping) or not found or len(found) > _MOST:
        raise BadInput(_("give a JSON object of shift to person: {…}"))
    plan = {}
    for shift, person in found.items():
        plan[around.resolve("shifts", str(shift))] = around.resolve("people", str(person))
    return plan


PLAN = FieldType("object", _read_plan)


@decision(
    "shift.cover",
    on=None,
    roles=SUPERVISOR,
    title=_("Take the cover plan"),
    done=_("Covered"),
    key="C",
    several=True,
)
class Cover:
    """Uncovered shifts go to those whom the plan names, all or none; never over a rule (DK-11, DK-12)."""

    plan: dict[str, str] = required(PLAN, _("Which shift goes to whom? A JSON object of shift to person"))

    def refuse(self, _record: None, view: View) -> str | None:
        shifts = {id_: shift for id_ in self.plan if (shift := view.get(Shift, id_)) is not None}
        if len(shifts) < len(self.plan):
            return _("the plan names what is not known here")
        known = view.situation(tuple(shifts.values()))
        return next(
            (why for one in shifts.values() if (why := self._against(one, shifts, known, view))), None
        )

    def _against(self, shift: Shift, shifts: Mapping[str, Shift], known: Situation, view: View) -> str | None:
        """Why a shift of the plan cannot go to its person, with all else that they get in it."""
        person = view.get(Person, self.plan[shift.id])
        start = f"{shift.start.astimezone(view.zone):%a %H:%M}"
        if person is None or person.role not in STEPS_IN:
            return _("%(start)s: the plan names someone who is not sent to shifts") % {"start": start}
        if shift.status == "cancelled" or shift.contested or not _is_open(shift, view):
            return _("%(start)s: the shift is not uncovered any more") % {"start": start}
        if not person.active:
            return _("%(name)s is no longer with us") % {"name": person.name}
        facts = known.of(person.id, shift)
        besides = [
            shifts[other] for other, who in self.plan.items() if who == person.id and other != shift.id
        ]
        against = obstacles(shift, replace(facts, shifts=[*facts.shifts, *besides]), known.rules)
        what = {"name": person.name, "start": start, "why": "; ".join(one.said for one in against)}
        return _("%(name)s, %(start)s: %(why)s") % what if against else None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        for id_, person in self.plan.items():
            shift = view.get(Shift, id_)
            assert shift is not None
            yield Set("shifts", id_, taking_over(shift, person))


def _is_open(shift: Shift, view: View) -> bool:
    """True where nobody who is here has the shift: a plan moves nobody."""
    person = view.get(Person, shift.person)
    if person is None or not person.active:
        return True
    return bool(view.absences_between(person.id, shift.start, shift.end))

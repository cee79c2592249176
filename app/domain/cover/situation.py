"""Everyone who could be sent to some shifts, with what is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.domain.cover.places import distance_km
from app.domain.cover.rules import Duty, Facts, Rules
from app.domain.records import Person, Shift


class Absent(NamedTuple):
    """As much of an absence as the rules look at; open-ended without ``until``."""

    from_: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Situation:
    """The rules, and what is known of people: by their id, of ``visits`` by customer and person.

    ``trained``: (person, whether it is valid) → the modules that they hold.
    """

    rules: Rules
    people: tuple[Person, ...]
    shifts: Mapping[str, Sequence[Duty]]
    absences: Mapping[str, Sequence[Absent]]
    visits: Mapping[tuple[str, str], int]
    stepped_in: Mapping[str, Sequence[datetime]]
    trained: Mapping[tuple[str, bool], frozenset[str]]

    def everyone(self, shift: Shift) -> list[Facts]:
        """What is known of each of the people as a candidate for the shift, but of the one who has it."""
        return [self._of(one, shift) for one in self.people if one.id != shift.person]

    def of(self, person: str, shift: Shift) -> Facts:
        """What is known of one of them; KeyError for anyone else."""
        return self._of({one.id: one for one in self.people}[person], shift)

    def _of(self, person: Person, shift: Shift) -> Facts:
        said = [one["answer"] for one in shift.offers if one.get("person") == person.id]
        return Facts(
            person,
            self.shifts.get(person.id, ()),
            self.absences.get(person.id, ()),
            self.visits.get((shift.customer, person.id), 0),
            distance_km(person.location, self.rules.site(shift.customer).location),
            self.trained.get((person.id, True), frozenset()),
            self.trained.get((person.id, False), frozenset()),
            self.stepped_in.get(person.id, ()),
            said[-1] if said else "",
        )

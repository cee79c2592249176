"""What a decision may look up, as the world stands when it is taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

from app.domain.content import TemplateRow
from app.domain.cover import Situation
from app.domain.evidence import Index, Lexicon
from app.domain.fields import Surroundings
from app.domain.kinds import Record
from app.domain.records import Person, PlanRow, Shift

R = TypeVar("R", bound=Record)


class View(Surroundings, Protocol):
    """The team's records, the present instant, and who is acting; times are in the zone of their area."""

    @property
    def actor(self) -> Person:
        """Who decides."""

    @property
    def lexicon(self) -> Lexicon:
        """The words that mean the same for the team."""

    def acute_minutes(self, person: str) -> int:
        """An absence of the person reported less than so many minutes before a shift is acute (DK-09)."""

    def get(self, record: type[R], id_: str | None) -> R | None:
        """The record of an id."""

    def find(self, record: type[R], **where: Any) -> list[R]:
        """The records whose fields equal the values given."""

    def agreed(self, customer: str) -> Index:
        """The items of a customer's agreement, found by their words."""

    def situation(self, shifts: Collection[Shift], person: str | None = None) -> Situation:
        """All that is known of everyone (or of one person) who could be sent to some shifts, and the rules."""

    def shifts_between(self, person: str, start: datetime, end: datetime | None) -> list[Any]:
        """A person's planned shifts that overlap a time, by start."""

    def shifts_of_absent(self, person: str, start: datetime, end: datetime | None) -> list[Any]:
        """The planned shifts that an absence takes a person from, covered by others or not, by start."""

    def absences_between(self, person: str, start: datetime, end: datetime | None) -> list[Any]:
        """A person's absences that overlap a time, withdrawn ones left out."""

    def signatures(self, row: str) -> list[str]:
        """The ids of a plan row's signatures that nobody has taken back."""

    def template_row(self, row: PlanRow) -> TemplateRow | None:
        """A plan's row as its template has it; None for a template that is not shipped here."""

    def grades(self, attempt: str) -> Mapping[str, int]:
        """Question id → the points that a trainer gave for it last."""

    def new_id(self) -> str:
        """A random id for a record that the decision creates."""

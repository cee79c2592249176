"""What a decision may look up, as the world stands when it is taken."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from app.domain.kinds import Record
from app.domain.records import Person

R = TypeVar("R", bound=Record)


class View(Protocol):
    """The team's records, the present instant, and who is acting."""

    @property
    def now(self) -> datetime:
        """The instant at which the decision is taken."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone that the acting person's area lies in."""

    @property
    def actor(self) -> Person:
        """Who decides."""

    @property
    def acute_minutes(self) -> int:
        """Reported so shortly before the start of a shift, an absence is acute (DK-09)."""

    def get(self, record: type[R], id_: str | None) -> R | None:
        """The record of an id."""

    def find(self, record: type[R], **where: Any) -> list[R]:
        """The records whose fields equal the values given."""

    def shifts_between(self, person: str, start: datetime, end: datetime | None) -> list[Any]:
        """A person's planned shifts that overlap a time, by start."""

    def shifts_of_absent(self, person: str, start: datetime, end: datetime | None) -> list[Any]:
        """The planned shifts that an absence takes a person from, covered by others or not, by start."""

    def absences_between(self, person: str, start: datetime, end: datetime) -> list[Any]:
        """A person's absences, reported or approved, that overlap a time."""

    def signatures(self, row: str) -> list[str]:
        """The ids of a plan row's signatures that nobody has taken back."""

    def new_id(self) -> str:
        """A random id for a record that the decision creates."""

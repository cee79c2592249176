"""What people do in the demo, before it is put into words of the team file.

The parts of the demo hand out acts in any order; sorted by time they become changes (app/demo/scribe.py). So no
part has to know what another does at the same hour, and every change still names what its writer had seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.change import Body
from app.domain.merge import IMPORT

Fields = Body | Callable[[Mapping[str, str]], Body]
"""A body, or how to make it of the ids of labelled changes before it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an act sets on one record."""

    kind: str
    id: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Act:
    """One decision of one person, on one record or on several at once.

    ``saw``: they had heard nothing from others since then. ``label``: by what later acts name its change.
    ``fleeting``: no later act is about its record, so the record need not be kept in mind.
    """

    at: datetime
    by: str
    do: str
    parts: tuple[Part, ...]
    saw: datetime | None = None
    label: str | None = None
    fleeting: bool = False


def act(at: datetime, by: str, do: str, kind: str, id_: str, fields: Fields) -> Act:
    """An act on one record."""
    return Act(at, by, do, (Part(kind, id_, fields),))


def imported(at: datetime, by: str, records: Iterable[Part]) -> Act:
    """An export of the office, read by one of its people: every record a change of its own."""
    return Act(at, by, IMPORT, tuple(records))


def size(acts: Iterable[Act]) -> int:
    """How many changes acts become."""
    return sum(len(one.parts) for one in acts)

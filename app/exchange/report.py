"""What an import says when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.plain import one_line
from app.store.rejected import RejectedLine

_WHY_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken, by its number as a spreadsheet counts (in JSON: the object's), and why."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did or, in a dry run, would do.

    ``made`` counts by kind what was made because rows refer to it; ``proposed`` is the MAP.toml that was gone by
    where none was given. ``alike`` names what was created beside a record of the same name that no office knows:
    whether the two are one, a person must say.
    """

    created: int
    updated: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    dropped_columns: tuple[str, ...]
    made: Mapping[str, int]
    proposed: str | None
    alike: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """What has been counted so far."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)
    alike: list[str] = field(default_factory=list)

    def reject(self, line: RejectedLine) -> None:
        """Counts a rejected row."""
        self.rejected.append(Rejected(line.row, line.why))

    def make(self, kind: str) -> None:
        """Counts a record that was made because a row refers to it."""
        self.made[kind] = self.made.get(kind, 0) + 1

    def report(self, dropped: tuple[str, ...], proposed: str | None) -> ImportReport:
        """The whole."""
        return ImportReport(
            self.created,
            self.updated,
            self.unchanged,
            tuple(self.rejected),
            dropped,
            dict(self.made),
            proposed,
            tuple(self.alike),
        )


def reason(why: object) -> str:
    """Why a row was rejected, in one line that is safe to show and not too long."""
    said = one_line(str(why), " ")
    return said if len(said) <= _WHY_LENGTH else said[: _WHY_LENGTH - 1] + "…"

"""A limit as a promise writes it: ``2h``, ``4wh``, ``5wd``, ``2w``, ``1mo``, ``3mo..6mo``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.text import _

_PART = re.compile(r"([0-9]{1,9})\s*(mo|wh|wd|m|h|d|w)")


class Unit(StrEnum):
    """What a limit counts, as it is written."""

    MINUTES = "m"
    HOURS = "h"
    WORKING_HOURS = "wh"
    WORKING_DAYS = "wd"
    DAYS = "d"
    WEEKS = "w"
    MONTHS = "mo"


_LONGEST = {
    Unit.MINUTES: 20 * 366 * 24 * 60,
    Unit.HOURS: 20 * 366 * 24,
    Unit.WORKING_HOURS: 20 * 366 * 8,
    Unit.WORKING_DAYS: 20 * 366,
    Unit.DAYS: 20 * 366,
    Unit.WEEKS: 20 * 53,
    Unit.MONTHS: 20 * 12,
}
"""About twenty years each: beyond that a slip of the key is likelier than a promise."""

_REAL = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.WORKING_HOURS: timedelta(hours=1),
    Unit.WORKING_DAYS: timedelta(days=1),
    Unit.DAYS: timedelta(days=1),
    Unit.WEEKS: timedelta(weeks=1),
    Unit.MONTHS: timedelta(days=28),
}
_SLACK = dict.fromkeys((Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS), timedelta(hours=25))


@dataclass(frozen=True, slots=True)
class Limit:
    """How long there is: ``amount`` of ``unit``; for a window also the ``earliest`` amount, in the same unit.

    An amount of 0 is *at once*. ValueError for amounts that cannot be.
    """

    amount: int
    unit: Unit
    earliest: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= _LONGEST[self.unit]:
            raise ValueError(_("%(limit)s: a limit goes from 0 to 20 years") % {"limit": self})
        if self.earliest is not None and not 0 <= self.earliest < self.amount:
            raise ValueError(_("the window %(limit)s ends before it begins") % {"limit": self})

    @classmethod
    def parse(cls, text: str) -> Limit:
        """The limit that a text means. ValueError with one clear line otherwise."""
        parts = [_PART.fullmatch(part.strip()) for part in text.lower().split("..")]
        match parts:
            case [re.Match() as only]:
                return cls(int(only[1]), Unit(only[2]))
            case [re.Match() as earliest, re.Match() as latest]:
                if earliest[2] != latest[2]:
                    raise ValueError(
                        _("%(text)s: write both ends of a window in the same unit, such as 3mo..6mo")
                        % {"text": text.strip()}
                    )
                return cls(int(latest[1]), Unit(latest[2]), int(earliest[1]))
            case _other:
                raise ValueError(
                    _("%(text)r is not a limit: write 30m, 2h, 4wh, 5wd, 3d, 2w, 1mo or 3mo..6mo")
                    % {"text": text}
                )

    @property
    def at_least(self) -> timedelta:
        """Real time in which no clock of this limit runs out, wherever and whenever it starts.

        Less than a day short of what it says, since a place may skip a date; a month counts as its shortest.
        """
        return max(self.amount * _REAL[self.unit] - _SLACK.get(self.unit, timedelta()), timedelta())

    def __str__(self) -> str:
        """The limit as `parse` reads it."""
        window = "" if self.earliest is None else f"{self.earliest}{self.unit}.."
        return f"{window}{self.amount}{self.unit}"

"""The hybrid logical clock: 48 bits of milliseconds and a 16-bit counter, as 16 hex digits that sort as text.

Whoever saw a value beats it, whatever the clocks say: a change is later than every change in its base. The
clock is kept per record and never taken over from others, so one computer that is years ahead spoils one
record, not the team (docs/TEAM-FILE.md, "Clock and merge").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from app.text import _

_STANDING_MS = 1000
_HEX = re.compile(r"[0-9a-f]{16}\Z")
END = f"{int(datetime(2100, 1, 1, tzinfo=UTC).timestamp() * 1000) << 16:016x}"
"""The first clock that is none: from the year 2100 on."""


def milliseconds(instant: datetime) -> int:
    """Milliseconds since 1970 of an aware instant; 0 before."""
    return max(0, int(instant.timestamp() * 1000))


def tick(wall_ms: int, bases: Iterable[str], own_last: str = "") -> str:
    """The clock of a new change: one tick after the wall clock and after every base. ValueError from 2100 on.

    ``own_last`` is this lane's latest; it counts only within the same second, so that a lane's own changes
    keep their order when the wall clock stands still.
    """
    latest = wall_ms << 16
    for base in bases:
        latest = max(latest, int(base, 16))
    if own_last and 0 <= (int(own_last, 16) >> 16) - wall_ms < _STANDING_MS:
        latest = max(latest, int(own_last, 16))
    return _checked(f"{latest + 1:016x}")


def at_instant(instant: datetime) -> str:
    """The clock of an office export: its as-of time, with no counter (two importers write the same)."""
    return _checked(f"{milliseconds(instant) << 16:016x}")


def _checked(hlc: str) -> str:
    if not is_sane(hlc):
        raise ValueError(_("the clock shows the year 2100 or later: set it right first"))
    return hlc


def wall_time(hlc: str) -> datetime:
    """The instant that a clock shows."""
    return datetime.fromtimestamp((int(hlc, 16) >> 16) / 1000, UTC)


def is_sane(hlc: str) -> bool:
    """True for 16 lower-case hex digits before the year 2100."""
    return bool(_HEX.match(hlc)) and hlc < END

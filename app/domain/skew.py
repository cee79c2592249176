"""A clock that is off, as its changes show it (faults 20 to 22): it does no harm, but people should know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain.hlc import wall_time

LIMIT = timedelta(minutes=10)
"""Clocks of offices and telephones differ by less."""
_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
"""Before this no team file was written."""


def clock_off(at: datetime, hlc: str, now: datetime) -> timedelta:
    """How far a writer's clock is ahead (above zero) or behind; zero where it is not known to be off by 10 minutes.

    ``at`` is when its last change was made by its own clock, ``hlc`` that change's logical clock. Ahead: in what is
    the future here. Behind: before something that the writer had seen then, or before there was any team file.
    """
    if at - now > LIMIT:
        return at - now
    seen = wall_time(hlc)
    late = max(seen if seen <= now else at, _FIRST) - at
    return -late if late > LIMIT else timedelta()

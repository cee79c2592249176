"""The only reader of the system's time. Everything else gets a Clock handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present instant: an aware datetime."""


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def fixed_clock(instant: datetime) -> Clock:
    """A clock that always shows the same instant (``--now``, demos, tests)."""
    return lambda: instant

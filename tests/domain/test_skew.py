"""Clocks that are off, as changes show them (faults 20 to 22)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.hlc import milliseconds, tick
from app.domain.skew import clock_off

NOW = datetime(2026, 11, 23, 5, 40, tzinfo=UTC)


def off(at: datetime, base: datetime | None = None) -> timedelta:
    """What a change at a time shows whose writer had seen another's of the base's time."""
    bases = [f"{milliseconds(base) << 16:016x}"] if base else []
    return clock_off(at, tick(milliseconds(at), bases), NOW)


@pytest.mark.parametrize("minutes", [-100_000, -11, 0, 9, 10])
def test_a_clock_that_may_be_right_is_not_off(minutes: int) -> None:
    assert off(NOW + timedelta(minutes=minutes)) == timedelta()


@pytest.mark.parametrize("ahead", [timedelta(minutes=11), timedelta(days=3650)])
def test_what_was_written_in_the_future_shows_a_clock_ahead(ahead: timedelta) -> None:
    assert off(NOW + ahead) == ahead


def test_what_was_written_before_what_its_writer_saw_shows_a_clock_behind() -> None:
    late = off(NOW - timedelta(hours=3), NOW - timedelta(minutes=5))
    assert timedelta(hours=-3) < late < timedelta(hours=-2, minutes=-54)
    assert off(NOW - timedelta(minutes=3), NOW) == timedelta()
    assert off(datetime(1970, 1, 1, tzinfo=UTC)) < timedelta(days=-365 * 49)


def test_who_has_seen_a_clock_that_is_ahead_is_not_blamed_for_it() -> None:
    assert off(NOW - timedelta(days=3), NOW + timedelta(days=3650)) == timedelta()

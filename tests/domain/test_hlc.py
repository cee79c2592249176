"""The hybrid logical clock: whoever saw a value is later, and one bad clock spoils nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hlc import at_instant, is_sane, milliseconds, tick, wall_time

NOW = datetime(2026, 11, 23, 5, 40, tzinfo=UTC)
WALL = milliseconds(NOW)
WALLS = st.integers(0, 4_000_000_000_000)
CLOCKS = st.builds(lambda ms, counter: f"{(ms << 16) + counter:016x}", WALLS, st.integers(0, 0xFFFF))


@given(WALLS, st.lists(CLOCKS, max_size=4), CLOCKS | st.just(""))
def test_a_new_clock_is_later_than_the_wall_and_every_base(wall: int, bases: list[str], last: str) -> None:
    new = tick(wall, bases, last)
    assert is_sane(new)
    assert new > f"{wall << 16:016x}"
    assert all(new > base for base in bases)


@given(st.lists(CLOCKS, min_size=2, max_size=2))
def test_clocks_sort_as_text(clocks: list[str]) -> None:
    one, other = clocks
    assert (one < other) == (int(one, 16) < int(other, 16))


def test_own_changes_keep_their_order_while_the_wall_clock_stands() -> None:
    clocks = [""]
    for _ in range(70_000):
        clocks.append(tick(WALL, [], clocks[-1]))
    assert clocks == sorted(set(clocks))


def test_an_own_clock_far_ahead_is_not_taken_over() -> None:
    """One record was poisoned: the lane's next changes are not."""
    ahead = tick(milliseconds(NOW + timedelta(days=3650)), [])
    assert tick(WALL, [], ahead) == tick(WALL, [])


def test_before_1970_counts_as_1970() -> None:
    assert milliseconds(datetime(1960, 1, 1, tzinfo=UTC)) == 0
    assert is_sane(tick(milliseconds(datetime(1960, 1, 1, tzinfo=UTC)), []))


def test_from_2100_on_no_clock_is_made() -> None:
    """Such a line would be quarantined by everyone: nothing is written instead."""
    last = "03bb2cc3d7ffffff"
    assert is_sane(last)
    for moment in (datetime(2100, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)):
        with pytest.raises(ValueError, match="2100"):
            tick(milliseconds(moment), [])
        with pytest.raises(ValueError, match="2100"):
            at_instant(moment)
    with pytest.raises(ValueError, match="2100"):
        tick(WALL, [last])


@pytest.mark.parametrize(
    "hlc", ["", "0" * 15, "0" * 17, "000000000000000A", "000000000000000\n", "03bb2cc3d8000000"]
)
def test_what_is_no_clock(hlc: str) -> None:
    assert not is_sane(hlc)


def test_an_export_has_its_as_of_time_and_nothing_else() -> None:
    assert at_instant(NOW) == f"{WALL:012x}0000"
    assert wall_time(at_instant(NOW)) == NOW

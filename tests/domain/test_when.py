"""Times as a supervisor types them, and the one clear line where they are none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.when import parse_day, parse_instant

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 6, 40, tzinfo=ZONE)
"""A Monday."""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("now", "2026-11-23T06:40"),
        ("2026-11-24T10:00", "2026-11-24T10:00"),
        ("2026-11-24 10:00", "2026-11-24T10:00"),
        ("tomorrow 10", "2026-11-24T10:00"),
        ("Tomorrow 10.30", "2026-11-24T10:30"),
        ("today 14:30", "2026-11-23T14:30"),
        ("14:30", "2026-11-23T14:30"),
        ("6:05", "2026-11-23T06:05"),
        ("fri 14:30", "2026-11-27T14:30"),
        ("Friday 8", "2026-11-27T08:00"),
        ("mon 8", "2026-11-23T08:00"),
        ("24/11 9", "2026-11-24T09:00"),
        ("24.11.2027 9", "2027-11-24T09:00"),
        ("02/01 7", "2027-01-02T07:00"),
        ("2026-06-01 12", "2026-06-01T12:00"),
    ],
)
def test_an_instant_in_the_areas_zone(typed: str, meant: str) -> None:
    assert parse_instant(typed, NOW, ZONE) == datetime.fromisoformat(meant).replace(tzinfo=ZONE)


def test_an_offset_counts() -> None:
    assert parse_instant("2026-11-24T10:00+03:00", NOW, ZONE) == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert parse_instant("2026-11-24T10:00Z", NOW, ZONE) == datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 22)),
        ("sun", date(2026, 11, 29)),
        ("24/11", date(2026, 11, 24)),
        ("24.11.", date(2026, 11, 24)),
        ("2028-02-29", date(2028, 2, 29)),
        ("1/9", date(2026, 9, 1)),
    ],
)
def test_a_day(typed: str, meant: date) -> None:
    assert parse_instant(typed, NOW, ZONE) == meant
    assert parse_day(typed, NOW, ZONE) == meant


def test_the_day_of_an_instant_is_the_areas() -> None:
    assert parse_day("2026-11-23T23:30Z", NOW, ZONE) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "soon", "25:00", "10:60", "tomorrow 25", "tomorrow at 10", "fri 14:30 sharp", "frizzday", "sunxday",
        "31/11", "29/2/2027", "0/1", "2026-02-30", "2026-13-01", "2026-11-24T25:00", "20261340", "1", "99",
        "1900-12-31", "2100-01-01", "0001-01-01", "9999-12-31T23:59", "2026-11-24T10:00+99:00", "²", "12:3",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_one_clear_line(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a time") as caught:
        parse_instant(typed, NOW, ZONE)
    assert "\n" not in str(caught.value)
    with pytest.raises(ValueError, match="is not a date"):
        parse_day(typed, NOW, ZONE)


@given(st.text(max_size=30) | st.from_regex(r"[0-9:./T+Z -]{1,25}", fullmatch=True))
def test_any_text_is_a_time_or_refused(typed: str) -> None:
    try:
        found = parse_instant(typed, NOW, ZONE)
    except ValueError:
        return
    assert 1900 <= found.year <= 2100
    assert not isinstance(found, datetime) or found.tzinfo is not None

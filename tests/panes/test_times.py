"""Times as the panes write them: no date of another year without it, and none longer than its column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.frame.cells import cell_len
from app.frame.format import countdown
from app.frame.rows import Column
from app.panes import absences, complaints, today
from app.panes.common import list_date, list_words, moment_words, period_words, span_words
from tests.support import NOW, ZONE

VIEW: Any = SimpleNamespace(now=NOW, zone=ZONE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def width(columns: Iterable[Column], key: str) -> int:
    return next(column.width for column in columns if column.key == key)


@pytest.mark.parametrize(
    ("moment", "shown", "listed"),
    [
        ("2026-11-23T07:10", "07:10", "07:10"),
        ("2026-11-24T07:10", "Tue 07:10", "Tue 07:10"),
        ("2026-11-04T07:10", "4 Nov", "4 Nov"),
        ("2027-01-17T07:10", "17 Jan 2027", "17 Jan"),
        ("2024-04-14T07:10", "14 Apr 2024", "Apr 2024"),
    ],
)
def test_a_moment_tells_its_year_where_it_is_another_one(moment: str, shown: str, listed: str) -> None:
    assert moment_words(VIEW, at(moment)) == shown
    assert list_words(VIEW, at(moment)) == listed
    assert cell_len(shown) <= width(complaints.COLUMNS, "received")
    assert cell_len(f"decide by {listed}") <= width(today.QUEUE, "what")


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2026-11-23T06:38", None, "06:38 –"),
        ("2024-04-14T06:38", None, "14 Apr 2024 –"),
        ("2026-11-23T06:38", "2026-11-24T00:00", "06:38–24:00"),
        ("2026-11-24T06:38", "2026-11-24T15:00", "Tue 06:38–15:00"),
        ("2026-11-09T06:38", "2026-11-09T15:00", "9 Nov 06:38–15:00"),
        ("2025-11-09T06:38", "2025-11-09T15:00", "9 Nov 2025"),
        ("2026-11-23T06:38", "2026-11-26T00:00", "06:38 – 25 Nov"),
        ("2026-11-24T00:00", "2026-12-01T00:00", "24–30 Nov"),
        ("2026-10-21T06:00", "2026-10-30T00:00", "21–29 Oct"),
        ("2026-10-28T00:00", "2026-11-07T00:00", "28 Oct – 6 Nov"),
        ("2026-12-28T00:00", "2027-01-04T00:00", "28 Dec – 3 Jan"),
        ("2025-10-28T00:00", "2025-12-01T00:00", "28 Oct–30 Nov 2025"),
    ],
)
def test_a_period_fits_its_column(start: str, end: str | None, shown: str) -> None:
    assert period_words(VIEW, at(start), at(end) if end else None) == shown
    assert cell_len(shown) <= width(absences.COLUMNS, "when")


def test_a_visit_that_is_far_tells_its_day() -> None:
    assert span_words(VIEW, at("2026-11-24T07:10"), at("2026-11-24T11:10")) == "Tue 07:10–11:10"
    assert span_words(VIEW, at("2026-12-09T07:10"), at("2026-12-09T11:10")) == "9 Dec 07:10–11:10"


def test_a_day_of_a_plan_takes_eight_cells() -> None:
    days = (at("2026-11-30").date(), at("2027-01-28").date(), at("2025-01-17").date())
    assert [list_date(VIEW, day) for day in days] == ["30 Nov", "28 Jan", "Jan 2025"]


@pytest.mark.parametrize("minutes", [59, 23 * 60 + 59, 47 * 60, 951 * 1440, 9999 * 1440])
def test_no_clock_is_longer_than_its_column(minutes: int) -> None:
    said = max(cell_len(countdown(timedelta(minutes=sign * minutes))) for sign in (1, -1))
    assert said <= min(width(today.QUEUE, "clock"), width(complaints.COLUMNS, "clock"))

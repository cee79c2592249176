from __future__ import annotations

import subprocess
import sys
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from app.domain.worktime import WeekHours
from app.store.holidays import country_holidays, country_zone, holiday_check, working_calendar


@pytest.mark.parametrize(
    ("country", "holiday", "working_day"),
    [
        ("DK", "2026-05-25", "2026-05-01"),
        ("SE", "2026-01-06", "2026-05-25"),
        ("NO", "2026-05-17", "2026-06-05"),
        ("FI", "2026-12-06", "2026-05-25"),
        ("DE", "2026-10-03", "2026-01-06"),
    ],
)
def test_each_country_has_its_own_holidays(country: str, holiday: str, working_day: str) -> None:
    days = country_holidays(country, [2026])
    assert date.fromisoformat(holiday) in days
    assert date.fromisoformat(working_day) not in days


def test_the_great_prayer_day_ended_in_2024() -> None:
    days = country_holidays("dk", range(2023, 2031))
    assert date(2023, 5, 5) in days
    assert date(2024, 4, 26) not in days


def test_a_year_is_looked_up_when_it_is_asked_for() -> None:
    assert country_holidays("DK", []) == frozenset()
    assert holiday_check("DK")(date(2031, 12, 25))


def test_an_unknown_country_is_one_clear_line() -> None:
    with pytest.raises(ValueError, match="no public holidays are known for the country 'XX'"):
        country_holidays("XX", [2026])
    with pytest.raises(ValueError, match="no public holidays are known for the country 'HolidayBase'"):
        holiday_check("HolidayBase")
    with pytest.raises(ValueError, match="no time zone is known for the country 'XX'"):
        country_zone("XX")


@pytest.mark.parametrize(
    ("country", "zone"),
    [("no", "Europe/Oslo"), ("DE", "Europe/Berlin"), ("NL", "Europe/Amsterdam"), ("US", "America/New_York")],
)
def test_a_country_has_a_time_zone(country: str, zone: str) -> None:
    assert country_zone(country) == ZoneInfo(zone)


def test_a_calendar_of_what_an_area_says_of_itself() -> None:
    area = working_calendar("SE", "sat 10:00-14:00", "Europe/Helsinki", closed=[date(2026, 11, 28)])
    assert area.timezone == ZoneInfo("Europe/Helsinki")
    assert area.hours == WeekHours.parse("sat 10:00-14:00")
    assert not area.is_working_day(date(2026, 11, 28))
    assert not area.is_working_day(date(2026, 12, 26))
    assert area.is_working_day(date(2026, 11, 21))


def test_what_an_area_leaves_out_is_denmark_in_office_hours() -> None:
    area = working_calendar()
    assert area.timezone == ZoneInfo("Europe/Copenhagen")
    assert area.hours == WeekHours.parse("mon-fri 08:00-17:00")
    assert not area.is_working_day(date(2026, 4, 2))
    assert working_calendar(public_holidays=False).is_working_day(date(2026, 4, 2))


def test_the_library_is_loaded_for_a_date_and_not_before() -> None:
    program = (
        "import sys, datetime; from app.store.holidays import working_calendar; c = working_calendar('DK')\n"
        "print('holidays' in sys.modules); c.is_working_day(datetime.date(2026, 11, 23))\n"
        "print('holidays' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]

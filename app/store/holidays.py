"""What a country decides about working time: its public holidays and its time zone.

The ``holidays`` library takes a while to import: for the countries we know it is first loaded for a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from app.domain.instants import COUNTRY_ZONES, zone_of
from app.domain.worktime import Calendar, WeekHours
from app.text import _

DEFAULT_COUNTRY = "DK"
DEFAULT_HOURS = "mon-fri 08:00-17:00"


def country_holidays(country: str, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of a country in those years. ValueError for a country that is not known."""
    return frozenset().union(*(_year(_known(country), year) for year in years))


def holiday_check(country: str) -> Callable[[date], bool]:
    """Says of any date whether it is a public holiday there. ValueError for a country that is not known."""
    code = _known(country)
    return lambda day: day in _year(code, day.year)


def country_zone(country: str) -> ZoneInfo:
    """The time zone of a country, where it has several the one that most people live in."""
    code = country.strip().upper()
    return zone_of(COUNTRY_ZONES.get(code) or _listed_zone(code))


def working_calendar(
    country: str | None = None,
    hours: str | None = None,
    timezone: str | None = None,
    *,
    closed: Iterable[date] = (),
    public_holidays: bool = True,
) -> Calendar:
    """The calendar of an area as its record describes it; what it leaves out is Denmark's and office hours.

    ValueError with one clear line for a country, hours or a time zone that cannot be.
    """
    place = country or DEFAULT_COUNTRY
    calendar = Calendar(
        timezone=zone_of(timezone) if timezone else country_zone(place),
        hours=WeekHours.parse(hours or DEFAULT_HOURS),
        closed=frozenset(closed),
    )
    return replace(calendar, holidays=holiday_check(place)) if public_holidays else calendar


@lru_cache(maxsize=64)
def _known(country: str) -> str:
    """The code as the library has it."""
    code = country.strip().upper()
    if code in COUNTRY_ZONES:
        return code
    import holidays

    if code not in holidays.list_supported_countries():
        raise ValueError(
            _("no public holidays are known for the country %(country)r: write DK, SE, NO, FI, DE, …")
            % {"country": country}
        )
    return code


@lru_cache(maxsize=1_024)
def _year(code: str, year: int) -> frozenset[date]:
    """One year's holidays. The language is named because the library's default follows the locale."""
    import holidays

    return frozenset(holidays.country_holidays(code, years=year, language="en_US"))


@lru_cache(maxsize=64)
def _listed_zone(code: str) -> str:
    """The first zone that the time zone database lists for a country."""
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] == code:
            return cells[2]
    raise ValueError(
        _("no time zone is known for the country %(country)r: write DK, SE, NO, FI, DE, …")
        % {"country": code}
    )

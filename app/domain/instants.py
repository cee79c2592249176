"""Instants and dates as text.

In change bodies and tables an instant is UTC text such as ``2026-11-23T05:40:00Z``: it sorts as text and
says the same everywhere. People are shown the time of the area's zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from app.text import _

MINUTE = timedelta(minutes=1)
FIRST_YEAR, END_YEAR = 1901, 2100

COUNTRY_ZONES = {
    "DK": "Europe/Copenhagen",
    "SE": "Europe/Stockholm",
    "NO": "Europe/Oslo",
    "FI": "Europe/Helsinki",
    "DE": "Europe/Berlin",
}
"""The zone of an area where only its country is known."""


def to_text(instant: datetime) -> str:
    """The instant as UTC text with whole seconds."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def plausible(moment: date) -> bool:
    """True for a day or instant in years that business is done in: the others are slips of the key."""
    return FIRST_YEAR <= moment.year < END_YEAR


def from_text(text: str) -> datetime:
    """The aware instant of a UTC text (or of any ISO 8601 text with an offset)."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(_("the time %(text)s has no offset") % {"text": text})
    return instant


def local_iso(instant: datetime, zone: tzinfo) -> str:
    """The instant as ISO 8601 with the zone's offset, as people and scripts are shown it."""
    return instant.astimezone(zone).isoformat(timespec="seconds")


def day_bounds(instant: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first moment of the local day of an instant, and of the day after (DST days are 23 or 25 h)."""
    first = instant.astimezone(zone).date()
    return start_of_day(first, zone), start_of_day(first + timedelta(days=1), zone)


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """Midnight at the beginning of a local day, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def zone_of(name: str | None, country: str | None = None) -> ZoneInfo:
    """The time zone by its name, else by country, else Copenhagen's. ValueError for an unknown name."""
    wanted = name or COUNTRY_ZONES.get((country or "").upper()) or "Europe/Copenhagen"
    try:
        return ZoneInfo(wanted)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(_("unknown time zone: %(name)s") % {"name": wanted}) from error

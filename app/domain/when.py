"""Times as a supervisor types them: ISO 8601, ``today``, ``tomorrow 10``, ``fri 14:30``, ``24/11``, ``14:30``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.instants import plausible
from app.text import _

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = 3
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\Z")
_DAY_MONTH = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\.?\Z")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def _no_time(text: str) -> ValueError:
    return ValueError(
        _("%(text)s is not a time; write 14:30, tomorrow 10, fri 14:30, 24/11 or 2026-11-24T10:00")
        % {"text": text}
    )


def moment_told(moment: datetime, zone: ZoneInfo) -> str:
    """A time with its day: ``Fri 27 Nov 14:30``."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def end_told(end: datetime, zone: ZoneInfo) -> str:
    """An end as people say it: the last day where it is the end of one, ``Fri 27 Nov``."""
    local = end.astimezone(zone)
    if local.time() != time():
        return moment_told(end, zone)
    day = local - timedelta(days=1)
    return f"{day:%a} {day.day} {day:%b}"


def parse_instant(text: str, now: datetime, zone: ZoneInfo) -> datetime | date:
    """The instant meant, or a date where only a day is named. ValueError with one clear line otherwise.

    Without an offset the time is in ``zone``. A clock time alone is today's.
    """
    words = text.strip().lower().split()
    if not words:
        raise _no_time(text)
    if words == ["now"]:
        return now
    if (iso := _iso(text.strip(), zone)) is not None:
        return iso
    if len(words) == 1 and (clock := _clock(words[0])) is not None and ":" in words[0]:
        return _at(now.astimezone(zone).date(), clock, zone)
    day = _named_day(words[0], now.astimezone(zone).date(), text)
    if len(words) == 1:
        return day
    clock = _clock(words[1]) if len(words) == 2 else None
    if clock is None:
        raise _no_time(text)
    return _at(day, clock, zone)


def parse_day(text: str, now: datetime, zone: ZoneInfo) -> date:
    """The date meant. ValueError with one clear line otherwise."""
    try:
        moment = parse_instant(text, now, zone)
    except ValueError as error:
        raise ValueError(
            _("%(text)s is not a date; write 2026-11-24, tomorrow, fri or 24/11") % {"text": text}
        ) from error
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def _iso(text: str, zone: ZoneInfo) -> datetime | date | None:
    try:
        if _ISO_DAY.match(text):
            return _sane(date.fromisoformat(text), text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        if text[:4].isdigit():
            raise _no_time(text) from None
        return None
    _sane(moment.date(), text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _sane(day: date, text: str) -> date:
    if not plausible(day):
        raise _no_time(text)
    return day


def _clock(word: str) -> time | None:
    match = _CLOCK.match(word)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _named_day(word: str, today: date, text: str) -> date:
    if word in ("today", "tomorrow", "yesterday"):
        return today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[word])
    for number, name in enumerate(_WEEKDAYS):
        if word in (name, name[:_SHORT]):
            return today + timedelta(days=(number - today.weekday()) % 7)
    if match := _DAY_MONTH.match(word):
        return _day_month(match, today, text)
    if _ISO_DAY.match(word):
        try:
            return _sane(date.fromisoformat(word), text)
        except ValueError:
            raise _no_time(text) from None
    raise _no_time(text)


def _day_month(match: re.Match[str], today: date, text: str) -> date:
    try:
        if match[3]:
            return _sane(date(int(match[3]), int(match[2]), int(match[1])), text)
        day = date(today.year, int(match[2]), int(match[1]))
        return day if day >= today - timedelta(days=180) else day.replace(year=today.year + 1)
    except ValueError:
        raise _no_time(text) from None


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)

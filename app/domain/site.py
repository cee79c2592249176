"""Where a customer is: the language that is written to them, and the time on their wall."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.instants import zone_of
from app.domain.language import SPOKEN, time_words
from app.domain.records import Area, Customer
from app.domain.view import View


def language_at(view: View, customer: str | None) -> str:
    """The language of the customer's country, else of the acting person's; English elsewhere."""
    area = _area(view, customer) or view.get(Area, view.actor.area)
    return SPOKEN.get((area.country if area else None) or "", "en")


def time_at(view: View, customer: str | None, moment: datetime, language: str, *, ends: bool = False) -> str:
    """A time as a letter tells it, by the clock on the customer's wall.

    A supervisor may lead areas in two zones. A whole day stays the day that they meant.
    """
    written = moment.astimezone(view.zone)
    whole_day = (written.hour, written.minute) == (0, 0)
    return time_words(moment, view.zone if whole_day else _zone(view, customer), language, ends=ends)


def _zone(view: View, customer: str | None) -> ZoneInfo:
    area = _area(view, customer)
    if area is None or not (area.timezone or area.country):
        return view.zone
    try:
        return zone_of(area.timezone, area.country)
    except ValueError:
        return view.zone


def _area(view: View, customer: str | None) -> Area | None:
    found = view.get(Customer, customer)
    return view.get(Area, found.area) if found else None

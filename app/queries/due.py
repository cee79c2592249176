"""When a limit or a promise runs out: what ``tavle due`` answers. Only `place_of` needs a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.domain.records import Area, Customer, Promise
from app.domain.worktime import Limit, closed_days, due
from app.store.holidays import working_calendar
from app.store.view import StoreView
from app.text import _

PromiseLimit = Callable[[str], tuple[str | None, str | None] | None]
"""Gives the limit and the direction of the promise with that id, or None where there is none."""


@dataclass(frozen=True, slots=True)
class DueReport:
    """When a clock starts and runs out, and a window's earliest moment, in the zone that counted."""

    starts: datetime
    due: datetime
    earliest: datetime | None


def due_report(
    limit_text: str,
    from_text: str,
    *,
    before: bool = False,
    country: str | None = None,
    hours: str | None = None,
    no_holidays: bool = False,
    timezone: str | None = None,
    closed: Iterable[date] = (),
    promise_limit: PromiseLimit | None = None,
) -> DueReport:
    """When a limit from that moment runs out; a promise counts in its own direction.

    Without a country, hours or a zone: Denmark, Monday to Friday 08:00-17:00, the country's zone. ValueError
    with one clear line for anything that cannot be read.
    """
    limit, backward = _limit(limit_text, promise_limit)
    calendar = working_calendar(country, hours, timezone, closed=closed, public_holidays=not no_holidays)
    ends = due(limit, _moment(from_text, calendar.timezone), calendar, backward=before or backward)
    if ends.due is None:
        raise AssertionError("a clock without pauses runs out")
    local = calendar.local
    return DueReport(local(ends.starts), local(ends.due), ends.earliest and local(ends.earliest))


@dataclass(frozen=True, slots=True)
class Place:
    """What counts where a customer is, or a person works: the working time, and the promises by short id."""

    country: str | None
    hours: str | None
    timezone: str | None
    closed: frozenset[date]
    promises: dict[str, tuple[str | None, str | None]]


def place_of(view: StoreView, customer: str | None = None) -> Place:
    """The customer's place (by id, prefix or name), else the acting person's. BadInput for an unknown customer."""
    at = view.get(Customer, view.resolve("customers", customer)) if customer else None
    led = next(iter(view.find(Area, supervisor=view.actor.id)), None)
    area = view.get(Area, at.area) if at else view.get(Area, view.actor.area) or led
    ranked = sorted(
        view.find(Promise), key=lambda one: (one.customer is not None, one.area is not None, one.id)
    )
    promises: dict[str, tuple[str | None, str | None]] = {
        one.external.upper(): (one.limit, one.direction)
        for one in ranked
        if one.external and one.limit
        and one.customer in (None, at.id if at else None)
        and one.area in (None, area.id if area else None)
    }  # fmt: skip
    try:
        closed = closed_days(area.closed_days) if area else frozenset()
    except ValueError:
        closed = frozenset()
    if area is None:
        return Place(None, None, None, closed, promises)
    return Place(area.country, area.hours, area.timezone, closed, promises)


def _limit(text: str, promise_limit: PromiseLimit | None) -> tuple[Limit, bool]:
    """The limit that a text or a promise's id means, and whether it counts backwards."""
    try:
        return Limit.parse(text), False
    except ValueError:
        promise = promise_limit(text) if promise_limit else None
        if promise is None:
            raise
    written, direction = promise
    if not written:
        raise ValueError(_("the promise %(promise)r has no limit of its own") % {"promise": text})
    return Limit.parse(written), direction == "backward"


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 time as an instant; without an offset it is in the zone."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(_("%(text)r is not a time: write 2026-11-23T06:40+01:00") % {"text": text}) from None

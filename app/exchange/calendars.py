"""Shifts as a calendar file (RFC 5545) that a phone or a customer's calendar reads, and reads again when it changed.

A visit keeps its UID for ever, and its SEQUENCE grows with every change, so that a calendar moves what it has instead
of holding both. A visit that is cancelled stays, as CANCELLED; one that nobody covers is TENTATIVE and names nobody:
who is away is no customer's matter (DK-14). Times are UTC, which says the same in every zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.kinds import Record
from app.domain.plain import one_line
from app.domain.records import Customer, Person, Shift
from app.store.view import StoreView
from app.text import _

MOST_SEQUENCE = 2**31 - 1


def as_calendar(view: StoreView, shifts: Iterable[Record]) -> tuple[bytes, int]:
    """The shifts as one calendar, and how many they are."""
    from icalendar import Calendar

    calendar = Calendar()
    for name, value in (("version", "2.0"), ("prodid", "-//Tavle//Tavle//EN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    count = 0
    for event in _events(view, shifts):
        calendar.add_component(event)
        count += 1
    return calendar.to_ical(), count


def _events(view: StoreView, shifts: Iterable[Record]) -> Iterator[Any]:
    from icalendar import Event

    changes = _changes(view)
    people = {one.id: one.name for one in view.find(Person)}
    customers = {one.id: one for one in view.find(Customer)}
    for shift in shifts:
        if not isinstance(shift, Shift):
            continue
        customer = customers.get(shift.customer)
        event = Event()
        event.add("uid", f"{shift.id}@tavle")
        event.add("sequence", min(max(changes.get(shift.id, 1) - 1, 0), MOST_SEQUENCE))
        event.add("dtstamp", view.now)
        event.add("dtstart", shift.start)
        event.add("dtend", shift.end)
        event.add("summary", _summary(shift, customer, people))
        event.add("status", _status(shift))
        if shift.status == "cancelled":
            event.add("transp", "TRANSPARENT")
        for name, value in _place(customer):
            event.add(name, value)
        if shift.skills:
            event.add("description", _("Needs: %(skills)s") % {"skills": one_line(", ".join(shift.skills))})
        yield event


def _changes(view: StoreView) -> dict[str, int]:
    rows = view.conn.exec_driver_sql(
        "SELECT record, count(DISTINCT id) FROM log WHERE kind = 'shifts' GROUP BY record"
    )
    return {row[0]: row[1] for row in rows}


def _status(shift: Shift) -> str:
    if shift.status == "cancelled":
        return "CANCELLED"
    return "CONFIRMED" if shift.manned else "TENTATIVE"


def _summary(shift: Shift, customer: Customer | None, people: dict[str, str]) -> str:
    where = one_line(customer.name) if customer else "?"
    who = one_line(people.get(shift.person or "", "")) if shift.manned else ""
    return f"{where} · {who}" if who else where


def _place(customer: Customer | None) -> Iterator[tuple[str, Any]]:
    if customer is None:
        return
    if customer.address:
        yield "location", one_line(customer.address)
    latitude, _comma, longitude = (customer.location or "").partition(",")
    try:
        yield "geo", (float(latitude), float(longitude))
    except ValueError:
        return

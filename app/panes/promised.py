"""The promises to customers, and the working time of the areas that they are counted in (FI-20)."""

from __future__ import annotations

from datetime import date

from app.desk import View
from app.domain.plain import visible
from app.domain.records import Area, Customer, Person, Promise
from app.domain.worktime import Limit, Unit
from app.frame.rows import Cell, Column, TableRow
from app.panes.common import Block, date_words, facts
from app.queries.subjects import name_of
from app.queries.words import clock_words
from app.store.holidays import DEFAULT_HOURS
from app.text import _, ngettext

PROMISES = (
    Column("external", _("Id"), width=5),
    Column("title", _("Promise"), least=22),
    Column("limit", _("Limit"), width=21),
    Column("whose", _("Only for"), width=16, drop=1),
)
AREAS = (
    Column("name", _("Area"), least=14),
    Column("hours", _("Hours"), least=20, drop=1),
    Column("supervisor", _("Supervisor"), width=16),
    Column("closed", _("Closed days"), width=12, align="right"),
)


def promise_row(one: Promise, whose: str) -> TableRow:
    """A promise: its short id, what it is, how long there is, and for whom alone."""
    return TableRow(one.id, (one.external or "", one.title, limit_words(one), Cell(whose, "muted")))


def limit_words(one: Promise) -> str:
    """``5 working days``, ``72 hours before``, ``3–6 months``, ``at once``."""
    if one.clock == "immediate":
        return _("at once")
    try:
        limit = Limit.parse(one.limit or "")
    except ValueError:
        return one.limit or clock_words().get(one.clock or "", "–")
    span = str(limit.amount) if limit.earliest is None else f"{limit.earliest}–{limit.amount}"
    said = f"{span} {_unit_words(limit.unit, limit.amount)}"
    return _("%(span)s before") % {"span": said} if one.direction == "backward" else said


def _unit_words(unit: Unit, amount: int) -> str:
    words = {
        Unit.MINUTES: ngettext("minute", "minutes", amount),
        Unit.HOURS: ngettext("hour", "hours", amount),
        Unit.WORKING_HOURS: ngettext("working hour", "working hours", amount),
        Unit.WORKING_DAYS: ngettext("working day", "working days", amount),
        Unit.DAYS: ngettext("day", "days", amount),
        Unit.WEEKS: ngettext("week", "weeks", amount),
        Unit.MONTHS: ngettext("month", "months", amount),
    }
    return words[unit]


def promise_blocks(view: View, one: Promise) -> list[Block]:
    """A promise whole."""
    told = (
        (_("id"), one.external or ""),
        (_("limit"), limit_words(one)),
        (_("counted"), clock_words().get(one.clock or "", one.clock or "")),
        (_("area"), name_of(view, Area, one.area) if one.area else ""),
        (_("customer"), name_of(view, Customer, one.customer) if one.customer else ""),
    )
    blocks: list[Block] = [("", (Cell(one.title, "strong"),)), ("", facts(told))]
    texts = ((_("From"), one.trigger), (_("Duty"), one.duty), (_("If it is not kept"), one.compensation))
    return [*blocks, *((heading, (text,)) for heading, text in texts if text)]


def area_row(one: Area, led_by: str) -> TableRow:
    """An area: its hours, who runs it, and how many entries its closed days have."""
    closed = str(len(one.closed_days) or "–")
    return TableRow(one.id, (one.name, Cell(one.hours or DEFAULT_HOURS, "muted"), led_by or "–", closed))


def area_blocks(view: View, one: Area) -> list[Block]:
    """An area's card: what working days and hours are counted by, and when it is closed beside the holidays."""
    minutes = _("%(minutes)d minutes before a shift") % {"minutes": one.acute_minutes or 0}
    told = (
        (_("supervisor"), name_of(view, Person, one.supervisor) if one.supervisor else ""),
        (_("country"), one.country or ""),
        (_("time zone"), one.timezone or ""),
        (_("hours"), one.hours or DEFAULT_HOURS),
        (_("acute"), minutes if one.acute_minutes is not None else ""),
    )
    closed = tuple(_closed_words(view, entry) for entry in one.closed_days)
    nothing = (Cell(_("none beside the public holidays"), "muted"),)
    return [
        ("", (Cell(one.name, "strong"),)),
        ("", facts(told)),
        (_("Closed"), closed or nothing),
    ]


def _closed_words(view: View, entry: str) -> str:
    """``24 Dec – 1 Jan 2027`` for ``2026-12-24..2027-01-01``; what is no date as it was written."""
    try:
        return " – ".join(date_words(view, date.fromisoformat(one.strip())) for one in entry.split(".."))
    except ValueError:
        return visible(entry)

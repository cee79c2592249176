"""Today's rows, and the area and the complaints at a glance."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from app.desk import View
from app.frame.format import countdown
from app.frame.rows import Cell, Column, State, TableRow
from app.panes.common import list_words, time_left
from app.queries import glance
from app.queries.standing import AMBER, GREEN, RED
from app.queries.today import TodayItem
from app.text import _

QUEUE = (
    Column("what", _("What"), width=20),
    Column("title", _("Who or where"), share=8, least=16),
    Column("reason", _("Why"), share=9, least=19, drop=1),
    Column("clock", _("Clock"), width=11, align="right"),
)
AREA = (Column("name", ""), Column("count", "", width=2, align="right"))
COUNTS = (Column("name", ""), Column("count", "", width=4, align="right"))
_TIMED, _DATED = ("shift", "complaint"), ("row", "follow_up", "action")
"""Kinds that are due at an instant, and on a day."""
_STATES: dict[str, State] = {RED: "red", AMBER: "amber", GREEN: "green"}


def row(view: View, item: TodayItem) -> TableRow:
    """An item as a line of the queue: what it is and by when, whose it is, why, and the time that is left."""
    clock = time_left(view, item.due) if item.kind in _TIMED else _days_over(view, item)
    strong = Cell(item.title, "strong" if item.state == RED else "")
    cells = (_what(view, item), strong, Cell(item.wrote or item.reason, "muted"), clock)
    return TableRow(f"{item.kind}:{item.id}", cells, _STATES[item.state], item.state == GREEN)


def _days_over(view: View, item: TodayItem) -> Cell:
    """How many days late something is that is due on a day."""
    if item.due is None or item.kind not in _DATED:
        return Cell("")
    late = view.now - item.due
    return Cell(countdown(-late - timedelta(days=1)), "amber") if late >= timedelta(0) else Cell(_("today"))


def _what(view: View, item: TodayItem) -> str:
    if item.due is None or item.kind in _DATED:
        return item.what
    when = list_words(view, item.due)
    return f"{item.what} {when}" if item.kind == "complaint" else f"{when} {item.what}"


def dues(items: tuple[TodayItem, ...]) -> tuple[datetime | None, ...]:
    """For each item the instant that its clock runs to, where its line shows one."""
    return tuple(item.due if item.kind in _TIMED else None for item in items)


def area_rows(view: View) -> list[TableRow]:
    """The customers of the area with what waits at each, then the people who are away (DK-01)."""
    places = [
        TableRow(one.id, (one.name, Cell(str(one.needs or ""), "red")), "red" if one.needs else "green")
        for one in glance.places(view)
    ]
    away = [
        TableRow(one.id, ((Cell(one.name), Cell(f"  {one.what}", "muted")),), "amber")
        for one in glance.away(view)
    ]
    return [*places, *away]


def complaint_rows(items: tuple[TodayItem, ...], solved_today: int) -> list[TableRow]:
    """Complaints by what becomes of them: waiting on you, in hand, solved today (DK-07)."""
    states = Counter(item.state for item in items if item.kind == "complaint")
    return [
        TableRow("red", (_("waiting on you"), str(states[RED])), "red"),
        TableRow("amber", (_("due or to decide"), str(states[AMBER])), "amber"),
        TableRow("green", (_("in hand"), str(states[GREEN])), "green"),
        TableRow("solved", (_("solved today"), str(solved_today)), "green", dimmed=True),
    ]

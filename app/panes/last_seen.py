"""Keeps what Today shows for the next start: the first frame is painted from it (app/first_frame.py)."""

from __future__ import annotations

from contextlib import suppress

from app.desk import DatabaseUnavailable, Desk, View
from app.domain.instants import to_text
from app.domain.plain import visible
from app.frame.format import day_and_time
from app.frame.lines import KeyHint, Tab
from app.frame.payload import FirstFrame, FrameTable, encode
from app.frame.rows import Cell, Runs, as_runs
from app.panes import today as lines
from app.panes.common import Block, own_area
from app.panes.details import detail
from app.panes.handovers import notice
from app.panes.tabs import tabs
from app.queries import exchange, glance, handovers
from app.queries.counts import counts
from app.queries.standing import GREEN
from app.queries.today import queue
from app.text import _

_HINTS = (KeyHint("?", _("help")),)


def remember(desk: Desk, theme: str = "tavle-dark") -> None:
    """Writes the frame; a database that cannot be written now is no reason to stop."""
    with suppress(DatabaseUnavailable):
        frame = encode(desk.ask(first_frame, theme))
        desk.keep_last_seen(frame, to_text(desk.clock()))


def first_frame(view: View, theme: str) -> FirstFrame:
    """Today as it would be drawn now."""
    items = queue(view)
    title, blocks = detail(view, items[0]) if items else (_("Day clear"), [])
    dues = tuple(to_text(due) if due else "" for due in lines.dues(items))
    waiting = counts(view)
    needs = sum(item.state != GREEN for item in items)
    shown: tuple[Tab, ...] = tabs(waiting)
    return FirstFrame(
        theme,
        own_area(view),
        view.actor.name,
        day_and_time(view.now.astimezone(view.zone)),
        shown,
        FrameTable(_("Needs you"), needs, lines.QUEUE, tuple(lines.row(view, one) for one in items), dues),
        title,
        tuple(_runs(blocks)),
        (
            FrameTable(_("Area"), None, lines.AREA, tuple(lines.area_rows(view))),
            FrameTable(
                _("Complaints"),
                None,
                lines.COUNTS,
                tuple(lines.complaint_rows(items, glance.solved_today(view))),
            ),
        ),
        _HINTS,
        notice(view, exchange.clocks(view), handovers.waiting(view), "H"),
    )


def _runs(blocks: list[Block]) -> list[Runs]:
    found: list[Runs] = []
    for heading, said in blocks:
        found += [()] * bool(found)
        found += [(Cell(heading, "heading"),)] * bool(heading)
        found += [as_runs(one if isinstance(one, tuple) else visible(one)) for one in said]
    return found

"""What the tests of feeds share: what the office exports, and what came of it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.desk import Desk
from app.queries.feeds import FeedLine, feed_lines
from app.queries.listing import listed as lines_of
from tests.exchange.files import write_csv
from tests.exchange.imports import listed
from tests.support import NOW

ROSTER = """
source = "roster"
[columns]
external = "Nr"
customer = "Kunde"
person = "Hvem"
start = "Fra"
end = "Til"
"""
PEOPLE = 'source = "payroll"\n[columns]\nexternal = "Nr"\nname = "Navn"\nrole = "Rolle"\n'

Team = tuple[Desk, Desk]


def visit(nr: object, who: str, day: str = "11-25", end: str = "12:00") -> str:
    """A row of the roster."""
    return f"{nr},Solgaarden,{who},2026-{day}T08:00,2026-{day}T{end}"


def export(path: Path, *rows: str, at: datetime = NOW - timedelta(hours=1)) -> Path:
    """The office writes its roster."""
    return dated(write_csv(path, "Nr,Kunde,Hvem,Fra,Til", *rows), at)


def dated(path: Path, at: datetime) -> Path:
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def add(desk: Desk, path: str = "roster.csv", kind: str = "shifts", map_: str = ROSTER) -> str:
    """Adds a feed; its id."""
    return desk.take("feed.add", None, {"kind": kind, "path": path, "map": map_}).id


def sync(*desks: Desk) -> None:
    for desk in desks:
        assert desk.sync().problem == ""


def line(desk: Desk) -> FeedLine:
    """The only feed."""
    (one,) = desk.ask(lambda view: feed_lines(view.conn, view.now))
    return one


def visits(desk: Desk) -> dict[str, Any]:
    """Their number → the shift, of those that exports brought."""
    return {shift.external: shift for shift in listed(desk, "shifts") if shift.external}


def imports(desk: Desk) -> list[Any]:
    """The changes that exports made, as anyone lists them."""
    return desk.ask(lambda view: list(lines_of(view, "changes", {"decision": "import"})))


def conflicts(desk: Desk) -> list[Any]:
    return desk.ask(lambda view: list(lines_of(view, "conflicts", {})))

"""Verbs that show: ``today``, ``list``, ``show``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.cli.call import Call, pairs
from app.cli.options import DONE, Parser, UsageError
from app.cli.output import say, say_json, say_json_list, say_table
from app.cli.shapes import Zones, shape
from app.cli.tables import columns_of, row_of
from app.cli.telling import details
from app.domain.instants import local_iso
from app.text import _

if TYPE_CHECKING:
    from app.desk import Desk, View
    from app.queries.today import TodayItem


def today(call: Call) -> int:
    """The triage queue of the acting person's day."""
    from app.queries.today import queue

    with call.desk() as desk:
        zone = desk.zone
        items = desk.ask(queue)
    if call.json:
        say_json_list(_item(item, local_iso(item.due, zone) if item.due else None) for item in items)
    elif not items:
        say(_("Day clear"))
    else:
        headers = (_("state"), _("due"), _("what"), _("why"), _("id"))
        this_year = call.clock().astimezone(zone).year
        dues = (_due(item.due.astimezone(zone), this_year) if item.due else "" for item in items)
        rows = ((item.state, due, *_words(item)) for item, due in zip(items, dues, strict=True))
        say_table(headers, rows, state=0)
    return DONE


def _due(moment: datetime, this_year: int) -> str:
    """A local time with its day, and with its year where that is another one."""
    return f"{moment:%a %d %b %H:%M}" if moment.year == this_year else f"{moment:%d %b %Y %H:%M}"


def _item(item: TodayItem, due: str | None) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "id": item.id,
        "title": item.title,
        "state": item.state,
        "due": due,
        "reason": item.reason,
    }


def _words(item: TodayItem) -> tuple[str, str, str]:
    return f"{item.kind.replace('_', ' ')}: {item.title}", item.reason, item.id[:8]


def list_arguments(parser: Parser) -> None:
    """What ``list`` takes."""
    parser.add_argument("kind", metavar="KIND", help=_("people, shifts, complaints, changes, …"))
    parser.add_argument(
        "--where", action="append", default=[], metavar="FIELD=VALUE", help=_("only those with this value")
    )
    parser.add_argument("--limit", type=int, metavar="N", help=_("at most so many"))
    parser.add_argument("--mine", action="store_true", help=_("only what belongs to your areas"))


def list_(call: Call) -> int:
    """The records of a kind, of all areas, ordered by id."""
    if call.given.limit is not None and call.given.limit < 0:
        raise UsageError(_("--limit is below zero"))
    where = pairs(call.given.where)
    with call.desk() as desk:
        desk.ask(_say_rows, call, desk, where)
    return DONE


def _say_rows(view: View, call: Call, desk: Desk, where: dict[str, str]) -> None:
    from app.queries.listing import listed

    kind = call.given.kind
    found = listed(view, kind, where, limit=call.given.limit, mine=call.given.mine)
    zones = Zones(view, desk.member.zone)
    if call.json:
        say_json_list(_shapes(found, zones))
        return
    columns = columns_of(kind)
    say_table(("id", *columns), (row_of(view, one, columns, zones.of(one)) for one in found))


def _shapes(found: Iterator[Any], zones: Zones) -> Iterator[dict[str, Any]]:
    for one in found:
        yield shape(one, zones.of(one))


def show_arguments(parser: Parser) -> None:
    """What ``show`` takes."""
    parser.add_argument("id", metavar="ID", help=_("a record's id, or at least its first 4 characters"))


def show(call: Call) -> int:
    """One record, whole, with its history."""
    with call.desk() as desk:
        desk.ask(_say_record, call, desk)
    return DONE


def _say_record(view: View, call: Call, desk: Desk) -> None:
    from app.queries.listing import conflicts_of, shown

    found, history = shown(view, call.given.id)
    zone = Zones(view, desk.member.zone).of(found)
    if call.json:
        say_json({**shape(found, zone), "history": [_history_line(one) for one in history]})
        return
    for line in details(view, found, zone, history, conflicts_of(view, found)):
        say(line)


def _history_line(line: Any) -> dict[str, Any]:
    return {
        "change": line.change,
        "at": line.at,
        "by": line.by,
        "decision": line.decision,
        "set": line.set,
    }

"""The verb ``report``: a month's complaints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.call import Call
from app.cli.options import DONE, Parser, UsageError
from app.cli.output import say, say_json
from app.text import _

if TYPE_CHECKING:
    from app.desk import View
    from app.queries.report import Breach, Report, Share


def arguments(parser: Parser) -> None:
    """What ``report`` takes."""
    add = parser.add_argument
    add("--month", metavar="YYYY-MM", help=_("which month; default: this one"))
    add("--out", metavar="FILE", help=_("write it to a .xlsx or .md file as well"))
    add("--mine", action="store_true", help=_("only your areas"))


def report(call: Call) -> int:
    """The month's complaints: received, answered in time, breaches, outcomes, causes, repeats."""
    from app.exchange.report_file import write_report
    from app.queries.report import month_of, month_report, read_month, tables, title_of

    given = call.given
    with call.desk() as desk:
        try:
            first = read_month(given.month) if given.month else desk.ask(month_of)
        except ValueError as error:
            raise UsageError(str(error)) from error
        found = desk.ask(month_report, first, everywhere=not given.mine)
        shown = desk.ask(tables, found)
        as_json = desk.ask(_json, found)
    if given.out:
        write_report(Path(given.out).expanduser(), title_of(found), shown)
    if call.json:
        say_json(as_json)
        return DONE
    for title, _header, rows in shown:
        say(title if rows else f"{title}: {_('none')}")
        width = max((len(str(row[0])) for row in rows), default=0)
        for row in rows:
            say(f"  {row[0]!s:{width}}  {'  '.join(map(str, row[1:]))}")
    return DONE


def _json(view: View, found: Report) -> dict[str, Any]:
    return {
        "month": f"{found.first:%Y-%m}",
        "received": found.received,
        "answered_in_time": found.answered_in_time,
        "answered_late": found.answered_late,
        "not_answered": found.waiting,
        "broken": found.broken,
        "escalated": found.escalated,
        "actions_done": found.actions_done,
        "actions_open": found.actions_open,
        "outcomes": _shares(found.outcomes),
        "causes": _shares(found.causes),
        "repeats": _shares(found.repeats),
        "months": [
            {"month": f"{one.first:%Y-%m}", "received": one.received, "broken": one.broken}
            for one in found.months
        ],
        "breaches": [_breach(view, one) for one in found.breaches],
    }


def _breach(view: View, one: Breach) -> dict[str, Any]:
    from app.domain.instants import local_iso

    return {
        "complaint": one.complaint,
        "customer": one.customer,
        "received_at": local_iso(one.received_at, view.zone),
        "clock": one.clock,
        "open": one.open,
    }


def _shares(shares: tuple[Share, ...]) -> dict[str, int]:
    return {one.name: one.count for one in shares}

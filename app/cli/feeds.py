"""The verb ``feed``: which of the office's exports the team reads at every sync."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.call import Call
from app.cli.deciding import finish
from app.cli.options import DONE, Parser, UsageError
from app.cli.output import note, say_json_list, say_table
from app.cli.shapes import shape
from app.cli.tables import words
from app.text import _

if TYPE_CHECKING:
    from app.desk import Desk, View
    from app.queries.feeds import FeedLine

_TAKES = {"add": 2, "list": 0, "remove": 1}


def arguments(parser: Parser) -> None:
    """What ``feed`` takes."""
    parser.add_argument("action", choices=tuple(_TAKES), metavar="add|list|remove", help=_("what to do"))
    parser.add_argument(
        "words", nargs="*", metavar="KIND PATH | ID",
        help=_("add: what its rows become, and where it lies; remove: the feed's id"),
    )  # fmt: skip
    parser.add_argument("--map", metavar="MAP.toml", help=_("add: which of their columns is which of ours"))


def feed(call: Call) -> int:
    """Adds, lists or removes a feed."""
    action, given = call.given.action, call.given.words
    if len(given) != _TAKES[action] or (call.given.map is None) is (action == "add"):
        raise UsageError(_("write: feed add KIND PATH --map MAP.toml, feed list, or feed remove ID"))
    if action == "add":
        return _add(call, *given)
    with call.desk() as desk:
        if action == "list":
            return desk.ask(_list, call, desk)
        return finish(call, desk, desk.take("feed.remove", given[0]))


def _add(call: Call, kind: str, path: str) -> int:
    from app.domain.column_map import kind_named
    from app.exchange.feeding import path_for
    from app.exchange.importing import import_file, load_map, map_text
    from app.queries.feeds import feed_lines

    map_path, file = Path(call.given.map).expanduser(), Path(path).expanduser()
    if load_map(map_path, kind_named(kind)).as_of is not None:
        note(_("the map fixes as_of: no later export counts as newer; leave it out to go by the file's time"))
    with call.desk() as desk:
        if file.exists():
            import_file(desk, kind, file, map_path=map_path, dry_run=True)
        fields = {"kind": kind, "path": path_for(file, desk.team_file), "map": map_text(map_path)}
        outcome = desk.take("feed.add", None, fields)
        code = finish(call, desk, outcome)
        found = desk.ask(lambda view: feed_lines(view.conn, view.now))
        _tell_all([one for one in found if one.id == outcome.id])
        return code


def _list(view: View, call: Call, desk: Desk) -> int:
    from app.queries.feeds import feed_lines

    lines = feed_lines(view.conn, view.now)
    zone = desk.member.zone
    if call.json:
        say_json_list(shape(one, zone) for one in lines)
        return DONE
    headers = ("id", "kind", "path", _("state"), _("export of"), _("rows"), _("rejected"), _("gone"))
    say_table(headers, (
        (one.id[:8], one.kind, one.path, one.state, words(one.as_of, zone),
         str(one.accepted), str(one.rejected), str(len(one.gone)))
        for one in lines
    ))  # fmt: skip
    _tell_all(lines)
    return DONE


def tell_troubles(lines: list[FeedLine]) -> None:
    """A line on standard error for each thing that keeps a feed from being read whole."""
    for one in lines:
        what = {"path": one.path, "why": one.why, "rejected": one.rejected, "gone": len(one.gone)}
        if one.why:
            note(_("feed %(path)s: %(why)s") % what)
        if one.rejected:
            note(_("feed %(path)s: rows set aside: %(rejected)d; tavle list rejected shows them") % what)
        if one.gone:
            note(_("feed %(path)s: rows gone from it: %(gone)d; tavle feed list --json names them") % what)


def _tell_all(lines: list[FeedLine]) -> None:
    tell_troubles(lines)
    for one in lines:
        if one.dropped_columns:
            what = {"path": one.path, "names": ", ".join(one.dropped_columns)}
            note(_("feed %(path)s: private columns, dropped unread: %(names)s") % what)

"""Verbs that read and write tables in files: ``import`` and ``export``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.call import Call, pairs
from app.cli.options import DONE, WRONG, Parser, UsageError
from app.cli.output import note, say, say_json
from app.domain.plain import visible
from app.text import _

if TYPE_CHECKING:
    from app.exchange.report import ImportReport


def import_arguments(parser: Parser) -> None:
    """What ``import`` takes."""
    add = parser.add_argument
    add("kind", metavar="KIND", help=_("people, customers, agreements, shifts, absences, complaints"))
    add("file", metavar="FILE", help=_(".csv, .xlsx, .ods or .json"))
    add("--map", metavar="MAP.toml", help=_("which of their columns is which of ours"))
    add("--sheet", metavar="NAME", help=_("which sheet of a workbook"))
    add("--dry-run", action="store_true", help=_("say what would be done, and do nothing"))


def import_(call: Call) -> int:
    """Takes in the rows of a file; twice changes nothing the second time. 2 where no row was accepted."""
    from app.exchange.importing import import_file

    given = call.given
    with call.desk() as desk:
        report = import_file(
            desk,
            given.kind,
            Path(given.file).expanduser(),
            map_path=Path(given.map).expanduser() if given.map else None,
            sheet=given.sheet,
            dry_run=given.dry_run,
        )
    if call.json:
        say_json(asdict(report))
    else:
        _say(report, given.kind, dry_run=given.dry_run)
    accepted = report.created + report.updated + report.unchanged
    if report.rejected and not accepted:
        note(_("no row was accepted: %(why)s") % {"why": report.rejected[0].why})
        return WRONG
    return DONE


def _by_reason(report: ImportReport) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in report.rejected:
        found.setdefault(one.why, []).append(one.row)
    return found


def _say(report: ImportReport, kind: str, *, dry_run: bool) -> None:
    for name in ("created", "updated", "unchanged"):
        say(f"{name:10} {getattr(report, name)}")
    say(f"{'rejected':10} {len(report.rejected)}")
    for made, count in report.made.items():
        say(_("made because rows refer to them: %(kind)s %(count)d") % {"kind": made, "count": count})
    for why, rows in _by_reason(report).items():
        first, more = rows[0], len(rows) - 1
        where = _("row %(row)d") % {"row": first}
        if more:
            where = _("row %(row)d and %(more)d more") % {"row": first, "more": more}
        note(f"{where}: {why}")
    for name in report.alike:
        note(
            _(
                "%(name)s is there already, written by hand, and stays beside the imported one: see list %(kind)s"
            )
            % {"name": name, "kind": kind}
        )
    if report.dropped_columns:
        note(_("private columns, dropped unread: %(names)s") % {"names": ", ".join(report.dropped_columns)})
    if dry_run:
        say(_("this was a dry run: nothing was changed"))
    if report.proposed:
        text = visible(report.proposed)
        say(
            _("\nno map was given; this one was gone by (keep it in a file to mend it):\n%(map)s")
            % {"map": text}
        )


def export_arguments(parser: Parser) -> None:
    """What ``export`` takes."""
    add = parser.add_argument
    add("kind", metavar="KIND", help=_("which records"))
    add("file", metavar="FILE", help=_(".csv, .xlsx, .json or .md; of shifts also .ics"))
    add("--where", action="append", default=[], metavar="FIELD=VALUE", help=_("only those with this value"))


def export(call: Call) -> int:
    """Writes the records of a kind to a file for others."""
    from app.exchange.exporting import export_file
    from app.queries.listing import BESIDES
    from app.queries.records import rows

    kind, where = call.given.kind, pairs(call.given.where)
    if kind in BESIDES:
        raise UsageError(
            _("%(kind)s are no records to export: tavle --json list %(kind)s gives them") % {"kind": kind}
        )
    with call.desk() as desk:
        count = export_file(
            desk, kind, Path(call.given.file).expanduser(), lambda view: rows(view, kind, where)
        )
    if call.json:
        say_json({"rows": count})
    else:
        say(_("%(count)d rows in %(file)s") % {"count": count, "file": visible(call.given.file)})
    return DONE

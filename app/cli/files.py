"""Verbs that read and write tables in files: ``import`` and ``export``."""

from __future__ import annotations

from app.cli.call import Call
from app.cli.options import Parser, UsageError
from app.text import _


def import_arguments(parser: Parser) -> None:
    """What ``import`` takes."""
    parser.add_argument(
        "kind", metavar="KIND", help=_("people, customers, agreements, shifts, absences, complaints")
    )
    parser.add_argument("file", metavar="FILE", help=_(".csv, .xlsx, .ods or .json"))
    parser.add_argument("--map", metavar="MAP.toml", help=_("which of their columns is which of ours"))
    parser.add_argument("--sheet", metavar="NAME", help=_("which sheet of a workbook"))
    parser.add_argument("--dry-run", action="store_true", help=_("say what would be done, and do nothing"))


def import_(call: Call) -> int:
    """Takes in the rows of a file."""
    raise UsageError(_("tavle import is not there yet"))


def export_arguments(parser: Parser) -> None:
    """What ``export`` takes."""
    parser.add_argument("kind", metavar="KIND")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE")


def export(call: Call) -> int:
    """Writes records to a file."""
    raise UsageError(_("tavle export is not there yet"))

"""Verbs about content files that a trainer edits: ``check`` and ``publish``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.call import Call
from app.cli.deciding import share
from app.cli.options import DONE, WRONG, Parser, UsageError
from app.cli.output import note, say, say_json_list
from app.text import _

if TYPE_CHECKING:
    from app.exchange.content_check import Finding

_SHARES = {
    "Module": "module.publish",
    "PromiseSpec": "promise.publish",
    "ReplyTemplate": "template.publish",
}


def arguments(parser: Parser) -> None:
    """What both take."""
    parser.add_argument("file", metavar="FILE", help=_("a template, module, reply or promise file (TOML)"))


def check(call: Call) -> int:
    """Every flaw of a content file, with its line."""
    return _tell(call, _findings(call))


def publish(call: Call) -> int:
    """Shares a sound module, reply or promise file with the team."""
    findings = _findings(call)
    if findings:
        return _tell(call, findings)
    from app.store.content import read_text

    text = Path(call.given.file).expanduser().read_text("utf-8")
    decision = _SHARES.get(type(read_text(text).items[0]).__name__)
    if decision is None:
        raise UsageError(
            _("plan templates are read from data/; words are shared one by one with synonym.add")
        )
    with call.desk() as desk:
        outcome = desk.take(decision, None, {"content": text})
        share(call, desk, outcome)
    if call.json:
        say_json_list([])
    else:
        say(_("Shared with the team\nchange %(change)s") % {"change": outcome.change})
    return DONE


def _findings(call: Call) -> list[Finding]:
    from app.exchange.content_check import check_file

    return check_file(Path(call.given.file).expanduser())


def _tell(call: Call, findings: list[Finding]) -> int:
    if call.json:
        say_json_list(asdict(one) for one in findings)
    for one in findings:
        what = {"line": one.line, "what": one.what}
        note(_("line %(line)d: %(what)s") % what if one.line else one.what)
    if not findings and not call.json:
        say(_("nothing to mend"))
    return WRONG if findings else DONE

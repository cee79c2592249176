"""Verbs that look after a home: ``doctor`` and ``rebuild``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from app.cli.answering import Silent, Waiting, ask
from app.cli.call import Call
from app.cli.options import DONE, UNAVAILABLE, Parser
from app.cli.output import say, say_json, say_json_list, say_table
from app.text import _

if TYPE_CHECKING:
    from app.sync.report import ShowProgress


def doctor_arguments(parser: Parser) -> None:
    """What ``doctor`` takes."""
    parser.add_argument("--repair", action="store_true", help=_("mend what can be mended from here"))


def doctor(call: Call) -> int:
    """Looks at settings, database, team file and clock; 3 where the database cannot be used."""
    from app.desk import DatabaseUnavailable
    from app.doctor import ERROR, REPAIR, WARNING, Finding, examine, repair
    from app.sync.report import quiet

    def look(_progress: ShowProgress) -> list[Finding]:
        done: list[Finding] = []
        if call.given.repair:
            try:
                done = repair(call.settings, None if call.offline else call.team, call.clock)
            except DatabaseUnavailable as error:
                done = [Finding(str(error), ERROR, REPAIR)]
        found = examine(call.settings, call.team, call.clock, reach=not call.offline)
        return [*(one for one in done if one.what not in {other.what for other in found}), *found]

    try:
        found = ask(look, quiet, Waiting(call.clock))
    except Silent as error:
        found = examine(call.settings, call.team, call.clock, reach=False)
        mend = _("look whether the share is there; work goes on without it")
        found.append(Finding(str(error), WARNING, mend))
    if call.json:
        say_json_list(asdict(one) for one in found)
    else:
        rows = ((one.severity, one.what, one.mend or "") for one in found)
        say_table((_("state"), _("what"), _("what would mend it")), rows)
    return UNAVAILABLE if any(one.severity == ERROR for one in found) else DONE


def rebuild(call: Call) -> int:
    """Folds the local tables anew from the log."""
    from app.store.log import count

    with call.desk() as desk:
        desk.rebuild()
        changes = desk.ask(lambda view: count(view.conn))
    if call.json:
        say_json({"changes": changes})
    else:
        say(_("folded anew from %(changes)d changes") % {"changes": changes})
    return DONE

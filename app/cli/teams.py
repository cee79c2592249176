"""Verbs about the team file: ``demo``, ``init``, ``sync``."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.cli.answering import Silent, Waiting, ask
from app.cli.call import Call
from app.cli.deciding import LEFT_ALONE
from app.cli.feeds import tell_troubles
from app.cli.options import DONE, UNAVAILABLE, Parser, UsageError
from app.cli.output import note, say, say_json
from app.cli.progress import shown_progress
from app.settings import Joining
from app.text import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.desk import Desk
    from app.joining import Joined
    from app.sync.report import ShowProgress, SyncReport

T = TypeVar("T")

_SIZES = {
    "people": _("people (default 40, at least 24)"),
    "customers": _("customers (default 25, at least 11)"),
    "days": _("days (default 14)"),
    "changes": _("changes in all, for measuring"),
    "seed": _("another seed, another area"),
}


def demo_arguments(parser: Parser) -> None:
    """What ``demo`` takes."""
    help_ = _("the team file to write; without it the board opens on a throw-away one")
    parser.add_argument("file", nargs="?", metavar="FILE", help=help_)
    for name, help_ in _SIZES.items():
        parser.add_argument(f"--{name}", type=int, metavar="N", help=help_)


def demo(call: Call) -> int:
    """Writes a team file with a believable working area; without FILE opens the board on a throw-away one."""
    from app.cli.boarding import open_demo, write_demo_team

    given = call.given
    sizes = {name: value for name in _SIZES if (value := getattr(given, name)) is not None}
    if given.file is None:
        return open_demo(call, sizes)
    report = write_demo_team(Path(given.file).expanduser().absolute(), call, sizes)
    if call.json:
        say_json({"team": str(report.team), "changes": report.changes})
    else:
        say(_("%(changes)d changes in %(team)s") % {"changes": report.changes, "team": report.team})
    return DONE


def init_arguments(parser: Parser) -> None:
    """What ``init`` takes."""
    parser.add_argument("--name", metavar="TEXT", help=_("create the team file, for a team of this name"))
    parser.add_argument("--country", metavar="CC", help=_("the team's country, with --name (default DK)"))
    parser.add_argument("--area", metavar="TEXT", help=_("your area; made where there is none of that name"))
    parser.add_argument("--role", metavar="ROLE", help=_("what you are (default supervisor)"))


def init(call: Call) -> int:
    """Creates the team file (``--name``) or joins it."""
    from app.joining import found, join
    from app.panes.last_seen import remember

    given = call.given
    if call.team is None:
        raise UsageError(_("init needs the team file: --team FILE"))
    if call.acting is None:
        raise UsageError(_("init needs your name: --as NAME"))
    if call.offline:
        raise UsageError(_("init needs the team file: leave --offline out"))
    who = _joining(call.acting, given.role, given.area)
    if given.name is None and given.country is not None:
        raise UsageError(_("--country belongs to --name: the team has its country already"))
    team, settings, clock = call.team, call.settings, call.clock
    joined = _asked(
        call,
        lambda progress: (
            join(settings, team, who, clock, progress)
            if given.name is None
            else found(settings, team, given.name, given.country or "DK", who, clock)
        ),
    )
    with replace(call, settings=joined.settings, acting=None).desk() as desk:
        remember(desk)
    _tell_joined(call, joined, created=given.name is not None)
    return DONE


def _joining(name: str, role: str | None, area: str | None) -> Joining:
    from app.domain.records import ROLES

    role = (role or "").strip() or "supervisor"
    if role not in ROLES:
        raise UsageError(_("%(role)s is no role: %(roles)s") % {"role": role, "roles": ", ".join(ROLES)})
    return Joining(name, role, (area or "").strip() or None)


def _tell_joined(call: Call, joined: Joined, *, created: bool) -> None:
    if joined.remark:
        note(joined.remark)
    if joined.report.problem:
        note(joined.report.problem)
    if call.json:
        team = joined.settings.team
        say_json({"team": team, "person": joined.person, "lane": joined.lane, "created": created})
    else:
        word = _("Created %(team)s") if created else _("Joined %(team)s")
        say(word % {"team": joined.settings.team})


def sync(call: Call) -> int:
    """One exchange with the team file; joins it first where ``init`` could not."""
    from app.desk import SyncReport

    if call.offline:
        return _tell(call, SyncReport(offline=True, problem=LEFT_ALONE))
    from app.joining import complete
    from app.panes.last_seen import remember
    from app.queries.feeds import feed_lines

    settings = call.settings
    joined = _asked(call, lambda progress: complete(settings, call.clock, progress))
    if joined is not None:
        call = replace(call, settings=joined.settings)
        if joined.remark:
            note(joined.remark)
    with call.desk() as desk:
        report = _exchanged(call, desk)
        if joined is not None or report.pulled or report.pushed:
            remember(desk)
        troubles = [] if report.offline else desk.ask(lambda view: feed_lines(view.conn, view.now))
    if joined is not None:
        report.pulled += joined.report.pulled
        report.pushed += joined.report.pushed
    code = _tell(call, report)
    tell_troubles(troubles)
    return code


def _asked(call: Call, work: Callable[[ShowProgress], T]) -> T:
    """What is asked of the share, waited for as long as it answers."""
    return ask(work, shown_progress(json=call.json), Waiting(call.clock))


def _exchanged(call: Call, desk: Desk) -> SyncReport:
    from app.store.exchange_log import outlook
    from app.sync.report import SyncReport

    try:
        return _asked(call, lambda progress: desk.sync(progress=progress))
    except Silent as error:
        report = SyncReport(offline=True, problem=str(error))
        report.count(desk.ask(lambda view: outlook(view.conn, "")))
        return report


def _tell(call: Call, report: SyncReport) -> int:
    shown = {
        name: value
        for name, value in asdict(report).items()
        if name in ("pulled", "pushed", "healed", "quarantined", "conflicts", "offline")
    }
    if call.json:
        say_json(
            {**shown, "waiting": None if call.offline else report.waiting, "problem": report.problem or None}
        )
    elif not report.offline:
        say(", ".join(f"{name} {value}" for name, value in shown.items() if name != "offline"))
    if report.unreadable:
        note(_("not readable now: %(files)s") % {"files": ", ".join(report.unreadable)})
    if report.problem:
        note(report.problem)
        return UNAVAILABLE
    return DONE

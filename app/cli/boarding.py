"""Opening the board: what was last seen is painted first, everything heavy is loaded after that."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.call import Call, call_of
from app.cli.options import UsageError
from app.cli.output import note
from app.clock import Clock, system_clock
from app.settings import Joining, Settings
from app.text import _

if TYPE_CHECKING:
    from app.demo import DemoReport


def open_board(given: Namespace) -> int:
    """The board of this home, or with ``--demo`` on throw-away data."""
    call = call_of(given)
    return open_demo(call, {}) if given.demo else _open(call)


def open_demo(call: Call, sizes: Mapping[str, int]) -> int:
    """The board of the demo's supervisor in a home that is gone afterwards. Its clock runs on from ``--now``."""
    _need_terminal()
    from app.demo.writing import DEMO_NOW, DEMO_PERSON
    from app.joining import join

    print(_("Making a demo …"), file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="tavle-demo-", ignore_cleanup_errors=True) as folder:
        team = Path(folder) / "demo.tavle"
        write_demo_team(team, call, sizes)
        clock = call.clock if call.given.now else _running_from(DEMO_NOW)
        home = Settings(Path(folder) / "home")
        joined = join(home, team, Joining(DEMO_PERSON, "supervisor"), clock)
        return _show(replace(call, settings=joined.settings, clock=clock, acting=None, team=None))


def write_demo_team(path: Path, call: Call, sizes: Mapping[str, int]) -> DemoReport:
    """Writes the demo's team file; see the verb ``demo``."""
    from app.demo.writing import DEMO_NOW, DemoError, write_demo

    try:
        report = write_demo(path, now=call.clock() if call.given.now else DEMO_NOW, **sizes)
    except DemoError as error:
        raise UsageError(str(error)) from error
    for name in ("people", "customers"):
        if sizes.get(name, least := getattr(report.size, name)) < least:
            note(
                _("%(what)s: the demo's morning takes %(least)d, so it has as many")
                % {"what": name, "least": least}
            )
    return report


def _open(call: Call) -> int:
    _need_terminal()
    if call.settings.joining is not None and not call.offline:
        from app.joining import complete

        joined = complete(call.settings, call.clock)
        call = call if joined is None else replace(call, settings=joined.settings)
    call.check_joined()
    return _show(call)


def _show(call: Call) -> int:
    from app.first_frame import Held

    with Held() as terminal:
        terminal.paint(call.settings.database, call.clock())
        from app.board import run_board

        return run_board(
            call.settings,
            clock=call.clock,
            acting=call.acting,
            team=call.team,
            terminal=terminal,
            offline=call.offline,
        )


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(_("the board needs a terminal; tavle --help names the verbs that need none"))


def _running_from(start: datetime) -> Clock:
    began = system_clock()
    return lambda: start + (system_clock() - began)

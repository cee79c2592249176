"""One exchange for the process that started this one (app/sync/aside.py): ``python -m app.sync DATABASE TEAM NOW BY``.

What goes wrong ends it without a report: the other process finds out for itself, and says so.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from app.domain.instants import from_text
from app.store.database import Database
from app.sync.aside import ASKS, GO_ON, REPORTS, TELLS
from app.sync.engine import sync
from app.sync.report import Progress


def _say(mark: bytes, what: object = None) -> None:
    said = b"" if what is None else msgspec.json.encode(what)
    sys.stdout.buffer.write(mark + said + b"\n")


def _tell(progress: Progress) -> None:
    _say(TELLS, progress)


def _asked_to_stop() -> bool:
    """True also where nobody answers any more."""
    _say(ASKS)
    sys.stdout.buffer.flush()
    return sys.stdin.buffer.readline() != GO_ON


def main(database: str, team: str, now: str, by: str) -> None:
    """See above. The database is one that the other process has open: its tables are of this version."""
    db = Database(Path(database))
    try:
        report = sync(
            db, Path(team), lambda: from_text(now), by=by, progress=_tell, should_stop=_asked_to_stop
        )
    finally:
        db.close()
    _say(REPORTS, report)


if __name__ == "__main__":
    main(*sys.argv[1:])

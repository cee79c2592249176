"""What is wrong with a home and its team file, and what would mend it. Looking changes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from app.clock import Clock
from app.domain.hlc import milliseconds
from app.queries.feeds import feed_lines
from app.settings import Settings
from app.store import folding, local, log
from app.store.database import Database, DatabaseUnavailable
from app.store.exchange_log import decisions_waiting, open_conflicts
from app.store.rejected import rejected_lines
from app.store.sources import quarantined_count
from app.store.tables import FOLD_VERSION
from app.sync.engine import sync
from app.sync.files import Files
from app.sync.layout import TeamMismatch, TeamNotThere, TeamPaths, read_anchor
from app.text import _

OK, WARNING, ERROR = "ok", "warning", "error"
_OFTEN_OFF = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``severity``: ok, warning, error. ``mend``: what would mend it."""

    what: str
    severity: str = OK
    mend: str | None = None


def examine(settings: Settings, team: Path | None, clock: Clock) -> list[Finding]:
    """Settings, permissions, database, team file and clock, in this order. DatabaseUnavailable is a finding too."""
    return [
        *_settings(settings, team),
        *_permissions(settings),
        *_database(settings, clock),
        *_team(settings, team),
    ]


def repair(settings: Settings, team: Path | None, clock: Clock) -> None:
    """Mends what can be mended from here: permissions, the folded tables, what either side lacks of the other."""
    if not settings.database.exists():
        return
    for path, mode in _private_paths(settings):
        path.chmod(mode)
    db = Database(settings.database)
    try:
        with db.write() as conn:
            folding.rebuild(conn)
            joined = local.membership(conn) is not None
        if joined and team is not None:
            sync(db, team, clock, thorough=True)
    finally:
        db.close()


def _settings(settings: Settings, team: Path | None) -> Iterator[Finding]:
    if settings.joining is not None:
        yield Finding(_("this home waits to join its team"), WARNING, "tavle sync")
    elif team is None:
        yield Finding(_("no team file is set"), WARNING, "tavle init --team FILE --as NAME")
    else:
        yield Finding(_("the settings can be read"))


def _private_paths(settings: Settings) -> Iterator[tuple[Path, int]]:
    database = settings.database
    yield settings.home, 0o700
    for path in (database, database.with_name(database.name + "-wal"), settings.home / "settings.toml"):
        if path.exists():
            yield path, 0o600


def _permissions(settings: Settings) -> Iterator[Finding]:
    if os.name != "posix" or not settings.home.is_dir():
        return
    for path, mode in _private_paths(settings):
        if stat.S_IMODE(path.stat().st_mode) & ~mode & 0o077:
            yield Finding(_("others can read %(path)s") % {"path": path}, WARNING, "tavle doctor --repair")


def _database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    if not settings.database.exists():
        yield Finding(_("there is no local database yet"), WARNING, "tavle init --team FILE --as NAME")
        return
    try:
        db = Database(settings.database)
        try:
            with db.read() as conn:
                yield from _sound(conn)
                yield from _waiting(conn)
                yield from _feeds(conn, clock)
                yield from _clock(conn, clock)
        finally:
            db.close()
    except DatabaseUnavailable as error:
        mend = _("close what else uses it; where it is damaged, move it away and join the team again")
        yield Finding(str(error), ERROR, mend)


def _sound(conn: Connection) -> Iterator[Finding]:
    flaws = [str(row[0]) for row in conn.exec_driver_sql("PRAGMA integrity_check(5)")]
    if flaws != ["ok"]:
        raise DatabaseUnavailable(_("the local database is damaged: %(why)s") % {"why": flaws[0]})
    count = log.count(conn)
    if local.get(conn, "fold") != str(FOLD_VERSION):
        yield Finding(_("the tables were folded by another Tavle"), WARNING, "tavle rebuild")
    yield Finding(_("the local database is sound; changes in it: %(count)d") % {"count": count})


def _waiting(conn: Connection) -> Iterator[Finding]:
    counted = (
        (
            decisions_waiting(conn),
            _("decisions that wait to be written to the team file: %(count)d"),
            "tavle sync",
        ),
        (
            quarantined_count(conn),
            _("lines of the team file that cannot be read: %(count)d"),
            "tavle doctor --repair",
        ),
        (open_conflicts(conn), _("conflicts that wait for a decision: %(count)d"), "tavle list conflicts"),
        (
            len(rejected_lines(conn)),
            _("rows of the office's files that were set aside: %(count)d"),
            "tavle list rejected",
        ),
        (_newer(conn), _("records that only a newer Tavle can change: %(count)d"), _("update this one")),
    )
    for count, what, mend in counted:
        if count:
            yield Finding(what % {"count": count}, WARNING, mend)


def _feeds(conn: Connection, clock: Clock) -> Iterator[Finding]:
    if local.get(conn, "fold") != str(FOLD_VERSION):
        return
    for feed in feed_lines(conn, clock()):
        what = {"path": feed.path, "why": feed.why, "count": len(feed.gone)}
        if feed.why:
            mend = _("have the office export it again, or mend the feed's map: tavle feed list")
            yield Finding(_("the feed %(path)s is not read: %(why)s") % what, WARNING, mend)
        if feed.gone:
            gone = _("records that are gone from the feed %(path)s and still count here: %(count)d")
            yield Finding(gone % what, WARNING, _("see whether they are over: tavle feed list --json"))


def _newer(conn: Connection) -> int:
    return int(conn.exec_driver_sql("SELECT count(*) FROM readonly").scalar_one())


def _clock(conn: Connection, clock: Clock) -> Iterator[Finding]:
    """Changes from what is the future here: this clock is behind, or someone's is ahead."""
    limit = milliseconds(clock() + _OFTEN_OFF) << 16
    ahead = conn.exec_driver_sql("SELECT count(*) FROM lanes WHERE hlc > ?", (f"{limit:016x}",)).scalar_one()
    if ahead:
        yield Finding(
            _("members who have decided in what is the future here: %(count)d") % {"count": ahead},
            WARNING,
            _("set this computer's clock, or have theirs set"),
        )
    else:
        yield Finding(_("the clock agrees with the team's"))


def _team(settings: Settings, team: Path | None) -> Iterator[Finding]:
    if team is None:
        return
    try:
        anchor = read_anchor(Files(), TeamPaths(team))
        _same(settings, anchor.team, anchor.name)
    except TeamNotThere as error:
        yield Finding(str(error), WARNING, _("connect to the shared folder; work goes on without it"))
    except TeamMismatch as error:
        yield Finding(str(error), ERROR, _("set the right team file in settings.toml"))
    except DatabaseUnavailable:
        return
    else:
        yield Finding(_("the team file can be reached: %(name)s") % {"name": anchor.name})


def _same(settings: Settings, team: str, name: str) -> None:
    if not settings.database.exists():
        return
    db = Database(settings.database)
    try:
        with db.read() as conn:
            member = local.membership(conn)
    finally:
        db.close()
    if member is not None and member.team != team:
        raise TeamMismatch(_("the team file is another team's: %(name)s") % {"name": name})

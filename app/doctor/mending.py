"""Mends what can be mended from here. Nothing is deleted that is not this home's own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.clock import Clock
from app.doctor.findings import WARNING, Finding
from app.doctor.home import private_paths
from app.settings import Settings
from app.store import folding, local
from app.store.database import Database, DatabaseUnavailable
from app.store.local import Membership
from app.store.salvage import damage_of, salvage
from app.sync import anchors
from app.sync.engine import sync
from app.sync.files import Files
from app.sync.home import own_lanes, take_new_lane
from app.sync.layout import (
    Anchor,
    TeamExists,
    TeamMismatch,
    TeamNotThere,
    TeamPaths,
    own_leftovers,
    read_anchor,
)
from app.sync.locking import Busy, one_at_a_time
from app.sync.moving import move_under
from app.text import _

_SECONDS = 10.0
"""How long an exchange of this home that is under way is waited for."""


def repair(settings: Settings, team: Path | None, clock: Clock) -> list[Finding]:
    """What was mended: permissions, the folded tables, the anchor, and what either side lacks of the other."""
    if not settings.database.exists():
        return []
    _make_private(settings)
    saved = list(_saved(settings.database))
    db = Database(settings.database)
    try:
        with db.write() as conn:
            local.put(conn, fold="")
            folding.refresh(conn)
            if saved:
                take_new_lane(conn, secrets.token_bytes)
            member = local.membership(conn)
        if member is None or team is None:
            return saved
        try:
            with one_at_a_time(db, _SECONDS):
                done = saved + list(_team(db, member, TeamPaths(team)))
        except Busy as error:
            return [*saved, Finding(str(error), WARNING, _("close it, then: tavle doctor --repair"))]
        with suppress(TeamMismatch):
            sync(db, team, clock, thorough=True)
    finally:
        db.close()
    return done


def _make_private(settings: Settings) -> None:
    """DatabaseUnavailable where nothing may be changed in the home."""
    for path, mode in private_paths(settings):
        try:
            path.chmod(mode)
        except OSError as error:
            what = {"path": path, "why": error.strerror}
            raise DatabaseUnavailable(_("%(path)s cannot be mended: %(why)s") % what) from error


def _saved(database: Path) -> Iterator[Finding]:
    """A damaged database is replaced by one with all of it that is whole."""
    if damage_of(database) and (saved := salvage(database)):
        what = {"count": saved.changes, "lost": saved.lost, "path": saved.damaged}
        told = _(
            "mended: the local database was damaged; changes saved from it: %(count)d, not readable: %(lost)d; "
            "it is kept as %(path)s"
        )
        yield Finding(told % what)


def _team(db: Database, member: Membership, paths: TeamPaths) -> Iterator[Finding]:
    files, own = Files(), anchors.own_anchor(member)
    try:
        if own is not None and anchors.is_lost(files, paths, member):
            anchors.write_again(files, paths, own)
            yield Finding(_("mended: the team file %(path)s is written again") % {"path": paths.anchor})
        if own is not None:
            yield from _twin(db, files, paths, own)
        for left in own_leftovers(files, paths, member.lane):
            files.remove(left)
            yield Finding(_("mended: %(path)s, begun and not ended, is removed") % {"path": left})
    except TeamNotThere:
        return
    except (OSError, TeamExists) as error:
        what = _("the team file could not be mended: %(why)s") % {"why": error}
        yield Finding(what, WARNING, _("see that you may write there, and try again"))


def _twin(db: Database, files: Files, paths: TeamPaths, own: Anchor) -> Iterator[Finding]:
    """Of two foundings at once, the earlier is shown to all, or this home moves under it."""
    found = read_anchor(files, paths)
    earliest = anchors.founded_at_once(files, paths, found)[0]
    if anchors.comes_before(own, earliest):
        anchors.write_beside(files, paths, own)
        what = _("mended: the team file of the earlier founding is shown to all: %(path)s")
        yield Finding(what % {"path": anchors.beside(paths, own)})
    elif anchors.comes_before(earliest, own):
        with db.read() as conn:
            is_founder = own.founder in own_lanes(conn)
        brought, copy = move_under(db, earliest, secrets.token_bytes)
        what = _(
            "mended: this home belongs to the earlier founding now; decisions brought there: %(count)d; "
            "all that was is kept in %(copy)s"
        )
        yield Finding(what % {"count": brought, "copy": copy})
        if is_founder and found.team == own.team:
            anchors.give_way(files, paths, own, earliest)

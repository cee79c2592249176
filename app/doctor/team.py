"""The team file: whether it is there, whose it is, and what lies in it that is none of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from app.doctor.findings import ERROR, OK, REPAIR, WARNING, Finding
from app.settings import Settings
from app.store import local
from app.store.database import Database, DatabaseUnavailable
from app.store.local import Membership
from app.store.sources import known_sources
from app.sync.anchors import comes_before, founded_at_once, is_lost, is_one_birth, own_anchor
from app.sync.files import Files
from app.sync.layout import (
    Anchor,
    TeamNotThere,
    TeamPaths,
    is_vendors_copy,
    own_leftovers,
    read_anchor,
)
from app.text import _


def look_at_team(settings: Settings, team: Path | None) -> Iterator[Finding]:
    """All that the team file tells beside the database."""
    if team is None:
        return
    try:
        member, copies = _of_home(settings)
    except DatabaseUnavailable:
        return
    files, paths = Files(), TeamPaths(team)
    try:
        anchor = read_anchor(files, paths)
    except TeamNotThere as error:
        yield _not_there(files, paths, member, str(error))
        return
    yield from _whose(files, paths, member, anchor)
    for path in _in_the_way(paths):
        what = _("%(path)s is no folder: what it should hold can be neither read nor written") % {
            "path": path
        }
        yield Finding(what, ERROR, _("give it another name; every member then writes again what was there"))
    if not all(os.access(path, os.W_OK) for path in (paths.folder, paths.folder / "lanes") if path.exists()):
        what = _("the team's folder %(path)s may only be read: decisions wait on this computer, none is lost")
        yield Finding(what % {"path": paths.folder}, WARNING, _("have it opened to you for writing"))
    if copies:
        what = _("copies that a drive made of the team's files: %(count)d")
        yield Finding(what % {"count": copies}, OK, _("they are read and do no harm"))
    if member is not None and (left := own_leftovers(files, paths, member.lane)):
        what = _("files that this home began to write and did not end: %(count)d")
        yield Finding(what % {"count": len(left)}, WARNING, REPAIR)


def _in_the_way(paths: TeamPaths) -> Iterator[Path]:
    """What bears the name of a folder that everybody writes below, and is none; a link below the first is none."""
    lanes = paths.folder / "lanes"
    if os.path.lexists(paths.folder) and not paths.folder.is_dir():
        yield paths.folder
    elif lanes.is_symlink() or (lanes.exists() and not lanes.is_dir()):
        yield lanes


def _of_home(settings: Settings) -> tuple[Membership | None, int]:
    """The membership, and how many conflict copies were read."""
    if not settings.database.exists():
        return None, 0
    db = Database(settings.database)
    try:
        with db.read() as conn:
            return local.membership(conn), sum(map(is_vendors_copy, known_sources(conn)))
    finally:
        db.close()


def _not_there(files: Files, paths: TeamPaths, member: Membership | None, why: str) -> Finding:
    if member is None or not is_lost(files, paths, member):
        return Finding(why, WARNING, _("connect to the shared folder; work goes on without it"))
    what = _("the team's folder is there, but its file %(path)s is lost or damaged") % {"path": paths.anchor}
    if own_anchor(member) is None:
        return Finding(what, ERROR, _("tavle doctor --repair by a member who has joined it since"))
    return Finding(what, ERROR, REPAIR)


def _whose(files: Files, paths: TeamPaths, member: Membership | None, anchor: Anchor) -> Iterator[Finding]:
    earliest = founded_at_once(files, paths, anchor)[0]
    own = own_anchor(member) if member else None
    if member is None or member.team == anchor.team == earliest.team:
        yield Finding(_("the team file can be reached: %(name)s") % {"name": anchor.name})
    elif own is not None and comes_before(own, anchor):
        what = _("another founding of %(name)s has taken the team file's name; this home's is the earlier")
        shown = earliest.team == own.team
        mend = _("have its founder run tavle doctor --repair") if shown else REPAIR
        yield Finding(what % {"name": anchor.name}, WARNING, mend)
    elif own is not None and is_one_birth(own, earliest):
        what = _("%(name)s was founded twice at once, and this home belongs to the later one")
        yield Finding(what % {"name": anchor.name}, ERROR, REPAIR)
    else:
        what = _("the team file is another team's: %(name)s") % {"name": anchor.name}
        yield Finding(what, ERROR, _("set the right team file in settings.toml"))

"""Founding a team and joining one. A team is never founded because a share happens not to be there."""

from __future__ import annotations

import secrets
from pathlib import Path

from app.clock import Clock
from app.domain.ids import Entropy, random_id
from app.domain.instants import to_text
from app.store import local
from app.store.database import Database
from app.store.local import Membership
from app.sync.anchors import anchor_for
from app.sync.files import Files
from app.sync.home import remember_home
from app.sync.layout import Anchor, TeamMismatch, TeamNotThere, TeamPaths, write_anchor
from app.text import _


def create_team(
    db: Database,
    path: Path,
    name: str,
    country: str,
    clock: Clock,
    *,
    files: Files | None = None,
    entropy: Entropy = secrets.token_bytes,
) -> Anchor:
    """Creates the team file and makes this home its first member.

    TeamExists: there is one of that name. TeamNotThere: it cannot be created there. TeamMismatch: this home
    belongs to a team already.
    """
    _refuse_other(db, "")
    anchor = Anchor(
        team=random_id(entropy),
        name=name,
        country=country,
        created=to_text(clock()),
        founder=random_id(entropy),
        id_key=entropy(32).hex(),
    )
    try:
        write_anchor(files or Files(), TeamPaths(path), anchor)
    except OSError as error:
        why = _("the team file %(path)s cannot be created: %(why)s") % {"path": path, "why": error.strerror}
        raise TeamNotThere(why) from error
    _become_member(db, anchor, anchor.founder)
    return anchor


def join_team(
    db: Database, path: Path, *, files: Files | None = None, entropy: Entropy = secrets.token_bytes
) -> Anchor:
    """Makes this home a member of the team at a path, with a lane of its own; joined already: nothing changes.

    TeamNotThere: it cannot be read now. TeamMismatch: this home belongs to another team.
    """
    anchor = anchor_for(files or Files(), TeamPaths(path), None)
    if not _refuse_other(db, anchor.team):
        _become_member(db, anchor, random_id(entropy))
    return anchor


def _refuse_other(db: Database, team: str) -> bool:
    """True where this home is a member of the team. TeamMismatch where of another."""
    with db.read() as conn:
        member = local.membership(conn)
    if member is None:
        return False
    if member.team != team:
        raise TeamMismatch(_("this home belongs to the team %(name)s already") % {"name": member.name})
    return True


def membership_in(anchor: Anchor, lane: str) -> Membership:
    """What a home keeps of the team that it is a member of."""
    return Membership(
        anchor.team, lane, anchor.name, anchor.country, anchor.id_key, anchor.created, anchor.founder
    )


def _become_member(db: Database, anchor: Anchor, lane: str) -> None:
    with db.write() as conn:
        local.join(conn, membership_in(anchor, lane))
        remember_home(conn, db.path)

"""Which anchor a home goes by where two were founded at once on a cloud folder, and writing one again that was lost.

Two anchors are of one birth where people call the team the same, in the same country, and a day at most lies between
them. The smaller (created, team) is the team's; that is the same for all who see both, whatever names they have.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import msgspec

from app.domain.instants import from_text
from app.store import local
from app.store.database import Database
from app.store.local import Membership
from app.sync.files import Files, read_whole
from app.sync.layout import (
    ANCHOR_FORMAT,
    MAX_ANCHOR,
    Anchor,
    TeamMismatch,
    TeamNotThere,
    TeamPaths,
    decode_anchor,
    lane_folder,
    read_anchor,
    write_anchor,
)
from app.text import _

_ONE_BIRTH = timedelta(days=1)
_ASIDE = 100


def anchor_for(files: Files, paths: TeamPaths, member: Membership | None) -> Anchor:
    """The anchor that a home goes by: the one in place, or its own where a later founding has taken the name.

    One that joins takes the earliest that lies there. TeamMismatch where another team's is in place, TeamNotThere
    where none can be read.
    """
    found = read_anchor(files, paths)
    if member is None:
        return founded_at_once(files, paths, found)[0]
    if found.team == member.team:
        return found
    own = own_anchor(member)
    _check(own, found)
    assert own is not None
    return own


def check_in_place(files: Files, paths: TeamPaths, anchor: Anchor) -> None:
    """TeamNotThere, TeamMismatch: the anchor that an exchange began with no longer stands."""
    found = read_anchor(files, paths)
    if found.team != anchor.team:
        _check(anchor, found)


def _check(own: Anchor | None, found: Anchor) -> None:
    if own is not None and comes_before(own, found):
        return
    if own is not None and is_one_birth(own, found):
        raise TeamMismatch(
            _("%(name)s was founded twice at once, and this home is of the later: tavle doctor --repair")
            % {"name": found.name}
        )
    raise TeamMismatch(
        _("the team file is now another team's (%(name)s): nothing was read or written")
        % {"name": found.name}
    )


def own_anchor(member: Membership) -> Anchor | None:
    """The anchor as this home has it; None where it joined before that was kept."""
    if not member.created or not member.founder:
        return None
    return Anchor(
        team=member.team,
        name=member.name,
        country=member.country,
        created=member.created,
        founder=member.founder,
        id_key=member.id_key,
    )


def remember_anchor(db: Database, anchor: Anchor) -> None:
    """Keeps what a home that joined long ago does not know of its anchor."""
    with db.write() as conn:
        local.put(conn, created=anchor.created, founder=anchor.founder)


def founded_at_once(files: Files, paths: TeamPaths, anchor: Anchor) -> list[Anchor]:
    """An anchor and those of one birth that lie beside it under a conflict copy's name; the team's is the first."""
    found = {anchor.team: anchor}
    with suppress(OSError):
        for path in _beside(files, paths.anchor):
            with suppress(OSError, TeamNotThere):
                other = decode_anchor(read_whole(files, path, MAX_ANCHOR), path)
                if is_one_birth(anchor, other):
                    found.setdefault(other.team, other)
    return sorted(found.values(), key=_rank)


def _beside(files: Files, anchor: Path) -> Iterator[Path]:
    for entry in files.listdir(anchor.parent):
        if not entry.is_folder and entry.name != anchor.name and entry.name.startswith(anchor.stem):
            yield anchor.with_name(entry.name)


def is_one_birth(one: Anchor, other: Anchor) -> bool:
    """True for two foundings of what people take for one team."""
    if (one.name, one.country) != (other.name, other.country):
        return False
    try:
        return abs(from_text(one.created) - from_text(other.created)) <= _ONE_BIRTH
    except ValueError:
        return False


def comes_before(one: Anchor, other: Anchor) -> bool:
    """True where the first of two anchors of one birth is the team's."""
    return is_one_birth(one, other) and _rank(one) < _rank(other)


def _rank(anchor: Anchor) -> tuple[str, str]:
    return anchor.created, anchor.team


def is_lost(files: Files, paths: TeamPaths, member: Membership) -> bool:
    """True where the share is there, with this home's lane in it, and the anchor is not, or is damaged.

    An empty mount point has no lane; a newer Tavle's anchor, or one that cannot be read now, is not lost.
    """
    try:
        read_anchor(files, paths)
    except TeamNotThere:
        pass
    else:
        return False
    try:
        files.listdir(paths.file(lane_folder(member.lane)))
        data = read_whole(files, paths.anchor, MAX_ANCHOR)
    except FileNotFoundError as error:
        return Path(error.filename or "") == paths.anchor
    except OSError:
        return False
    return not _is_meant(data)


def _is_meant(data: bytes) -> bool:
    """True for a whole JSON object of the anchor's format, though this program may not understand it."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == ANCHOR_FORMAT


def write_again(files: Files, paths: TeamPaths, anchor: Anchor) -> None:
    """Writes a lost anchor as this home has it; what is damaged is put aside first. OSError, TeamExists."""
    with suppress(FileNotFoundError):
        files.stat(paths.anchor)
        _put_aside(files, paths.anchor)
    write_anchor(files, paths, anchor)


def give_way(files: Files, paths: TeamPaths, own: Anchor, earlier: Anchor) -> None:
    """The founder of the later team gives the name to the earlier. OSError, TeamExists when it cannot be done."""
    files.rename(paths.anchor, beside(paths, own))
    write_anchor(files, paths, earlier)


def _put_aside(files: Files, path: Path) -> None:
    for number in range(1, _ASIDE):
        with suppress(FileExistsError):
            files.rename(path, path.with_name(f"{path.name}.damaged-{number}"))
            return
    raise FileExistsError(errno.EEXIST, _("too many damaged files lie there"), str(path))


def write_beside(files: Files, paths: TeamPaths, anchor: Anchor) -> None:
    """Shows the earlier anchor to all where a later founding has its name. OSError when it cannot be written."""
    write_anchor(files, TeamPaths(beside(paths, anchor)), anchor)


def beside(paths: TeamPaths, anchor: Anchor) -> Path:
    """The name under which an anchor lies where its own is taken."""
    return paths.anchor.with_name(f"{paths.anchor.stem} ({anchor.team[:8]}){paths.anchor.suffix}")

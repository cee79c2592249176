"""Where everything in a team file lies, and its anchor: written once, exclusively, never again."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

import msgspec

from app.sync.files import Files, read_whole, write_all
from app.text import _

ANCHOR_FORMAT = "tavle-team"
ANCHOR_VERSION = 1
TEMPORARY = ".tmp-"
SEGMENT_BYTES = 4 * 1024 * 1024
"""A segment that has grown to this is sealed: its lane goes on in the next."""

MAX_ANCHOR = 64 * 1024
_SEGMENT = re.compile(r"(?P<gen>[1-9][0-9]*)-(?P<seg>[1-9][0-9]*)\.jsonl\Z")
_PACK = re.compile(r"packs/[0-9a-f]{64}(-[0-9]+)?\.jsonl\.gz\Z")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
_KEY = re.compile(r"[0-9a-f]{64}\Z")


class TeamNotThere(Exception):
    """The team file cannot be reached, or is not one; the text says why. Nothing was changed."""


class TeamExists(Exception):
    """There is a team file of that name already: it is never replaced."""


class TeamMismatch(Exception):
    """The team file is another team's than the one that this home belongs to: two are never merged."""


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """What ``X.tavle`` says: which team this is, when and by which lane it was founded, the key of derived ids."""

    format: str = ANCHOR_FORMAT
    v: int = ANCHOR_VERSION
    team: str
    name: str
    country: str
    created: str
    founder: str
    id_key: str


@dataclass(frozen=True, slots=True)
class TeamPaths:
    """The paths of a team file; ``anchor`` is the one that people choose."""

    anchor: Path

    @property
    def folder(self) -> Path:
        """``X.tavle.d``: everything but the anchor."""
        return _folder_beside(self.anchor)

    def file(self, path: str) -> Path:
        """The place of a path below the folder, as it is written in ``sources``."""
        return self.folder.joinpath(*PurePosixPath(path).parts)


@lru_cache(maxsize=16)
def _folder_beside(anchor: Path) -> Path:
    return anchor.with_name(anchor.name + ".d")


@lru_cache(maxsize=16_384)
def child(folder: Path, name: str) -> Path:
    """The place of a name in a folder: making a path takes longer than asking the drive for it."""
    return folder / name


def lane_folder(lane: str) -> str:
    """The folder that one lane's owner writes in, below ``X.tavle.d``."""
    return f"lanes/{lane}/"


def segment_path(lane: str, gen: int, seg: int) -> str:
    """The file of a lane's segment, below ``X.tavle.d``."""
    return f"lanes/{lane}/{gen}-{seg}.jsonl"


@lru_cache(maxsize=16_384)
def segment_of(path: str) -> tuple[str, int, int] | None:
    """(lane, generation, segment) of a file that its lane's owner named; None for any other, conflict copies too."""
    parts = path.split("/")
    if len(parts) != 3 or parts[0] != "lanes" or (found := _SEGMENT.match(parts[2])) is None:
        return None
    return parts[1], int(found["gen"]), int(found["seg"])


def pack_path(sha: str, number: int = 1) -> str:
    """The file of a pack, named by the SHA-256 of its lines, below ``X.tavle.d``; the next where that is taken."""
    return f"packs/{sha}{'' if number == 1 else f'-{number}'}.jsonl.gz"


def encode_anchor(anchor: Anchor) -> bytes:
    """The anchor's bytes: one JSON object and a line end."""
    return msgspec.json.encode(anchor) + b"\n"


def decode_anchor(data: bytes, path: Path) -> Anchor:
    """The anchor in a file's bytes. TeamNotThere when it is none, not whole, or of a newer format."""
    try:
        anchor = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf").strip(b"\x00 \t\r\n"), type=Anchor)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise TeamNotThere(
            _("%(path)s is not a team file, or not all of it is here") % {"path": path}
        ) from error
    if anchor.format != ANCHOR_FORMAT or not _is_well_formed(anchor):
        raise TeamNotThere(_("%(path)s is not a team file") % {"path": path})
    if anchor.v > ANCHOR_VERSION:
        raise TeamNotThere(_("%(path)s was made by a newer Tavle: update this one") % {"path": path})
    return anchor


def _is_well_formed(anchor: Anchor) -> bool:
    ids = _UUID.match(anchor.team) and _UUID.match(anchor.founder)
    return bool(ids and _KEY.match(anchor.id_key) and anchor.v >= 1)


def read_anchor(files: Files, paths: TeamPaths) -> Anchor:
    """The anchor of a team file. TeamNotThere when there is none: absence is never deletion."""
    try:
        data = read_whole(files, paths.anchor, MAX_ANCHOR)
    except FileNotFoundError as error:
        raise TeamNotThere(_("the team file %(path)s is not there") % {"path": paths.anchor}) from error
    except OSError as error:
        raise TeamNotThere(
            _("the team file %(path)s cannot be read: %(why)s")
            % {"path": paths.anchor, "why": error.strerror}
        ) from error
    return decode_anchor(data, paths.anchor)


def write_anchor(files: Files, paths: TeamPaths, anchor: Anchor) -> None:
    """Creates the anchor in one step. TeamExists when the name is taken; OSError when it cannot be written."""
    temporary = paths.anchor.with_name(f"{TEMPORARY}{secrets.token_hex(4)}-{paths.anchor.name}")
    data = encode_anchor(anchor)
    try:
        _write_new(files, temporary, data)
        _claim(files, temporary, paths.anchor, data)
    except FileExistsError as error:
        raise TeamExists(_("there is a team file %(path)s already") % {"path": paths.anchor}) from error
    finally:
        with suppress(OSError):
            files.remove(temporary)
    files.sync_folder(paths.anchor.parent)


def _claim(files: Files, temporary: Path, name: Path, data: bytes) -> None:
    try:
        files.link(temporary, name)
    except OSError:  # the name is taken, or the drive has no links: creating the file itself is exclusive too
        _write_new(files, name, data)


def _write_new(files: Files, path: Path, data: bytes) -> None:
    handle = files.open_new(path)
    try:
        write_all(files, handle, data)
        files.sync(handle)
    finally:
        files.close(handle)


def write_fresh(files: Files, paths: TeamPaths, path: str, data: bytes) -> None:
    """Makes a file below the folder appear whole under a name that is free, or not at all (OSError).

    The anchor is looked at before and after: on a mount point whose share is gone nothing counts as written.
    """
    target = paths.file(path)
    files.stat(paths.anchor)
    make_folders(files, paths, PurePosixPath(path).parts[:-1])
    temporary = target.with_name(f"{TEMPORARY}{secrets.token_hex(4)}-{target.name}")
    try:
        _write_new(files, temporary, data)
        files.rename(temporary, target)
    except OSError:
        with suppress(OSError):
            files.remove(temporary)
        raise
    files.sync_folder(target.parent)
    files.stat(paths.anchor)


def make_folders(files: Files, paths: TeamPaths, parts: Sequence[str]) -> None:
    """Makes ``X.tavle.d`` and what lies below it. The folder that holds the anchor is never made.

    NotADirectoryError where a file has the name, or a link: nobody reads what lies below one.
    """
    folder = paths.folder
    files.make_folder(folder)
    for part in parts:
        folder = folder / part
        files.make_folder(folder)
        if files.is_link(folder):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def source_name(name: str) -> str:
    """A file's name as text that any database takes; bytes that are no Unicode are escaped."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def is_vendors_copy(path: str) -> bool:
    """True for a file below the folder that neither a lane's owner nor a healer named: a conflict copy, mostly."""
    return segment_of(path) is None and _PACK.match(path) is None


def own_leftovers(files: Files, paths: TeamPaths, lane: str) -> list[Path]:
    """What a killed program began to write in its own lane's folder; nobody else ever writes there."""
    folder = paths.file(lane_folder(lane))
    try:
        found = files.listdir(folder)
    except OSError:
        return []
    return [folder / one.name for one in found if not one.is_folder and one.name.startswith(TEMPORARY)]

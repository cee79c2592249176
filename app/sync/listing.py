"""What lies in a team file's folder: every file by its path, and which of them somebody may yet write to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from app.sync.files import Files
from app.sync.layout import TEMPORARY, TeamPaths, child, lane_folder, segment_of, source_name

_DEEPEST = 12
_SEALED = "packs/"
_RESERVED = ("keys",)


@dataclass(slots=True)
class Listing:
    """Path below the folder → the folder of a file and its name there. ``whole`` False: not all could be listed."""

    places: dict[str, tuple[Path, str]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    whole: bool = True

    def file(self, path: str) -> Path:
        """Where a file that is listed lies on the drive."""
        return child(*self.places[path])

    def shape(self, lane: str = "") -> Shape:
        """What the names alone say, to a home that writes in a lane."""
        return _shape(tuple(self.places), lane)


@dataclass(frozen=True, slots=True)
class Shape:
    """``digest`` stands for all the paths, ``ordered``; ``polled`` are those that are looked at in every pull.

    Those are each lane's newest segment, whatever bears no lane's name, packs left out, and all of the own lane.
    """

    ordered: tuple[str, ...]
    digest: str
    polled: frozenset[str]


def listed(files: Files, paths: TeamPaths) -> Listing:
    """Every file of the folder. OSError when nothing can be listed."""
    found = Listing()
    _walk(files, paths.folder, "", 1, found)
    return found


def _walk(files: Files, folder: Path, above: str, depth: int, found: Listing) -> None:
    """Lists a folder and what lies in it; ``above`` is its path, with a slash at its end."""
    try:
        entries = files.listdir(folder)
    except FileNotFoundError:
        if above:
            found.whole = False
        return
    except OSError:
        if not above:
            raise
        found.whole = False
        found.unreadable.append(above[:-1])
        return
    for name, is_folder in entries:
        if name.startswith(TEMPORARY) or (not above and name in _RESERVED):
            continue
        path = above + source_name(name)
        if not is_folder:
            found.places[path] = folder, name
        elif depth < _DEEPEST:
            _walk(files, child(folder, name), f"{path}/", depth + 1, found)


@lru_cache(maxsize=4)
def _shape(paths: tuple[str, ...], lane: str) -> Shape:
    """Kept from one pull to the next: a folder rarely gets another file."""
    ordered = tuple(sorted(paths))
    newest = _newest(ordered)
    own = lane_folder(lane)
    return Shape(
        ordered=ordered,
        digest=sha256("\n".join(ordered).encode()).hexdigest(),
        polled=frozenset(path for path in ordered if path.startswith(own) or not _is_sealed(path, newest)),
    )


def _newest(paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    newest: dict[str, tuple[int, int]] = {}
    for path in paths:
        segment = segment_of(path)
        if segment is not None:
            lane, *number = segment
            newest[lane] = max(newest.get(lane, (0, 0)), (number[0], number[1]))
    return newest


def _is_sealed(path: str, newest: dict[str, tuple[int, int]]) -> bool:
    """True for what nobody writes to any more: a segment that another of its lane follows, a pack."""
    segment = segment_of(path)
    if segment is None:
        return path.startswith(_SEALED)
    lane, *number = segment
    return newest[lane] != (number[0], number[1])

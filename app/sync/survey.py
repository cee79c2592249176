"""What in the team file's folder must be read: a listing, as few stats as will do, and a verdict on each file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from app.domain.instants import from_text
from app.store.sources import Source
from app.sync.files import Files, Stat
from app.sync.layout import TEMPORARY, TeamPaths, segment_of, source_name
from app.sync.ranges import Covers
from app.sync.reading import fits

DAY = timedelta(days=1)
_LOOK_AGAIN = timedelta(minutes=10)
"""How often a file with something unreadable in it is read again though it looks unchanged."""
_MONTH = timedelta(days=30)
_DEEPEST = 12
_SEALED = ("packs",)
_RESERVED = ("keys",)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: on from where it was left (``anew`` False), or from its beginning."""

    path: str
    file: Path
    stat: Stat
    known: Source | None
    anew: bool

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return self.stat.size if self.anew else self.unread

    @property
    def unread(self) -> int:
        """How many bytes were never read."""
        return max(self.stat.size - (self.known.offset if self.known else 0), 0)


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier pulls left: files read, lanes with a gap, the listing's hash, when all was last looked at."""

    known: Mapping[str, Source]
    gapped: frozenset[str]
    lane: str
    listing: str
    listed_at: str
    own_read_at: str


@dataclass(slots=True)
class Survey:
    """What there is to do. ``whole`` False: not everything could be listed, so nothing may be thought gone."""

    tasks: list[Task] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    listing: str = ""
    full: bool = False
    own_anew: bool = False
    whole: bool = True


def is_older(text: str, now: datetime, age: timedelta) -> bool:
    """True where an instant was never, or is further off than ``age`` in either direction: clocks are set back too."""
    return not text or abs(now - from_text(text)) >= age


def survey(files: Files, paths: TeamPaths, memory: Memory, now: datetime, thorough: bool) -> Survey:
    """Lists the folder and says what to read. OSError when it cannot be listed at all."""
    found = Survey()
    listed: dict[str, _Place] = {}
    _walk(files, paths.folder, (), found, listed)
    ordered = sorted(listed)
    found.listing = sha256("\n".join(ordered).encode()).hexdigest()
    found.full = thorough or found.listing != memory.listing or is_older(memory.listed_at, now, DAY)
    found.own_anew = thorough or is_older(memory.own_read_at, now, DAY)
    newest = _newest(listed)
    for path in ordered:
        known = memory.known.get(path)
        if found.full or known is None or _may_have_changed(path, known, memory, newest):
            folder, name = listed[path]
            _judge(files, folder / name, path, known, memory, now, thorough, found)
    if found.full:
        _look_at_the_stalest(files, listed, memory, now, found)
    found.gone = sorted(path for path in memory.known if path not in listed)
    return found


_Place = tuple[Path, str]
"""The folder of a file, and its name there."""


def listed_files(files: Files, paths: TeamPaths) -> tuple[dict[str, _Place], bool]:
    """Every file of the folder by its path, and whether all could be listed. OSError when nothing can."""
    found, listed = Survey(), dict[str, _Place]()
    _walk(files, paths.folder, (), found, listed)
    return listed, found.whole


def still_written(listed: Iterable[str]) -> set[str]:
    """The files that somebody may yet write to: each lane's newest segment, and whatever bears no lane's name."""
    paths = list(listed)
    newest = _newest(paths)
    return {path for path in paths if not _is_sealed(path, newest)}


def _walk(
    files: Files, folder: Path, above: tuple[str, ...], found: Survey, listed: dict[str, _Place]
) -> None:
    """Lists a folder and what lies in it; ``above`` are the names of the folders down to it."""
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
        found.unreadable.append("/".join(above))
        return
    before = "".join(f"{name}/" for name in above)
    for entry in entries:
        if entry.name.startswith(TEMPORARY) or (not above and entry.name in _RESERVED):
            continue
        name = source_name(entry.name)
        if not entry.is_folder:
            listed[before + name] = (folder, entry.name)
        elif len(above) + 1 < _DEEPEST:
            _walk(files, folder / entry.name, (*above, name), found, listed)


def _look_at_the_stalest(
    files: Files, listed: Mapping[str, _Place], memory: Memory, now: datetime, found: Survey
) -> None:
    """One file more, from its beginning, of those that nobody read for a month.

    What rots behind its size and time is seen by its owner within a day; of a lane without one, like this.
    """
    asked = {task.path for task in found.tasks}
    stale = [
        path
        for path, known in memory.known.items()
        if path in listed and path not in asked and is_older(known.looked_at, now, _MONTH)
    ]
    if stale:
        path = min(stale, key=lambda one: memory.known[one].looked_at)
        folder, name = listed[path]
        with suppress(OSError):
            stat = files.stat(folder / name)
            found.tasks.append(Task(path, folder / name, stat, memory.known[path], anew=True))


def _newest(listed: Iterable[str]) -> dict[str, tuple[int, int]]:
    newest: dict[str, tuple[int, int]] = {}
    for path in listed:
        segment = segment_of(path)
        if segment is not None:
            lane, *number = segment
            newest[lane] = max(newest.get(lane, (0, 0)), (number[0], number[1]))
    return newest


def _may_have_changed(
    path: str, known: Source, memory: Memory, newest: Mapping[str, tuple[int, int]]
) -> bool:
    """False for what nobody writes to any more: a sealed segment of another lane, a pack."""
    own = path.startswith(f"lanes/{memory.lane}/")
    return own or known.dirty or _has_gap(known, memory) or not _is_sealed(path, newest)


def _is_sealed(path: str, newest: Mapping[str, tuple[int, int]]) -> bool:
    segment = segment_of(path)
    if segment is None:
        return path.startswith(_SEALED)
    lane, *number = segment
    return newest[lane] != (number[0], number[1])


def _has_gap(known: Source, memory: Memory) -> bool:
    return bool(memory.gapped) and not memory.gapped.isdisjoint(Covers(known.covers).lanes())


def _judge(
    files: Files,
    file: Path,
    path: str,
    known: Source | None,
    memory: Memory,
    now: datetime,
    thorough: bool,
    found: Survey,
) -> None:
    try:
        stat = files.stat(file)
        if known is None:
            found.tasks.append(Task(path, file, stat, None, anew=True))
            return
        own = found.own_anew and path.startswith(f"lanes/{memory.lane}/")
        anew = thorough or own or _anew(files, file, stat, known, _has_gap(known, memory), now)
        if anew is not None:
            found.tasks.append(Task(path, file, stat, known, anew))
    except FileNotFoundError:
        found.whole = False
    except OSError:
        found.unreadable.append(path)


def _anew(files: Files, file: Path, stat: Stat, known: Source, gap: bool, now: datetime) -> bool | None:
    """True: read it from its beginning; False: go on where it was left; None: leave it alone."""
    if (stat.size, stat.mtime_ns) == (known.size, known.mtime_ns):
        if (gap or known.dirty) and is_older(known.looked_at, now, _LOOK_AGAIN):
            return gap
        return None
    if gap or stat.size <= known.size or stat.size < known.offset:
        return True
    return not fits(files, file, known.offset, known.fingerprint)

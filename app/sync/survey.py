"""What in the team file's folder must be read: a listing, as few stats as will do, and a verdict on each file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.instants import from_text
from app.store.sources import Source
from app.sync.files import Files, Stat
from app.sync.layout import TeamPaths, lane_folder
from app.sync.listing import Listing, Shape, listed
from app.sync.ranges import Covers

DAY = timedelta(days=1)
_LOOK_AGAIN = timedelta(minutes=10)
"""How often a file with something unreadable in it is read again though it looks unchanged."""
_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: on from where it was left, if it has the same bytes before that still, or from its beginning."""

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
    there = listed(files, paths)
    shape = there.shape(memory.lane)
    found = Survey(unreadable=there.unreadable, listing=shape.digest, whole=there.whole)
    found.full = thorough or found.listing != memory.listing or is_older(memory.listed_at, now, DAY)
    found.own_anew = thorough or is_older(memory.own_read_at, now, DAY)
    for path in shape.ordered if found.full else _to_look_at(there, shape, memory):
        _judge(files, there.file(path), path, memory, now, thorough, found)
    if found.full:
        _look_at_the_stalest(files, there, memory, now, found)
    found.gone = sorted(memory.known.keys() - there.places.keys())
    return found


def _to_look_at(there: Listing, shape: Shape, memory: Memory) -> list[str]:
    """What may have changed: what is still written to, what is new, and what is known not to be whole."""
    known = memory.known
    lacking = {path for path, one in known.items() if one.dirty or _has_gap(one, memory)}
    return sorted(shape.polled | (there.places.keys() - known.keys()) | (lacking & there.places.keys()))


def _look_at_the_stalest(files: Files, there: Listing, memory: Memory, now: datetime, found: Survey) -> None:
    """One file more, from its beginning, of those that nobody read for a month.

    What rots behind its size and time is seen by its owner within a day; of a lane without one, like this.
    """
    asked = {task.path for task in found.tasks}
    stale = [
        path
        for path, known in memory.known.items()
        if path in there.places and path not in asked and is_older(known.looked_at, now, _MONTH)
    ]
    if stale:
        path = min(stale, key=lambda one: memory.known[one].looked_at)
        file = there.file(path)
        with suppress(OSError):
            found.tasks.append(Task(path, file, files.stat(file), memory.known[path], anew=True))


def _has_gap(known: Source, memory: Memory) -> bool:
    return bool(memory.gapped) and not memory.gapped.isdisjoint(Covers(known.covers).lanes())


def _judge(
    files: Files,
    file: Path,
    path: str,
    memory: Memory,
    now: datetime,
    thorough: bool,
    found: Survey,
) -> None:
    known = memory.known.get(path)
    try:
        stat = files.stat(file)
        if known is None:
            found.tasks.append(Task(path, file, stat, None, anew=True))
            return
        own = found.own_anew and path.startswith(lane_folder(memory.lane))
        anew = thorough or own or _anew(stat, known, _has_gap(known, memory), now)
        if anew is not None:
            found.tasks.append(Task(path, file, stat, known, anew))
    except FileNotFoundError:
        found.whole = False
    except OSError:
        found.unreadable.append(path)


def _anew(stat: Stat, known: Source, gap: bool, now: datetime) -> bool | None:
    """True: read it from its beginning; False: go on where it was left; None: leave it alone."""
    if (stat.size, stat.mtime_ns) == (known.size, known.mtime_ns):
        if (gap or known.dirty) and is_older(known.looked_at, now, _LOOK_AGAIN):
            return gap
        return None
    return gap or stat.size <= known.size or stat.size < known.offset

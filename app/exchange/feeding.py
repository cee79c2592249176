"""The office's exports, read by whoever syncs next: each when its file has changed, by the team's map of it.

What a row becomes hangs on the export alone (``intake``), so it does not matter who reads it, or how often.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from app.domain.column_map import IMPORTABLE, kind_named, parse_map
from app.domain.fields import BadInput
from app.domain.instants import from_text, to_text
from app.domain.plain import one_line
from app.domain.records import Feed
from app.exchange.importing import Door, file_time, import_table
from app.exchange.reading import read_table
from app.store.feeds import (
    CHANGING,
    MISSING,
    READ,
    UNREADABLE,
    FeedState,
    feed_states,
    referred_to,
    save_feed_state,
)
from app.store.view import StoreView
from app.text import _

_SETTLED_SECONDS = 2
"""A file read so soon after it was written is read once more: some disks count time in steps as long."""
_MOST = 64 * 1024 * 1024
"""Bytes of a file that is read whole, without anyone having asked for it."""

_BEING_WRITTEN = _("it is being written")
_AHEAD = timedelta(days=1)
_FROM_THE_FUTURE = _("its time lies in the future: have it set right, or give as_of in the feed's map")

Stop = Callable[[], bool]


def place_of(feed_path: str, team: Path) -> Path:
    """Where a feed's file lies for someone who has the team file there."""
    if PureWindowsPath(feed_path).is_absolute() or PurePosixPath(feed_path).is_absolute():
        return Path(feed_path)
    return team.parent.joinpath(*PurePosixPath(feed_path).parts)


def path_for(file: Path, team: Path | None) -> str:
    """A file's path as the team shares it: relative where it lies beside the team file or below, else absolute."""
    file = file.absolute()
    for place, base in ((file, team and team.parent), (file.resolve(), team and team.parent.resolve())):
        if base is not None and place.is_relative_to(base) and ".." not in place.parts:
            return place.relative_to(base).as_posix()
    return str(file)


def read_feeds(door: Door, team: Path, should_stop: Stop) -> bool:
    """Reads every feed whose file has changed since; True where that wrote something for the team.

    What cannot be read now is left for the next time, and its state says why. Those that others refer to come first.
    """
    feeds = door.ask(lambda view: view.find(Feed, active=True))
    known = door.ask(lambda view: feed_states(view.conn))
    wrote = False
    for feed in sorted(feeds, key=lambda one: (_rank(one.kind), one.id)):
        if should_stop():
            break
        wrote |= _Reading(door, feed, known.get(feed.id, FeedState(feed.id)), should_stop).run(team)
    return wrote


def _rank(kind: str) -> int:
    return IMPORTABLE.index(kind) if kind in IMPORTABLE else len(IMPORTABLE)


class _NotNow(Exception):
    """The file is not looked into this time; ``args`` are its state and why."""


@dataclass(slots=True)
class _Reading:
    """One feed's turn."""

    door: Door
    feed: Feed
    known: FeedState
    should_stop: Stop
    wrote: bool = False

    def run(self, team: Path) -> bool:
        """Reads the file if it has changed and keeps how it was found."""
        try:
            found = self._look_into(place_of(self.feed.path, team))
        except _NotNow as why:
            state, text = why.args
            found = replace(self.known, state=state, why=text, size=-1, mtime_ns=-1)
        if found != self.known:
            self.door.within(lambda view: save_feed_state(view.conn, found))
        return self.wrote

    def _look_into(self, path: Path) -> FeedState:
        before = _stat(path)
        if self._is_known(before):
            return self.known
        now = self.door.ask(lambda view: to_text(view.now))
        looked = replace(self.known, size=before.size, mtime_ns=before.mtime_ns, looked_at=now)
        try:
            return self._import(path, before, looked)
        except BadInput as error:
            if _stat(path) != before:
                raise _NotNow(CHANGING, _BEING_WRITTEN) from error
            why = self._why(error)
            if _is_of_the_disk(error):
                raise _NotNow(UNREADABLE, why) from error
            return replace(looked, state=UNREADABLE, why=why)

    def _why(self, error: BadInput) -> str:
        """What is wrong, without the file's name: it stands beside it wherever this is shown."""
        name = PurePosixPath(self.feed.path).name
        return str(error).removeprefix(f"{self.feed.path}: ").removeprefix(f"{name}: ")

    def _is_known(self, look: _Look) -> bool:
        """True where the file is as it was when it was read, and reading it anew could find nothing new."""
        known = self.known
        if (known.size, known.mtime_ns) != (look.size, look.mtime_ns):
            return False
        if abs(from_text(known.looked_at).timestamp() - look.mtime_ns / 10**9) < _SETTLED_SECONDS:
            return False
        return not known.rejected or self.door.ask(_referred_to) == known.referred_to

    def _import(self, path: Path, before: _Look, looked: FeedState) -> FeedState:
        kind = kind_named(self.feed.kind)
        map_ = parse_map(self.feed.map, kind)
        as_of = map_.as_of or file_time(path)
        if as_of - self.door.ask(lambda view: view.now) > _AHEAD:
            raise _NotNow(UNREADABLE, _FROM_THE_FUTURE)  # whatever comes until then would count as older
        table = read_table(path, wanted=map_.wanted)
        if _stat(path) != before:
            raise _NotNow(CHANGING, _BEING_WRITTEN)
        referable = self.door.ask(_referred_to)
        report = import_table(
            self.door, kind, table, map_,
            as_of=as_of, file=one_line(self.feed.path), feed=self.feed.id, should_stop=self.should_stop,
        )  # fmt: skip
        self.wrote = bool(report.created or report.updated or report.made)
        accepted = report.created + report.updated + report.unchanged
        if accepted + len(report.rejected) < len(table.rows):
            return self.known
        return replace(
            looked,
            state=READ,
            why="",
            as_of=max(looked.as_of, to_text(as_of)),
            accepted=accepted,
            rejected=len(report.rejected),
            dropped=report.dropped_columns,
            referred_to=referable,
        )


def _referred_to(view: StoreView) -> int:
    return referred_to(view.conn)


class _Look(NamedTuple):
    """What a file looks like from outside."""

    size: int
    mtime_ns: int


def _stat(path: Path) -> _Look:
    """How the file looks. _NotNow where there is none to be read."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _NotNow(MISSING, _("there is no such file now")) from error
    except OSError as error:
        raise _NotNow(
            UNREADABLE, _("it cannot be read: %(why)s") % {"why": error.strerror or error}
        ) from error
    except ValueError as error:
        raise _NotNow(UNREADABLE, _("its path cannot be used here")) from error
    if not stat.S_ISREG(found.st_mode):
        raise _NotNow(UNREADABLE, _("this is no file"))
    if found.st_size > _MOST:
        raise _NotNow(UNREADABLE, _("it is too large to be read at every sync"))
    return _Look(found.st_size, found.st_mtime_ns)


def _is_of_the_disk(error: BaseException) -> bool:
    """True where the file could not be opened or read, whatever is in it: it is tried again."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__
    return cause is not None

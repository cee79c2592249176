"""Brings what is new in the team file into the log and the tables: read outside, applied in short transactions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import zip_longest

from sqlalchemy import Connection

from app.domain.change import Change
from app.domain.instants import to_text
from app.store import local
from app.store.exchange_log import (
    LANE_KIND,
    arrived_of,
    note_acks,
    note_forks,
    position,
)
from app.store.folding import refold
from app.store.loading import put_off
from app.store.log import append, take_out_of_outbox, touched_by
from app.store.sources import Quarantined, Source, drop_sources, save_source, set_aside
from app.sync.anchors import check_in_place
from app.sync.exchange import GENERATION, LISTED_AT, LISTING, OWN_READ_AT, RECHECK, Exchange
from app.sync.files import NotAFile
from app.sync.layout import is_vendors_copy, segment_of
from app.sync.loading import MUCH, Transactions, fold_rest, puts_off, uncollected
from app.sync.ranges import Covers
from app.sync.reading import CHUNK, Part, fits, opened, read_parts
from app.sync.report import Progress
from app.sync.standing import Standing
from app.sync.survey import Memory, Survey, Task, survey

_UNITS = 1_000
"""How much there is to do where nothing is to be read."""
_READING = 0.75
"""The share of a first load that reading takes; the rest is folding what has several changes."""


def pull(exchange: Exchange, standing: Standing) -> None:
    """Reads everything that is new, the own lane included.

    ``report.complete`` says whether all of it was read. OSError, TeamNotThere: the team file went away.
    """
    _Pull(exchange).run(standing)


class _Pull:
    def __init__(self, exchange: Exchange) -> None:
        self._x = exchange
        self._done = 0
        self._total = 0
        self._changes = 0
        self._puts_off = False
        self._transactions = Transactions(exchange.db, exchange.alone)

    def run(self, standing: Standing) -> None:
        x, memory = self._x, standing.memory
        x.forks = standing.forks
        found = survey(x.files, x.paths, memory, x.now, x.thorough)
        self._total = sum(task.size for task in found.tasks)
        if x.leaves_much and self._total > MUCH:
            x.report.much = x.report.stopped = True
            return
        self._puts_off = puts_off(x, sum(task.unread for task in found.tasks))
        with uncollected() if self._puts_off else nullcontext():
            self._read_all(found)
        if x.report.stopped:
            return
        if found.whole and found.gone:
            self._forget(found.gone, memory)
        x.report.unreadable = found.unreadable
        x.report.complete = found.whole and not found.unreadable
        self._remember(found)

    def _read_all(self, found: Survey) -> None:
        x = self._x
        try:
            for task, following in zip_longest(found.tasks, found.tasks[1:]):
                x.report.stopped |= x.should_stop()
                if x.report.stopped:
                    return
                if following and following.unread > CHUNK:
                    x.files.fetch(following.file)
                self._read(task, found)
        finally:
            self._transactions.end()
        if not x.report.stopped and x.alone:
            x.report.stopped = not fold_rest(
                x.db, True, x.should_stop, lambda share: self._show(share, last=True)
            )

    def _show(self, share: float, *, last: bool = False) -> None:
        """Tells how far it is. Where folding is put off, reading is most of the work."""
        total = self._total or _UNITS
        if self._puts_off:
            share = _READING + (1 - _READING) * share if last else _READING * share
        self._x.progress(Progress(min(int(share * total), total), total, self._changes))

    def _read(self, task: Task, found: Survey) -> None:
        x = self._x
        before = self._done
        try:
            with opened(x.files, task.file) as handle:
                final = self._read_on(task, handle)
            x.report.stopped |= not final
        except FileNotFoundError:
            found.whole = False
        except OSError:
            found.unreadable.append(task.path)
        self._done = before + task.size

    def _read_on(self, task: Task, handle: int) -> bool:
        """On from where it was left, if the file has the bytes before it still. True when it was read to its end."""
        x, known = self._x, task.known
        if known is None or task.anew or not fits(x.files, handle, known.offset, known.fingerprint):
            task, offset, print_, covers = replace(task, anew=True), 0, "", Covers()
        else:
            offset, print_, covers = known.offset, known.fingerprint, Covers(known.covers)
        final = False
        for part in read_parts(x.files, handle, x.anchor.team, offset, print_, x.pace.limit, x.should_stop):
            self._apply(task, part, covers)
            self._done += part.end - part.start
            self._show(min(self._done / max(self._total, 1), 1))
            final = part.final
        return final

    def _apply(self, task: Task, part: Part, covers: Covers) -> None:
        x = self._x
        started = x.timer()
        at = to_text(x.now)
        bad = [Quarantined(task.path, one.offset, one.why, one.line, at) for one in part.bad]
        with self._transactions.step(len(part.changes)) as conn:
            fresh = self._log(conn, part.changes)
            covers.add_all(part.changes, x.forks)
            if _is_own(task.path, x.lane):
                take_out_of_outbox(conn, part.changes)
            set_aside(conn, task.path, part.start, None if part.final else part.end, bad)
            self._save(conn, task, part, covers)
        x.report.pulled += sum(1 for one in fresh if one.header.on[0] != LANE_KIND)
        self._changes += len(part.changes)
        x.pace.measured(len(part.changes), x.timer() - started)

    def _log(self, conn: Connection, changes: Sequence[Change]) -> Sequence[Change]:
        """Those of the changes that are new here."""
        before = position(conn)
        new = append(conn, changes)
        if not new:
            return ()
        fresh = changes if new == len(changes) else arrived_of(conn, changes, before)
        self._x.forks.update(note_forks(conn, before))
        if self._puts_off:
            put_off(conn, fresh)
        else:
            refold(conn, touched_by(conn, fresh), fresh)
        note_acks(conn, fresh)
        return fresh

    def _save(self, conn: Connection, task: Task, part: Part, covers: Covers) -> None:
        """Keeps how far the file was read.

        One that is read again from its beginning only when all of it was: a stop in between has it read once
        more, and what it has lost since is seen.
        """
        again = task.anew and task.known is not None
        if not part.final and (again or part.packed):
            return
        if again and task.known and not covers.holds_all_of(Covers(task.known.covers)):
            self._lost(conn, [task.path])
        elif part.changes and is_vendors_copy(task.path):  # it may be on this computer alone
            local.put(conn, **{RECHECK: "1"})
        save_source(
            conn,
            Source(
                path=task.path,
                offset=part.offset,
                fingerprint=part.fingerprint,
                size=task.stat.size if part.final else part.offset,
                mtime_ns=task.stat.mtime_ns if part.final else 0,
                covers=covers.text(),
                dirty=part.dirty,
                looked_at=to_text(self._x.now),
            ),
        )

    def _lost(self, conn: Connection, paths: Sequence[str]) -> None:
        """Something that was read in these files is no longer there."""
        local.put(conn, **{RECHECK: "1"})
        generation = self._x.generation(conn)
        if any(segment_of(path) and _is_own(path, self._x.lane, generation) for path in paths):
            local.put(conn, **{GENERATION: str(generation + 1)})

    def _forget(self, paths: Sequence[str], memory: Memory) -> None:
        """Files no longer listed are gone if their names lead nowhere either, and the anchor still stands."""
        x = self._x
        gone = [path for path in paths if self._is_gone(path)]
        check_in_place(x.files, x.paths, x.anchor)
        if not gone:
            return
        with x.db.write() as conn:
            drop_sources(conn, gone)
            lost = [path for path in gone if memory.known[path].covers != "{}"]
            if lost:
                self._lost(conn, lost)

    def _is_gone(self, path: str) -> bool:
        file = self._x.paths.file(path)
        try:
            self._x.files.stat(file)
        except (FileNotFoundError, NotADirectoryError, NotAFile):
            return True
        except OSError:
            return False
        above = file.relative_to(self._x.paths.folder).parents
        return any(self._x.files.is_link(self._x.paths.folder / one) for one in above[:-1])

    def _remember(self, found: Survey) -> None:
        now = to_text(self._x.now)
        values = {LISTING: found.listing, LISTED_AT: now} if found.full and found.whole else {}
        if found.own_anew:
            values[OWN_READ_AT] = now
        if values:
            with self._x.db.write() as conn:
                local.put(conn, **values)


def _is_own(path: str, lane: str, generation: int | None = None) -> bool:
    segment = segment_of(path)
    return segment is not None and segment[0] == lane and generation in (None, segment[1])

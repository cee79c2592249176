"""Writes the own lane to the team file: what waits, and whatever of it the team file lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.change import Change
from app.domain.instants import to_text
from app.store import local
from app.store.exchange_log import (
    LANE_KIND,
    Waiting,
    foreign_outbox,
    lines_between,
    numbers_of,
    waiting,
    waiting_among,
)
from app.store.log import take_out_of_outbox
from app.store.sources import Source, save_source, sources_below
from app.sync import acks
from app.sync.exchange import GENERATION, Exchange
from app.sync.layout import SEGMENT_BYTES, lane_folder, segment_of, segment_path
from app.sync.ranges import Covers, Ranges, all_covers
from app.sync.writing import Written, append, write_segment

_BATCH_CHANGES = 500
_BATCH_BYTES = 512 * 1024
_FRESH_NAMES = 20


@dataclass(slots=True)
class _Lane:
    """The own lane as the team file has it: the generation, its segments, and the numbers that they lack."""

    generation: int
    segments: dict[int, Source]
    lacking: Ranges

    @property
    def current(self) -> Source | None:
        """The segment to go on in; None when the next one must be begun."""
        newest = self.segments[max(self.segments)] if self.segments else None
        return newest if newest is not None and newest.size < SEGMENT_BYTES else None


class LaneTaken(Exception):
    """Something that is no folder bears the own lane's name: nothing can be written there any more."""


@dataclass(slots=True)
class Plan:
    """What is to be written: an acknowledgement by whom, what the own lane lacks, and what waits besides."""

    by: str | None
    lane: _Lane
    waits: Waiting

    @property
    def is_nothing(self) -> bool:
        """True at rest."""
        return self.by is None and not self.lane.lacking and not self.waits.foreign


def plan_of(conn: Connection, exchange: Exchange) -> Plan:
    """What is to be written as things are now."""
    waits = waiting(conn, exchange.lane)
    return Plan(acks.acknowledges(conn, exchange, waits), _own_lane(conn, exchange), waits)


def publish(exchange: Exchange, plan: Plan) -> None:
    """Writes what waits and what the team file lacks of the own lane, batch by batch.

    Each batch is read back before it leaves the outbox. SegmentChanged: pull again first. LaneTaken: in another lane.
    OSError: the rest waits.
    """
    lane = plan.lane
    if plan.by is not None:
        acks.acknowledge(exchange, plan.by)
        with exchange.db.read() as conn:
            lane = _own_lane(conn, exchange)
    for batch in _batches(exchange, lane.lacking):
        if exchange.should_stop():
            exchange.report.stopped = True
            return
        _write(exchange, lane, batch)
    while plan.waits.foreign and (batch := _of_other_lanes(exchange)):
        if exchange.should_stop():
            exchange.report.stopped = True
            return
        _write(exchange, lane, batch)


def _own_lane(conn: Connection, exchange: Exchange) -> _Lane:
    generation = exchange.generation(conn)
    found: dict[int, dict[int, Source]] = {}
    for path, source in sources_below(conn, lane_folder(exchange.lane)).items():
        segment = segment_of(path)
        if segment is not None:
            found.setdefault(segment[1], {})[segment[2]] = source
    generation = max(generation, *found, 1)
    segments = found.get(generation, {})
    held = Ranges()
    for source in segments.values():
        held.update(Covers(source.covers).of(exchange.lane))
    top, beyond = numbers_of(conn, exchange.lane)
    have = Ranges([(1, top)] if top else [])
    for number in beyond:
        have.add(number)
    return _Lane(generation, segments, have.minus(held))


def _batches(exchange: Exchange, lacking: Ranges) -> Iterator[list[Change]]:
    for first, last in lacking:
        start = first
        while start <= last:
            with exchange.db.read() as conn:
                end = min(last, start + _BATCH_CHANGES - 1)
                found = list(lines_between(conn, exchange.lane, start, end))
            start = end + 1
            yield from _by_size(found)


def _by_size(changes: Sequence[Change]) -> Iterator[list[Change]]:
    batch: list[Change] = []
    size = 0
    for change in changes:
        if batch and size + len(change.raw) > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(change)
        size += len(change.raw)
    if batch:
        yield batch


def _of_other_lanes(exchange: Exchange) -> list[Change]:
    """What was decided here before this home took its present lane, and is not in the team file."""
    with exchange.db.read() as conn:
        found = foreign_outbox(conn, exchange.lane, _BATCH_CHANGES)
        held = all_covers(conn) if found else Covers()
    there = [one for one in found if held.holds(one, exchange.forks)]
    if there:
        with exchange.db.write() as conn:
            take_out_of_outbox(conn, there)
        return _of_other_lanes(exchange)
    return next(_by_size(found), [])


def _write(exchange: Exchange, lane: _Lane, batch: Sequence[Change]) -> None:
    lines = [one.raw for one in batch]
    current = lane.current
    if current is not None:
        written = append(exchange.files, exchange.paths, current.path, current.size, lines)
    else:
        written = _begin_segment(exchange, lane, lines)
    _confirm(exchange, lane, batch, written)


def _begin_segment(exchange: Exchange, lane: _Lane, lines: Sequence[bytes]) -> Written:
    first = max(lane.segments, default=0) + 1
    for seg in range(first, first + _FRESH_NAMES):
        try:
            path = segment_path(exchange.lane, lane.generation, seg)
            return write_segment(exchange.files, exchange.paths, path, lines)
        except FileExistsError:  # the listing was old: a file is never replaced
            continue
        except NotADirectoryError as error:
            if error.filename == str(exchange.paths.file(lane_folder(exchange.lane))):
                raise LaneTaken from error
            raise
    raise FileExistsError(path)


def _confirm(exchange: Exchange, lane: _Lane, batch: Sequence[Change], written: Written) -> None:
    """The batch was read back: it is *written*, here in one transaction."""
    segment = segment_of(written.path)
    assert segment is not None
    before = lane.segments.get(segment[2])
    covers = Covers(before.covers if before else "{}")
    for change in batch:
        covers.add(change, exchange.forks)
    source = Source(
        path=written.path,
        offset=written.stat.size,
        fingerprint=written.fingerprint,
        size=written.stat.size,
        mtime_ns=written.stat.mtime_ns,
        covers=covers.text(),
        looked_at=to_text(exchange.now),
    )
    with exchange.db.write() as conn:
        waited = waiting_among(conn, batch)
        take_out_of_outbox(conn, batch)
        save_source(conn, source)
        local.put(conn, **{GENERATION: str(lane.generation)})
    lane.segments[segment[2]] = source
    decisions = [one for one in batch if one.header.on[0] != LANE_KIND]
    pushed = sum(1 for one in decisions if one.hash in waited)
    exchange.report.pushed += pushed
    exchange.report.healed += len(decisions) - pushed

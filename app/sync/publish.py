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
    Outlook,
    foreign_outbox,
    lines_between,
    numbers_of,
    outlook,
    waiting_among,
)
from app.store.log import take_out_of_outbox
from app.store.sources import Source, save_source, sources_below
from app.sync import acks
from app.sync.exchange import ACKED_AT, GENERATION, RECHECK, Exchange
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
    """What is to be written: an acknowledgement by whom, what the own lane lacks, what waits, what may lack."""

    by: str | None
    lane: _Lane
    found: Outlook
    may_lack: bool
    """The team file lacked something at the last pull, or a file has lost something since."""

    @property
    def is_nothing(self) -> bool:
        """True at rest."""
        return not (self.by or self.lane.lacking or self.found.foreign or self.may_lack)


def plan_of(conn: Connection, exchange: Exchange) -> Plan:
    """What is to be written as things are now."""
    found = outlook(conn, exchange.lane)
    kept = local.get_all(conn, ACKED_AT, GENERATION, RECHECK)
    return Plan(
        by=acks.acknowledges(conn, exchange, found, kept.get(ACKED_AT, "")),
        lane=_own_lane(conn, exchange.lane, int(kept.get(GENERATION, 1)), found),
        found=found,
        may_lack=found.missed or bool(kept.get(RECHECK)),
    )


def publish(exchange: Exchange, plan: Plan) -> None:
    """Writes what waits and what the team file lacks of the own lane, batch by batch.

    Each batch is read back before it leaves the outbox. SegmentChanged: pull again first. LaneTaken: in another lane.
    OSError: the rest waits.
    """
    lane = plan.lane
    if plan.by is not None:
        acks.acknowledge(exchange, plan.by)
        with exchange.db.read() as conn:
            lane = plan_of(conn, exchange).lane
    for batch in _batches(exchange, lane.lacking):
        if exchange.should_stop():
            exchange.report.stopped = True
            return
        _write(exchange, lane, batch)
    while plan.found.foreign and (batch := _of_other_lanes(exchange)):
        if exchange.should_stop():
            exchange.report.stopped = True
            return
        _write(exchange, lane, batch)


def _own_lane(conn: Connection, lane: str, generation: int, found: Outlook) -> _Lane:
    read: dict[int, dict[int, Source]] = {}
    for path, source in sources_below(conn, lane_folder(lane)).items():
        segment = segment_of(path)
        if segment is not None:
            read.setdefault(segment[1], {})[segment[2]] = source
    generation = max(generation, *read, 1)
    segments = read.get(generation, {})
    held = Ranges()
    for source in segments.values():
        held.update(Covers(source.covers).of(lane))
    have = Ranges([(1, found.top)] if found.top else [])
    if found.latest > found.top:
        for number in numbers_of(conn, lane)[1]:
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

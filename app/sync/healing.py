"""Writes again what others wrote and the team file no longer has, so that a newcomer always finds everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import Connection

from app.domain.change import Change
from app.domain.hlc import wall_time
from app.domain.instants import to_text
from app.store import local
from app.store.exchange_log import (
    LANE_KIND,
    Missed,
    Place,
    forked_line,
    lines_between,
    missed,
    numbers_of,
    put_missed,
)
from app.store.log import lane_state, lane_states
from app.store.sources import Source, save_source
from app.sync.exchange import RECHECK, Exchange
from app.sync.ranges import Covers, Ranges, all_covers, fork_key
from app.sync.survey import is_older
from app.sync.writing import Written, write_pack

_PULLS = 2
_QUIET = timedelta(days=30)
_PATIENCE = timedelta(days=7)
_PACK_NUMBERS = 4096
"""A pack holds changes of one lane whose numbers share this division, so that two healers make the same packs."""


def note_missed(exchange: Exchange) -> None:
    """After a complete pull: works out what the team file lacks of other lanes, and for how many pulls it has."""
    with exchange.db.read() as conn:
        before = missed(conn)
        lacking = _lacking(conn, exchange.lane, exchange.forks)
    rows = list(_aged(lacking, before, to_text(exchange.now)))
    with exchange.db.write() as conn:
        put_missed(conn, rows)
        local.put(conn, **{RECHECK: "1" if rows else ""})


def heal(exchange: Exchange) -> None:
    """Writes packs of what has been lacking long enough. OSError: the rest is written next time."""
    with exchange.db.read() as conn:
        rows, copied = missed(conn), all_covers(conn, copies=True)
        due = [row for row in rows if _is_due(conn, exchange, row, copied)]
        packs = _packs(due)
    for key, ranges in packs:
        if exchange.should_stop():
            exchange.report.stopped = True
            return
        with exchange.db.read() as conn:
            changes = _changes(conn, key, ranges)
        written = write_pack(exchange.files, exchange.paths, [one.raw for one in changes])
        _confirm(exchange, changes, written)
    if packs:
        with exchange.db.write() as conn:
            put_missed(conn, [row for row in rows if row not in due])


def _lacking(conn: Connection, own: str, forks: Iterable[Place]) -> list[tuple[str, Ranges]]:
    held = all_covers(conn)
    found: list[tuple[str, Ranges]] = []
    for state in lane_states(conn):
        if state.lane != own:
            top, beyond = numbers_of(conn, state.lane)
            have = Ranges([(1, top)] if top else [])
            for number in beyond:
                have.add(number)
            found.append((state.lane, have.minus(held.of(state.lane))))
    for place in forks:
        key = fork_key(place)
        found.append((key, Ranges([(place.seq, place.seq)]).minus(held.of(key))))
    return found


def _aged(lacking: Iterable[tuple[str, Ranges]], before: Sequence[Missed], now: str) -> Iterable[Missed]:
    """What was lacking before too keeps its age and counts one pull more; the rest begins at one."""
    for key, ranges in lacking:
        rest = ranges
        for old in before:
            if old.key != key:
                continue
            whole = Ranges([(old.first, old.last)])
            for first, last in whole.minus(whole.minus(rest)):
                yield Missed(key, first, last, old.since, old.pulls + 1)
            rest = rest.minus(whole)
        for first, last in rest:
            yield Missed(key, first, last, now, 1)


def _is_due(conn: Connection, exchange: Exchange, row: Missed, copied: Covers) -> bool:
    lane = row.key.partition("/")[0]
    if row.pulls < _PULLS:
        return False
    if is_older(row.since, exchange.now, _PATIENCE):
        return True
    if Ranges([(row.first, row.last)]).meets(copied.of(row.key)):  # its drive may be about to bring it
        return False
    if lane == exchange.anchor.founder:
        return True
    hlc = lane_state(conn, lane).hlc
    return not hlc or wall_time(hlc) < exchange.now - _QUIET


def _packs(due: Iterable[Missed]) -> list[tuple[str, Ranges]]:
    packs: dict[tuple[str, int], Ranges] = {}
    for row in due:
        first = row.first
        while first <= row.last:
            number = first // _PACK_NUMBERS
            last = min(row.last, (number + 1) * _PACK_NUMBERS - 1)
            packs.setdefault((row.key, number), Ranges()).add(first, last)
            first = last + 1
    return [(key, packs[key, number]) for key, number in sorted(packs)]


def _changes(conn: Connection, key: str, ranges: Ranges) -> list[Change]:
    lane, _slash, hash_ = key.partition("/")
    if hash_:
        return forked_line(conn, lane, hash_)
    return [one for first, last in ranges for one in lines_between(conn, lane, first, last)]


def _confirm(exchange: Exchange, changes: Sequence[Change], written: Written) -> None:
    covers = Covers()
    for change in changes:
        covers.add(change, exchange.forks)
    with exchange.db.write() as conn:
        save_source(
            conn,
            Source(
                path=written.path,
                offset=written.stat.size,
                fingerprint=written.fingerprint,
                size=written.stat.size,
                mtime_ns=written.stat.mtime_ns,
                covers=covers.text(),
                looked_at=to_text(exchange.now),
            ),
        )
    exchange.report.healed += sum(1 for one in changes if one.header.on[0] != LANE_KIND)

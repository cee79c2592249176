"""The log: every change this computer has read or made, and how far each lane is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain.change import GENESIS, Change, restore
from app.domain.projection import instant_of
from app.store.statements import all_rows, first_row, one_number, run, run_each

CHUNK = 500
Touched = set[tuple[str, str]]
"""(kind, record id) of the records that must be folded anew."""


@dataclass(frozen=True, slots=True)
class LaneState:
    """A lane as known here: ``top`` is the highest seq without a gap, ``latest`` the highest seen at all."""

    lane: str
    top: int = 0
    top_hash: str = GENESIS
    latest: int = 0
    hlc: str = ""
    heard_at: str = ""


def append(conn: Connection, changes: Sequence[Change]) -> int:
    """Adds changes that are not in the log yet; how many were new. Repeats and reordering do no harm.

    Call ``refold`` with what they touch in the same transaction.
    """
    new = run_each(
        conn,
        "INSERT OR IGNORE INTO log (id, kind, record, hlc, lane, seq, hash, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(one) for one in changes],
    )
    parts = [(*one.header.grp, *one.header.on) for one in changes if one.header.grp is not None]
    run_each(
        conn, "INSERT OR IGNORE INTO parts (grp, part, parts, kind, record) VALUES (?, ?, ?, ?, ?)", parts
    )
    if follow_on(changes):
        _advance(conn, changes[0].header.lane, changes, in_order=True)
        return new
    by_lane: dict[str, list[Change]] = {}
    for one in changes:
        by_lane.setdefault(one.header.lane, []).append(one)
    for lane, some in by_lane.items():
        _advance(conn, lane, some)
    return new


def follow_on(changes: Sequence[Change]) -> bool:
    """True where each change is the next of one lane, as a lane's own files have them."""
    if not changes:
        return False
    first = changes[0].header.seq
    numbers = [one.header.seq for one in changes]
    return (
        numbers == list(range(first, first + len(numbers))) and len({one.header.lane for one in changes}) == 1
    )


def _row(one: Change) -> tuple[str | int | bytes, ...]:
    header = one.header
    return header.id, *header.on, header.hlc, header.lane, header.seq, one.hash, one.raw


def touched_by(conn: Connection, changes: Iterable[Change]) -> Touched:
    """The records that the changes concern: with a part of a group, the records of all its parts."""
    touched: Touched = set()
    groups: set[str] = set()
    for change in changes:
        touched.add(change.header.on)
        if change.header.grp is not None:
            groups.add(change.header.grp[0])
    for marks, some in _chunks(sorted(groups)):
        rows = all_rows(conn, f"SELECT DISTINCT kind, record FROM parts WHERE grp IN ({marks})", some)
        touched.update((row[0], row[1]) for row in rows)
    return touched


def _chunks(values: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(placeholders, values) in as many statements as it takes."""
    for start in range(0, len(values), CHUNK):
        some = tuple(values[start : start + CHUNK])
        yield ",".join("?" * len(some)), some


def _advance(conn: Connection, lane: str, changes: Sequence[Change], *, in_order: bool = False) -> None:
    """Moves on how far a lane is known without a gap, and who was last heard there."""
    known = lane_state(conn, lane)
    newest = changes[-1] if in_order else max(changes, key=lambda one: one.header.seq)
    latest = max(known.latest, newest.header.seq)
    if in_order and changes[0].header.seq == known.top + 1:
        known, changes = replace(known, top=newest.header.seq, top_hash=newest.hash), ()
    top, top_hash = _without_gap(
        conn, lane, known, {one.header.seq: one.hash for one in reversed(changes)}, latest
    )
    run(
        conn,
        "INSERT INTO lanes (lane, top, top_hash, latest, hlc, person, heard_at, seen) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, '{}') ON CONFLICT (lane) DO UPDATE SET "
        "top = excluded.top, top_hash = excluded.top_hash, latest = excluded.latest, hlc = excluded.hlc, "
        "person = coalesce(nullif(excluded.person, ''), person), heard_at = max(heard_at, excluded.heard_at)",
        (
            lane,
            top,
            top_hash,
            latest,
            max(known.hlc, newest.header.hlc),
            newest.header.by if newest.header.seq == latest else "",
            instant_of(newest),
        ),
    )


def _without_gap(
    conn: Connection, lane: str, known: LaneState, following: dict[int, str], latest: int
) -> tuple[int, str]:
    top, top_hash = known.top, known.top_hash
    while (found := following.get(top + 1)) is not None:
        top, top_hash = top + 1, found
    if top < latest:
        rows = conn.exec_driver_sql(
            "SELECT seq, hash FROM log WHERE lane = ? AND seq > ? ORDER BY seq, pos", (lane, top)
        )
        for seq, hash_ in rows:
            if seq > top + 1:
                break
            if seq == top + 1:
                top, top_hash = seq, hash_
        rows.close()
    return top, top_hash


def lane_state(conn: Connection, lane: str) -> LaneState:
    """How far a lane is known; a lane never heard of stands at 0."""
    row = first_row(
        conn, "SELECT lane, top, top_hash, latest, hlc, heard_at FROM lanes WHERE lane = ?", (lane,)
    )
    return LaneState(*row) if row else LaneState(lane)


def lane_states(conn: Connection) -> list[LaneState]:
    """Every lane ever heard of."""
    rows = all_rows(conn, "SELECT lane, top, top_hash, latest, hlc, heard_at FROM lanes ORDER BY lane")
    return [LaneState(*row) for row in rows]


def changes_of(conn: Connection, record: str) -> list[Change]:
    """Every change on a record, in order of their clocks."""
    return sorted(_decoded(conn, "record = ?", (record,)), key=lambda one: one.key)


def changes_by_record(
    conn: Connection, records: Sequence[str], held: Mapping[str, list[Change]] | None = None
) -> dict[str, list[Change]]:
    """As changes_of for many records at once, in no order.

    ``held`` are logged changes that the caller has, by record: where they are all of it, it is not read again.
    """
    found = {record: held.get(record, []) if held else [] for record in records}
    for marks, some in _chunks([record for record in records if found[record]]):
        counted = all_rows(
            conn, f"SELECT record, count(*) FROM log WHERE record IN ({marks}) GROUP BY record", some
        )
        for record, count in counted:
            if count != len(found[record]):
                found[record] = []
    for marks, some in _chunks([record for record in records if not found[record]]):
        for change in _decoded(conn, f"record IN ({marks})", some):
            found[change.header.on[1]].append(change)
    return found


def begins_several(conn: Connection, name: str) -> bool:
    """True where a text is the beginning of the names of several changes."""
    return sum(map(len, _named(conn, name))) > 1


def find_changes(conn: Connection, name: str) -> list[Change]:
    """The changes of an id, or all parts of the group of that name; a unique beginning of either will do."""
    ids, groups = _named(conn, name)
    if len(ids) + len(groups) != 1:
        return []
    if ids:
        return list(_decoded(conn, "id = ?", (ids[0],)))[:1]
    members = all_rows(conn, "SELECT DISTINCT record FROM parts WHERE grp = ?", (groups[0],))
    records = [row[0] for row in members]
    found = [one for changes in changes_by_record(conn, records).values() for one in changes]
    return [one for one in found if one.header.grp and one.header.grp[0] == groups[0]]


def _named(conn: Connection, name: str) -> tuple[list[str], list[str]]:
    """The ids and the groups that begin with a text, two of each at most."""
    between = (name, name + "~")
    ids = all_rows(conn, "SELECT DISTINCT id FROM log WHERE id >= ? AND id < ? LIMIT 2", between)
    groups = all_rows(conn, "SELECT DISTINCT grp FROM parts WHERE grp >= ? AND grp < ? LIMIT 2", between)
    return [row[0] for row in ids], [row[0] for row in groups]


def changes_of_lane(conn: Connection, lane: str, after: int = 0, limit: int = -1) -> Iterator[Change]:
    """A lane's changes in order of their sequence numbers."""
    return _decoded(conn, "lane = ? AND seq > ? ORDER BY seq LIMIT ?", (lane, after, limit))


def latest_of_lane(conn: Connection, lane: str, limit: int) -> list[Change]:
    """A lane's most recent changes, newest first."""
    return list(_decoded(conn, "lane = ? ORDER BY seq DESC LIMIT ?", (lane, limit)))


def incomplete_groups(conn: Connection, changes: Iterable[Change]) -> frozenset[str]:
    """Of the groups that the changes are parts of, those of which a part has not arrived."""
    groups = sorted({one.header.grp[0] for one in changes if one.header.grp is not None})
    missing: set[str] = set()
    for marks, some in _chunks(groups):
        rows = all_rows(
            conn,
            f"SELECT grp FROM parts WHERE grp IN ({marks}) "
            "GROUP BY grp HAVING count(DISTINCT part) < max(parts)",
            some,
        )
        missing.update(row[0] for row in rows)
    return frozenset(missing)


def put_in_outbox(conn: Connection, lane: str, after: int) -> None:
    """Marks a lane's changes after a sequence number as not yet in the team file."""
    run(
        conn,
        "INSERT OR IGNORE INTO outbox (pos) SELECT pos FROM log WHERE lane = ? AND seq > ?",
        (lane, after),
    )


def outbox(conn: Connection, limit: int = -1) -> list[Change]:
    """What waits to be written to the team file, in order of its sequence."""
    rows = all_rows(
        conn,
        "SELECT log.raw, log.hash FROM outbox CROSS JOIN log ON log.pos = outbox.pos "
        "ORDER BY log.lane, log.seq LIMIT ?",
        (limit,),
    )
    return [restore(*row) for row in rows]


def outbox_count(conn: Connection) -> int:
    """How many changes wait to be written."""
    return one_number(conn, "SELECT count(*) FROM outbox")


def take_out_of_outbox(conn: Connection, changes: Iterable[Change]) -> None:
    """The changes have been read back from the team file: they are *written*."""
    rows = [(one.header.lane, one.header.seq, one.hash) for one in changes]
    run_each(
        conn,
        "DELETE FROM outbox WHERE pos IN (SELECT pos FROM log WHERE lane = ? AND seq = ? AND hash = ?)",
        rows,
    )


def count(conn: Connection) -> int:
    """How many changes the log holds."""
    return one_number(conn, "SELECT count(*) FROM log")


def _decoded(conn: Connection, where: str, values: tuple[object, ...]) -> Iterator[Change]:
    for raw, hash_ in all_rows(conn, f"SELECT raw, hash FROM log WHERE {where}", values):
        yield restore(raw, hash_)

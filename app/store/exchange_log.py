"""What the exchange needs to know of the log: what arrived, forks, acknowledgements, what the team file lacks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from app.domain.change import LARGEST, Change, restore
from app.store.statements import all_rows, first_row, one_number

ACK = "ack"
LANE_KIND = "lane"
_OUTBOX = "outbox CROSS JOIN log ON log.pos = outbox.pos"
"""CROSS JOIN has SQLite go through the outbox, which is short, and not through the log."""


@dataclass(frozen=True, slots=True)
class Place:
    """A change's place: its lane, its number there and the hash of its header. ``kind`` is its record's."""

    lane: str
    seq: int
    hash: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """Changes that the team file lacked in the last ``pulls``; ``key`` is a lane, or ``lane/hash`` of a fork."""

    key: str
    first: int
    last: int
    since: str
    pulls: int


def position(conn: Connection) -> int:
    """The place of the latest arrival in the log."""
    return one_number(conn, "SELECT coalesce(max(pos), 0) FROM log")


def arrived_of(conn: Connection, changes: Iterable[Change], pos: int) -> list[Change]:
    """Those of the changes that were added to the log after a position."""
    arrived = {row[0] for row in all_rows(conn, "SELECT hash FROM log WHERE pos > ?", (pos,))}
    return [one for hash_, one in {one.hash: one for one in changes}.items() if hash_ in arrived]


def note_forks(conn: Connection, pos: int) -> list[Place]:
    """Notes the changes added after a position whose place in their lane was taken; returns them."""
    rows = all_rows(
        conn,
        "SELECT new.lane, new.seq, new.hash FROM log AS new WHERE new.pos > ? AND EXISTS "
        "(SELECT 1 FROM log AS old WHERE old.lane = new.lane AND old.seq = new.seq AND old.pos < new.pos)",
        (pos,),
    )
    if rows:
        conn.exec_driver_sql(
            "INSERT OR IGNORE INTO forks (lane, seq, hash) VALUES (?, ?, ?)", [tuple(row) for row in rows]
        )
    return [Place(*row) for row in rows]


def forks(conn: Connection) -> set[Place]:
    """Every change whose place in its lane another had taken before it came."""
    return {Place(*row) for row in all_rows(conn, "SELECT lane, seq, hash FROM forks")}


def two_headed(conn: Connection) -> list[str]:
    """The ids of changes that came under two headers: all are kept, the fold takes one, doctor tells.

    Those of imports are left out: they come from the content, so two who read one export make them alike.
    """
    rows = all_rows(
        conn,
        "SELECT id FROM log WHERE substr(id, 15, 1) != '8' GROUP BY id HAVING count(DISTINCT hash) > 1",
    )
    return [row[0] for row in rows]


def gapped_lanes(conn: Connection) -> set[str]:
    """The lanes of which a change in the middle has not arrived."""
    return {row[0] for row in all_rows(conn, "SELECT lane FROM lanes WHERE latest > top")}


def numbers_of(conn: Connection, lane: str) -> tuple[int, list[int]]:
    """What is here of a lane: every number up to the first, and the listed ones beyond it."""
    row = first_row(conn, "SELECT top FROM lanes WHERE lane = ?", (lane,))
    top = int(row[0]) if row else 0
    rows = all_rows(conn, "SELECT DISTINCT seq FROM log WHERE lane = ? AND seq > ? ORDER BY seq", (lane, top))
    return top, [row[0] for row in rows]


def lines_between(conn: Connection, lane: str, first: int, last: int) -> Iterator[Change]:
    """A lane's changes from one number to another; of a forked place, the first that came."""
    rows = conn.exec_driver_sql(
        "SELECT raw, hash FROM log WHERE lane = ? AND seq BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM forks "
        "WHERE forks.lane = log.lane AND forks.seq = log.seq AND forks.hash = log.hash) ORDER BY seq",
        (lane, first, last),
    )
    for row in rows:
        yield restore(*row)


def forked_line(conn: Connection, lane: str, hash_: str) -> list[Change]:
    """The change of a lane with a header's hash."""
    rows = all_rows(conn, "SELECT raw, hash FROM log WHERE lane = ? AND hash = ?", (lane, hash_))
    return [restore(*row) for row in rows]


def in_outbox(conn: Connection, limit: int) -> list[Change]:
    """The decisions that wait to be written, in the order in which they were taken."""
    rows = all_rows(
        conn,
        f"SELECT log.raw, log.hash FROM {_OUTBOX} WHERE log.kind != ? ORDER BY log.pos LIMIT ?",
        (LANE_KIND, limit),
    )
    return [restore(*row) for row in rows]


def newest_of_lanes(conn: Connection) -> dict[str, Change]:
    """Lane → its last change."""
    rows = all_rows(
        conn,
        "SELECT log.lane, log.raw, log.hash FROM lanes CROSS JOIN log "
        "ON log.lane = lanes.lane AND log.seq = lanes.latest ORDER BY log.lane",
    )
    return {lane: restore(raw, hash_) for lane, raw, hash_ in rows}


def last_decision(conn: Connection, lane: str) -> int:
    """The number of a lane's last decision, 0 where it has none: acknowledgements are not for anyone to have."""
    row = first_row(
        conn, "SELECT seq FROM log WHERE lane = ? AND kind != ? ORDER BY seq DESC LIMIT 1", (lane, LANE_KIND)
    )
    return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class LaneMember:
    """A lane as this home knows it: who wrote there last, its numbers, and what it said that it has of others."""

    lane: str
    person: str
    top: int
    latest: int
    heard_at: str
    seen: dict[str, int]


def lane_members(conn: Connection) -> list[LaneMember]:
    """Every lane ever heard of, by their ids."""
    rows = all_rows(conn, "SELECT lane, person, top, latest, heard_at, seen FROM lanes ORDER BY lane")
    return [LaneMember(row[0], row[1], row[2], row[3], row[4], _numbers(row[5])) for row in rows]


def foreign_outbox(conn: Connection, lane: str, limit: int) -> list[Change]:
    """What waits to be written that was made in another lane, before this home took the present one."""
    rows = all_rows(
        conn,
        f"SELECT log.raw, log.hash FROM {_OUTBOX} WHERE log.lane != ? ORDER BY log.pos LIMIT ?",
        (lane, limit),
    )
    return [restore(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a home finds in its database when it has read: what there is to count, and whether there is more to do.

    ``decisions`` and ``acks`` wait to be written, ``foreign`` of both were made in another lane. ``missed``: the team
    file lacked something. ``forked``: a number of the own lane came with two changes; ``top``, ``latest``: LaneState's.
    """

    quarantined: int
    conflicts: int
    missed: bool
    forked: bool
    top: int
    latest: int
    decisions: int
    acks: int
    foreign: int

    @property
    def is_shared(self) -> bool:
        """True where another home writes in the own lane too, or this one was restored from an older copy.

        A number of the lane came with another change then, or one in its middle is lacking.
        """
        return self.forked or self.latest > self.top


def outlook(conn: Connection, lane: str) -> Outlook:
    """How things are for a home that writes in a lane, in one statement: every exchange asks it."""
    row = first_row(
        conn,
        "SELECT (SELECT count(*) FROM quarantine), (SELECT count(*) FROM conflicts), "
        "EXISTS (SELECT 1 FROM missed), EXISTS (SELECT 1 FROM forks WHERE lane = ?1), "
        "coalesce((SELECT top FROM lanes WHERE lane = ?1), 0), "
        "coalesce((SELECT latest FROM lanes WHERE lane = ?1), 0), "
        "count(nullif(log.kind, ?2)), count(*) - count(nullif(log.kind, ?2)), "
        f"count(nullif(log.lane, ?1)) FROM {_OUTBOX}",
        (lane, LANE_KIND),
    )
    assert row is not None
    return Outlook(*row)


def decisions_wait(conn: Connection) -> bool:
    """True while anything but acknowledgements waits to be written."""
    row = first_row(conn, f"SELECT 1 FROM {_OUTBOX} WHERE log.kind != ? LIMIT 1", (LANE_KIND,))
    return row is not None


def decisions_waiting(conn: Connection) -> int:
    """How many changes wait to be written; acknowledgements are not counted."""
    return one_number(conn, f"SELECT count(*) FROM {_OUTBOX} WHERE log.kind != ?", (LANE_KIND,))


def waiting_among(conn: Connection, changes: Sequence[Change]) -> set[str]:
    """The hashes of those of the changes that are still in the outbox."""
    waiting: set[str] = set()
    for lane in {one.header.lane for one in changes}:
        numbers = [one.header.seq for one in changes if one.header.lane == lane]
        rows = all_rows(
            conn,
            "SELECT log.hash FROM log JOIN outbox ON outbox.pos = log.pos "
            "WHERE log.lane = ? AND log.seq BETWEEN ? AND ?",
            (lane, min(numbers), max(numbers)),
        )
        waiting.update(row[0] for row in rows)
    return waiting


def last_writer(conn: Connection, lane: str) -> str | None:
    """The person who made a lane's latest change."""
    row = first_row(conn, "SELECT person FROM lanes WHERE lane = ? AND person != ''", (lane,))
    return str(row[0]) if row else None


def seen_by(conn: Connection, lane: str) -> dict[str, int]:
    """What a lane said it has seen: lane → highest number without a gap."""
    row = first_row(conn, "SELECT seen FROM lanes WHERE lane = ?", (lane,))
    return _numbers(row[0]) if row else {}


def tops(conn: Connection) -> dict[str, int]:
    """Every lane's highest number without a gap, as it is here."""
    rows = all_rows(conn, "SELECT lane, top FROM lanes WHERE top > 0 ORDER BY lane")
    return {row[0]: row[1] for row in rows}


def note_acks(conn: Connection, changes: Iterable[Change]) -> None:
    """Takes in what the acknowledgements among the changes say: it only ever grows."""
    for change in changes:
        if change.header.do != ACK:
            continue
        seen = seen_by(conn, change.header.lane)
        told = change.body.get("seen")
        for lane, number in told.items() if isinstance(told, dict) else ():
            if type(number) is int and 0 < number <= LARGEST:
                seen[lane] = max(number, seen.get(lane, 0))
        conn.exec_driver_sql(
            "UPDATE lanes SET seen = ? WHERE lane = ?", (json.dumps(seen, sort_keys=True), change.header.lane)
        )


def has_news(conn: Connection, own: str) -> bool:
    """True when others' decisions have come in that the own lane has not acknowledged; acks are no news."""
    seen = seen_by(conn, own)
    for lane, top in tops(conn).items():
        if lane == own or top <= seen.get(lane, 0):
            continue
        row = first_row(
            conn,
            "SELECT 1 FROM log WHERE lane = ? AND seq > ? AND seq <= ? AND kind != ? LIMIT 1",
            (lane, seen.get(lane, 0), top, LANE_KIND),
        )
        if row is not None:
            return True
    return False


def delivered_up_to(conn: Connection, lane: str) -> int:
    """The highest number of a lane that another lane has acknowledged."""
    rows = all_rows(conn, "SELECT seen FROM lanes WHERE lane != ?", (lane,))
    return max((_numbers(row[0]).get(lane, 0) for row in rows), default=0)


def states_of(conn: Connection, own: str, changes: Sequence[Change]) -> dict[str, str]:
    """Change id → ``waiting``, ``written`` or ``delivered``: what came from another lane has been."""
    delivered = delivered_up_to(conn, own)
    waiting = {row[0] for row in all_rows(conn, f"SELECT log.id FROM {_OUTBOX}")}
    states = {}
    for change in changes:
        header = change.header
        arrived = header.lane != own or header.seq <= delivered
        states[header.id] = "waiting" if header.id in waiting else "delivered" if arrived else "written"
    return states


def missed(conn: Connection) -> list[Missed]:
    """What the team file lacked at the last pull, save the own lane."""
    rows = all_rows(conn, "SELECT key, first, last, since, pulls FROM missed ORDER BY key, first")
    return [Missed(*row) for row in rows]


def put_missed(conn: Connection, rows: Sequence[Missed]) -> None:
    """Keeps what the team file lacks, in place of what was kept before."""
    conn.exec_driver_sql("DELETE FROM missed")
    if rows:
        conn.exec_driver_sql(
            "INSERT INTO missed (key, first, last, since, pulls) VALUES (?, ?, ?, ?, ?)",
            [(one.key, one.first, one.last, one.since, one.pulls) for one in rows],
        )


def open_conflicts(conn: Connection) -> int:
    """How many registers contend."""
    return one_number(conn, "SELECT count(*) FROM conflicts")


def _numbers(text: str) -> dict[str, int]:
    return msgspec.json.decode(text, type=dict[str, int])

"""The log: every change once, in whatever order it comes, and how far each lane is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.change import GENESIS, Change, decode
from app.domain.ids import derived_id
from app.store import log
from app.store.database import Database
from tests.domain.making import LANE, RECORD, made
from tests.support import empty_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = empty_database(tmp_path / "tavle.sqlite3")
    yield database
    database.close()


def chain(length: int, lane: str = LANE) -> list[Change]:
    """A lane's changes, each linked to the one before."""
    changes: list[Change] = []
    for seq in range(1, length + 1):
        prev = changes[-1].hash if changes else GENESIS
        changes.append(
            made(f"{lane}{seq}", {"note": str(seq)}, ms=seq, seq=seq, prev=prev, lane=lane, kind="shifts")
        )
    return changes


def append(database: Database, *changes: Change) -> int:
    with database.write() as conn:
        return log.append(conn, changes)


def state(database: Database, lane: str = LANE) -> log.LaneState:
    with database.read() as conn:
        return log.lane_state(conn, lane)


def test_a_change_comes_back_as_it_was(database: Database) -> None:
    change = made("one", {"note": "x", "new": {"a": [1]}}, kind="shifts")
    assert append(database, change) == 1
    with database.read() as conn:
        assert log.changes_of(conn, RECORD) == [change]
        assert log.changes_of(conn, derived_id("other")) == []
        assert [decode(one.raw) for one in log.changes_of_lane(conn, LANE)] == [change]


def test_nothing_is_logged_twice(database: Database) -> None:
    """Fault 16."""
    changes = chain(3)
    assert append(database, *changes, changes[0]) == 3
    assert append(database, *reversed(changes)) == 0
    assert append(database) == 0
    with database.read() as conn:
        assert log.count(conn) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(9)), st.lists(st.integers(1, 8), max_size=3))
def test_a_lane_is_known_as_far_as_there_is_no_gap(tmp_path: Path, order: list[int], cuts: list[int]) -> None:
    """In whatever order and batches its changes come."""
    database = empty_database(tmp_path / "lane.sqlite3")
    changes = chain(9)
    seen: set[int] = set()
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), 9], strict=True):
        append(database, *(changes[one] for one in order[start:end]))
        seen |= {one + 1 for one in order[start:end]}
        top = next((seq - 1 for seq in range(1, 11) if seq not in seen), 0)
        found = state(database)
        assert (found.top, found.latest) == (top, max(seen, default=0))
        assert found.top_hash == (changes[top - 1].hash if top else GENESIS)
    database.close()
    (tmp_path / "lane.sqlite3").unlink()


def test_a_lane_never_heard_of_stands_at_nothing(database: Database) -> None:
    assert state(database) == log.LaneState(LANE)


def test_who_was_last_heard_in_a_lane(database: Database) -> None:
    """An older change that comes later tells nothing about it; what is no time counts by the change's clock."""
    one, two, three = chain(3)
    append(database, two)
    append(database, Change(_with(one, by="someone", at="zzz"), one.body, one.hash, one.raw))
    found = state(database)
    assert found.heard_at == "2026-11-23T05:40:00Z"
    assert found.hlc == two.header.hlc
    with database.read() as conn:
        assert conn.exec_driver_sql("SELECT person FROM lanes").scalar_one() == two.header.by
    append(database, three)
    assert state(database).hlc == three.header.hlc


def _with(change: Change, **members: Any) -> Any:
    header = change.header
    return type(header)(**{**{name: getattr(header, name) for name in header.__struct_fields__}, **members})


def test_two_changes_in_one_place_are_both_kept(database: Database) -> None:
    """Fault 18: a copied or restored home; the first that came leads the lane."""
    one = made("one", {"note": "a"}, kind="shifts")
    other = made("other", {"note": "b"}, kind="shifts")
    append(database, one)
    append(database, other)
    assert state(database).top_hash == one.hash
    with database.read() as conn:
        assert {change.id for change in log.changes_of(conn, RECORD)} == {one.id, other.id}


def test_changes_are_found_by_the_beginning_of_their_id_or_group(database: Database) -> None:
    lone = made("lone", {"note": "x"}, kind="shifts")
    group = [
        made(f"part {part}", {"note": "x"}, seq=part + 1, kind="shifts", record=derived_id(f"r{part}"),
             grp=(derived_id("group"), part, 2))
        for part in (1, 2)
    ]  # fmt: skip
    append(database, lone, *group)
    with database.read() as conn:
        assert log.find_changes(conn, lone.id) == log.find_changes(conn, lone.id[:8]) == [lone]
        assert log.find_changes(conn, group[0].id) == [group[0]]
        found = log.find_changes(conn, derived_id("group")[:6])
        assert sorted(one.id for one in found) == sorted(one.id for one in group)
        assert log.find_changes(conn, "") == log.find_changes(conn, "zz") == log.find_changes(conn, "%") == []


def test_a_group_is_incomplete_until_each_part_is_here(database: Database) -> None:
    records = [derived_id(f"r{part}") for part in (1, 2, 3)]
    parts = [
        made(f"p{part}", {"note": "x"}, seq=part, kind="shifts", record=record, grp=("g", part, 3))
        for part, record in enumerate(records, start=1)
    ]
    stray = made("stray", {"note": "x"}, seq=9, kind="shifts", record=derived_id("r9"), grp=("g", 2, 3))
    for number, change in enumerate((parts[0], parts[1], stray, parts[2])):
        append(database, change)
        with database.read() as conn:
            assert log.incomplete_groups(conn, [change]) == (frozenset() if number == 3 else {"g"})
    with database.read() as conn:
        assert log.touched_by(conn, parts[2:]) == {("shifts", one) for one in (*records, derived_id("r9"))}
        assert log.incomplete_groups(conn, chain(2)) == frozenset()


def test_the_outbox_holds_what_is_not_written_yet(database: Database) -> None:
    changes = chain(4)
    append(database, *changes)
    with database.write() as conn:
        log.put_in_outbox(conn, LANE, 1)
        assert [one.header.seq for one in log.outbox(conn)] == [2, 3, 4]
        assert [one.header.seq for one in log.outbox(conn, 2)] == [2, 3]
        log.take_out_of_outbox(conn, [changes[1], changes[0], made("other", {}, seq=3)])
        assert [one.header.seq for one in log.outbox(conn)] == [3, 4]
        assert log.outbox_count(conn) == 2


def test_a_lanes_latest_come_first(database: Database) -> None:
    append(database, *chain(5))
    with database.read() as conn:
        assert [one.header.seq for one in log.latest_of_lane(conn, LANE, 2)] == [5, 4]
        assert [one.header.seq for one in log.changes_of_lane(conn, LANE, 3)] == [4, 5]


def test_many_records_at_once(database: Database) -> None:
    """More than one statement takes."""
    changes = [
        made(f"c{number}", {"note": "x"}, seq=number, kind="shifts", record=derived_id(f"r{number}"))
        for number in range(1, 1202)
    ]
    append(database, *changes)
    with database.read() as conn:
        found = log.changes_by_record(conn, [one.header.on[1] for one in changes])
        assert [one for (one,) in found.values()] == changes

"""A lane hangs together where each change bears the hash of one that is here under the number before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.change import GENESIS, Change
from app.domain.ids import derived_id
from app.store import log
from app.store.database import Database
from app.store.links import unlinked_lanes
from tests.domain.making import LANE, made
from tests.support import empty_database

OTHER = derived_id("other lane")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = empty_database(tmp_path / "tavle.sqlite3")
    yield database
    database.close()


def one(name: str, seq: int, after: Change | None = None, lane: str = LANE, **header: Any) -> Change:
    prev = after.hash if after else GENESIS
    return made(name, {"note": name}, seq=seq, prev=prev, lane=lane, kind="shifts", **header)


def unlinked(database: Database, *changes: Change) -> set[str]:
    with database.write() as conn:
        log.append(conn, changes)
        return unlinked_lanes(conn)


def test_in_whatever_order_a_chain_came(database: Database) -> None:
    first = one("first", 1)
    second = one("second", 2, first)
    third = one("third", 3, second)
    assert unlinked(database, third, one("else", 1, lane=OTHER)) == set(), "a gap tells nothing"
    assert unlinked(database, second, first) == set()


def test_of_a_number_used_twice_either_will_do(database: Database) -> None:
    """Fault 18."""
    first, twin, lost = (one(name, 1) for name in ("first", "twin", "lost"))
    assert unlinked(database, first, twin, one("second", 2, twin), one("other", 2, first)) == set()
    assert unlinked(database, one("stray", 2, lost)) == {LANE}
    assert unlinked(database, lost) == set()


def test_the_first_follows_nothing_and_every_lane_is_looked_at(database: Database) -> None:
    lost = one("lost", 1, lane=OTHER)
    assert unlinked(database, one("first", 1), one("second", 1, lost, lane=OTHER)) == {OTHER}


def test_what_a_newer_program_wrote_may_be_linked_otherwise(database: Database) -> None:
    lost = one("lost", 1)
    assert unlinked(database, one("first", 1), one("second", 2, lost, v=2)) == set()

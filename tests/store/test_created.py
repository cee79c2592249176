"""Rows made straight from a creating change are what the fold makes of it; fold_on finds all that they leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.change import LARGEST, Change
from app.domain.ids import derived_id
from app.domain.kinds import KINDS
from app.domain.merge import fold
from app.domain.projection import columns
from app.store import created, folding, log
from app.store.database import Database
from tests.domain.making import made
from tests.support import empty_database

VALUES: list[Any] = [
    None, "", "x", "planned", "2026-11-23T05:40:00Z", "2026-11-23T06:40:00+01:00", "2026-02-30T05:40:00Z",
    "2026-11-23", "9" * 60, 7, LARGEST, True, [], ["cleaning", "æ"], [1], {"a": [1]}, [{"b": None}],
]  # fmt: skip
MANY = 1_201


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = empty_database(tmp_path / "tavle.sqlite3")
    yield database
    database.close()


@st.composite
def creations(draw: st.DrawFn) -> Change:
    """A change that creates a record, with members that are known or not and values that fit or not."""
    kind = KINDS[draw(st.sampled_from(sorted(folding.STANDING)))]
    members = st.sampled_from([*kind.fields, *kind.sets, "external", "later"])
    body = draw(st.dictionaries(members, st.sampled_from(VALUES)))
    return made("one", body, kind=kind.name)


@given(creations())
def test_a_created_row_is_what_the_fold_makes_of_it(change: Change) -> None:
    kind = KINDS[change.header.on[0]]
    folded = fold(kind, [change])
    assert folded is not None
    names, _statement = folding.insert_into(kind.name, "IGNORE")
    row = folding.complete(change.header.on[1], folded, columns(kind, folded))
    assert created.row_of(change) == tuple(map(row.get, names))


def logged(database: Database, changes: list[Change]) -> None:
    with database.write() as conn:
        log.append(conn, changes)


def test_a_part_of_a_group_makes_no_row_by_itself(database: Database) -> None:
    part = made("part", {"note": "x"}, kind="shifts", grp=(derived_id("group"), 1, 2))
    logged(database, [part])
    with database.write() as conn:
        created.fold_created(conn, [part])
        assert conn.exec_driver_sql("SELECT count(*) FROM shifts").scalar_one() == 0


def test_what_was_not_created_is_folded_in_pages(database: Database) -> None:
    """A second change, one that names another before it, and a kind on which others hang, besides."""
    shifts = [
        made(f"c{number}", {"note": "x"}, seq=number, kind="shifts", record=derived_id(f"r{number}"))
        for number in range(1, MANY)
    ]
    again = made(
        "again", {"note": "y"}, seq=MANY, ms=2000, kind="shifts", base=[shifts[0]], record=derived_id("r1")
    )
    alone = made("alone", {"note": "z"}, seq=MANY + 1, kind="shifts", base=("c0",), record=derived_id("r0"))
    plan = made("plan", {"customer": "x"}, seq=MANY + 2, kind="plans", record=derived_id("plan"))
    logged(database, [*shifts, again, alone, plan])
    with database.write() as conn:
        created.fold_created(conn, [again, *shifts[:-1], alone, plan])
        assert conn.exec_driver_sql("SELECT count(*) FROM shifts").scalar_one() == MANY - 2
        places, place = 0, folding.BEGINNING
        while place := folding.fold_on(conn, place, 2):
            places += 1
        notes = conn.exec_driver_sql("SELECT note, count(*) FROM shifts GROUP BY note ORDER BY note").all()
        assert notes == [("x", MANY - 2), ("y", 1), ("z", 1)]
        assert conn.exec_driver_sql("SELECT count(*) FROM plans").scalar_one() == 1
        assert places == 4
        assert folding.fold_on(conn, "rest", 2) == f"rest {derived_id('r1')} shifts"

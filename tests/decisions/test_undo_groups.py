"""A group is one decision: taken, undone and redone as one, or not at all (team-file.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk
from app.domain.change import Change
from app.store import folding, log
from tests.decisions.helpers import absence, shown, turned_down
from tests.support import carry, make_desk, report_absence, tables


@pytest.fixture
def ole(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, "Ole Dam")
    yield desk
    desk.close()


def marked(desk: Desk, *people: str) -> list[tuple[str, Any]]:
    found = [absence(desk, report_absence(desk, one)) for one in people]
    return [(one.id, one.heads) for one in found]


def test_a_group_is_one_decision_undone_as_one(desk: Desk) -> None:
    chosen = marked(desk, "Sara Lind", "Emil Dahl")
    before = shown(desk)
    taken = desk.take_each("absence.approve", chosen, {})
    assert len(taken.records) == 2
    assert desk.undo().records == taken.records
    assert shown(desk) == before
    desk.redo()
    assert {absence(desk, id_).status for id_, _heads in chosen} == {"approved"}
    desk.undo(taken.change)
    desk.redo(taken.change)
    assert {absence(desk, id_).status for id_, _heads in chosen} == {"approved"}


def test_a_part_of_a_group_means_the_group(desk: Desk) -> None:
    chosen = marked(desk, "Sara Lind", "Emil Dahl")
    taken = desk.take_each("absence.approve", chosen, {})
    with desk.database.read() as conn:
        part = log.find_changes(conn, taken.change)[1]
    desk.undo(part.id)
    assert {absence(desk, id_).status for id_, _heads in chosen} == {"reported"}


def test_all_of_a_group_or_nothing(desk: Desk) -> None:
    """Jonas's is acute: none of them is approved, and none undone where one has been decided on."""
    chosen = marked(desk, "Sara Lind", "Jonas Berg")
    assert "called_at" in turned_down(desk, lambda: desk.take_each("absence.approve", chosen, {}))
    taken = desk.take_each("absence.approve", chosen, {"called_at": "now"})
    desk.take("absence.end", chosen[1][0], {"until": "12:00"})
    assert "on top" in turned_down(desk, lambda: desk.undo(taken.change))
    assert turned_down(desk, lambda: desk.take_each("absence.approve", [], {}))


def deliver(desk: Desk, *changes: Change) -> None:
    with desk.database.write() as conn:
        log.append(conn, changes)
        folding.refold(conn, log.touched_by(conn, changes))


def test_a_group_of_which_a_part_is_still_to_come(desk: Desk, ole: Desk) -> None:
    """Neither the group nor an undo of it counts until all of it is here, in whatever order it comes."""
    chosen = marked(desk, "Sara Lind", "Emil Dahl")
    carry(desk, ole)
    taken = desk.take_each("absence.approve", chosen, {})
    undone = desk.undo()
    with desk.database.read() as conn:
        first, second = log.find_changes(conn, taken.change)
        back, back_too = log.find_changes(conn, undone.change)
    deliver(ole, second)
    assert absence(ole, second.header.on[1]).status == "reported"
    assert "arrived" in turned_down(ole, lambda: ole.undo(taken.change))
    deliver(ole, back)
    deliver(ole, first)
    assert {absence(ole, id_).status for id_, _heads in chosen} == {"approved"}
    assert "arrived" in turned_down(ole, lambda: ole.redo(undone.change))
    deliver(ole, back_too)
    assert tables(ole) == tables(desk)

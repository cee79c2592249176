"""A form opened before a sync and saved after it: nothing is overwritten, nothing typed is lost (fault 39)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk, Outcome, Refused
from app.domain.change import Heads
from app.domain.records import Absence, Complaint, PlanRow, Shift
from tests.support import (
    carry,
    exchange_all,
    id_of,
    make_desk,
    receive_complaint,
    report_absence,
    shift_of,
    tables,
)

ACCEPT = {"plan": "clean it", "solve_by": "tomorrow 16", "assignee": "Jonas Berg", "reply": "We come"}


@pytest.fixture
def mette(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def ole(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, "Ole Dam")
    yield desk
    desk.close()


def get(desk: Desk, kind: type[Any], id_: str) -> Any:
    found = desk.ask(lambda view: view.get(kind, id_))
    assert found is not None
    return found


def save(desk: Desk, decision: str, on: str, seen: Heads, **given: Any) -> Outcome:
    return desk.take(decision, on, given, seen=seen)


def conflicts(desk: Desk) -> list[tuple[str, int]]:
    with desk.database.read() as conn:
        return [tuple(row) for row in conn.exec_driver_sql("SELECT register, contested FROM conflicts")]


def test_a_substitute_that_a_colleague_gave_in_between_becomes_a_conflict(mette: Desk, ole: Desk) -> None:
    """Fault 39."""
    id_ = shift_of(mette, "Jonas Berg")
    form = get(mette, Shift, id_).heads
    ole.take("shift.assign", id_, {"person": "Emil Dahl"})
    carry(ole, mette)
    assert get(mette, Shift, id_).person == id_of(mette, "people", "Emil Dahl")
    save(mette, "shift.assign", id_, form, person="Aksel Toft")
    assert conflicts(mette) == [("cover", 0)]
    assert get(mette, Shift, id_).covers_for == id_of(mette, "people", "Jonas Berg"), "as the form knew it"
    exchange_all(mette, ole)
    assert tables(mette) == tables(ole)


def test_a_rejection_in_between_makes_the_acceptance_contested(mette: Desk, ole: Desk) -> None:
    """By the row as it is now it would be refused, and the words lost."""
    id_ = receive_complaint(mette)
    carry(mette, ole)
    form = get(mette, Complaint, id_).heads
    ole.take("complaint.reject", id_, {"reason": "not agreed"})
    carry(ole, mette)
    with pytest.raises(Refused, match="it is rejected"):
        mette.take("complaint.accept", id_, ACCEPT)
    save(mette, "complaint.accept", id_, form, **ACCEPT)
    assert conflicts(mette) == [("outcome", 1)]
    assert get(mette, Complaint, id_).status == "waiting"


def test_what_was_seen_is_what_the_rules_are_checked_against(mette: Desk, ole: Desk) -> None:
    """Mette saw it accepted; it was solved and closed in between, then reopened: her note still counts as hers."""
    id_ = receive_complaint(mette)
    mette.take("complaint.accept", id_, ACCEPT)
    carry(mette, ole)
    form = get(mette, Complaint, id_).heads
    ole.take("complaint.solve", id_, {"note": "done"})
    ole.take("complaint.close", id_)
    carry(ole, mette)
    save(mette, "complaint.solve", id_, form, note="I saw to it")
    found = get(mette, Complaint, id_)
    assert (found.status, len(found.contested)) == ("accepted", 2)


def test_an_answer_given_in_between_leaves_both_answers(mette: Desk, ole: Desk) -> None:
    id_ = receive_complaint(mette)
    carry(mette, ole)
    form = get(mette, Complaint, id_).heads
    ole.take("complaint.acknowledge", id_, {"reply": "Seen by Ole"})
    carry(ole, mette)
    save(mette, "complaint.acknowledge", id_, form, reply="Seen by Mette")
    exchange_all(mette, ole)
    assert get(mette, Complaint, id_).reply == get(ole, Complaint, id_).reply
    assert conflicts(mette) == []


def test_an_answer_that_the_form_knew_needs_no_second_one(mette: Desk, ole: Desk) -> None:
    """What was seen of answers counts as seen, though they have no place in the base."""
    id_ = receive_complaint(mette)
    mette.take("complaint.acknowledge", id_, {"reply": "Seen"})
    carry(mette, ole)
    form = get(mette, Complaint, id_).heads
    ole.take("complaint.reject", id_, {"reason": "not agreed"})
    carry(ole, mette)
    save(mette, "complaint.accept", id_, form, **{**ACCEPT, "reply": None})
    assert conflicts(mette) == [("outcome", 1)]


def test_a_step_taken_back_and_forth_before_the_form_was_opened(mette: Desk, ole: Desk) -> None:
    """What a redo brought back is seen as it stood, later undos are not."""
    id_ = report_absence(mette, "Sara Lind")
    mette.take("absence.approve", id_)
    mette.undo()
    mette.redo()
    carry(mette, ole)
    form = get(mette, Absence, id_).heads
    ole.take("absence.end", id_, {"until": "12:00"})
    carry(ole, mette)
    save(mette, "absence.withdraw", id_, form, reason="mistake")
    found = get(mette, Absence, id_)
    assert (found.status, len(found.contested)) == ("approved", 2)


def test_an_undo_in_between_is_not_seen(mette: Desk, ole: Desk) -> None:
    id_ = receive_complaint(mette)
    accepted = mette.take("complaint.accept", id_, ACCEPT)
    carry(mette, ole)
    form = get(mette, Complaint, id_).heads
    ole.undo(accepted.change)
    carry(ole, mette)
    assert get(mette, Complaint, id_).status == "waiting"
    save(mette, "complaint.solve", id_, form, note="done")
    assert get(mette, Complaint, id_).status == "solved"


def test_what_changed_elsewhere_on_the_record_is_no_conflict(mette: Desk, ole: Desk) -> None:
    id_ = report_absence(mette, "Sara Lind")
    carry(mette, ole)
    form = get(mette, Absence, id_).heads
    ole.take("absence.change", id_, {"until": "fri"})
    carry(ole, mette)
    save(mette, "absence.approve", id_, form)
    found = get(mette, Absence, id_)
    assert (found.status, conflicts(mette)) == ("approved", [])
    assert found.until is not None


def test_a_record_that_is_gone_cannot_be_decided_on(mette: Desk, ole: Desk) -> None:
    id_ = report_absence(mette, "Sara Lind")
    carry(mette, ole)
    form = get(ole, Absence, id_).heads
    mette.undo()
    carry(mette, ole)
    with pytest.raises(ValueError, match="there is no absence"):
        save(ole, "absence.approve", id_, form)


def test_a_plans_row_as_it_was_seen(tmp_path: Path, ole: Desk) -> None:
    hanne = make_desk(tmp_path, "Hanne Friis")
    plan = hanne.take("plan.start", None, {"customer": "Solgaarden", "started_on": "today"}).id
    row = hanne.ask(lambda view: view.find(PlanRow, plan=plan, row="A-1"))[0]
    hanne.take("plan.assign", row.id, {"responsible": "Mette Holm"})
    hanne.take("plan.done", row.id, {"done_on": "today"})
    carry(hanne, ole)
    form = get(hanne, PlanRow, row.id).heads
    ole.take("plan.done", row.id, {"done_on": "yesterday"})
    carry(ole, hanne)
    save(hanne, "plan.sign", row.id, form)
    found = get(hanne, PlanRow, row.id)
    assert found.signed_by == hanne.actor.id
    assert found.differs, "what was signed is what the form said"
    hanne.close()


def test_heads_that_nobody_knows_change_nothing_about_the_rules(mette: Desk) -> None:
    """A form on a record of which this home never had that state: the row as it is now counts."""
    id_ = report_absence(mette, "Sara Lind")
    save(mette, "absence.approve", id_, {"state": ("00000000-0000-4000-8000-000000000000",)})
    assert get(mette, Absence, id_).status == "approved"

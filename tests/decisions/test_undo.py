"""Undo and redo: as many steps as one likes, whole groups, and never what someone has decided on (team-file.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk
from app.domain.records import Absence, Complaint, Plan, PlanRow, Shift
from app.store import log
from app.store.door import Write, Writer
from tests.decisions.helpers import absence, second_home, shown, turned_down
from tests.support import (
    NOW,
    carry,
    exchange_all,
    id_of,
    make_desk,
    receive_complaint,
    report_absence,
    shift_of,
)

ACCEPT = {"plan": "clean it", "solve_by": "tomorrow 16", "assignee": "Jonas Berg", "reply": "We come"}


@pytest.fixture
def ole(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, "Ole Dam")
    yield desk
    desk.close()


@pytest.fixture
def hanne(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, "Hanne Friis")
    yield desk
    desk.close()


def complaint(desk: Desk, id_: str) -> Complaint:
    found = desk.ask(lambda view: view.get(Complaint, id_))
    assert found is not None
    return found


def test_step_by_step_back_and_forth_again(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    steps: list[tuple[str, dict[str, Any]]] = [
        ("complaint.talk", {"talk_needed": "no"}),
        ("complaint.acknowledge", {"reply": "Seen"}),
        ("complaint.accept", {**ACCEPT, "reply": None}),
        ("complaint.solve", {"note": "done"}),
        ("complaint.close", {}),
    ]
    states = [shown(desk)]
    for decision, given in steps:
        desk.take(decision, id_, given)
        states.append(shown(desk))
    for _round in range(2):
        for state in reversed(states[:-1]):
            desk.undo()
            assert shown(desk) == state
        for state in states[1:]:
            desk.redo()
            assert shown(desk) == state
    assert "nothing to redo" in turned_down(desk, desk.redo)
    desk.rebuild()
    assert shown(desk) == states[-1]


def test_a_new_decision_ends_what_could_be_redone(desk: Desk) -> None:
    id_ = report_absence(desk, "Sara Lind")
    desk.take("absence.approve", id_)
    desk.undo()
    desk.take("absence.change", id_, {"until": "fri"})
    assert "nothing to redo" in turned_down(desk, desk.redo)
    desk.undo()
    assert absence(desk, id_).until is None


def test_reading_a_complaint_is_no_step(desk: Desk) -> None:
    """Opening it on the board takes it: u takes back what was decided before; by its id it is undone too."""
    id_, other = receive_complaint(desk), receive_complaint(desk)
    desk.take("complaint.acknowledge", id_, {"reply": "Seen"})
    read = desk.take("complaint.read", other)
    assert desk.undo().id == id_
    assert complaint(desk, other).read_at is not None
    desk.undo(read.change)
    assert complaint(desk, other).read_at is None


@pytest.mark.parametrize("what", ["contact.log", "complaint.receive", "import", "ack"])
def test_what_is_never_undone(desk: Desk, what: str) -> None:
    if what == "contact.log":
        given = {"customer": "Solgaarden", "channel": "phone", "keywords": "x"}
        name = desk.take(what, None, given).change
    elif what == "complaint.receive":
        given = {"customer": "Solgaarden", "channel": "phone", "text": "x"}
        name = desk.take(what, None, given).change
    else:
        with desk.database.write() as conn:
            kind = "lane" if what == "ack" else "shifts"
            write = Write(kind, shift_of(desk, "Jonas Berg"), {"note": "x"}, base=())
            name = Writer(conn, desk.actor.id, NOW).write(what, [write])[0].id
    assert "never undone" in turned_down(desk, lambda: desk.undo(name))


def test_an_undo_without_a_name_passes_over_what_is_never_undone(desk: Desk) -> None:
    id_ = report_absence(desk, "Sara Lind")
    desk.take("absence.approve", id_)
    desk.take("contact.log", None, {"customer": "Solgaarden", "channel": "phone", "keywords": "x"})
    assert desk.undo().id == id_
    receive_complaint(desk)
    assert desk.redo().id == id_
    assert absence(desk, id_).status == "approved"


def test_a_conflict_that_was_settled_stays_settled(desk: Desk, ole: Desk) -> None:
    id_ = shift_of(desk, "Jonas Berg")
    kept = desk.take("shift.assign", id_, {"person": "Aksel Toft"})
    ole.take("shift.assign", id_, {"person": "Emil Dahl"})
    exchange_all(desk, ole)
    settled = desk.take("conflict.settle", id_, {"keep": kept.change})
    assert "never undone" in turned_down(desk, lambda: desk.undo(settled.change))
    assert "on top" in turned_down(desk, desk.undo)


def test_nothing_is_undone_twice_and_an_undo_is_redone(desk: Desk) -> None:
    id_ = report_absence(desk, "Sara Lind")
    approved = desk.take("absence.approve", id_).change
    taken_back = desk.undo(approved)
    undone = taken_back.change
    assert taken_back.after("Undone:") == "Undone: Approved"
    assert "undone already" in turned_down(desk, lambda: desk.undo(approved))
    assert "use redo" in turned_down(desk, lambda: desk.undo(undone))
    assert desk.redo(undone).after("Redone:") == "Redone: Approved"
    assert absence(desk, id_).status == "approved"
    desk.undo(approved)
    desk.redo(approved)
    assert absence(desk, id_).status == "approved"


NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("abc", "abc is too short: give at least the change's first 4 characters"),
        ("zzzz", "there is no change zzzz"),
        (NOWHERE, f"there is no change {NOWHERE}"),
        ("%%%%", "there is no change %%%%"),
    ],
)
def test_a_name_that_means_no_change(desk: Desk, name: str, why: str) -> None:
    report_absence(desk, "Sara Lind")
    assert turned_down(desk, lambda: desk.undo(name)) == why


def test_a_beginning_of_two_changes_is_not_enough(desk: Desk) -> None:
    first = desk.take("handover.give", None, {"text": "one"}).change
    second = desk.take("handover.give", None, {"text": "two"}).change
    assert first[:8] == second[:8], "both were made in the same second"
    why = f"{first[:8]} is the beginning of more than one change: give more of it"
    assert turned_down(desk, lambda: desk.undo(first[:8])) == why


def test_a_colleagues_change_is_undone_by_its_id(desk: Desk, ole: Desk) -> None:
    id_ = report_absence(desk, "Sara Lind")
    approved = desk.take("absence.approve", id_)
    exchange_all(desk, ole)
    assert "nothing to undo" in turned_down(ole, ole.undo)
    ole.undo(approved.change)
    exchange_all(desk, ole)
    assert absence(desk, id_).status == "reported"
    assert "nothing to redo" not in str(desk.redo(approved.change))
    exchange_all(desk, ole)
    assert absence(ole, id_).status == "approved"


def test_not_when_someone_has_decided_on_top(desk: Desk, ole: Desk) -> None:
    id_ = shift_of(desk, "Jonas Berg")
    assigned = desk.take("shift.assign", id_, {"person": "Aksel Toft"})
    exchange_all(desk, ole)
    ole.take("shift.assign", id_, {"person": "Emil Dahl"})
    exchange_all(desk, ole)
    why = turned_down(desk, lambda: desk.undo(assigned.change))
    assert why == "someone has decided on top of it (Assign, Ole Dam, 23 Nov 06:40): it cannot be undone"
    ole.undo()
    exchange_all(desk, ole)
    desk.undo(assigned.change)
    found = desk.ask(lambda view: view.get(Shift, id_))
    assert found is not None
    assert found.person == id_of(desk, "people", "Jonas Berg")


def test_not_redone_when_someone_has_decided_since(desk: Desk, ole: Desk) -> None:
    id_ = shift_of(desk, "Jonas Berg")
    desk.take("shift.assign", id_, {"person": "Aksel Toft"})
    desk.undo()
    exchange_all(desk, ole)
    ole.take("shift.assign", id_, {"person": "Emil Dahl"})
    exchange_all(desk, ole)
    why = turned_down(desk, desk.redo)
    assert why == "someone has decided on top of it (Assign, Ole Dam, 23 Nov 06:40): it cannot be redone"


def test_an_answer_stays_once_an_outcome_was_decided_with_it(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    answered = desk.take("complaint.acknowledge", id_, {"reply": "Seen"})
    desk.take("complaint.accept", id_, {**ACCEPT, "reply": None})
    assert "on top" in turned_down(desk, lambda: desk.undo(answered.change))
    desk.undo()
    desk.undo(answered.change)
    assert complaint(desk, id_).status == "waiting"


def test_a_report_stays_once_it_was_approved(desk: Desk) -> None:
    """Its own fields have no later head, yet without it the approval would stand on nothing."""
    id_ = report_absence(desk, "Sara Lind")
    with desk.database.read() as conn:
        reported = log.changes_of(conn, id_)[0]
    desk.take("absence.approve", id_)
    assert "on top of it (Approve, Mette Holm, 2" in turned_down(desk, lambda: desk.undo(reported.id))
    desk.undo()
    desk.undo(reported.id)
    assert desk.ask(lambda view: view.get(Absence, id_)) is None


def test_a_record_that_others_refer_to_stays(desk: Desk) -> None:
    added = desk.take("person.add", None, {"name": "Ida Lund", "role": "service_assistant", "area": "North"})
    report_absence(desk, "Ida Lund")
    assert "on top of it (Report an absence, Mette" in turned_down(desk, lambda: desk.undo(added.change))
    desk.undo()
    desk.undo(added.change)
    assert "there is no person" in turned_down(desk, lambda: id_of(desk, "people", "Ida Lund"))


def test_a_group_may_refer_to_itself(desk: Desk) -> None:
    """What was made together is undone together."""
    customer, item = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")
    with desk.database.write() as conn:
        writes = [
            Write("customers", customer, {"name": "Nyborg"}, base=()),
            Write("agreements", item, {"customer": customer, "task": "Mop"}, base=()),
        ]
        Writer(conn, desk.actor.id, NOW).write("customer.add", writes)
    assert set(desk.undo().records) == {customer, item}
    assert "there is no customer Nyborg" in turned_down(desk, lambda: id_of(desk, "customers", "Nyborg"))


def test_a_plan_stays_once_its_rows_were_worked_on(hanne: Desk) -> None:
    started = hanne.take("plan.start", None, {"customer": "Solgaarden", "started_on": "today"})
    row = hanne.ask(lambda view: view.find(PlanRow, plan=started.id, row="A-1"))[0]
    hanne.take("plan.assign", row.id, {"responsible": "Mette Holm"})
    assert "on top of it (Responsible, Hanne" in turned_down(hanne, lambda: hanne.undo(started.change))
    hanne.undo()
    hanne.undo(started.change)
    assert hanne.ask(lambda view: view.find(Plan)) == []
    assert hanne.ask(lambda view: view.find(PlanRow)) == []
    hanne.redo()
    assert len(hanne.ask(lambda view: view.find(PlanRow, plan=started.id))) == 36


def test_nobody_undoes_that_they_were_registered(desk: Desk) -> None:
    with desk.database.read() as conn:
        registered = log.changes_of(conn, desk.actor.id)[0]
    assert "cannot be undone" in turned_down(desk, lambda: desk.undo(registered.id))


def test_a_signature_is_taken_back_with_a_reason(hanne: Desk) -> None:
    started = hanne.take("plan.start", None, {"customer": "Solgaarden", "started_on": "today"})

    def row() -> PlanRow:
        return hanne.ask(lambda view: view.find(PlanRow, plan=started.id, row="A-1"))[0]

    hanne.take("plan.assign", row().id, {"responsible": "Mette Holm"})
    hanne.take("plan.done", row().id, {"done_on": "today"})
    signed = hanne.take("plan.sign", row().id)
    assert "reason" in turned_down(hanne, hanne.undo)
    assert "reason" in turned_down(hanne, lambda: hanne.undo(signed.change, "  "))
    taken_back = hanne.undo(signed.change, "too early")
    assert taken_back.decision == "plan.unsign"
    assert row().signed_by is None


def test_roles_hold_for_undoing_too(desk: Desk, tmp_path: Path) -> None:
    id_ = report_absence(desk, "Sara Lind")
    approved = desk.take("absence.approve", id_)
    lone = make_desk(tmp_path, "Lone Skov")
    carry(desk, lone)
    assert "is for: supervisor" in turned_down(lone, lambda: lone.undo(approved.change))
    lone.close()


def test_the_same_person_elsewhere_undoes_by_id_only(desk: Desk, tmp_path: Path) -> None:
    """The last decision is this installation's."""
    id_ = report_absence(desk, "Sara Lind")
    approved = desk.take("absence.approve", id_)
    other = second_home(tmp_path, "Mette Holm")
    carry(desk, other)
    assert "nothing to undo" in turned_down(other, other.undo)
    other.undo(approved.change)
    assert absence(other, id_).status == "reported"
    other.close()


def test_a_decision_of_a_newer_program_is_not_undone_here(desk: Desk) -> None:
    with desk.database.write() as conn:
        write = Write("shifts", shift_of(desk, "Jonas Berg"), {"note": "x"})
        change = Writer(conn, desk.actor.id, NOW).write("shift.swap", [write])[0]
    assert "does not know shift.swap" in turned_down(desk, lambda: desk.undo(change.id))

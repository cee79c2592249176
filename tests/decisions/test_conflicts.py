"""Settling what contends: a side is kept or a third way taken, by whoever may take the decision."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk, Outcome, Refused
from app.domain.conflicts import Contest
from app.domain.records import Absence, Complaint, Person, PlanRow, Shift
from app.store.conflicts import contests
from app.store.door import Write, Writer
from tests.decisions.helpers import bad_input, refused
from tests.support import (
    NOW,
    carry,
    exchange_all,
    id_of,
    make_desk,
    receive_complaint,
    report_absence,
    shift_of,
    tables,
)

ACCEPT = {"plan": "Sara goes at ten", "solve_by": "tomorrow 12", "assignee": "Jonas Berg", "reply": "We come"}
Pair = tuple[Desk, Desk]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Pair]:
    pair = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    yield pair
    for desk in pair:
        desk.close()


def get(desk: Desk, record: type[Any], id_: str) -> Any:
    found = desk.ask(lambda view: view.get(record, id_))
    assert found is not None
    return found


def the_contest(desk: Desk) -> Contest:
    (found,) = desk.ask(lambda view: list(contests(view.conn)))
    return found


def contested_complaint(desks: Pair) -> tuple[str, Outcome, Outcome]:
    """Mette accepts and Ole rejects, apart from each other."""
    one, other = desks
    id_ = receive_complaint(one)
    carry(one, other)
    accepted = one.take("complaint.accept", id_, ACCEPT)
    rejected = other.take("complaint.reject", id_, {"reason": "The oven is not in the agreement"})
    exchange_all(one, other)
    return id_, accepted, rejected


def agree(desks: Pair) -> None:
    """After an exchange both show the same and nothing contends."""
    exchange_all(*desks)
    assert tables(desks[0]) == tables(desks[1])
    assert tables(desks[0])["conflicts"] == []


def test_a_contest_shows_both_sides(desks: Pair) -> None:
    id_, accepted, rejected = contested_complaint(desks)
    found = the_contest(desks[0])
    assert found == the_contest(desks[1])
    assert (found.kind, found.record, found.register, found.decided) == ("complaints", id_, "outcome", True)
    sides = {side.change: side for side in found.sides}
    assert set(sides) == {accepted.change, rejected.change} == set(found.contested)
    assert sides[accepted.change].set["plan"] == "Sara goes at ten"
    assert sides[rejected.change].set["reason"] == "The oven is not in the agreement"
    assert sides[rejected.change].set["plan"] is None
    assert sides[rejected.change].by == desks[1].actor.id
    assert sides[rejected.change].at.startswith("2026-11-23T06:40:00+01:00")
    assert desks[0].ask(lambda view: view.get(Contest, found.id)) == found


@pytest.mark.parametrize("by_conflict", [True, False])
def test_keeping_a_side_settles_it_everywhere(desks: Pair, *, by_conflict: bool) -> None:
    id_, accepted, _rejected = contested_complaint(desks)
    one, _other = desks
    outcome = one.take(
        "conflict.settle", the_contest(one).id if by_conflict else id_[:13], {"keep": accepted.change}
    )
    assert outcome.id == id_
    agree(desks)
    complaint: Complaint = get(one, Complaint, id_)
    assert (complaint.status, complaint.plan, complaint.reason) == ("accepted", "Sara goes at ten", None)
    assert complaint.contested == ()


def test_keeping_the_earlier_side_leaves_nothing_of_the_other(desks: Pair) -> None:
    id_, _accepted, rejected = contested_complaint(desks)
    desks[0].take("conflict.settle", id_, {"keep": rejected.change})
    agree(desks)
    complaint: Complaint = get(desks[0], Complaint, id_)
    assert (complaint.status, complaint.plan, complaint.assignee) == ("rejected", None, None)
    assert complaint.reply is not None


def test_a_third_way_is_a_decision_with_its_rules(desks: Pair) -> None:
    id_, _accepted, _rejected = contested_complaint(desks)
    one = desks[0]
    assert "reason is missing" in bad_input(one, "conflict.settle", id_, status="rejected")
    assert "say the status" in bad_input(one, "conflict.settle", id_, reason="Beyond it")
    assert "say the status" in bad_input(one, "conflict.settle", id_, status="forgotten")
    wrong = {"status": "accepted", **ACCEPT, "assignee": "Ole Dam"}
    assert "first assistant" in refused(one, "conflict.settle", id_, **wrong)
    given = {"status": "extra_work", "extra_work": "The oven", "agreed_with": "Ms Lund", "when": "tomorrow 9"}
    one.take("conflict.settle", id_, given)
    agree(desks)
    complaint: Complaint = get(one, Complaint, id_)
    assert (complaint.status, complaint.extra_work) == ("extra_work", "The oven")
    assert (complaint.plan, complaint.reason) == (None, None)


def test_what_is_no_side_and_no_field_is_told(desks: Pair) -> None:
    id_, accepted, rejected = contested_complaint(desks)
    one = desks[0]
    assert accepted.change in bad_input(one, "conflict.settle", id_)
    assert "third way" in bad_input(one, "conflict.settle", id_, keep=accepted.change, status="rejected")
    assert "not one of the sides" in bad_input(one, "conflict.settle", id_, keep="beef")
    assert "not one of the sides" in bad_input(one, "conflict.settle", id_, keep=accepted.change[:4])
    assert "no field colour" in bad_input(
        one, "conflict.settle", id_, status="rejected", reason="x", colour="red"
    )
    assert rejected.change in bad_input(one, "conflict.settle", id_, keep=" ", status="")


def test_what_does_not_contend_cannot_be_settled(desks: Pair) -> None:
    id_ = receive_complaint(desks[0])
    assert "nothing contends" in bad_input(desks[0], "conflict.settle", id_, keep="0000")
    assert "nothing contends" in bad_input(desks[0], "conflict.settle", "x", keep="0000")
    assert "needs the id" in bad_input(desks[0], "conflict.settle", None, keep="0000")


def test_settling_takes_the_role_of_the_decision(desks: Pair, tmp_path: Path) -> None:
    id_, accepted, _rejected = contested_complaint(desks)
    jonas = make_desk(tmp_path, "Jonas Berg")
    carry(desks[0], jonas)
    assert "supervisor" in refused(jonas, "conflict.settle", id_, keep=accepted.change)
    assert "supervisor" in refused(jonas, "conflict.settle", id_, status="rejected", reason="x")
    jonas.close()


def test_an_assignee_does_not_settle_for_closed(desks: Pair, tmp_path: Path) -> None:
    one, other = desks
    id_ = receive_complaint(one)
    one.take("complaint.accept", id_, ACCEPT)
    one.take("complaint.solve", id_)
    carry(one, other)
    closed = one.take("complaint.close", id_)
    other.take("complaint.reopen", id_, {"reason": "The floor is wet"})
    exchange_all(one, other)
    jonas = make_desk(tmp_path, "Jonas Berg")
    carry(one, jonas)
    assert "only a supervisor" in refused(jonas, "conflict.settle", id_, keep=closed.change)
    jonas.close()
    one.take("conflict.settle", id_, {"keep": closed.change})
    agree(desks)
    assert get(one, Complaint, id_).status == "closed"


def test_settling_is_never_undone(desks: Pair) -> None:
    id_, accepted, _rejected = contested_complaint(desks)
    settled = desks[0].take("conflict.settle", id_, {"keep": accepted.change})
    before = tables(desks[0])
    with pytest.raises(Refused, match="never undone"):
        desks[0].undo(settled.change)
    assert tables(desks[0]) == before


def test_two_settlings_apart_contend_and_are_settled_again(desks: Pair) -> None:
    id_, accepted, rejected = contested_complaint(desks)
    one, other = desks
    first = one.take("conflict.settle", id_, {"keep": accepted.change})
    other.take("conflict.settle", id_, {"keep": rejected.change})
    exchange_all(one, other)
    assert {side.decision for side in the_contest(one).sides} == {"conflict.settle"}
    one.take("conflict.settle", id_, {"keep": first.change})
    agree(desks)
    assert get(other, Complaint, id_).status == "accepted"


def test_two_settlings_alike_agree(desks: Pair) -> None:
    id_, accepted, _rejected = contested_complaint(desks)
    for desk in desks:
        desk.take("conflict.settle", id_, {"keep": accepted.change})
    agree(desks)


def test_an_absence_approved_and_withdrawn(desks: Pair) -> None:
    one, other = desks
    id_ = report_absence(one, "Nora Voss", **{"from": "tomorrow 12"})
    carry(one, other)
    one.take("absence.approve", id_)
    other.take("absence.withdraw", id_, {"reason": "Reported twice"})
    exchange_all(one, other)
    assert get(one, Absence, id_).contested
    assert "health" in refused(one, "conflict.settle", id_, status="withdrawn", reason="she has the flu")
    one.take("conflict.settle", id_, {"status": "ended", "until": "tomorrow 15"})
    agree(desks)
    absence: Absence = get(other, Absence, id_)
    assert (absence.status, absence.approved_by) == ("ended", None)


def test_who_covers_a_shift(desks: Pair) -> None:
    one, other = desks
    id_ = shift_of(one, "Emil Dahl")
    first = one.take("shift.assign", id_, {"person": "Sara Lind", "override": "She knows the site"})
    other.take("shift.assign", id_, {"person": "Aksel Toft", "override": "He is near"})
    exchange_all(one, other)
    assert "Nobody at all" in bad_input(one, "conflict.settle", id_, person="Nobody at all")
    one.take("conflict.settle", id_, {"keep": first.change})
    agree(desks)
    shift: Shift = get(other, Shift, id_)
    assert shift.person == id_of(one, "people", "Sara Lind")
    assert shift.covers_for == id_of(one, "people", "Emil Dahl")


def test_a_third_person_covers_it_by_the_rules_of_assigning(desks: Pair) -> None:
    one, other = desks
    id_ = shift_of(one, "Emil Dahl")
    one.take("shift.assign", id_, {"person": "Sara Lind", "override": "She knows the site"})
    other.take("shift.assign", id_, {"person": "Aksel Toft", "override": "He is near"})
    exchange_all(one, other)
    report_absence(one, "Jonas Berg")
    assert "absent" in refused(one, "conflict.settle", id_, person="Jonas Berg")
    one.take(
        "conflict.settle", id_, {"person": "Mette Holm", "note": "I go myself", "override": "Nobody else"}
    )
    exchange_all(one, other)
    assert tables(one)["conflicts"] == []
    assert get(other, Shift, id_).person == one.actor.id


def test_plain_fields_are_settled_field_by_field(desks: Pair) -> None:
    one, other = desks
    person = id_of(one, "people", "Sara Lind")
    one.take("person.change", person, {"phone": "11 11 11 11"})
    other.take("person.change", person, {"phone": "22 22 22 22"})
    exchange_all(one, other)
    conflict = the_contest(one).id
    assert "does not contend" in bad_input(one, "conflict.settle", conflict, email="s@example.org")
    one.take("conflict.settle", conflict, {"phone": "33 33 33 33"})
    agree(desks)
    found: Person = get(other, Person, person)
    assert found.phone == "33 33 33 33"


def test_times_given_in_part_keep_the_rest_of_what_is_shown(desks: Pair) -> None:
    one, other = desks
    id_ = report_absence(one, "Nora Voss", **{"from": "2026-11-24T08:00", "until": "2026-11-24T12:00"})
    carry(one, other)
    one.take("absence.change", id_, {"until": "2026-11-24T14:00"})
    other.take("absence.change", id_, {"until": "2026-11-24T16:00"})
    exchange_all(one, other)
    assert "time" in bad_input(one, "conflict.settle", id_, until="whenever")
    one.take("conflict.settle", id_, {"until": "2026-11-24T15:00"})
    agree(desks)
    absence: Absence = get(one, Absence, id_)
    assert absence.until is not None
    assert absence.until - absence.from_ == timedelta(hours=7)


def test_an_exported_value_can_be_kept(desks: Pair) -> None:
    one = desks[0]
    id_ = shift_of(one, "Nora Voss")
    nora, jonas = id_of(one, "people", "Nora Voss"), id_of(one, "people", "Jonas Berg")
    _export(one, id_, nora, 2)
    one.take("shift.assign", id_, {"person": "Aksel Toft", "override": "He is near"})
    _export(one, id_, jonas, 1)
    found = the_contest(one)
    assert [side.decision for side in found.sides] == ["shift.assign", "import"]
    assert found.winner.decision == "shift.assign"
    assert found.sides[1].set["person"] == jonas
    exchange_all(*desks)
    one.take("conflict.settle", found.id, {"keep": found.sides[1].change})
    agree(desks)
    assert get(desks[1], Shift, id_).person == jonas


def test_keeping_an_exported_value_takes_the_role_of_the_other_side(desks: Pair, tmp_path: Path) -> None:
    one = desks[0]
    id_ = shift_of(one, "Nora Voss")
    _export(one, id_, id_of(one, "people", "Nora Voss"), 2)
    one.take("shift.assign", id_, {"person": "Aksel Toft", "override": "He is near"})
    _export(one, id_, id_of(one, "people", "Jonas Berg"), 1)
    found = the_contest(one)
    sara = make_desk(tmp_path, "Sara Lind")
    carry(one, sara)
    assert "supervisor" in refused(sara, "conflict.settle", found.id, keep=found.sides[1].change)
    sara.close()


def _export(desk: Desk, shift: str, person: str, minutes: int) -> None:
    """The office's roster says who goes; the first as of before the decision, the next as of after it."""
    as_of = NOW - timedelta(minutes=minutes) if minutes == 2 else NOW + timedelta(minutes=minutes)
    with desk.database.write() as conn:
        write = Write("shifts", shift, {"person": person}, base=(), as_of=as_of)
        Writer(conn, desk.actor.id, NOW).write("import", [write])


def test_a_third_side_that_came_in_meanwhile_still_contends(desks: Pair, tmp_path: Path) -> None:
    one, other = desks
    person = id_of(one, "people", "Sara Lind")
    office = make_desk(tmp_path, "Karen Vad")
    changes = [
        desk.take("person.change", person, {"phone": phone})
        for desk, phone in ((one, "11 11"), (other, "22 22"), (office, "33 33"))
    ]
    carry(other, one)
    seen = the_contest(one)
    carry(office, one)
    one.take("conflict.settle", seen.id, {"keep": changes[0].change}, seen=seen.heads)
    left = the_contest(one)
    assert [side.set["phone"] for side in left.sides] == ["33 33", "11 11"]
    office.close()


def test_a_row_of_a_plan(desks: Pair, tmp_path: Path) -> None:
    hanne = make_desk(tmp_path, "Hanne Friis")
    plan = hanne.take("plan.start", None, {"customer": "Solgaarden", "started_on": "2026-12-01"}).id
    id_ = hanne.ask(lambda view: view.find(PlanRow, plan=plan, row="A-1"))[0].id
    mette = desks[0]
    carry(hanne, mette)
    mine = hanne.take("plan.done", id_, {"done_on": "2026-11-20"})
    mette.take("plan.done", id_, {"done_on": "2026-11-21"})
    exchange_all(hanne, mette)
    hanne.take("conflict.settle", id_, {"keep": mine.change})
    exchange_all(hanne, mette)
    assert str(get(mette, PlanRow, id_).done_on) == "2026-11-20"
    assert tables(mette)["conflicts"] == []
    hanne.close()


def test_two_conflicts_of_one_record_are_named_by_their_own_ids(desks: Pair) -> None:
    one, other = desks
    person = id_of(one, "people", "Sara Lind")
    one.take("person.change", person, {"phone": "11 11", "email": "a@example.org"})
    other.take("person.change", person, {"phone": "22 22", "email": "b@example.org"})
    exchange_all(one, other)
    assert "more than one conflict" in bad_input(one, "conflict.settle", person, keep="0000")
    for found in one.ask(lambda view: list(contests(view.conn))):
        one.take("conflict.settle", found.id, {"keep": found.sides[0].change})
    agree(desks)


def test_rebuilding_after_settling_changes_nothing(desks: Pair) -> None:
    id_, accepted, _rejected = contested_complaint(desks)
    desks[0].take("conflict.settle", id_, {"keep": accepted.change})
    before = tables(desks[0])
    desks[0].rebuild()
    assert tables(desks[0]) == before

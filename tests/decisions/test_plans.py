"""Service plans: rows are assigned, done, signed, and show when the signed text differs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.desk import BadInput, Desk, Refused
from app.domain.records import Plan, PlanRow
from tests.decisions.helpers import refused, second_home
from tests.support import NOW, HandClock, carry, exchange_all, id_of, make_desk, tables

MANAGER = "Hanne Friis"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, MANAGER)
    yield desk
    desk.close()


def start(desk: Desk, customer: str = "Solgaarden") -> str:
    return desk.take("plan.start", None, {"customer": customer, "started_on": "2026-12-01"}).id


def row(desk: Desk, plan: str, code: str) -> PlanRow:
    return desk.ask(lambda view: view.find(PlanRow, plan=plan, row=code))[0]


def take(desk: Desk, decision: str, plan: str, code: str, **given: Any) -> PlanRow:
    desk.take(decision, row(desk, plan, code).id, given)
    return row(desk, plan, code)


def end_reason(desk: Desk, plan: str) -> str | None:
    found = desk.ask(lambda view: view.get(Plan, plan))
    assert found is not None
    return found.end_reason


def finished(desk: Desk, plan: str, code: str = "B1-2") -> PlanRow:
    take(desk, "plan.assign", plan, code, responsible="Mette Holm", due="2026-12-24")
    return take(desk, "plan.done", plan, code, done_on="today")


def test_a_plan_brings_its_36_rows(desk: Desk) -> None:
    plan = start(desk)
    found = desk.ask(lambda view: view.find(PlanRow, plan=plan))
    assert len(found) == 36
    assert sum(len(one.think_about) for one in found) == 110
    assert [one.row for one in found if len(one.titles) == 2] != []


def test_a_customer_has_one_plan(desk: Desk) -> None:
    start(desk)
    customer = id_of(desk, "customers", "Solgaarden")
    assert "plan already" in refused(desk, "plan.start", None, customer=customer, started_on="2026-12-01")


def test_two_who_start_the_same_plan_apart_start_one(tmp_path: Path) -> None:
    one, other = make_desk(tmp_path, MANAGER), second_home(tmp_path, MANAGER)
    assert start(one) == start(other)
    exchange_all(one, other)
    assert len(one.ask(lambda view: view.find(Plan))) == 1
    assert tables(one) == tables(other)
    assert tables(one)["conflicts"] == []
    one.close()
    other.close()


def test_only_a_manager_starts_assigns_and_signs(tmp_path: Path, desk: Desk) -> None:
    plan = start(desk)
    done = finished(desk, plan)
    mette = make_desk(tmp_path)
    carry(desk, mette)
    assert "manager" in refused(mette, "plan.start", None, customer="Klinik Nord", started_on="today")
    assert "manager" in refused(mette, "plan.assign", done.id, responsible="Mette Holm")
    assert "manager" in refused(mette, "plan.sign", done.id)
    mette.take("plan.note", done.id, {"text": "The keys are with the porter"})
    mette.take("plan.done", done.id, {"done_on": "2026-11-20"})
    mette.close()


def test_assign_keeps_the_due_date_when_none_is_given(desk: Desk) -> None:
    plan = start(desk)
    take(desk, "plan.assign", plan, "A-1", responsible="Mette Holm", due="2026-12-24")
    changed = take(desk, "plan.assign", plan, "A-1", responsible="Ole Dam")
    assert changed.responsible == id_of(desk, "people", "Ole Dam")
    assert str(changed.due) == "2026-12-24"


def test_done_in_the_future_is_refused(desk: Desk) -> None:
    plan = start(desk)
    id_ = row(desk, plan, "A-1").id
    assert "future" in refused(desk, "plan.done", id_, done_on="2026-11-24")
    assert str(take(desk, "plan.done", plan, "A-1", done_on="2026-11-23").done_on) == "2026-11-23"


def test_the_day_is_the_area_s_and_not_utc_s(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, MANAGER, NOW.replace(hour=0, minute=20))
    plan = start(desk)
    assert take(desk, "plan.done", plan, "A-1", done_on="2026-11-23").done_on
    desk.close()


def test_a_row_is_signed_with_a_responsible_person_and_a_date(desk: Desk) -> None:
    plan = start(desk)
    id_ = row(desk, plan, "B1-2").id
    assert "responsible" in refused(desk, "plan.sign", id_)
    take(desk, "plan.assign", plan, "B1-2", responsible="Mette Holm")
    assert "not done" in refused(desk, "plan.sign", id_)
    take(desk, "plan.done", plan, "B1-2", done_on="today")
    signed = take(desk, "plan.sign", plan, "B1-2")
    assert signed.signed_by == id_of(desk, "people", MANAGER)
    assert signed.signed_at == NOW
    assert not signed.differs
    assert "signed already" in refused(desk, "plan.sign", id_)


def test_what_is_signed_is_what_every_row_says(desk: Desk) -> None:
    plan = start(desk)
    for one in desk.ask(lambda view: view.find(PlanRow, plan=plan)):
        reason = {"reason": "They moved away"} if one.row == "E-3" else {}
        desk.take("plan.assign", one.id, {"responsible": "Mette Holm"})
        desk.take("plan.done", one.id, {"done_on": "today", **reason})
        desk.take("plan.sign", one.id)
    signed = desk.ask(lambda view: view.find(PlanRow, plan=plan))
    assert [one.row for one in signed if one.differs or not one.signed_by] == []


@pytest.mark.parametrize(
    ("decision", "given"),
    [
        ("plan.reword", {"titles": ["Another title"]}),
        ("plan.reword", {"think_about": '["Another, point"]'}),
        ("plan.assign", {"responsible": "Ole Dam"}),
        ("plan.done", {"done_on": "2026-11-01"}),
    ],
)
def test_a_later_change_shows_that_the_signed_text_differs(
    desk: Desk, decision: str, given: dict[str, Any]
) -> None:
    plan = start(desk)
    finished(desk, plan)
    take(desk, "plan.sign", plan, "B1-2")
    changed = take(desk, decision, plan, "B1-2", **given)
    assert changed.differs
    assert changed.signed_by
    assert not take(desk, "plan.sign", plan, "B1-2").differs


def test_a_note_or_a_due_date_does_not_touch_the_signature(desk: Desk) -> None:
    plan = start(desk)
    finished(desk, plan)
    take(desk, "plan.sign", plan, "B1-2")
    take(desk, "plan.note", plan, "B1-2", text="[b]seen[/b]")
    noted = take(desk, "plan.assign", plan, "B1-2", responsible="Mette Holm", due="2027-01-01")
    assert noted.notes == ("[b]seen[/b]",)
    assert not noted.differs


def test_a_signature_is_taken_back_with_a_reason(desk: Desk) -> None:
    plan = start(desk)
    id_ = finished(desk, plan).id
    assert "not signed" in refused(desk, "plan.unsign", id_, reason="Signed too early")
    take(desk, "plan.sign", plan, "B1-2")
    with pytest.raises(BadInput, match="reason is missing"):
        desk.take("plan.unsign", id_, {"reason": " "})
    assert take(desk, "plan.unsign", plan, "B1-2", reason="Signed too early").signed_by is None
    assert take(desk, "plan.sign", plan, "B1-2").signed_by


def test_undoing_a_signature_asks_for_the_reason(desk: Desk) -> None:
    plan = start(desk)
    finished(desk, plan)
    take(desk, "plan.sign", plan, "B1-2")
    with pytest.raises(Refused, match=r"plan\.unsign"):
        desk.undo()
    assert row(desk, plan, "B1-2").signed_by
    desk.undo(reason="The wrong row")
    assert row(desk, plan, "B1-2").signed_by is None


def test_a_concurrent_signature_survives_taking_one_back(tmp_path: Path, desk: Desk) -> None:
    plan = start(desk)
    finished(desk, plan)
    other = second_home(tmp_path, MANAGER)
    carry(desk, other)
    take(desk, "plan.sign", plan, "B1-2")
    take(other, "plan.sign", plan, "B1-2")
    take(desk, "plan.unsign", plan, "B1-2", reason="Signed too early")
    exchange_all(desk, other)
    assert row(desk, plan, "B1-2").signed_by
    assert tables(desk) == tables(other)
    other.close()


def test_the_end_of_a_contract_needs_its_reason(desk: Desk) -> None:
    plan = start(desk)
    id_ = take(desk, "plan.note", plan, "E-3", text="They called").id
    desk.take("plan.assign", id_, {"responsible": "Mette Holm"})
    assert "reason of the termination" in refused(desk, "plan.done", id_, done_on="today")
    outcome = desk.take("plan.done", id_, {"done_on": "today", "reason": "A cheaper offer"})
    assert outcome.id == id_
    assert end_reason(desk, plan) == "A cheaper offer"
    assert take(desk, "plan.sign", plan, "E-3").signed_by


def test_signing_the_end_is_refused_once_its_reason_is_undone(desk: Desk) -> None:
    plan = start(desk)
    id_ = row(desk, plan, "E-3").id
    desk.take("plan.assign", id_, {"responsible": "Mette Holm"})
    desk.take("plan.done", id_, {"done_on": "today", "reason": "A cheaper offer"})
    desk.undo()
    assert end_reason(desk, plan) is None
    assert row(desk, plan, "E-3").done_on is None
    assert "not done" in refused(desk, "plan.sign", id_)


def test_other_rows_take_no_reason(desk: Desk) -> None:
    plan = start(desk)
    assert "no reason" in refused(desk, "plan.done", row(desk, plan, "A-1").id, done_on="today", reason="x")


def test_rewording_needs_words(desk: Desk) -> None:
    plan = start(desk)
    assert "titles" in refused(desk, "plan.reword", row(desk, plan, "A-1").id, titles=" , ")


def test_signing_what_one_saw_shows_what_changed_since(tmp_path: Path) -> None:
    clock = HandClock()
    desk = make_desk(tmp_path, MANAGER, clock=clock)
    plan = start(desk)
    seen = finished(desk, plan)
    clock.advance(minutes=5)
    take(desk, "plan.reword", plan, "B1-2", titles=["Changed while the form was open"])
    desk.take("plan.sign", seen.id, {}, seen=seen.heads)
    assert row(desk, plan, "B1-2").differs
    desk.close()


def test_undo_of_a_start_takes_the_rows_along(desk: Desk) -> None:
    plan = start(desk)
    desk.undo()
    assert desk.ask(lambda view: view.find(PlanRow, plan=plan)) == []
    desk.redo()
    assert len(desk.ask(lambda view: view.find(PlanRow, plan=plan))) == 36


def test_rebuilding_changes_nothing(desk: Desk) -> None:
    plan = start(desk)
    finished(desk, plan)
    take(desk, "plan.sign", plan, "B1-2")
    take(desk, "plan.reword", plan, "B1-2", titles=["Another title"])
    before = tables(desk)
    desk.rebuild()
    assert tables(desk) == before


def test_a_plan_started_tomorrow_by_the_clock_of_yesterday(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, MANAGER, NOW - timedelta(days=1))
    plan = start(desk)
    assert "future" in refused(desk, "plan.done", row(desk, plan, "A-1").id, done_on="2026-11-23")
    desk.close()

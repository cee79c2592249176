"""Offers, and the cover plan as one decision (DK-11, DK-12)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.cover import Candidate
from app.domain.records import Shift
from app.queries.cover import candidates, question, uncovered, wanted
from tests.decisions.helpers import bad_input, refused
from tests.support import carry, exchange_all, id_of, make_desk, report_absence, shift_of, tables


def shift(desk: Desk, id_: str) -> Shift:
    found = desk.ask(lambda view: view.get(Shift, id_))
    assert found is not None
    return found


def for_shift(desk: Desk, id_: str) -> dict[str, Candidate]:
    return {one.name: one for one in desk.ask(candidates, id_, 50)}


def test_who_was_asked_and_what_they_said_is_kept_in_order(desk: Desk) -> None:
    id_, aksel = shift_of(desk, "Jonas Berg"), id_of(desk, "people", "Aksel Toft")
    desk.take("shift.offer", id_, {"person": "Aksel Toft", "channel": "sms"})
    desk.take("shift.offer", id_, {"person": "Aksel Toft", "channel": "phone", "answer": "no"})
    found = shift(desk, id_).offers
    assert [(one["person"], one["channel"], one["answer"]) for one in found] == [
        (aksel, "sms", "asked"),
        (aksel, "phone", "no"),
    ]
    assert {one["by"] for one in found} == {id_of(desk, "people", "Mette Holm")}
    assert {one["at"] for one in found} == {"2026-11-23T05:40:00Z"}
    desk.undo()
    assert len(shift(desk, id_).offers) == 1


def test_who_said_no_is_not_the_first_any_more_and_who_said_yes_is(desk: Desk) -> None:
    report_absence(desk, "Jonas Berg")
    id_ = shift_of(desk, "Jonas Berg")
    first, second = [one.name for one in for_shift(desk, id_).values() if one.willing][:2]
    desk.take("shift.offer", id_, {"person": first, "channel": "phone", "answer": "no"})
    found = for_shift(desk, id_)
    assert next(iter(found)) == second
    assert found[first].free
    assert not found[first].willing
    desk.take("shift.offer", id_, {"person": first, "channel": "sms", "answer": "yes"})
    assert next(iter(for_shift(desk, id_))) == first


def test_offers_of_two_supervisors_both_stay(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_ = shift_of(mette, "Jonas Berg")
    mette.take("shift.offer", id_, {"person": "Aksel Toft", "channel": "sms"})
    ole.take("shift.offer", id_, {"person": "Emil Dahl", "channel": "phone", "answer": "no_answer"})
    exchange_all(mette, ole)
    assert len(shift(mette, id_).offers) == 2
    assert tables(mette) == tables(ole)
    mette.rebuild()
    assert tables(mette) == tables(ole)
    mette.close()
    ole.close()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"channel": "sms"}, "person is missing"),
        ({"person": "Aksel Toft"}, "channel is missing"),
        ({"person": "Aksel Toft", "channel": "fax"}, "not one of"),
        ({"person": "Aksel Toft", "channel": "sms", "answer": "ill"}, "not one of"),
    ],
)
def test_an_offer_has_no_room_for_anything_else(desk: Desk, given: dict[str, str], why: str) -> None:
    """DK-14: no words, so nothing about health."""
    assert why in bad_input(desk, "shift.offer", shift_of(desk, "Jonas Berg"), **given)


def plan_of(desk: Desk) -> dict[str, str]:
    return desk.ask(lambda view: question(view, uncovered(view))).answered(lambda: 0.0, 60).choices


def test_a_plan_is_taken_and_undone_and_redone_as_one(desk: Desk) -> None:
    report_absence(desk, "Jonas Berg")
    report_absence(desk, "Emil Dahl")
    plan = plan_of(desk)
    assert len(plan) == 3
    before = tables(desk)
    taken = desk.take("shift.cover", None, {"plan": json.dumps(plan)})
    assert set(taken.records) == set(plan)
    assert {id_: shift(desk, id_).person for id_ in plan} == plan
    assert {shift(desk, id_).covers_for for id_ in plan} == {
        id_of(desk, "people", "Jonas Berg"),
        id_of(desk, "people", "Emil Dahl"),
    }
    assert desk.ask(uncovered) == ()
    desk.undo()
    assert {id_: shift(desk, id_).person for id_ in plan}.items().isdisjoint(plan.items())
    assert [row[:-1] for row in tables(desk)["absences"]] == [row[:-1] for row in before["absences"]]
    assert len(desk.ask(uncovered)) == 3
    desk.redo()
    assert {id_: shift(desk, id_).person for id_ in plan} == plan


def test_one_that_was_nobodys_is_covered_and_given_back(desk: Desk) -> None:
    given = {"customer": "Klinik Nord", "start": "today 17", "end": "today 19"}
    id_ = desk.take("shift.add", None, given).id
    plan = plan_of(desk)
    desk.take("shift.cover", None, {"plan": plan})
    assert shift(desk, id_).person == plan[id_]
    desk.undo()
    assert (shift(desk, id_).person, shift(desk, id_).covers_for) == (None, None)


def test_a_plan_of_the_marked_absences_leaves_the_others(desk: Desk) -> None:
    jonas = report_absence(desk, "Jonas Berg", until="tomorrow")
    report_absence(desk, "Emil Dahl")
    found = desk.ask(wanted, [jonas])
    assert {one.person for one in found} == {id_of(desk, "people", "Jonas Berg")}
    assert len(found) == 2
    assert len(desk.ask(wanted, [])) == 3
    assert desk.ask(wanted, [found[0].id]) == (found[0],)


def test_what_a_plan_names_must_be_uncovered_still(desk: Desk) -> None:
    """Nobody who is planned is moved; of what came in meanwhile the plan is refused whole."""
    report_absence(desk, "Jonas Berg", until="tomorrow")
    plan = plan_of(desk)
    first, second = plan
    desk.take("shift.assign", first, {"person": plan[first]})
    said = refused(desk, "shift.cover", plan=plan)
    assert said.endswith("the shift is not uncovered any more")
    assert shift(desk, second).person == id_of(desk, "people", "Jonas Berg")


def test_a_plan_never_goes_over_a_rule(desk: Desk) -> None:
    """Not between what stands and the plan, nor between two shifts of the plan."""
    report_absence(desk, "Jonas Berg")
    report_absence(desk, "Sara Lind")
    office, windows = shift_of(desk, "Jonas Berg"), shift_of(desk, "Sara Lind")
    aksel, emil = (id_of(desk, "people", name) for name in ("Aksel Toft", "Emil Dahl"))
    assert "lacks: windows" in refused(desk, "shift.cover", plan={windows: emil})
    assert "has a shift then" in refused(desk, "shift.cover", plan={office: aksel, windows: aksel})
    assert "absent then" in refused(desk, "shift.cover", plan={office: id_of(desk, "people", "Sara Lind")})
    assert "not sent" in refused(desk, "shift.cover", plan={office: id_of(desk, "people", "Karen Vad")})


@pytest.mark.parametrize("plan", ["", "[]", "{}", "3", "{", "[1]", '{"x": "y"}'])
def test_what_is_no_plan_is_told_in_one_line(desk: Desk, plan: str) -> None:
    assert bad_input(desk, "shift.cover", plan=plan)


def test_a_plan_is_the_supervisors(tmp_path: Path, desk: Desk) -> None:
    report_absence(desk, "Jonas Berg")
    trainer = make_desk(tmp_path, "Peter Juhl")
    carry(desk, trainer)
    assert "is for: supervisor" in refused(trainer, "shift.cover", plan=plan_of(desk))
    trainer.close()

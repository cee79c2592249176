"""Shifts: a substitute is found, and over a rule only with a reason (DK-11, DK-12)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk
from app.domain.records import Shift
from tests.decisions.helpers import bad_input, refused
from tests.support import exchange_all, id_of, make_desk, report_absence, shift_of


def shift(desk: Desk, id_: str) -> Shift:
    found = desk.ask(lambda view: view.get(Shift, id_))
    assert found is not None
    return found


def assigned(desk: Desk, id_: str, person: str, **given: Any) -> Shift:
    desk.take("shift.assign", id_, {"person": person, **given})
    return shift(desk, id_)


def test_dk_11_a_substitute_takes_the_shift(desk: Desk) -> None:
    id_ = shift_of(desk, "Jonas Berg")
    found = assigned(desk, id_, "Aksel Toft", note="key under the mat")
    assert found.person == id_of(desk, "people", "Aksel Toft")
    assert found.covers_for == id_of(desk, "people", "Jonas Berg")
    assert found.note == "key under the mat"


def test_the_one_who_is_covered_stays_the_same_through_several_substitutes(desk: Desk) -> None:
    id_, jonas = shift_of(desk, "Jonas Berg"), id_of(desk, "people", "Jonas Berg")
    assigned(desk, id_, "Aksel Toft")
    assert assigned(desk, id_, "Emil Dahl").covers_for == jonas
    back = assigned(desk, id_, "Jonas Berg")
    assert (back.person, back.covers_for, back.note) == (jonas, None, None)


def test_nobody_is_assigned_what_they_have(desk: Desk) -> None:
    assert "already" in refused(desk, "shift.assign", shift_of(desk, "Jonas Berg"), person="Jonas Berg")


@pytest.mark.parametrize(
    ("person", "why"), [("Emil Dahl", "lacks: windows"), ("Jonas Berg", "has a shift then")]
)
def test_over_a_rule_only_with_a_reason_that_is_kept(desk: Desk, person: str, why: str) -> None:
    id_ = shift_of(desk, "Sara Lind")
    said = refused(desk, "shift.assign", id_, person=person)
    assert why in said
    assert "override" in said
    assert (
        assigned(desk, id_, person, override="agreed with the customer").override
        == "agreed with the customer"
    )


def test_dk_12_who_is_absent_cannot_man_a_shift_for_any_reason(desk: Desk) -> None:
    report_absence(desk, "Aksel Toft", kind="holiday")
    said = refused(desk, "shift.assign", shift_of(desk, "Jonas Berg"), person="Aksel Toft", override="please")
    assert said == "Aksel Toft is absent then"


def test_an_absence_that_was_withdrawn_or_is_over_stands_in_nobodys_way(desk: Desk) -> None:
    one, other = report_absence(desk, "Aksel Toft"), report_absence(desk, "Emil Dahl", **{"from": "6:00"})
    desk.take("absence.withdraw", one, {"reason": "mistake"})
    desk.take("absence.end", other, {"until": "6:30"})
    id_ = shift_of(desk, "Jonas Berg")
    assigned(desk, id_, "Aksel Toft")
    assigned(desk, id_, "Emil Dahl")


@pytest.mark.parametrize("field", ["note", "override"])
def test_dk_14_nothing_about_health_on_a_shift(desk: Desk, field: str) -> None:
    said = refused(
        desk, "shift.assign", shift_of(desk, "Jonas Berg"), person="Emil Dahl", **{field: "has the flu"}
    )
    assert "health" in said


def test_cancelled_as_agreed_with_the_customer(desk: Desk) -> None:
    id_ = shift_of(desk, "Jonas Berg")
    assert "agreed_with is missing" in bad_input(desk, "shift.cancel", id_, reason="closed")
    assert "reason is missing" in bad_input(desk, "shift.cancel", id_, agreed_with="Lis")
    assert "health" in refused(desk, "shift.cancel", id_, reason="Jonas has a fever", agreed_with="Lis")
    desk.take("shift.cancel", id_, {"reason": "closed", "agreed_with": "Lis"})
    found = shift(desk, id_)
    assert (found.status, found.cancel_reason, found.agreed_with) == ("cancelled", "closed", "Lis")
    assert "already" in refused(desk, "shift.cancel", id_, reason="closed", agreed_with="Lis")
    assert "cancelled" in refused(desk, "shift.assign", id_, person="Aksel Toft")


def test_a_visit_that_was_not_in_the_roster(desk: Desk) -> None:
    given = {"customer": "Solgaarden", "start": "tomorrow 14", "end": "tomorrow 16", "skills": "windows"}
    id_ = desk.take("shift.add", None, given).id
    found = shift(desk, id_)
    assert (found.person, found.skills, found.status) == (None, ("windows",), "planned")
    assert assigned(desk, id_, "Aksel Toft").covers_for is None
    assert "before it begins" in refused(desk, "shift.add", None, **{**given, "end": "tomorrow 14"})


def test_two_give_one_shift_to_two_people_loudly(tmp_path: Path) -> None:
    """The latest wins, both stay, and whoever settles it names both."""
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_ = shift_of(mette, "Jonas Berg")
    mette.take("shift.assign", id_, {"person": "Aksel Toft"})
    ole.take("shift.assign", id_, {"person": "Emil Dahl"})
    exchange_all(mette, ole)
    assert shift(mette, id_) == shift(ole, id_)
    for desk in (mette, ole):
        with desk.database.read() as conn:
            rows = conn.exec_driver_sql("SELECT record, register, contested FROM conflicts").all()
        assert [tuple(row) for row in rows] == [(id_, "cover", 0)]
    winner = shift(mette, id_).person
    kept = "Emil Dahl" if winner == id_of(ole, "people", "Emil Dahl") else "Aksel Toft"
    assert assigned(ole, id_, kept).person == winner
    exchange_all(mette, ole)
    with mette.database.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM conflicts").scalar_one() == 0
    mette.close()
    ole.close()


def test_fi_48_a_customers_onboarding_must_be_held_as_it_is_now(desk: Desk) -> None:
    """Which modules it requires stands with the customer; over it only with a reason."""
    trainer = Desk(desk.settings, clock=desk.clock, acting="Peter Juhl")
    trainer.take("module.publish", None, {"content": MODULE})
    customer, id_ = id_of(desk, "customers", "Havnens Kontor"), shift_of(desk, "Jonas Berg")
    desk.take("customer.change", customer, {"modules": "Keys"})
    said = refused(desk, "shift.assign", id_, person="Aksel Toft")
    assert "no onboarding: Keys" in said
    trained = {"module": "Keys", "person": "Aksel Toft", "attendance": "in_person"}
    trainer.take("onboarding.attend", None, trained)
    assert assigned(desk, id_, "Aksel Toft").person == id_of(desk, "people", "Aksel Toft")
    trainer.close()


MODULE = """
id = "keys"
title = "Keys"
pass_mark = 80
themes = ["keys"]

[[questions]]
id = "q1"
kind = "true_false"
text = "Keys are never labelled with an address."
theme = "keys"
options = [{ text = "True", right = true }, { text = "False" }]
"""


def test_a_new_visit_breaks_no_rule_silently(desk: Desk) -> None:
    given = {"customer": "Solgaarden", "start": "today 9", "end": "today 11", "person": "Jonas Berg"}
    assert "has a shift then" in refused(desk, "shift.add", None, **given)
    assert "health" in refused(desk, "shift.add", None, **given, override="has the flu")
    id_ = desk.take("shift.add", None, {**given, "override": "they asked for him"}).id
    assert (shift(desk, id_).person, shift(desk, id_).override) == (
        id_of(desk, "people", "Jonas Berg"),
        "they asked for him",
    )
    report_absence(desk, "Emil Dahl")
    gone = {**given, "person": "Emil Dahl", "start": "today 17", "end": "today 18", "override": "please"}
    assert refused(desk, "shift.add", None, **gone) == "Emil Dahl is absent then"

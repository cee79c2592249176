"""Absences: reported, approved, changed, ended; never a word about why (DK-08 … DK-16)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk, Refused
from app.domain.records import Absence
from app.queries import absences, records
from app.queries.wanted import Wanted
from tests.decisions.helpers import bad_input, refused
from tests.support import NOW, exchange_all, id_of, make_desk, report_absence, shift_of


def absence(desk: Desk, id_: str) -> Absence:
    found = desk.ask(lambda view: view.get(Absence, id_))
    assert found is not None
    return found


def after(desk: Desk, decision: str, id_: str, **given: Any) -> Absence:
    desk.take(decision, id_, given)
    return absence(desk, id_)


def test_reported_it_waits_to_be_approved(desk: Desk) -> None:
    found = absence(desk, report_absence(desk, until="2026-11-24", note="takes the van keys along"))
    assert (found.status, found.kind, found.reported_by) == ("reported", "sick", "phone")
    assert found.from_ == found.reported_at == NOW
    assert found.until is not None
    assert found.until.astimezone(NOW.tzinfo).isoformat() == "2026-11-25T00:00:00+01:00"


def test_dk_09_an_acute_one_is_approved_with_the_time_of_the_call(desk: Desk) -> None:
    """Reported at 06:40 for a shift at 07:00."""
    id_ = report_absence(desk)
    assert "called_at" in refused(desk, "absence.approve", id_)
    found = after(desk, "absence.approve", id_, called_at="06:38")
    assert found.status == "approved"
    assert found.called_at == NOW - timedelta(minutes=2)
    assert found.approved_by == desk.actor.id
    assert found.approved_at == NOW


@pytest.mark.parametrize(
    ("person", "acute"), [("Jonas Berg", True), ("Sara Lind", False), ("Emil Dahl", False)]
)
def test_dk_09_acute_is_under_an_hour_before_the_start(desk: Desk, person: str, acute: bool) -> None:
    id_ = report_absence(desk, person)
    if acute:
        refused(desk, "absence.approve", id_)
    else:
        assert after(desk, "absence.approve", id_).status == "approved"


@pytest.mark.parametrize(("minutes", "acute"), [(59, True), (60, False), (61, False)])
def test_dk_09_the_limit_is_a_setting_of_sixty_minutes(tmp_path: Path, minutes: int, acute: bool) -> None:
    """Sara's shift begins at 08:00."""
    eight = NOW.replace(hour=8, minute=0)
    desk = make_desk(tmp_path, now=eight - timedelta(minutes=minutes))
    id_ = report_absence(desk, "Sara Lind")
    if acute:
        refused(desk, "absence.approve", id_)
    else:
        desk.take("absence.approve", id_)
    desk.close()


def test_the_call_may_be_on_record_from_the_report(desk: Desk) -> None:
    assert after(desk, "absence.approve", report_absence(desk, called_at="06:35")).status == "approved"


def test_approved_once(desk: Desk) -> None:
    id_ = report_absence(desk, "Sara Lind")
    desk.take("absence.approve", id_)
    assert refused(desk, "absence.approve", id_) == "it is approved already"


def test_changed_the_substitute_keeps_the_shift(desk: Desk) -> None:
    """A covered shift stays with the substitute if the absence is shortened."""
    id_, shift = report_absence(desk, "Sara Lind"), shift_of(desk, "Sara Lind", days=1)
    desk.take("shift.assign", shift, {"person": "Aksel Toft"})
    found = after(desk, "absence.change", id_, until="2026-11-23T20:00")
    assert found.until is not None
    assert shift_of(desk, "Aksel Toft", days=1) == shift
    assert after(desk, "absence.change", id_, **{"from": "tomorrow 8", "until": "fri"}).from_ > NOW


@pytest.mark.parametrize(
    ("decision", "given"),
    [
        ("absence.change", {"until": "2026-11-23T06:40"}),
        ("absence.change", {"from": "fri 8", "until": "thu"}),
        ("absence.end", {"until": "yesterday 8"}),
    ],
)
def test_nobody_is_back_before_they_went(desk: Desk, decision: str, given: dict[str, str]) -> None:
    assert refused(desk, decision, report_absence(desk), **given) == "it would end before it begins"


def test_back_at_work_ends_an_open_ended_absence(desk: Desk) -> None:
    found = after(desk, "absence.end", report_absence(desk), until="tomorrow 7")
    assert found.status == "ended"
    assert found.until == NOW.replace(hour=7, minute=0) + timedelta(days=1)


def test_withdrawn_it_was_a_mistake(desk: Desk) -> None:
    assert after(desk, "absence.withdraw", report_absence(desk), reason="wrong person").status == "withdrawn"


@pytest.mark.parametrize("last", ["absence.end", "absence.withdraw"])
@pytest.mark.parametrize(
    ("decision", "given"),
    [
        ("absence.approve", {"called_at": "now"}),
        ("absence.change", {"until": "fri"}),
        ("absence.end", {"until": "fri"}),
        ("absence.withdraw", {"reason": "mistake"}),
    ],
)
def test_what_is_over_is_over(desk: Desk, last: str, decision: str, given: dict[str, str]) -> None:
    id_ = report_absence(desk)
    desk.take(last, id_, {"until": "12:00"} if last == "absence.end" else {"reason": "mistake"})
    assert "already" in refused(desk, decision, id_, **given)


@pytest.mark.parametrize(
    ("decision", "given"),
    [
        ("absence.report", {"person": "Sara Lind", "kind": "sick", "from": "now", "reported_by": "phone",
                            "note": "has a fever"}),
        ("absence.withdraw", {"reason": "the flu passed"}),
    ],
)  # fmt: skip
def test_dk_14_a_note_on_health_is_refused_and_not_repeated(
    desk: Desk, decision: str, given: dict[str, str]
) -> None:
    on = report_absence(desk) if decision != "absence.report" else None
    said = refused(desk, decision, on, **given)
    assert "health" in said
    assert "fever" not in said
    assert "flu" not in said


@pytest.mark.parametrize("field", ["reason", "diagnosis", "documentation", "certificate"])
def test_dk_14_dk_15_nothing_asks_why(desk: Desk, field: str) -> None:
    """No field could hold it, whatever it is called."""
    given = {"person": "Sara Lind", "kind": "sick", "from": "now", "reported_by": "phone", field: "x"}
    assert f"no field {field}" in bad_input(desk, "absence.report", None, **given)
    assert not any(
        field in name for name in Absence.__dataclass_fields__ if name != "certificate_requested_at"
    )


def test_dk_16_hr_alone_asks_for_a_certificate(tmp_path: Path) -> None:
    mette, lone = make_desk(tmp_path), make_desk(tmp_path, "Lone Skov")
    id_ = report_absence(mette)
    exchange_all(mette, lone)
    assert "hr" in refused(mette, "absence.request_certificate", id_)
    found = after(lone, "absence.request_certificate", id_)
    assert found.certificate_requested_at == NOW
    assert "already" in refused(lone, "absence.request_certificate", id_)
    mette.close()
    lone.close()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"person": "Nobody"}, "there is no person"),
        ({"person": ""}, "person is missing"),
        ({"kind": "tired"}, "not one of"),
        ({"from": "soon"}, "not a time"),
        ({"until": "2026-13-01"}, "not a time"),
        ({"reported_by": " "}, "reported_by is missing"),
    ],
)
def test_bad_input_is_one_clear_line(desk: Desk, given: dict[str, str], why: str) -> None:
    fields = {"person": "Sara Lind", "kind": "sick", "from": "now", "reported_by": "phone", **given}
    assert why in bad_input(desk, "absence.report", None, **fields)


def test_approve_and_withdraw_apart_are_contested_and_she_stays_planned_as_absent(tmp_path: Path) -> None:
    """Fault 38."""
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_, shift = report_absence(mette, "Sara Lind"), shift_of(mette, "Sara Lind")
    exchange_all(mette, ole)
    mette.take("absence.approve", id_)
    ole.take("absence.withdraw", id_, {"reason": "wrong person"})
    exchange_all(mette, ole)
    for desk in (mette, ole):
        found = absence(desk, id_)
        assert found.status == "reported"
        assert len(found.contested) == 2
        assert "absent then" in refused(
            desk, "shift.assign", shift_of(desk, "Jonas Berg"), person="Sara Lind"
        )
    assert shift == shift_of(ole, "Sara Lind")
    settled = after(ole, "absence.approve", id_)
    assert (settled.status, settled.contested) == ("approved", ())
    exchange_all(mette, ole)
    assert absence(mette, id_) == absence(ole, id_)
    mette.close()
    ole.close()


def test_both_approve_apart_and_agree(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_ = report_absence(mette, "Sara Lind")
    exchange_all(mette, ole)
    mette.take("absence.approve", id_)
    ole.take("absence.approve", id_)
    exchange_all(mette, ole)
    assert absence(mette, id_).status == "approved"
    assert absence(mette, id_).contested == ()
    mette.close()
    ole.close()


def test_a_double_is_refused_with_the_way_on(desk: Desk) -> None:
    """The report that is there grows by what the new one says; who is back or fell ill on holiday is reported anew."""
    id_ = report_absence(desk, "Sara Lind", until="tomorrow 12", **{"from": "tomorrow 9"})
    again = {"person": "Sara Lind", "kind": "sick", "reported_by": "phone"}
    with pytest.raises(Refused, match="away then already") as caught:
        desk.take("absence.report", None, {**again, "from": "tomorrow 8", "called_at": "06:20"})
    way_on = caught.value.instead
    assert way_on is not None
    found = after(desk, way_on.decision, way_on.id, **way_on.given)
    assert (found.id, found.until) == (id_, None)
    assert found.called_at == NOW - timedelta(minutes=20)
    assert found.from_ == NOW.replace(hour=8, minute=0) + timedelta(days=1)
    with pytest.raises(Refused) as plain:
        desk.take("absence.report", None, {**again, "from": "fri"})
    assert plain.value.instead is not None
    assert (plain.value.instead.id, plain.value.instead.decision) == (id_, "")
    desk.take("absence.report", None, {**again, "kind": "holiday", "from": "fri", "until": "fri"})
    desk.take("absence.end", id_, {"until": "tomorrow 10"})
    desk.take("absence.report", None, {**again, "from": "tomorrow 11"})


def test_who_is_away_for_two_reasons_has_two_absences(desk: Desk) -> None:
    """A leave that is planned, a child's sick days and one's own: each is reported, none is told to be a double."""
    sara = {"person": "Sara Lind", "reported_by": "phone"}
    planned = report_absence(desk, "Sara Lind", kind="other", until="fri", **{"from": "fri"})
    child = report_absence(desk, "Sara Lind", kind="child_sick")
    own = report_absence(desk, "Sara Lind", **{"from": "tomorrow 6:40"})
    assert [seen_twice(desk, one) for one in (planned, child, own)] == [False] * 3
    assert "no other report" in refused(desk, "absence.merge", own)
    for day, hours in (("tomorrow", "18:39"), ("today", "18:39")):
        with pytest.raises(Refused, match="away then already"):
            desk.take("absence.report", None, {**sara, "kind": "other", "from": f"{day} {hours}"})
    later = report_absence(desk, "Sara Lind", kind="other", until="wed", **{"from": "tomorrow 18:40"})
    desk.take("absence.change", later, {"from": "tomorrow 18:39"})
    assert (seen_twice(desk, later), seen_twice(desk, own)) == (True, True)
    assert "ended" in after(desk, "absence.end", child, until="tomorrow 6:40").status


def seen_twice(desk: Desk, id_: str) -> bool:
    """As the list of absences marks it, which must be as the rule has it."""
    marked = {one.absence.id: one.twice for one in desk.ask(absences.lines, Wanted(), 0, 50)}
    assert marked[id_] is desk.ask(absences.is_twice, id_)
    return marked[id_]


def test_a_known_end_becomes_open_and_is_known_again(desk: Desk) -> None:
    id_ = report_absence(desk, "Sara Lind", until="fri")
    assert after(desk, "absence.change", id_, until="open").until is None
    assert after(desk, "absence.change", id_, until="fri").until is not None
    assert after(desk, "absence.change", id_, until="-").until is None
    assert after(desk, "absence.change", id_, until="thu").until is not None
    assert "open for open-ended" in bad_input(desk, "absence.change", id_, until="soon")


def test_dk_09_nobody_called_later_than_now(desk: Desk) -> None:
    id_ = report_absence(desk)
    assert "later than now" in refused(desk, "absence.approve", id_, called_at="06:41")
    assert "later than now" in refused(desk, "absence.change", id_, called_at="tomorrow 6")
    assert after(desk, "absence.change", id_, called_at="06:39").called_at == NOW - timedelta(minutes=1)
    assert after(desk, "absence.approve", id_).status == "approved"


def test_a_part_of_a_day_leaves_only_its_visits_uncovered(desk: Desk) -> None:
    id_ = report_absence(desk, "Jonas Berg", until="tomorrow 9", **{"from": "tomorrow 8"})
    found = desk.ask(records.record, "absences", id_)
    assert isinstance(found, Absence)
    assert found.uncovered == (shift_of(desk, "Jonas Berg", days=1),)
    assert after(desk, "absence.change", id_, **{"from": "tomorrow 11", "until": "tomorrow"}).from_ > NOW
    later = desk.ask(records.record, "absences", id_)
    assert isinstance(later, Absence)
    assert later.uncovered == ()


def test_of_several_reports_one_is_named(desk: Desk) -> None:
    """As imports or colleagues offline bring them."""
    ids = [
        report_absence(desk, "Sara Lind", until=f"{day}/11", **{"from": f"{day}/11"}) for day in (24, 25, 26)
    ]
    desk.take("absence.change", ids[0], {"until": "26/11"})
    assert "name one (other)" in refused(desk, "absence.merge", ids[0])
    assert "no open report" in refused(desk, "absence.merge", ids[0], other=report_absence(desk))
    desk.take("absence.approve", ids[2])
    desk.take("absence.merge", ids[0], {"other": ids[2]})
    kept, gone = sorted((ids[0], ids[2]))
    assert (absence(desk, kept).status, absence(desk, gone).status) == ("approved", "withdrawn")
    assert absence(desk, kept).approved_by == desk.actor.id
    assert "no other report" in refused(desk, "absence.merge", report_absence(desk, "Emil Dahl"))


def test_dk_09_an_area_agrees_on_a_limit_of_its_own(tmp_path: Path) -> None:
    """The same for everyone who looks, whatever their own settings say; South says nothing."""
    desk, other = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    north = id_of(desk, "areas", "North")
    sara = report_absence(desk, "Sara Lind")
    assert not seen(desk, sara).acute
    desk.take("area.change", north, {"acute_minutes": "90"})
    exchange_all(desk, other)
    for one in (desk, other):
        assert seen(one, sara).acute
    assert "called_at" in refused(desk, "absence.approve", sara)
    assert seen(other, report_absence(other, "Nora Voss")).acute
    assert "0 to 1440" in bad_input(desk, "area.change", north, acute_minutes="1441")
    desk.close()
    other.close()


def seen(desk: Desk, id_: str) -> Absence:
    found = desk.record("absences", id_)
    assert isinstance(found, Absence)
    return found

"""The clocks of a complaint, where helpdesks get them wrong; pausing, escalating, handing back (DK-21, FI-20).

2026-11-23 is a Monday, 06:40 in Copenhagen; North works Monday to Friday, 08:00 to 17:00.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.desk import Desk
from app.domain.records import Complaint
from app.queries.moments import moments
from app.queries.standing import COLUMNS, Standing, standing_of
from app.queries.today import TodayItem, queue
from app.store.tables import ComplaintRow
from app.store.view import StoreView
from tests.decisions.helpers import bad_input, refused
from tests.support import NOW, HandClock, carry, exchange_all, id_of, make_desk, receive_complaint

ACCEPT = {"plan": "clean it", "assignee": "Jonas Berg", "reply": "We come"}


def complaint(desk: Desk, id_: str) -> Complaint:
    found = desk.record("complaints", id_)
    assert isinstance(found, Complaint)
    return found


def due(desk: Desk, id_: str) -> datetime | None:
    return complaint(desk, id_).clock_due


def take(desk: Desk, what: str, id_: str, **given: Any) -> None:
    desk.take(f"complaint.{what}", id_, given)


def item(desk: Desk, id_: str) -> TodayItem:
    return next(one for one in desk.ask(queue) if one.id == id_)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return NOW.replace(day=day, hour=hour, minute=minute)


def test_an_update_does_not_overrule_the_first_reply(desk: Desk, clock: HandClock) -> None:
    id_ = receive_complaint(desk)
    clock.advance(minutes=20)
    take(desk, "acknowledge", id_, reply="Seen")
    clock.advance(hours=5)
    take(desk, "accept", id_, **ACCEPT, solve_by="tomorrow")
    found = complaint(desk, id_)
    assert (found.reply, found.replied_at) == ("Seen", NOW + timedelta(minutes=20))
    assert found.late == ()


def test_a_late_reply_stays_late_whatever_is_said_later(desk: Desk, clock: HandClock) -> None:
    id_ = receive_complaint(desk)
    clock.advance(hours=3)
    take(desk, "acknowledge", id_, reply="Sorry")
    assert complaint(desk, id_).late == ("reply",)
    take(desk, "accept", id_, **ACCEPT, solve_by="tomorrow")
    take(desk, "solve", id_)
    assert complaint(desk, id_).late == ("reply",)


def test_a_clock_does_not_escalate_once_someone_has_answered(desk: Desk, clock: HandClock) -> None:
    answered, waiting = receive_complaint(desk), receive_complaint(desk, "Klinik Nord")
    clock.advance(hours=1)
    take(desk, "acknowledge", answered, reply="Seen")
    clock.advance(hours=2)
    assert item(desk, waiting).reason == "unread, the answer is late"
    assert item(desk, answered).reason == "decide"
    assert item(desk, answered).state == "amber"


def test_a_complaint_received_out_of_hours_is_decided_from_the_opening_on(desk: Desk) -> None:
    """Two hours run at night too (P0); five working days begin at 08:00 on Monday (P7)."""
    id_ = receive_complaint(desk, received_at="2026-11-21T23:00")
    assert complaint(desk, id_).reply_by == datetime(2026, 11, 22, 1, tzinfo=NOW.tzinfo)
    take(desk, "acknowledge", id_, reply="Seen")
    assert due(desk, id_) == at(30, 8)


def test_a_pause_over_a_weekend_costs_only_what_was_worked(desk: Desk, clock: HandClock) -> None:
    """Paused on Friday at 16:00, on again on Monday at 09:00: two hours later, not 65."""
    id_ = receive_complaint(desk)
    take(desk, "accept", id_, **ACCEPT, solve_by="2026-11-30T12:00")
    clock.now = at(27, 16)
    take(desk, "pause", id_, reason="They send the key")
    assert due(desk, id_) is None
    assert item(desk, id_).reason == "paused: They send the key"
    clock.now = at(30, 9)
    take(desk, "resume", id_)
    assert due(desk, id_) == at(30, 14)
    assert complaint(desk, id_).paused_at is None


def test_a_pause_at_night_costs_nothing(desk: Desk, clock: HandClock) -> None:
    id_ = receive_complaint(desk)
    take(desk, "acknowledge", id_, reply="Seen")
    before = due(desk, id_)
    clock.now = at(24, 18)
    take(desk, "pause", id_, reason="They are away")
    clock.now = at(25, 7)
    take(desk, "resume", id_)
    assert due(desk, id_) == before


def test_a_working_day_is_not_24_hours(desk: Desk) -> None:
    desk.take("promise.set", None, {"external": "P7", "title": "x", "limit": "1wd", "clock": "working_days"})
    id_ = receive_complaint(desk, received_at="2026-11-20T16:30")
    take(desk, "acknowledge", id_, reply="Seen")
    assert due(desk, id_) == at(23, 16, 30)


def test_a_changed_calendar_moves_every_clock_that_hangs_on_it(tmp_path: Path, desk: Desk) -> None:
    """Hours, closed days, country, promise: at once, and on a colleague's board as well."""
    ole = make_desk(tmp_path, "Ole Dam")
    id_, north = receive_complaint(desk), id_of(desk, "areas", "North")
    take(desk, "acknowledge", id_, reply="Seen")
    wanted = []
    for given, ends in (
        ({"closed_days": "2026-11-25..2026-11-26"}, at(30, 8) + timedelta(days=2)),
        ({"hours": "mon-fri 07:00-15:00"}, at(30, 7) + timedelta(days=2)),
        ({"closed_days": "none", "country": "FI"}, at(30, 7)),
        ({"timezone": "Europe/Helsinki"}, at(30, 6, 40)),
    ):
        desk.take("area.change", north, given)
        wanted.append(ends)
        assert due(desk, id_) == ends
    exchange_all(desk, ole)
    assert due(ole, id_) == wanted[-1]
    promise = {"external": "P7", "title": "x", "limit": "1wd", "clock": "working_days"}
    ole.take("promise.set", None, {**promise, "customer": "Havnens Kontor"})
    carry(ole, desk)
    assert due(desk, id_) == due(ole, id_) == at(24, 6, 40)
    desk.rebuild()
    assert due(desk, id_) == at(24, 6, 40)


def test_the_most_specific_promise_wins_customer_before_area_before_all(desk: Desk) -> None:
    of = {"Havnens Kontor": 1, "Solgaarden": 2, "Bageriet Syd": 3}
    base = {"external": "P0", "title": "x", "clock": "elapsed"}
    desk.take("promise.set", None, {**base, "limit": "3h"})
    desk.take("promise.set", None, {**base, "limit": "2h", "area": "North"})
    desk.take("promise.set", None, {**base, "limit": "1h", "customer": "Havnens Kontor"})
    for name, hours in of.items():
        id_ = receive_complaint(desk, name)
        assert complaint(desk, id_).reply_by == NOW + timedelta(hours=hours), name


def test_a_contested_outcome_lets_the_clocks_run_on(tmp_path: Path, desk: Desk, clock: HandClock) -> None:
    ole = make_desk(tmp_path, "Ole Dam", clock=clock)
    id_ = receive_complaint(desk)
    take(desk, "acknowledge", id_, reply="Seen")
    exchange_all(desk, ole)
    before = due(desk, id_)
    take(desk, "accept", id_, plan="x", assignee="Jonas Berg", solve_by="tomorrow")
    take(ole, "reject", id_, reason="not agreed")
    exchange_all(desk, ole)
    assert due(desk, id_) == due(ole, id_) == before
    assert item(desk, id_).reason.startswith("contested")
    clock.now = at(30, 9)
    assert item(desk, id_).state == "red"
    assert complaint(desk, id_).late == ()


def test_two_pause_apart_and_each_must_be_taken_back(tmp_path: Path, desk: Desk, clock: HandClock) -> None:
    """A pause that somebody did not see is not ended by what they do."""
    ole = make_desk(tmp_path, "Ole Dam", clock=clock)
    id_ = receive_complaint(desk)
    take(desk, "acknowledge", id_, reply="Seen")
    exchange_all(desk, ole)
    take(desk, "pause", id_, reason="the key")
    take(ole, "pause", id_, reason="the lift")
    clock.advance(hours=4)
    take(desk, "resume", id_)
    exchange_all(desk, ole)
    assert complaint(desk, id_).pause_reason == complaint(ole, id_).pause_reason == "the lift"
    take(desk, "resume", id_)
    assert complaint(desk, id_).paused_at is None


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("accept", {**ACCEPT, "solve_by": "fri"}),
        ("reject", {"reason": "not agreed"}),
        ("extra_work", {"extra_work": "windows", "agreed_with": "Lis", "when": "tomorrow 10"}),
    ],
)
def test_deciding_ends_the_pause_and_undo_brings_it_back(
    desk: Desk, what: str, given: dict[str, Any]
) -> None:
    id_ = receive_complaint(desk)
    take(desk, "acknowledge", id_, reply="Seen")
    take(desk, "pause", id_, reason="the key")
    take(desk, what, id_, **given)
    assert complaint(desk, id_).pauses == ()
    desk.undo()
    assert complaint(desk, id_).pause_reason == "the key"


def test_the_reply_clock_never_stands_still_and_a_pause_needs_its_reason(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    assert "answer" in refused(desk, "complaint.pause", id_, reason="we are busy")
    take(desk, "acknowledge", id_, reply="Seen")
    assert "reason" in bad_input(desk, "complaint.pause", id_)
    assert "not paused" in refused(desk, "complaint.resume", id_)
    take(desk, "pause", id_, reason="the key")
    assert "already" in refused(desk, "complaint.pause", id_, reason="again")


def test_a_broken_promise_is_with_management_by_itself(tmp_path: Path, desk: Desk, clock: HandClock) -> None:
    """DE-20: a computed state; no machine at rest writes anything."""
    hanne = make_desk(tmp_path, "Hanne Friis", clock=clock)
    id_ = receive_complaint(desk, "Solgaarden")
    desk.take(
        "absence.report", None, {"person": "Sara Lind", "kind": "sick", "from": "now", "reported_by": "phone"}
    )
    carry(desk, hanne)
    assert hanne.ask(queue)[0].kind == "shift"
    clock.advance(hours=2, minutes=1)
    before = hanne.ask(lambda view: view.conn.exec_driver_sql("SELECT count(*) FROM log").scalar())
    first = hanne.ask(queue)[0]
    assert (first.id, first.state, first.reason) == (id_, "red", "Mette Holm: unread, the answer is late")
    assert before == hanne.ask(lambda view: view.conn.exec_driver_sql("SELECT count(*) FROM log").scalar())
    assert desk.ask(queue)[0].kind == "shift"


def test_escalated_by_hand_it_is_with_management_until_they_hand_it_back(tmp_path: Path, desk: Desk) -> None:
    hanne = make_desk(tmp_path, "Hanne Friis")
    id_ = receive_complaint(desk)
    take(desk, "acknowledge", id_, reply="Seen")
    take(desk, "escalate", id_, reason="They want to leave us")
    assert item(desk, id_).reason == "escalated: They want to leave us"
    assert "already" in refused(desk, "complaint.escalate", id_, reason="again")
    assert "manager" in refused(desk, "complaint.deescalate", id_, note="no")
    exchange_all(desk, hanne)
    assert hanne.ask(queue)[0].id == id_
    take(hanne, "deescalate", id_, note="I called them")
    exchange_all(desk, hanne)
    assert complaint(desk, id_).escalated_at is None
    assert item(desk, id_).reason == "decide"


def test_an_action_is_its_owner_s_on_the_day_and_the_leader_s(
    tmp_path: Path, desk: Desk, clock: HandClock
) -> None:
    """DE-21."""
    jonas, nora = (
        make_desk(tmp_path, "Jonas Berg", clock=clock),
        make_desk(tmp_path, "Nora Voss", clock=clock),
    )
    given = {"text": "Check the kitchen every week", "owner": "Jonas Berg", "due": "2026-11-25"}
    id_ = desk.take("action.add", receive_complaint(desk), given).id
    exchange_all(desk, jonas, nora)
    assert id_ not in {one.id for one in desk.ask(queue)}
    clock.now = at(25, 7)
    assert item(desk, id_).reason == "due today: Check the kitchen every week"
    assert item(jonas, id_).title == "Jonas Berg"
    assert id_ not in {one.id for one in nora.ask(queue)}
    assert "owner" in refused(nora, "action.done", id_)
    jonas.take("action.done", id_, {"note": "a list hangs there"})
    assert id_ not in {one.id for one in jonas.ask(queue)}
    assert "it is done" in refused(jonas, "action.done", id_)


def test_an_action_needs_owner_and_day_and_may_be_about_no_complaint(desk: Desk) -> None:
    id_ = desk.take("action.add", None, {"text": "Train all", "owner": "Jonas Berg", "due": "fri"}).id
    desk.take("action.change", id_, {"owner": "Sara Lind"})
    assert "owner" in bad_input(desk, "action.add", text="x", due="fri")
    assert "over" in refused(desk, "action.add", text="x", owner="Jonas Berg", due="2026-11-22")
    one = receive_complaint(desk)
    given = {"text": "x", "owner": "Jonas Berg", "due": "fri", "customer": "Solgaarden"}
    assert "another" in refused(desk, "action.add", one, **given)


@pytest.mark.parametrize("text", ["24/12", "2026-12-24..2026-12-20", "2026-01-01..2028-01-01", "Christmas"])
def test_closed_days_that_cannot_be_are_told(desk: Desk, text: str) -> None:
    assert "closed day" in bad_input(desk, "area.change", id_of(desk, "areas", "North"), closed_days=text)


def test_what_was_closed_without_an_answer_waits_for_one_still(desk: Desk) -> None:
    """DK-33: no import and no colleague's file closes silently."""
    from app.store.door import Write, Writer

    id_ = receive_complaint(desk)
    with desk.database.write() as conn:
        body = {"status": "closed", "closed_at": "2026-11-23T05:40:00Z"}
        Writer(conn, desk.actor.id, NOW).write("complaint.close", [Write("complaints", id_, body)])
    assert complaint(desk, id_).status == "waiting"
    assert item(desk, id_).state == "red"


def test_an_urgent_complaint_is_decided_by_the_shorter_promise(desk: Desk, clock: HandClock) -> None:
    """P8: measures within one working day, not five (P7); the two hours of the first answer stay (P0)."""
    id_ = receive_complaint(desk)
    first = due(desk, id_)
    take(desk, "urgent", id_, urgent="yes")
    assert due(desk, id_) == first
    take(desk, "acknowledge", id_, reply="Seen")
    assert due(desk, id_) == at(24, 8)
    take(desk, "urgent", id_, urgent="no")
    assert due(desk, id_) == at(30, 8)
    desk.undo()
    clock.advance(days=2)
    take(desk, "accept", id_, **ACCEPT, solve_by="tomorrow")
    assert complaint(desk, id_).late == ("decide",)
    assert "it is accepted" in refused(desk, "complaint.urgent", id_, urgent="no")


def test_what_came_of_it_is_told_within_the_month(desk: Desk, clock: HandClock) -> None:
    """P9 runs from when it was received until the supervisor has approved and closed it."""
    id_ = receive_complaint(desk)
    assert complaint(desk, id_).results_by == at(23, 6, 40).replace(month=12)
    take(desk, "accept", id_, **ACCEPT, solve_by="tomorrow")
    take(desk, "solve", id_)
    assert due(desk, id_) is None, "the solve clock has stopped"
    assert not desk.ask(standing, id_).broken(clock())
    clock.advance(days=31)
    assert desk.ask(standing, id_).broken(clock())
    take(desk, "close", id_)
    assert complaint(desk, id_).late == ("results",)
    assert due(desk, id_) is None


def test_a_rejection_says_at_once_what_came_of_it(desk: Desk, clock: HandClock) -> None:
    id_ = receive_complaint(desk)
    take(desk, "reject", id_, reason="Not agreed")
    assert complaint(desk, id_).results_by is None
    clock.advance(days=60)
    take(desk, "close", id_)
    assert complaint(desk, id_).late == ()


def test_a_customer_s_own_month_counts_and_moves_what_runs(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    given = {
        "external": "P9",
        "title": "Results",
        "clock": "calendar",
        "limit": "2w",
        "customer": "Havnens Kontor",
    }
    desk.take("promise.set", None, given)
    assert complaint(desk, id_).results_by == NOW + timedelta(weeks=2)


def standing(view: StoreView, id_: str) -> Standing:
    row = view.conn.execute(select(*COLUMNS).where(ComplaintRow.id == id_), moments(view)).one()
    return standing_of(row)

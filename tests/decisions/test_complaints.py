"""A complaint's life: every decision from every status, both clocks, contests (DK-18 … DK-35)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.decisions.registry import DECISIONS
from app.desk import Desk
from app.domain.records import Agreement, Complaint
from tests.decisions.helpers import bad_input, refused
from tests.support import NOW, HandClock, exchange_all, id_of, make_desk, receive_complaint

GIVEN: dict[str, dict[str, Any]] = {
    "read": {},
    "talk": {"talk_needed": "yes"},
    "acknowledge": {"reply": "Thank you, we are on it"},
    "accept": {
        "plan": "clean it",
        "solve_by": "tomorrow 16",
        "assignee": "Jonas Berg",
        "reply": "We come tomorrow",
    },
    "reject": {"reason": "not agreed"},
    "extra_work": {"extra_work": "windows", "agreed_with": "Lis", "when": "2026-11-23T06:50"},
    "solve": {"note": "done"},
    "close": {},
    "reopen": {"reason": "still dirty"},
}
WAY: dict[str, tuple[str, ...]] = {
    "waiting": (),
    "acknowledged": ("acknowledge",),
    "accepted": ("accept",),
    "rejected": ("reject",),
    "extra_work": ("extra_work",),
    "solved": ("accept", "solve"),
    "closed": ("accept", "solve", "close"),
}
"""By which decisions a complaint comes to a status."""
TABLE: dict[str, tuple[tuple[str, ...], str | None]] = {
    "read": (("waiting",), None),
    "talk": (tuple(WAY), None),
    "acknowledge": (("waiting",), "acknowledged"),
    "accept": (("waiting", "acknowledged"), "accepted"),
    "reject": (("waiting", "acknowledged"), "rejected"),
    "extra_work": (("waiting", "acknowledged"), "extra_work"),
    "solve": (("accepted", "extra_work"), "solved"),
    "close": (("solved", "rejected", "extra_work"), "closed"),
    "reopen": (("solved", "rejected", "closed"), "acknowledged"),
}
"""From which statuses a decision leads to which; None: it stays."""


def complaint(desk: Desk, id_: str) -> Complaint:
    found = desk.ask(lambda view: view.get(Complaint, id_))
    assert found is not None
    return found


def take(desk: Desk, what: str, id_: str, **given: Any) -> Complaint:
    desk.take(f"complaint.{what}", id_, {**GIVEN[what], **given})
    return complaint(desk, id_)


def brought_to(desk: Desk, status: str) -> str:
    id_ = receive_complaint(desk)
    for what in WAY[status]:
        take(desk, what, id_)
    assert complaint(desk, id_).status == status
    return id_


@pytest.mark.parametrize("status", WAY)
@pytest.mark.parametrize("what", TABLE)
def test_a_complaints_life(desk: Desk, clock: HandClock, what: str, status: str) -> None:
    """Every row of the table, from every status: what it allows leads on, all else is refused."""
    id_ = brought_to(desk, status)
    clock.advance(minutes=30)
    allowed, leads_to = TABLE[what]
    if status in allowed:
        assert take(desk, what, id_).status == (leads_to or status)
    else:
        assert f"it is {status.replace('_', ' ')}" in refused(desk, f"complaint.{what}", id_, **GIVEN[what])


def due(of: Complaint) -> datetime | None:
    return of.clock_due


P7 = datetime.fromisoformat("2026-11-30T08:00:00+01:00")
"""Five working days from Monday 06:40: the clock starts when the working day does."""


def test_dk_21_received_two_clocks_run(desk: Desk) -> None:
    found = complaint(desk, receive_complaint(desk))
    assert (found.received_at, found.reply_by) == (NOW, NOW + timedelta(hours=2))
    assert due(found) == found.reply_by


@pytest.mark.parametrize(
    ("what", "solve_clock"),
    [
        ("read", NOW + timedelta(hours=2)),
        ("acknowledge", P7),
        ("accept", datetime.fromisoformat("2026-11-24T16:00:00+01:00")),
        ("reject", None),
        ("extra_work", datetime.fromisoformat("2026-11-23T06:50:00+01:00")),
    ],
)
def test_which_clock_stops_and_which_runs(desk: Desk, what: str, solve_clock: datetime | None) -> None:
    """From waiting: the reply clock stops with an answer, then the other one runs or stops."""
    found = take(desk, what, receive_complaint(desk))
    assert due(found) == solve_clock
    assert (found.reply is None) == (what == "read")
    assert (found.replied_at is None) == (what == "read")


def test_solved_and_closed_no_clock_runs(desk: Desk) -> None:
    id_ = brought_to(desk, "accepted")
    assert due(take(desk, "solve", id_)) is None
    assert due(take(desk, "close", id_)) is None


@pytest.mark.parametrize("status", ["solved", "rejected", "closed"])
def test_reopened_the_clock_of_p7_runs_from_then(desk: Desk, clock: HandClock, status: str) -> None:
    id_ = brought_to(desk, status)
    clock.advance(days=1)
    found = take(desk, "reopen", id_)
    assert due(found) == P7 + timedelta(days=1)
    assert (found.plan, found.assignee, found.solve_by, found.solved_at, found.closed_by) == (None,) * 5
    assert found.reply is not None, "the customer has had an answer"


def test_read_is_said_once_and_by_whom(desk: Desk, clock: HandClock) -> None:
    """DK-23: unread is waiting without it."""
    id_ = receive_complaint(desk)
    assert complaint(desk, id_).read_at is None
    found = take(desk, "read", id_)
    assert (found.read_at, found.read_by) == (NOW, desk.actor.id)
    clock.advance(minutes=1)
    assert refused(desk, "complaint.read", id_) == "it has been read"


def test_dk_20_a_talk_is_an_explicit_yes_or_no(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    assert complaint(desk, id_).talk_needed is None
    assert take(desk, "talk", id_, talk_needed="no").talk_needed is False
    assert "neither yes nor no" in bad_input(desk, "complaint.talk", id_, talk_needed="perhaps")


def test_dk_26_accepted_with_how_when_and_who(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    for field in ("plan", "solve_by", "assignee"):
        said = bad_input(desk, "complaint.accept", id_, **{**GIVEN["accept"], field: " "})
        assert f"{field} is missing" in said
    item = desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))[0]
    found = take(desk, "accept", id_, agreement=item.id)
    assert (found.plan, found.agreement, found.reply) == ("clean it", item.id, "We come tomorrow")
    assert found.assignee == id_of(desk, "people", "Jonas Berg")


def test_accepting_needs_an_answer_where_the_customer_has_none(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    assert "no answer yet" in refused(desk, "complaint.accept", id_, **{**GIVEN["accept"], "reply": ""})
    take(desk, "acknowledge", id_)
    found = take(desk, "accept", id_, reply=None)
    assert (found.status, found.reply) == ("accepted", "Thank you, we are on it")


@pytest.mark.parametrize("person", ["Mette Holm", "Hanne Friis", "Peter Juhl", "Lone Skov", "Karen Vad"])
def test_dk_27_only_assistants_are_assignees(desk: Desk, person: str) -> None:
    said = refused(
        desk, "complaint.accept", receive_complaint(desk), **{**GIVEN["accept"], "assignee": person}
    )
    assert "first assistant or a service assistant" in said


@pytest.mark.parametrize("person", ["Jonas Berg", "Sara Lind"])
def test_dk_27_both_kinds_of_assistants_are(desk: Desk, person: str) -> None:
    assert take(desk, "accept", receive_complaint(desk), assignee=person).status == "accepted"


def test_accepting_with_what_cannot_be(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    other = desk.ask(lambda view: view.find(Agreement, task="Wash the windows"))[0]
    for given, why in (
        ({"solve_by": "yesterday 12"}, "past"),
        ({"agreement": other.id}, "another customer's"),
    ):
        assert why in refused(desk, "complaint.accept", id_, **{**GIVEN["accept"], **given})


def test_dk_29_rejected_with_a_reason_always_and_it_is_the_reply(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    for reason in ("", "  ", None):
        assert "reason is missing" in bad_input(desk, "complaint.reject", id_, reason=reason)
    found = take(desk, "reject", id_)
    assert (found.reason, found.reply) == ("not agreed", "not agreed")


def test_dk_32_extra_work_as_agreed_with_the_customer(desk: Desk, clock: HandClock) -> None:
    id_ = receive_complaint(desk)
    for field in ("extra_work", "agreed_with", "when"):
        assert f"{field} is missing" in bad_input(
            desk, "complaint.extra_work", id_, **{**GIVEN["extra_work"], field: None}
        )
    take(desk, "extra_work", id_, when="tomorrow 10")
    assert "still to come" in refused(desk, "complaint.close", id_)
    clock.advance(days=2)
    assert take(desk, "close", id_).status == "closed"


def test_dk_28_the_assignee_or_a_supervisor_solves_and_never_the_assignee_closes(tmp_path: Path) -> None:
    mette, jonas, sara = (make_desk(tmp_path, name) for name in ("Mette Holm", "Jonas Berg", "Sara Lind"))
    id_ = receive_complaint(mette)
    take(mette, "accept", id_)
    exchange_all(mette, jonas, sara)
    assert "only the assignee or a supervisor" in refused(sara, "complaint.solve", id_)
    assert take(jonas, "solve", id_).solved_at == NOW
    assert "the assignee does not approve their own work" in refused(jonas, "complaint.close", id_)
    exchange_all(mette, jonas, sara)
    assert "only a supervisor" in refused(sara, "complaint.close", id_)
    closed = take(mette, "close", id_)
    assert (closed.status, closed.closed_by, closed.closed_at) == ("closed", mette.actor.id, NOW)
    for desk in (mette, jonas, sara):
        desk.close()


def test_an_assignee_who_has_become_supervisor_does_not_close_it(desk: Desk) -> None:
    """Never the assignee, whatever their role is by now."""
    id_ = brought_to(desk, "solved")
    with desk.database.write() as conn:
        conn.exec_driver_sql("UPDATE complaints SET assignee = ? WHERE id = ?", (desk.actor.id, id_))
    assert "assignee" in refused(desk, "complaint.close", id_)


def test_dk_20_a_complaint_that_names_nothing_concrete_calls_for_a_talk(desk: Desk) -> None:
    id_ = receive_complaint(desk, text="I am so tired of cleaning up after you")
    taken = desk.take("complaint.accept", id_, GIVEN["accept"])
    assert "talk to the customer" in taken.warnings[0]
    other = receive_complaint(desk, text="I am so tired of cleaning up after you")
    contact = {"customer": "Havnens Kontor", "channel": "phone", "keywords": "kitchen", "complaint": other}
    desk.take("contact.log", None, contact)
    assert desk.take("complaint.reject", other, GIVEN["reject"]).warnings == ()
    assert desk.take("complaint.accept", receive_complaint(desk), GIVEN["accept"]).warnings == ()


def test_received_by_anyone_but_not_in_the_future(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, "Nora Voss")
    assert complaint(desk, receive_complaint(desk, received_at="06:00")).reply_by == NOW.replace(
        hour=8, minute=0
    )
    given = {"customer": "Solgaarden", "channel": "phone", "text": "x", "received_at": "06:41"}
    assert "future" in refused(desk, "complaint.receive", None, **given)
    desk.close()


def test_hostile_words_are_kept_as_they_are(desk: Desk) -> None:
    words = '[/b] [red]x \x1b[31m "; DROP'
    id_ = receive_complaint(desk, text=words)
    assert complaint(desk, id_).text == words
    assert take(desk, "reject", id_, reason=words).reply == words


def test_dk_33_nothing_deletes_a_complaint() -> None:
    assert {name.partition(".")[2] for name in DECISIONS if name.startswith("complaint.")} == {
        *TABLE,
        "receive",
        "pause",
        "resume",
        "escalate",
        "deescalate",
        "assign",
        "follow_up",
        "quality_check",
        "urgent",
    }


def test_accept_and_reject_apart_are_contested_until_one_decision_settles_it(tmp_path: Path) -> None:
    """Fault 38: both texts are kept, the status and the clock are those from before."""
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_ = receive_complaint(mette)
    exchange_all(mette, ole)
    take(mette, "accept", id_)
    take(ole, "reject", id_)
    exchange_all(mette, ole)
    for desk in (mette, ole):
        found = complaint(desk, id_)
        assert len(found.contested) == 2
        assert found.status == "waiting"
        assert due(found) == found.reply_by
        assert (found.plan, found.reason) == (None, None)
    settled = take(ole, "reject", id_, reason="agreed with Mette: not ours")
    assert (settled.status, settled.contested, settled.plan) == ("rejected", (), None)
    exchange_all(mette, ole)
    assert complaint(mette, id_) == complaint(ole, id_)
    mette.close()
    ole.close()


def test_a_decision_settles_a_contest_without_keeping_half_of_a_side(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_ = receive_complaint(mette)
    exchange_all(mette, ole)
    take(mette, "extra_work", id_)
    take(ole, "reject", id_)
    exchange_all(mette, ole)
    settled = take(mette, "accept", id_)
    assert (settled.status, settled.reason, settled.extra_work, settled.agreed_with) == (
        "accepted",
        None,
        None,
        None,
    )
    mette.close()
    ole.close()


def test_close_and_reopen_apart_stay_solved(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_ = brought_to(mette, "solved")
    exchange_all(mette, ole)
    take(mette, "close", id_)
    take(ole, "reopen", id_)
    exchange_all(mette, ole)
    found = complaint(ole, id_)
    assert (found.status, found.plan) == ("solved", "clean it")
    assert take(ole, "close", id_).plan == "clean it"
    mette.close()
    ole.close()


def test_dk_27_what_was_accepted_is_given_to_someone_else(desk: Desk) -> None:
    """Its plan and the time that was agreed stay; who has left is given nothing."""
    id_ = receive_complaint(desk)
    accepted = take(desk, "accept", id_)
    assert "theirs already" in refused(desk, "complaint.assign", id_, assignee="Jonas Berg")
    assert "DK-27" in refused(desk, "complaint.assign", id_, assignee="Ole Dam")
    desk.take("person.change", id_of(desk, "people", "Emil Dahl"), {"active": "no"})
    assert "no longer works here" in refused(desk, "complaint.assign", id_, assignee="Emil Dahl")
    assert "no longer works here" in refused(
        desk, "complaint.accept", receive_complaint(desk), **{**GIVEN["accept"], "assignee": "Emil Dahl"}
    )
    desk.take("complaint.assign", id_, {"assignee": "Sara Lind"})
    found = complaint(desk, id_)
    assert (found.assignee, found.status) == (id_of(desk, "people", "Sara Lind"), "accepted")
    assert (found.plan, found.solve_by, due(found)) == (accepted.plan, accepted.solve_by, due(accepted))
    desk.undo()
    assert complaint(desk, id_).assignee == accepted.assignee
    assert "it is waiting" in refused(desk, "complaint.assign", receive_complaint(desk), assignee="Sara Lind")


def test_extra_work_on_a_day_begins_in_the_morning_and_the_customer_reads_that_day(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    found = take(desk, "extra_work", id_, when="thu", reply="We will be with you at {time}.")
    assert found.when == datetime.fromisoformat("2026-11-26T08:00:00+01:00")
    assert found.reply == "We will be with you at 08:00 on Thursday 26 November 2026."


def test_what_is_to_be_solved_on_a_day_has_all_of_it(desk: Desk) -> None:
    found = take(
        desk, "accept", receive_complaint(desk), solve_by="thu", reply="You and we agreed: by {time}."
    )
    assert found.solve_by == datetime.fromisoformat("2026-11-27T00:00:00+01:00")
    assert found.reply == "You and we agreed: by Thursday 26 November 2026."


def test_a_complaint_keeps_what_the_item_said_when_it_was_decided(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    item = desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))[0]
    given = {"plan": "Again", "solve_by": "tomorrow 10", "assignee": "Sara Lind", "reply": "Yes"}
    desk.take("complaint.accept", id_, {**given, "agreement": item.id})
    desk.take("agreement.set", item.id, {"task": "Clean the kitchen floor", "frequency": "weekly"})
    assert complaint(desk, id_).agreement_text == "Clean the kitchen, kitchen"
    desk.take("agreement.withdraw", item.id)
    assert complaint(desk, id_).agreement_text == "Clean the kitchen, kitchen"
    desk.take("complaint.solve", id_)
    desk.take("complaint.reopen", id_, {"reason": "Still dirty"})
    assert complaint(desk, id_).agreement_text is None, "it is decided anew"

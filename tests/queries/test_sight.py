"""What stands on whose Today, and that a number says what is red there (DE-20, DK-33, FI-51)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import Person
from app.panes.complaints import blocks as complaint_blocks
from app.queries import complaints
from app.queries.counts import counts
from app.queries.today import TodayItem, queue
from app.queries.wanted import Wanted
from tests.exchange.imports import take as import_
from tests.support import NOW, HandClock, carry, id_of, make_desk, receive_complaint, report_absence

SOUTH = "Bageriet Syd"


def items(desk: Desk, kind: str) -> list[TodayItem]:
    return [one for one in desk.ask(queue) if one.kind == kind]


def opened(folder: Path, team: Desk, now: datetime = NOW) -> Desk:
    """The manager's desk, with all that her team has decided."""
    desk = make_desk(folder / f"{now:%H}", "Hanne Friis", now=now)
    carry(team, desk)
    desk.actor = desk.ask(lambda view: view.find(Person, name="Hanne Friis"))[0]
    return desk


def test_de_20_what_is_escalated_where_no_manager_is_goes_to_every_manager(
    tmp_path: Path, desk: Desk
) -> None:
    desk.take("person.change", id_of(desk, "people", "Hanne Friis"), {"area": "North"})
    quiet, loud = receive_complaint(desk, SOUTH), receive_complaint(desk, SOUTH)
    desk.take("complaint.escalate", loud, {"reason": "They want to leave us"})
    hanne = opened(tmp_path, desk)
    assert [one.id for one in items(hanne, "complaint")] == [loud]
    listed = hanne.ask(complaints.lines, Wanted(words=(complaints.MANAGEMENT,)), 0, 9)
    assert [one.id for one in listed] == [loud]
    late = opened(tmp_path, desk, now=NOW + timedelta(hours=3))
    assert {one.id for one in items(late, "complaint")} == {quiet, loud}, (
        "a broken promise is theirs by itself"
    )
    desk.take("person.add", None, {"name": "Per Due", "role": "manager", "area": "South"})
    carry(desk, hanne)
    assert not items(hanne, "complaint"), "the South has a manager of its own now"


def test_an_area_whose_leader_may_not_decide_is_everyones(desk: Desk) -> None:
    id_ = receive_complaint(desk, SOUTH)
    assert not items(desk, "complaint")
    desk.take("person.change", id_of(desk, "people", "Ole Dam"), {"role": "office"})
    assert [one.id for one in items(desk, "complaint")] == [id_]


def test_the_tab_counts_what_is_red(desk: Desk) -> None:
    """Escalated ones too, and what somebody was to solve who has left."""
    escalated, accepted, _waiting = (
        receive_complaint(desk, one) for one in ("Solgaarden", "Klinik Nord", "Solgaarden")
    )
    given = {"plan": "x", "solve_by": "2027-01-01", "assignee": "Jonas Berg", "reply": "We come"}
    left = receive_complaint(desk)
    for one in (escalated, accepted, left):
        desk.take("complaint.accept", one, given | ({"assignee": "Emil Dahl"} if one == left else {}))
    desk.take("person.change", id_of(desk, "people", "Emil Dahl"), {"active": "no"})
    desk.take("complaint.escalate", escalated, {"reason": "look"})
    red = [one for one in items(desk, "complaint") if one.state == "red"]
    assert desk.ask(counts).complaints == len(red) == 3


def test_complaints_of_an_export_that_cannot_be_read_stand_on_today_until_they_are(
    tmp_path: Path, desk: Desk
) -> None:
    path = tmp_path / "mails.csv"
    path.write_text("customer,received_at,text\nNobody Ltd,2026-11-23 05:00,The stairs are dirty\n", "utf-8")
    import_(desk, "complaints", path)
    (found,) = items(desk, "import")
    assert (found.title, found.state) == ("mails.csv", "amber")
    assert found.reason == "1 complaint: customer: there is no customer Nobody Ltd"
    path.write_text("customer,received_at,text\nSolgaarden,2026-11-23 05:00,The stairs are dirty\n", "utf-8")
    import_(desk, "complaints", path)
    assert not items(desk, "import")
    assert len(items(desk, "complaint")) == 1


def test_fi_51_what_was_promised_on_a_card_or_about_a_complaint_stands_until_it_is_kept(
    desk: Desk, clock: HandClock
) -> None:
    card = {"matter": "The key", "date": "today", "customer_contact": "Lis", "responsible": "Sara Lind"}
    kept = [
        desk.take("contact.card_filled", None, {**card, "customer": "Solgaarden"}).id,
        desk.take("complaint.follow_up", receive_complaint(desk), {"follow_up": "today"}).id,
    ]
    talk = {"customer": "Klinik Nord", "channel": "phone", "keywords": "mats", "follow_up": "today"}
    plain = desk.take("contact.log", None, talk).id
    assert {one.id for one in items(desk, "follow_up")} == {*kept, plain}
    clock.advance(days=30)
    assert {one.id for one in items(desk, "follow_up")} == set(kept)


@pytest.mark.parametrize(
    ("until", "state", "told"),
    [
        ("", "red", "Jonas Berg is away, open-ended"),
        ("fri", "red", "Jonas Berg is away until Fri 27 Nov"),
        ("tue 12:00", "green", "Jonas Berg is away until Tue 24 Nov 12:00"),
    ],
)
def test_who_is_to_solve_it_and_is_away_when_it_is_due_is_told_of(
    desk: Desk, clock: HandClock, until: str, state: str, told: str
) -> None:
    """Reported is away too; the detail tells of whoever is away now, the state of who stays so past the time agreed."""
    id_ = receive_complaint(desk)
    given = {"reply": "We come", "plan": "clean it", "solve_by": "tue 16", "assignee": "Jonas Berg"}
    desk.take("complaint.accept", id_, given)
    absence = report_absence(desk, until=until)
    (item,) = items(desk, "complaint")
    assert item.state == state
    assert (item.reason == told) == (state == "red")
    assert desk.ask(counts).complaints == (state == "red")
    assert told in str(desk.ask(lambda view: complaint_blocks(view, id_)))
    clock.advance(minutes=1)
    desk.take("absence.end", absence, {"until": "now"})
    assert items(desk, "complaint")[0].state == "green"
    assert "is away" not in str(desk.ask(lambda view: complaint_blocks(view, id_)))


def test_who_comes_to_be_away_later_is_not_told_of_yet(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    given = {"reply": "We come", "plan": "clean it", "solve_by": "tue 16", "assignee": "Jonas Berg"}
    desk.take("complaint.accept", id_, given)
    report_absence(desk, **{"from": "tomorrow 6"})
    assert items(desk, "complaint")[0].state == "green"
    withdrawn = report_absence(desk, "Sara Lind")
    desk.take("complaint.assign", id_, {"assignee": "Sara Lind"})
    assert items(desk, "complaint")[0].state == "red"
    desk.take("absence.withdraw", withdrawn, {"reason": "by mistake"})
    assert items(desk, "complaint")[0].state == "green"

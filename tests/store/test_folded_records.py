"""What single records fold to: clocks, plans, a newer program's lines, one id under two kinds (P13, P15, fault 33)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.desk import Desk, Refused
from app.domain.records import Complaint, Plan, PlanRow, Shift
from app.store import log
from app.store.door import Write, Writer
from tests.domain.making import made
from tests.store.test_folding import deliver
from tests.support import NOW, id_of, make_desk, receive_complaint, report_absence, shift_of, tables


def test_a_complaints_clocks_follow_its_customer_its_area_and_the_promises(desk: Desk) -> None:
    """Of closed ones too: the state is a function of the log, not of what was open when it changed."""
    id_ = receive_complaint(desk)
    desk.take("complaint.reject", id_, {"reason": "no"})

    def reply_by() -> object:
        found = desk.ask(lambda view: view.get(Complaint, id_))
        assert found is not None
        return found.reply_by

    assert reply_by() == NOW + timedelta(hours=2)
    given = {"external": "P0", "limit": "4wh", "title": "Feedback"}
    desk.take("promise.set", None, given)
    assert reply_by() == NOW.replace(hour=12, minute=0)
    desk.take("area.change", id_of(desk, "areas", "South"), {"hours": "mon-fri 10:00-18:00"})
    assert reply_by() == NOW.replace(hour=12, minute=0)
    desk.take("customer.change", id_of(desk, "customers", "Havnens Kontor"), {"area": "South"})
    assert reply_by() == NOW.replace(hour=14, minute=0)
    before = tables(desk)
    desk.rebuild()
    assert tables(desk) == before


@pytest.mark.parametrize("limit", ["soon", "", "99999999wd"])
def test_dk_21_a_limit_that_cannot_be_read_stops_no_clock(desk: Desk, limit: str) -> None:
    with desk.database.write() as conn:
        write = Write(
            "promises", "00000000-0000-4000-8000-000000000000", {"external": "P0", "limit": limit}, base=()
        )
        Writer(conn, desk.actor.id, NOW).write("promise.set", [write])
    id_ = receive_complaint(desk)
    found = desk.ask(lambda view: view.get(Complaint, id_))
    assert found is not None
    assert found.reply_by == NOW + timedelta(hours=2)


def test_a_plan_with_another_template_leaves_no_row_behind(tmp_path: Path) -> None:
    hanne = make_desk(tmp_path, "Hanne Friis")
    plan = hanne.take("plan.start", None, {"customer": "Solgaarden", "started_on": "today"}).id
    with hanne.database.write() as conn:
        write = Write("plans", plan, {"template": "unknown"})
        Writer(conn, hanne.actor.id, NOW).write("plan.start", [write])
    assert hanne.ask(lambda view: view.find(PlanRow)) == []
    assert len(hanne.ask(lambda view: view.find(Plan))) == 1
    before = tables(hanne)
    hanne.rebuild()
    assert tables(hanne) == before
    hanne.close()


def test_what_a_newer_program_wrote_makes_the_record_read_only_not_the_program(desk: Desk) -> None:
    """Fault 33."""
    id_ = shift_of(desk, "Jonas Berg")
    newer = made("newer", {"person": id_of(desk, "people", "Sara Lind")}, kind="shifts", record=id_, v=2)
    deliver(desk.database, [newer])
    found = desk.ask(lambda view: view.get(Shift, id_))
    assert found is not None
    assert found.person == id_of(desk, "people", "Jonas Berg")
    with pytest.raises(Refused, match="newer Tavle"):
        desk.take("shift.cancel", id_, {"reason": "x", "agreed_with": "y"})
    desk.take("shift.cancel", shift_of(desk, "Sara Lind"), {"reason": "x", "agreed_with": "y"})
    with desk.database.read() as conn:
        assert newer.raw in [one.raw for one in log.changes_of(conn, id_)], (
            "it is kept and passed on as it came"
        )


def test_unknown_kinds_and_decisions_are_kept(desk: Desk) -> None:
    """P15: a kind of tomorrow is logged, a decision of tomorrow counts by the fields that are known."""
    before = tables(desk)
    kind = made("kind", {"colour": "red"}, kind="robots", record=id_of(desk, "people", "Mette Holm"))
    deliver(desk.database, [kind])
    assert tables(desk) == before
    id_ = shift_of(desk, "Jonas Berg")
    deliver(
        desk.database,
        [made("do", {"skills": ["drones"], "wings": 4}, seq=2, kind="shifts", record=id_, do="x.y")],
    )
    found = desk.ask(lambda view: view.get(Shift, id_))
    assert found is not None
    assert found.skills == ("drones",)


def test_a_records_id_under_another_kind_is_none_of_its_changes(desk: Desk) -> None:
    id_ = shift_of(desk, "Jonas Berg")
    before = desk.ask(lambda view: view.get(Shift, id_))
    deliver(desk.database, [made("other", {"note": "x", "status": "closed"}, kind="complaints", record=id_)])
    assert desk.ask(lambda view: view.get(Shift, id_)) == before
    assert desk.ask(lambda view: view.get(Complaint, id_)) is not None
    found = tables(desk)
    desk.rebuild()
    assert tables(desk) == found


def test_an_ack_is_not_folded(desk: Desk) -> None:
    before = tables(desk)
    ack = made("ack", {"skills": ["x"]}, kind="shifts", record=shift_of(desk, "Jonas Berg"), do="ack")
    deliver(desk.database, [ack])
    assert tables(desk) == before


def test_another_fold_version_folds_the_log_anew(desk: Desk) -> None:
    """The tables are never migrated: their shape and content come from the log."""
    report_absence(desk)
    before = tables(desk)
    with desk.database.write() as conn:
        conn.exec_driver_sql("DROP TABLE absences")
        conn.exec_driver_sql("CREATE TABLE absences (id TEXT, of_an_older_shape TEXT)")
        conn.exec_driver_sql("UPDATE local SET value = '0' WHERE key = 'fold'")
    again = Desk(desk.settings, clock=desk.clock)
    assert tables(again) == before
    again.close()


def test_p13_an_import_read_by_two_is_one(desk: Desk) -> None:
    """The same id and as-of time: in the log it is two lines of two lanes, in the fold one value."""
    record = "11111111-1111-4111-8111-111111111111"
    lines = [
        made("export", {"customer": "c", "note": "x"}, kind="shifts", record=record, do="import", lane=lane)
        for lane in ("22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333")
    ]
    deliver(desk.database, lines)
    with desk.database.read() as conn:
        assert len(log.changes_of(conn, record)) == 2
    found = desk.ask(lambda view: view.get(Shift, record))
    assert found is not None
    assert (found.note, found.contested) == ("x", ())

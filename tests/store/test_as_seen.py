"""A record as a form showed it is what it was when the form was opened, whatever came since (fault 39)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk import BadInput, Desk, Refused
from app.domain.kinds import KINDS
from app.store import folding, log
from app.store.as_seen import columns_as_seen
from app.store.heads import unpack
from tests.domain.making import made
from tests.support import HandClock, carry, make_desk, receive_complaint, report_absence, shift_of

ACCEPT = {"plan": "x", "solve_by": "fri", "assignee": "Jonas Berg", "reply": "yes"}
ACTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("complaint.acknowledge", {"reply": "seen"}),
    ("complaint.read", {}),
    ("complaint.talk", {"talk_needed": "yes"}),
    ("complaint.accept", ACCEPT),
    ("complaint.reject", {"reason": "no"}),
    ("complaint.solve", {"note": "done"}),
    ("complaint.reopen", {"reason": "again"}),
)


def row(desk: Desk, kind: str, id_: str) -> dict[str, Any]:
    with desk.database.read() as conn:
        found = conn.exec_driver_sql(f'SELECT * FROM "{kind}" WHERE id = ?', (id_,)).mappings().one()
        return dict(found)


def as_seen(desk: Desk, kind: str, shown: dict[str, Any]) -> dict[str, Any]:
    with desk.database.read() as conn:
        found = columns_as_seen(conn, KINDS[kind], shown["id"], unpack(shown["heads"]))
    assert found is not None
    return {name: value for name, value in found.items() if name in shown}


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(st.integers(0, len(ACTS) + 1), min_size=1, max_size=10))
def test_what_a_form_showed_is_what_the_row_was(steps: list[int]) -> None:
    """Fault 39: decisions, answers, undos and redos since then are left out; those before are in."""
    with TemporaryDirectory() as folder:
        clock = HandClock()
        desk = make_desk(Path(folder), clock=clock)
        id_ = receive_complaint(desk)
        shown = [row(desk, "complaints", id_)]
        for step in steps:
            clock.advance(minutes=1)
            with suppress(Refused, BadInput):
                if step >= len(ACTS):
                    (desk.undo if step == len(ACTS) else desk.redo)()
                else:
                    desk.take(ACTS[step][0], id_, ACTS[step][1])
            shown.append(row(desk, "complaints", id_))
        for one in shown:
            assert as_seen(desk, "complaints", one) == one
        desk.close()


def test_what_two_lanes_had_built_is_seen_whole(tmp_path: Path) -> None:
    """The head is a change of until alone: the start that it was laid over is part of what was seen."""
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    id_ = report_absence(mette, "Sara Lind", until="wed")
    carry(mette, ole)
    ole.take("absence.change", id_, {"until": "fri"})
    carry(ole, mette)
    shown = row(mette, "absences", id_)
    ole.take("absence.change", id_, {"from": "tomorrow 8"})
    carry(ole, mette)
    assert row(mette, "absences", id_)["from"] != shown["from"]
    assert as_seen(mette, "absences", shown) == shown
    mette.close()
    ole.close()


def test_what_an_export_had_said_is_seen_under_a_decision(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    id_ = shift_of(desk, "Jonas Berg")
    exports = [
        made(
            "old",
            {"skills": ["keys"], "note": "van"},
            ms=1_700_000_000_000,
            kind="shifts",
            record=id_,
            do="import",
        ),
        made(
            "new", {"skills": ["alarm"]}, ms=1_900_000_000_000, seq=2, kind="shifts", record=id_, do="import"
        ),
    ]
    for number, export in enumerate(exports):
        with desk.database.write() as conn:
            log.append(conn, [export])
            folding.refold(conn, log.touched_by(conn, [export]))
        if number == 0:
            desk.take("shift.assign", id_, {"person": "Aksel Toft", "override": "x"})
            shown = row(desk, "shifts", id_)
            assert as_seen(desk, "shifts", shown) == shown
    desk.close()


def test_an_undo_by_a_slow_clock_that_came_later_was_not_seen(tmp_path: Path) -> None:
    """Its clock lies before an undo that the form knew; yet the form showed what it voids."""
    clock = HandClock()
    mette, ole = make_desk(tmp_path, clock=clock), make_desk(tmp_path, "Ole Dam")
    id_ = shift_of(mette, "Jonas Berg")
    assigned = mette.take("shift.assign", id_, {"person": "Aksel Toft"})
    carry(mette, ole)
    clock.advance(hours=1)
    mette.take("shift.cancel", id_, {"reason": "shut", "agreed_with": "Lis"})
    mette.undo()
    shown = row(mette, "shifts", id_)
    ole.undo(assigned.change)
    carry(ole, mette)
    assert row(mette, "shifts", id_)["person"] != shown["person"]
    assert as_seen(mette, "shifts", shown)["person"] == shown["person"]
    mette.close()
    ole.close()

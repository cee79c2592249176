"""DK-33: whatever is decided, imported or brought by a colleague, a complaint is in sight until it is closed:

on the Today and in the list of a supervisor, who alone may decide, and with a manager once it is escalated (DE-20).

Random days of two offices that share a file now and then, and a stranger who writes what no Tavle would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk import BadInput, Desk, Refused
from app.domain.history import IMPORT
from app.domain.records import Complaint, Person
from app.queries import complaints
from app.queries.today import queue
from app.queries.wanted import Wanted
from app.store.door import Write, Writer
from app.store.view import StoreView
from tests.support import HandClock, exchange_all, id_of, make_desk, receive_complaint

FEW = max(settings().max_examples // 20, 2)
STEP = st.tuples(st.integers(0, 1), st.integers(0, 19), st.integers(0, 3))
STEPS = st.lists(STEP, min_size=4, max_size=20)
DECISIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("acknowledge", {"reply": "Seen"}),
    ("accept", {"plan": "x", "solve_by": "2027-01-01", "assignee": "Jonas Berg", "reply": "We come"}),
    ("reject", {"reason": "not agreed"}),
    ("extra_work", {"extra_work": "x", "agreed_with": "Lis", "when": "2026-11-23T06:50"}),
    ("solve", {}),
    ("close", {}),
    ("reopen", {"reason": "again"}),
    ("pause", {"reason": "the key"}),
    ("resume", {}),
    ("escalate", {"reason": "look"}),
)
CHANGED: dict[int, tuple[str, tuple[dict[str, str], dict[str, str]]]] = {
    16: ("Nora Voss", ({"active": "no"}, {"active": "yes"})),
    18: ("Ole Dam", ({"role": "office"}, {"role": "supervisor"})),
    19: ("Hanne Friis", ({"area": "North"}, {"area": "South"})),
}
WRITTEN: tuple[dict[str, Any], ...] = (
    {"status": "closed", "closed_at": "2026-11-23T05:45:00Z"},
    {"status": "archived"},
    {"customer": "nobody"},
    {"received_at": None, "text": None, "status": None},
)


def nth(desk: Desk, number: int) -> str | None:
    found = sorted(one.id for one in desk.ask(lambda view: view.find(Complaint)))
    return found[number % len(found)] if found else None


def write(desk: Desk, do: str, id_: str, body: dict[str, Any]) -> None:
    """What a colleague's file or an export may say, whatever a desk would refuse."""
    with desk.database.write() as conn:
        base = () if do == IMPORT else None
        Writer(conn, desk.actor.id, desk.clock()).write(do, [Write("complaints", id_, body, base)])


def void_all(desk: Desk, id_: str) -> None:
    rows = desk.ask(
        lambda view: view.conn.exec_driver_sql("SELECT id FROM log WHERE record = ?", (id_,)).all()
    )
    write(desk, "undo", id_, {"voids": [row[0] for row in rows]})


def step(desk: Desk, what: int, choice: int) -> None:
    id_ = nth(desk, choice)
    if id_ is None or what == 17:
        receive_complaint(desk, ("Havnens Kontor", "Bageriet Syd", "Solgaarden", "Klinik Nord")[choice])
    elif what < len(DECISIONS):
        name, given_ = DECISIONS[what]
        desk.take(f"complaint.{name}", id_, given_)
    elif what == 10:
        desk.undo()
    elif what == 11:
        write(desk, "complaint.close", id_, WRITTEN[choice])
    elif what == 12:
        write(desk, IMPORT, id_, WRITTEN[choice])
    elif what == 13:
        void_all(desk, id_)
    elif what == 14:
        site = id_of(desk, "customers", "Solgaarden")
        desk.take("customer.change", site, {"area": ("North", "South")[choice % 2]})
    elif what == 15:
        desk.take(
            "area.change", id_of(desk, "areas", "South"), {"supervisor": ("Ole Dam", "Nora Voss")[choice % 2]}
        )
    else:
        name, either = CHANGED[what]
        desk.take("person.change", id_of(desk, "people", name), either[choice % 2])


def seen_by(desk: Desk, role: str, read: Callable[[StoreView], Iterable[str]]) -> set[str]:
    """What those of a role who work here see of it."""

    def all_of(view: StoreView) -> set[str]:
        found = [one for one in view.find(Person) if one.active and one.role == role]
        return {id_ for one in found for id_ in read(StoreView(view.conn, one, view.now))}

    return desk.ask(all_of)


def on_today(view: StoreView) -> Iterator[str]:
    return (item.id for item in queue(view) if item.kind == "complaint")


def in_the_list(view: StoreView) -> Iterator[str]:
    return (line.id for line in complaints.lines(view, Wanted(), 0, 500))


def first_of_all(view: StoreView) -> Iterator[str]:
    return (item.id for item in queue(view) if item.first)


def check(desk: Desk, received: set[str]) -> None:
    found = {one.id: one for one in desk.ask(lambda view: view.find(Complaint))}
    assert received <= found.keys(), "a complaint is gone"
    seen = seen_by(desk, "supervisor", on_today) & seen_by(desk, "supervisor", in_the_list)
    managed = seen_by(desk, "manager", first_of_all)
    for one in found.values():
        answered = one.reply is not None or one.reason is not None
        if one.status != "closed" or not answered or one.contested:
            assert one.id in seen, one
            assert one.escalated_at is None or one.id in managed, one


def day(folder: Path, steps: list[tuple[int, int, int]]) -> None:
    clock = HandClock()
    desks = make_desk(folder, clock=clock), make_desk(folder, "Ole Dam", clock=clock)
    received: tuple[set[str], set[str]] = (set(), set())
    for number, (who, what, choice) in enumerate(steps):
        clock.advance(minutes=7)
        with suppress(Refused, BadInput):
            step(desks[who], what, choice)
        received[who].update(one.id for one in desks[who].ask(lambda view: view.find(Complaint)))
        check(desks[who], received[who])
        if number % 4 == 3:
            exchange_all(*desks)
    exchange_all(*desks)
    for desk in desks:
        check(desk, received[0] | received[1])
        desk.rebuild()
        check(desk, received[0] | received[1])
        desk.close()


@pytest.mark.parametrize("what", [11, 12, 13])
@pytest.mark.parametrize("choice", range(4))
def test_what_no_tavle_would_write_hides_nothing(tmp_path: Path, what: int, choice: int) -> None:
    """A close without an answer, odd fields, and an undo of all that was ever said of it."""
    day(tmp_path, [(0, 17, 0), (0, what, choice), (0, what, choice)])


@settings(max_examples=FEW)
@given(STEPS)
def test_no_complaint_is_ever_out_of_sight(steps: list[tuple[int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        day(Path(folder), steps)


@pytest.mark.soak
@settings(max_examples=400, derandomize=False, deadline=None)
@given(st.lists(STEP, min_size=20, max_size=60))
def test_no_complaint_is_ever_out_of_sight_for_long(steps: list[tuple[int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        day(Path(folder), steps)

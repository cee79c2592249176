"""The one fold: what comes bit by bit, in any order, gives what the whole log gives (P1, P3, P5, P9)."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk import BadInput, Desk, Refused
from app.domain.change import Change
from app.domain.ids import random_id
from app.domain.kinds import KINDS, Record
from app.domain.records import Complaint, PlanRow
from app.store import folding, log, reading
from app.store.database import Database
from tests.domain.making import made
from tests.support import (
    HandClock,
    empty_database,
    exchange_all,
    id_of,
    make_desk,
    receive_complaint,
    report_absence,
    seeded,
    tables,
)

FEW = settings().max_examples // 5
"""Each of these examples is a day's work on real files."""
STEPS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 13), st.integers(0, 5)), min_size=4, max_size=14)
ASSISTANTS = ("Jonas Berg", "Sara Lind", "Emil Dahl", "Aksel Toft")
SITES = ("Havnens Kontor", "Solgaarden", "Bageriet Syd")
SHIFT = random_id(seeded("shift 0"))


def nth(desk: Desk, kind: type[Record], number: int) -> str:
    """One of the records of a kind, the same for everyone who has the same ones."""
    found = desk.ask(lambda view: view.find(kind))
    return found[number % len(found)].id if found else ""


def approve_two(desk: Desk, choice: int) -> object:
    absent = [report_absence(desk, one) for one in (ASSISTANTS[choice % 4], "Nora Voss")]
    return desk.take_each("absence.approve", [(one, {}) for one in absent], {"called_at": "now"})


def accept(desk: Desk, choice: int) -> object:
    given = {"plan": "x", "solve_by": "fri", "assignee": ASSISTANTS[choice % 4], "reply": "yes"}
    return desk.take("complaint.accept", nth(desk, Complaint, choice), given)


def move(desk: Desk, choice: int) -> object:
    site = id_of(desk, "customers", SITES[choice % 3])
    return desk.take("customer.change", site, {"area": ("North", "South")[choice % 2]})


def open_at(desk: Desk, choice: int) -> object:
    given = {"hours": f"mon-fri 0{choice + 1}:00-15:00"}
    return desk.take("area.change", id_of(desk, "areas", "North"), given)


def promise(desk: Desk, choice: int) -> object:
    given = {"external": ("P0", "P7")[choice % 2], "limit": f"{choice + 1}h", "title": "x"}
    return desk.take("promise.set", None, given)


ACTS: tuple[Callable[[Desk, int], object], ...] = (
    lambda desk, _choice: desk.undo(),
    lambda desk, _choice: desk.redo(),
    lambda desk, choice: receive_complaint(desk, SITES[choice % 3]),
    lambda desk, choice: desk.take("complaint.reject", nth(desk, Complaint, choice), {"reason": "no"}),
    lambda desk, choice: desk.take("complaint.acknowledge", nth(desk, Complaint, choice), {"reply": "seen"}),
    lambda desk, choice: desk.take(
        "shift.assign", SHIFT, {"person": ASSISTANTS[choice % 4], "override": "x"}
    ),
    lambda desk, choice: desk.take(
        "plan.start", None, {"customer": SITES[choice % 3], "started_on": "today"}
    ),
    lambda desk, choice: desk.take(
        "plan.assign", nth(desk, PlanRow, choice * 5), {"responsible": ASSISTANTS[choice % 4]}
    ),
    accept,
    approve_two,
    move,
    open_at,
    promise,
)
FOR_ALL = 3
"""The first acts are anyone's."""
PLANS = (6, 7)
"""These are the manager's."""


def step(desks: list[Desk], who: int, what: int, choice: int) -> None:
    """One thing that one of two supervisors or the manager does, or an exchange; what a rule refuses is left."""
    if what == len(ACTS):
        exchange_all(desks[who], desks[(who + 1) % 3])
    else:
        able = desks[who] if what < FOR_ALL else desks[2] if what in PLANS else desks[who % 2]
        with suppress(Refused, BadInput):
            ACTS[what](able, choice)


@settings(max_examples=FEW)
@given(STEPS)
def test_p1_p9_bit_by_bit_gives_what_the_whole_log_gives(steps: list[tuple[int, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        clock = HandClock()
        desks = [
            make_desk(Path(folder), one, clock=clock) for one in ("Mette Holm", "Ole Dam", "Hanne Friis")
        ]
        for who, what, choice in steps:
            step(desks, who, what, choice)
            clock.advance(minutes=1)
        for desk in desks:
            before = tables(desk, log_too=True)
            desk.rebuild()
            assert tables(desk, log_too=True) == before
        exchange_all(*desks)
        exchange_all(*desks)
        first = tables(desks[0])
        for desk in desks:
            assert tables(desk) == first
            desk.close()


def contend(one: Desk, other: Desk, complaint: str) -> None:
    """Leaves one contested outcome and one address with two values, whatever the dice gave before."""
    exchange_all(one, other)
    given = {"plan": "x", "solve_by": "tomorrow 10", "assignee": "Jonas Berg", "reply": "yes"}
    one.take("complaint.accept", complaint, given)
    other.take("complaint.reject", complaint, {"reason": "no"})
    site = id_of(one, "customers", "Solgaarden")
    one.take("customer.change", site, {"address": "Havnegade 1"})
    other.take("customer.change", site, {"address": "Havnegade 2"})


@lru_cache(maxsize=1)
def a_days_changes() -> tuple[Change, ...]:
    """Every change of three people's day, groups, undos, contests and clocks that moved among them."""
    with TemporaryDirectory() as folder:
        clock = HandClock()
        desks = [
            make_desk(Path(folder), one, clock=clock) for one in ("Mette Holm", "Ole Dam", "Hanne Friis")
        ]
        dice = random.Random(10)
        for _number in range(80):
            step(desks, dice.randrange(3), dice.randrange(14), dice.randrange(6))
            clock.advance(minutes=1)
        exchange_all(*desks)
        contend(desks[0], desks[1], receive_complaint(desks[0]))
        exchange_all(*desks)
        with desks[0].database.read() as conn:
            lanes = [one.lane for one in log.lane_states(conn)]
            changes = tuple(one for lane in lanes for one in log.changes_of_lane(conn, lane))
        for desk in desks:
            desk.close()
        return changes


def deliver(database: Database, changes: list[Change]) -> None:
    with database.write() as conn:
        log.append(conn, changes)
        folding.refold(conn, log.touched_by(conn, changes))


@settings(max_examples=FEW)
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_p3_p5_p9_in_whatever_order_and_batches_it_comes(dice: random.Random, size: int) -> None:
    """A complaint before its customer, a row before its plan, an undo before what it undoes (fault 37)."""
    changes = list(a_days_changes())
    dice.shuffle(changes)
    with TemporaryDirectory() as folder:
        one, other = (empty_database(Path(folder) / name) for name in ("one.sqlite3", "other.sqlite3"))
        for start in range(0, len(changes), size):
            deliver(one, [*changes[start : start + size], *dice.choices(changes[: start + 1], k=2)])
        deliver(other, sorted(changes, key=lambda change: change.key))
        found = tables(one)
        assert found == tables(other)
        with one.write() as conn:
            folding.rebuild(conn)
        assert tables(one) == found
        one.close()
        other.close()


def test_the_day_holds_what_it_should(tmp_path: Path) -> None:
    """Or the laws above would be tried on nothing."""
    changes = a_days_changes()
    assert len({one.header.lane for one in changes}) == 4
    assert any(one.header.grp for one in changes)
    done = {one.header.do for one in changes}
    assert {
        "undo",
        "complaint.accept",
        "complaint.reject",
        "plan.start",
        "plan.assign",
        "area.change",
    } <= done
    database = empty_database(tmp_path / "day.sqlite3")
    deliver(database, list(changes))
    assert {bool(row[-1]) for row in tables(database)["conflicts"]} == {False, True}
    database.close()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
    | st.sampled_from(["2026-11-23T05:40:00Z", "0001-01-01T00:00:00+14:00", "2026-11-23", "nan,nan"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=2 * FEW)
@given(st.data())
def test_whatever_a_line_holds_it_breaks_neither_fold_nor_reading(data: st.DataObject) -> None:
    """A value that is not of its field's type stays in the history; the column is empty."""
    with TemporaryDirectory() as folder:
        database = empty_database(Path(folder) / "odd.sqlite3")
        odd = [_odd(data, number) for number in range(6)]
        deliver(database, odd)
        with database.read() as conn:
            for kind in KINDS.values():
                assert list(reading.find(conn, kind.record, {})) is not None
        before = tables(database)
        with database.write() as conn:
            folding.rebuild(conn)
        assert tables(database) == before
        database.close()


def test_p3_one_id_under_two_kinds_is_two_records(tmp_path: Path) -> None:
    """Fault 33: what a faulty client says of the one hides nothing that contends about the other, in any order."""
    sides = [made(name, {"name": name}, seq=seq, kind="customers") for seq, name in ((1, "A"), (2, "B"))]
    others = [made(name, {"name": name}, seq=seq, kind="areas", v=2) for seq, name in ((3, "C"), (4, "D"))]
    found: list[dict[str, list[Any]]] = []
    for order in ([*sides, *others], [*others, *sides]):
        database = empty_database(tmp_path / f"{len(found)}.sqlite3")
        for change in order:
            deliver(database, [change])
        found.append(tables(database))
        database.close()
    assert found[0] == found[1]
    assert len(found[0]["conflicts"]) == len(found[0]["readonly"]) == 1


def _odd(data: st.DataObject, number: int) -> Change:
    kind = KINDS[data.draw(st.sampled_from(sorted(KINDS)))]
    names = sorted({*kind.register_of, *kind.sets, "voids", "later"})
    body = data.draw(st.dictionaries(st.sampled_from(names), JSON, max_size=6))
    do = data.draw(st.sampled_from(["undo", "import", "ack", "complaint.reopen", "of.tomorrow"]))
    change = made(f"odd {number}", {}, seq=number + 1, ms=1_700_000_000_000, kind=kind.name, do=do)
    return _filled(change, body)


def _filled(change: Change, body: dict[str, Any]) -> Change:
    """The change with a body that this program would not seal, floats and all."""
    raw = b'{"h":' + msgspec.json.encode(change.header) + b',"b":' + msgspec.json.encode(body) + b"}"
    return Change(change.header, body, change.hash, raw[:-1] + b',"c":"0123456789abcdef"}')

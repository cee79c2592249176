"""What an exchange costs, counted: transactions, statements and calls to the drive follow what is new alone.

Milliseconds are for ``benchmarks/sync.py``; these numbers are the same on every machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.store.folding import folded_tables
from app.sync.files import Files
from tests.sync.faulty import Faulty
from tests.sync.team import Home, rounds

GROWING = ("log", "parts", *sorted(set(folded_tables()) - {"conflicts", "readonly"}))
"""Tables that are as large as the team's history: no exchange may look through one."""


class Costs:
    """What was asked of the database and of the drive."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.calls: Counter[str] = Counter()

    def began(self, how: str) -> int:
        return self.statements.count(how)

    @property
    def asked(self) -> int:
        return sum(1 for one in self.statements if one.split()[0] not in ("BEGIN", "COMMIT", "ROLLBACK"))


@contextmanager
def counted(home: Home) -> Iterator[Costs]:
    """Counts what an exchange of a home asks: it goes on in the connection that was used last."""
    costs = Costs()
    with home.db.read() as conn:
        driver = conn.connection.driver_connection
    assert driver is not None
    home.files = files = Faulty()
    driver.set_trace_callback(costs.statements.append)
    try:
        yield costs
    finally:
        driver.set_trace_callback(None)
        home.files = Files()
        costs.calls.update(files.calls)


def settled(mette: Home, ole: Home) -> None:
    """Each has read something of the other's, and has acknowledged it for today."""
    for writer, reader in ((mette, ole), (ole, mette), (mette, ole), (ole, mette)):
        writer.decide()
        writer.sync()
        reader.sync()
    cost_of(mette, ole, 1)


def cost_of(mette: Home, ole: Home, changes: int) -> Costs:
    """What it costs the one to read what the other has written meanwhile."""
    for _number in range(changes):
        mette.decide(kind="contacts", text="A short talk", channel="phone")
    mette.sync()
    with counted(ole) as costs:
        report = ole.sync()
    assert (report.pulled, report.pushed, report.problem) == (changes, 0, "")
    return costs


def test_one_new_change(mette: Home, ole: Home) -> None:
    """Two views of the database and one transaction; the file that grew is opened once."""
    settled(mette, ole)
    costs = cost_of(mette, ole, 1)
    assert (costs.began("BEGIN"), costs.began("BEGIN IMMEDIATE"), costs.began("COMMIT")) == (2, 1, 1)
    assert costs.asked <= 18
    assert costs.calls == {
        "listdir": 4,
        "stat": 2,
        "open_to_read": 2,
        "read": 5,
        "close": 2,
    }


def test_at_rest(mette: Home, ole: Home) -> None:
    settled(mette, ole)
    with counted(ole) as costs:
        ole.sync()
    assert (costs.began("BEGIN"), costs.began("BEGIN IMMEDIATE")) == (2, 0)
    assert costs.asked <= 7
    assert costs.calls == {"listdir": 4, "stat": 2, "open_to_read": 1, "read": 2, "close": 1}


def test_at_rest_when_a_loss_was_made_good(mette: Home, ole: Home) -> None:
    """What the team file lacks is worked out until it lacks nothing, and no longer."""
    settled(mette, ole)
    mette.segments()[0].unlink()
    rounds([ole, mette])
    with counted(ole) as costs:
        assert ole.sync().healed == 0
    assert costs.began("BEGIN IMMEDIATE") == 0


def test_a_longer_history_costs_nothing_more(mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred changes before, in sealed segments: what one more costs stays the same."""
    settled(mette, ole)
    before = cost_of(mette, ole, 1)
    monkeypatch.setattr("app.sync.publish.SEGMENT_BYTES", 5_000)
    for _round in range(5):
        cost_of(mette, ole, 20)
    assert len(mette.segments()) == 5
    cost_of(mette, ole, 1)
    after = cost_of(mette, ole, 1)
    assert [shape(one) for one in after.statements] == [shape(one) for one in before.statements]
    assert after.calls == before.calls


def test_nothing_that_grows_is_looked_through(mette: Home, ole: Home) -> None:
    """Reading, writing, acknowledging: every statement finds its rows in that large tables by an index."""
    settled(mette, ole)
    ole.wait(days=2)
    mette.decide(kind="contacts", text="A short talk", channel="phone")
    mette.sync()
    ole.decide(kind="contacts", text="A long one", channel="phone")
    with counted(ole) as costs:
        report = ole.sync()
    assert (report.pulled, report.pushed) == (1, 1)
    with ole.db.read() as conn:
        for one in {shape(each): each for each in costs.statements if " " in each}.values():
            if one.startswith("BEGIN"):
                continue
            plan = [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {one.replace('%', '%%')}")]
            looked = [step for step in plan if re.match(rf"SCAN ({'|'.join(GROWING)})\b", step)]
            assert not looked, (one, plan)


def shape(statement: str) -> str:
    """A statement without the values in it."""
    return re.sub(r"'[^']*'|\b\d+\b|X'[^']*'", "?", statement)

"""docs/TEAM-FILE.md is enough to write another client from: one that knows only the page works with ours.

Its reading of the demo beside ours: tests/cli/test_looking_apart.py."""

from __future__ import annotations

import ast
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from app.domain.change import Change
from app.domain.kinds import KINDS
from app.domain.merge import fold
from app.store.exchange_log import gapped_lanes
from app.store.log import lane_state
from app.sync.layout import TeamPaths
from tests.domain.test_merge_laws import BODIES, history
from tests.sync import independent, independent_fold
from tests.sync.independent import Client, checked
from tests.sync.team import MORNING, Home, assert_agree, rounds

RECORDS = independent_fold.kinds(Path("docs/COMMANDS.md").read_text("utf-8"))
WALL = int(MORNING.timestamp() * 1000) + 1_000


@pytest.mark.parametrize("module", [independent, independent_fold])
def test_it_knows_the_page_alone(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    modules = [one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    modules += [name.name for one in ast.walk(tree) if isinstance(one, ast.Import) for name in one.names]
    assert {str(name).partition(".")[0] for name in modules} <= sys.stdlib_module_names


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_it_folds_whatever_happened_as_ours_does(kind: str) -> None:
    """Values, heads, conflicts and what contends: what the page says of the merge is what the program does."""
    dice = random.Random(kind)
    whats = ["write"] * 4 + ["undo", "exchange", "exchange", "export"]
    for length in [*range(2, 32)] * 2:
        steps = [(dice.randrange(3), dice.choice(whats), dice.randrange(20)) for _ in range(length)]
        changes = history(kind, steps)
        _fold_alike(kind, changes)
        _fold_alike(kind, dice.sample(changes, len(changes) - 1))


def _fold_alike(kind: str, changes: list[Change]) -> None:
    ours = fold(KINDS[kind], changes)
    theirs = independent_fold.fold(RECORDS[kind], [one for change in changes if (one := checked(change.raw))])
    assert (ours is None) == (theirs is None)
    if ours is None or theirs is None:
        return
    assert theirs.values == ours.values
    assert theirs.heads == {
        name: list(heads) for name, heads in ours.heads.items() if name in KINDS[kind].registers
    }
    assert theirs.conflicts == [(one.register, list(one.heads)) for one in ours.conflicts]
    assert theirs.contested == list(ours.contested)


def test_it_reads_all_that_ours_wrote(mette: Home, ole: Home) -> None:
    """Sets and hashes agree; from packs, conflict copies and damaged files too."""
    made = mette.decide_many(30)
    ole.decide_all(
        [(ole.new_id(), "customers", {"name": name}) for name in ("Æble", "B\u2028\u0000\U0001f9fd")]
    )
    rounds([mette, ole])
    segment = mette.segments()[0]
    whole = segment.read_bytes()
    segment.rename(segment.with_name("1-1 (Mette Holm's conflicted copy 2026-11-23).jsonl"))
    segment.write_bytes(b"\xef\xbb\xbf" + whole[:900].replace(b"\n", b"\r\n") + b"\x00" * 50 + b"\nrubbish\n")
    found = Client(mette.team, mette.person).read()
    assert found.keys() == mette.hashes(acks=True)
    assert {one.hash for one in made} <= found.keys()
    with mette.db.read() as conn:
        lines = {row[0]: row[1] for row in conn.exec_driver_sql("SELECT hash, raw FROM log")}
    assert {hash_: one["line"] for hash_, one in found.items()} == lines


def test_every_change_of_ours_bears_the_hash_of_the_one_before(mette: Home, ole: Home) -> None:
    """In one transaction and in several, in a group, and an acknowledgement."""
    mette.decide_many(3)
    mette.decide_all([(mette.new_id(), "customers", {"name": name}) for name in "ABC"])
    mette.sync()
    ole.sync()
    ole.decide()
    ole.sync()
    found = sorted(Client(mette.team, mette.person).read().values(), key=lambda one: one["seq"])
    for home, count in ((mette, 6), (ole, 2)):
        lane = [one for one in found if one["lane"] == home.lane]
        assert [one["seq"] for one in lane] == list(range(1, count + 1))
        assert [one["prev"] for one in lane] == ["0" * 32, *(one["hash"] for one in lane[:-1])]


def test_ours_takes_in_what_it_writes(mette: Home, ole: Home) -> None:
    """Checksum, hashes, chain and clock; an informed edit wins, and ours builds on it in turn."""
    ole.now = ole.now.replace(year=2036)
    record = ole.decide(name="Havnen").header.on[1]
    rounds([ole, mette], 1)
    client = Client(mette.team, mette.person)
    hashes = [
        client.write("customers", record, "customer.change", {"name": "Solgaarden", "mood": "sunny"}, WALL),
        client.write("customers", record, "customer.change", {"address": "Kajen 1 – ø"}, WALL),
    ]
    rounds([mette, ole])
    assert set(hashes) <= mette.hashes()
    with mette.db.read() as conn:
        state = lane_state(conn, client.lane)
        assert (state.top, state.top_hash, gapped_lanes(conn)) == (2, hashes[1], set())
        row = conn.exec_driver_sql(
            "SELECT name, address, contested FROM customers WHERE id = ?", (record,)
        ).one()
        assert tuple(row) == ("Solgaarden", "Kajen 1 – ø", None)
    mette.decide(record, name="Klinik Nord")
    rounds([mette, ole])
    assert_agree([mette, ole])
    with ole.db.read() as conn:
        assert conn.exec_driver_sql("SELECT name FROM customers").scalar_one() == "Klinik Nord"
        assert conn.exec_driver_sql("SELECT count(*) FROM conflicts").scalar_one() == 0
    assert client.read().keys() == mette.hashes(acks=True)


def test_what_it_leaves_torn_is_fenced_and_what_it_loses_is_healed(mette: Home, ole: Home) -> None:
    client = Client(mette.team, mette.person)
    record = mette.new_id()
    first = client.write("customers", record, "customer.add", {"name": "Havnen"}, WALL)
    segment = TeamPaths(mette.team).folder / "lanes" / client.lane / "1-1.jsonl"
    with segment.open("ab") as file:
        file.write(b'{"h":{"v":1,"team"')
    second = client.write("customers", record, "customer.change", {"name": "Kajen"}, WALL)
    rounds([mette, ole])
    assert {first, second} <= ole.hashes()
    segment.unlink()
    rounds([mette, ole], 1)
    for home in (mette, ole):
        home.wait(days=8)
    rounds([mette, ole])
    assert {first, second} <= client.read().keys(), "healed in a pack, which it reads"

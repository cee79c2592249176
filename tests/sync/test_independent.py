"""docs/TEAM-FILE.md is enough to write another client from: one that knows only the page works with ours."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from app.store.exchange_log import gapped_lanes
from app.store.log import lane_state
from app.sync.layout import TeamPaths
from tests.sync import independent
from tests.sync.independent import Client
from tests.sync.team import MORNING, Home, assert_agree, rounds

WALL = int(MORNING.timestamp() * 1000) + 1_000


def test_it_knows_the_page_alone() -> None:
    tree = ast.parse(Path(str(independent.__file__)).read_text("utf-8"))
    modules = [one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    modules += [name.name for one in ast.walk(tree) if isinstance(one, ast.Import) for name in one.names]
    assert {str(name).partition(".")[0] for name in modules} <= sys.stdlib_module_names


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

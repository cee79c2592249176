"""Lines of a newer program, of odd clocks, and a local disk that is full: P15, faults 20 to 24 and 33."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import pytest

from app.domain.change import Change, digest
from app.store.database import DatabaseUnavailable
from app.store.sources import quarantined
from app.sync.layout import TeamPaths
from tests.sync.team import Home, assert_agree, rounds


def line(change: Change, body: bytes = b'{"name":"New"}', more: bytes = b"", **header: Any) -> bytes:
    """A line as another program would write it, from a change's header with members of its own."""
    found = json.loads(change.raw)["h"] | {"bh": digest(body)} | header
    signed = b'{"h":' + json.dumps(found).encode() + b',"b":' + body + more + b',"s":null'
    return signed + b',"c":"' + hashlib.sha256(signed).hexdigest()[:16].encode() + b'"}'


NEWER: dict[str, dict[str, Any]] = {
    "member": {"mood": "sunny", "seq": 2},
    "member-outside": {"seq": 2},
    "decision": {"do": "customer.teleport", "seq": 2},
    "kind": {"on": ["robots", "00000000-0000-4000-8000-000000000001"], "seq": 2},
    "version": {"v": 2, "seq": 2},
    "feature": {"crit": ["sealed"], "seq": 2},
}


@pytest.mark.parametrize("what", NEWER)
def test_what_a_newer_program_wrote_is_kept_and_passed_on_byte_for_byte(
    mette: Home, ole: Home, what: str
) -> None:
    """Fault 33, P15."""
    first = mette.decide(name="Old")
    raw = line(
        first,
        more=b',"x":{"y":[1,2]}' if what == "member-outside" else b"",
        id="01900000-0000-7000-8000-000000000001",
        **NEWER[what],
    )
    folder = TeamPaths(mette.team).folder
    mette.sync()
    (folder / "newer.jsonl").write_bytes(raw + b"\n")
    assert ole.sync().pulled == 2
    with ole.db.read() as conn:
        kept = [
            row[0]
            for row in conn.exec_driver_sql("SELECT raw FROM log WHERE lane = ? AND seq = 2", (mette.lane,))
        ]
        assert kept == [raw]
        assert not quarantined(conn)
    (folder / "newer.jsonl").unlink()
    for path in mette.segments():
        path.unlink()
    rounds([ole])
    assert raw in b"".join(gunzipped(folder))


def gunzipped(folder: Any) -> list[bytes]:
    return [gzip.decompress(path.read_bytes()) for path in (folder / "packs").iterdir()]


@pytest.mark.parametrize("year", [1970, 1999, 2036, 2099])
def test_odd_clocks_spoil_nothing(mette: Home, ole: Home, year: int) -> None:
    """Faults 20 to 22: an informed edit wins, whatever the clocks say."""
    record = mette.decide(name="First").header.on[1]
    mette.sync()
    ole.sync()
    ole.now = ole.now.replace(year=year)
    ole.decide(record, name="Second")
    rounds([ole, mette])
    mette.decide(record, name="Third")
    rounds([mette, ole])
    for home in (mette, ole):
        with home.db.read() as conn:
            assert conn.exec_driver_sql("SELECT name FROM customers").scalar_one() == "Third"
    assert_agree([mette, ole])


def test_a_clock_ahead_is_taken_over_from_what_was_seen_alone(mette: Home, ole: Home) -> None:
    """Fault 20: of one record, one register is ten years ahead; a decision on another is of today."""
    record = mette.decide(name="First", address="1").header.on[1]
    rounds([mette, ole])
    ole.now = ole.now.replace(year=2036)
    ahead = ole.decide(record, address="2").header
    rounds([ole, mette])
    assert (
        mette.decide(record, name="Second").header.hlc
        < ahead.hlc
        < mette.decide(record, address="3").header.hlc
    )


def test_a_clock_that_is_set_back(mette: Home, ole: Home) -> None:
    """Fault 22: what was seen is beaten by what was decided on it, though the later clock shows an earlier year."""
    record = mette.decide(name="First").header.on[1]
    for name, years in (("Second", 4), ("Third", -60), ("Fourth", 0)):
        mette.now = mette.now.replace(year=2026 + years)
        mette.decide(record, name=name)
        rounds([mette, ole])
        with ole.db.read() as conn:
            assert conn.exec_driver_sql("SELECT name FROM customers").scalar_one() == name
            assert conn.exec_driver_sql("SELECT count(*) FROM conflicts").scalar_one() == 0
    assert_agree([mette, ole])


@pytest.mark.parametrize("hlc", ["f" * 16, "03c0f8d34c000000"[:15], "xyz", "01A0000000000000"])
def test_a_malformed_clock_is_put_aside(mette: Home, ole: Home, hlc: str) -> None:
    """Fault 22."""
    first = mette.decide()
    mette.sync()
    with mette.segments()[0].open("ab") as file:
        file.write(line(first, hlc=hlc, seq=2) + b"\n")
    report = ole.sync()
    assert (report.pulled, report.quarantined) == (1, 1)


def test_the_local_disk_full(mette: Home, ole: Home) -> None:
    """Fault 24: nothing half-saved; with room again, all of it comes."""
    mette.decide_many(400)
    mette.sync()
    with ole.db.write() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 40}")
    with pytest.raises(DatabaseUnavailable, match="full"):
        ole.sync()
    with ole.db.read() as conn:
        held = conn.exec_driver_sql("SELECT count(*) FROM log").scalar_one()
        assert held == conn.exec_driver_sql("SELECT count(*) FROM customers").scalar_one()
        assert held < 400
    ole.reopen()
    ole.sync()
    rounds([mette, ole])
    assert_agree([mette, ole])

"""Copied, moved and restored homes, and two programs on one home."""

from __future__ import annotations

import gzip
import shutil
import threading
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from filelock import FileLock

from app.domain.change import seal
from app.store.database import DatabaseUnavailable
from app.store.exchange_log import forks, two_headed
from app.store.links import unlinked_lanes
from app.sync import home as homes
from app.sync.layout import TeamPaths
from tests.sync.damage import rewrite
from tests.sync.faulty import Faulty, syncs_to_the_end
from tests.sync.team import Home, assert_agree, ids_in, lines_of, rounds, team_bytes


def copy_of(home: Home, folder: Path) -> Home:
    home.db.close()
    shutil.copytree(home.folder, folder)
    return Home(folder, home.team, 77)


def kept(home: Home, backup: Path) -> None:
    home.db.close()
    shutil.copytree(home.folder, backup)
    home.reopen()


def brought_back(home: Home, backup: Path) -> None:
    home.db.close()
    shutil.rmtree(home.folder)
    shutil.copytree(backup, home.folder)
    home.reopen()


def unlinked(home: Home) -> set[str]:
    with home.db.read() as conn:
        return unlinked_lanes(conn)


def test_a_copied_home_takes_a_lane_of_its_own(tmp_path: Path, mette: Home, ole: Home) -> None:
    """Fault 18: both had one change waiting, both decide before they sync."""
    mette.decide_many(2)
    mette.sync()
    waiting = mette.decide()
    clone = copy_of(mette, tmp_path / "clone")
    mine, theirs = mette.decide(), clone.decide()
    assert (mine.header.lane, mine.header.seq) == (theirs.header.lane, theirs.header.seq)
    assert clone.sync().new_lane
    assert mette.lane != clone.lane
    rounds([mette, clone, ole])
    assert {waiting.hash, mine.hash, theirs.hash} <= ole.hashes()
    assert len(ole.hashes()) == 5
    assert_agree([mette, clone, ole])
    before = team_bytes(mette.team)
    rounds([mette, clone, ole])
    assert team_bytes(mette.team) == before


def test_a_new_lane_begins_with_its_first_generation(tmp_path: Path, mette: Home) -> None:
    """Whatever its home's lane before had lost; what that home wrote in both is its own."""
    before = mette.decide()
    mette.sync()
    mette.segments()[0].unlink()
    mette.decide()
    assert mette.sync().healed == 1
    clone = copy_of(mette, tmp_path / "clone")
    clone.decide()
    assert clone.sync().new_lane
    assert [path.name for path in clone.segments()] == ["1-1.jsonl"]
    with clone.db.read() as conn:
        assert homes.own_lanes(conn) == [before.header.lane, clone.lane]


def test_a_home_opened_after_a_copy_never_uses_a_number_twice(tmp_path: Path, mette: Home, ole: Home) -> None:
    mette.decide()
    clone = copy_of(mette, tmp_path / "clone")
    assert homes.claim_lane(clone.db, clone.random.randbytes)
    assert not homes.claim_lane(clone.db, clone.random.randbytes)
    clone.decide()
    mette.decide()
    rounds([clone, mette, ole])
    with ole.db.read() as conn:
        assert not forks(conn)
    assert len(ole.hashes()) == 3


def test_a_cloned_machine_takes_a_lane_of_its_own(mette: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    lane = mette.lane
    monkeypatch.setattr(homes, "_machine_id", lambda: "another machine")
    assert mette.sync().new_lane
    assert mette.lane != lane
    assert not mette.sync().new_lane


def test_an_exact_clone_is_found_out_by_a_number_used_twice(
    tmp_path: Path, mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 18: two machines with one machine id and one path: a virtual machine that was duplicated."""
    monkeypatch.setattr(homes, "home_mark", lambda _path: "the same")
    mette.sync()
    mette.decide_many(2)
    mette.sync()
    clone = copy_of(mette, tmp_path / "clone")
    mine, theirs = mette.decide(), clone.decide()
    assert (mine.header.lane, mine.header.seq) == (theirs.header.lane, theirs.header.seq)
    rounds([mette, clone, ole])
    assert {mine.hash, theirs.hash} <= ole.hashes()
    assert mette.lane != clone.lane
    assert_agree([mette, clone, ole])
    assert not unlinked(ole)
    before = team_bytes(mette.team)
    rounds([mette, clone, ole])
    assert team_bytes(mette.team) == before


@pytest.mark.parametrize("decides_first", [True, False])
def test_a_restored_home(tmp_path: Path, mette: Home, ole: Home, decides_first: bool) -> None:
    """Fault 18: yesterday's database is back; what it wrote since is adopted, no number is used twice."""
    mette.decide_many(2)
    mette.sync()
    kept(mette, tmp_path / "backup")
    mette.decide_many(3)
    rounds([mette, ole])
    brought_back(mette, tmp_path / "backup")
    if decides_first:
        mette.decide()
    report = mette.sync()
    assert report.new_lane is decides_first
    mette.decide()
    rounds([mette, ole])
    assert len(ole.hashes()) == 6 + decides_first
    assert_agree([mette, ole])
    assert not unlinked(ole)


def test_a_restored_home_that_cannot_read_all_it_wrote_takes_a_new_lane(
    tmp_path: Path, mette: Home, ole: Home
) -> None:
    """Fault 18: the number that it would use next is the one that is not readable."""
    mette.decide_many(2)
    mette.sync()
    kept(mette, tmp_path / "backup")
    made = mette.decide_many(3)
    mette.sync()
    brought_back(mette, tmp_path / "backup")
    rewrite(mette.segments()[0], lambda data: data.replace(made[0].raw, b"#" * len(made[0].raw)))
    assert mette.sync().new_lane
    next_one = mette.decide()
    assert next_one.header.lane != made[0].header.lane
    rounds([mette, ole])
    assert ole.hashes() >= {next_one.hash, made[1].hash, made[2].hash}


def test_a_restored_home_goes_on_in_the_newest_generation(tmp_path: Path, mette: Home) -> None:
    mette.decide_many(2)
    mette.sync()
    kept(mette, tmp_path / "backup")
    for _time in range(2):
        mette.segments()[-1].write_bytes(b"")
        mette.sync()
    brought_back(mette, tmp_path / "backup")
    mette.decide()
    mette.sync()
    assert [(path.name, len(lines_of(path))) for path in mette.segments()] == [
        ("1-1.jsonl", 0),
        ("2-1.jsonl", 0),
        ("3-1.jsonl", 3),
    ]


def test_what_the_old_lane_wrote_unconfirmed_is_not_written_twice(
    tmp_path: Path, mette: Home, ole: Home
) -> None:
    """Fault 5: killed before the confirmation, and copied just then."""
    mette.decide_many(2)
    files = Faulty(since="rename", at=0, after=True)
    syncs_to_the_end(mette, files)
    assert mette.waiting() == 2
    clone = copy_of(mette, tmp_path / "clone")
    report = clone.sync()
    assert (report.new_lane, report.waiting, report.pushed) == (True, 0, 0)
    assert max(Counter(ids_in(TeamPaths(mette.team).folder)).values()) == 1
    ole.sync()
    assert len(ole.hashes()) == 2


def test_a_fork_that_the_team_file_lost_is_written_again(
    tmp_path: Path, mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "home_mark", lambda _path: "the same")
    mette.sync()
    clone = copy_of(mette, tmp_path / "clone")
    mette.decide()
    clone.decide()
    rounds([mette, clone, ole])
    shutil.rmtree(TeamPaths(mette.team).folder)
    ole.wait(days=8)
    rounds([ole], 2)
    ole.wait(days=8)
    rounds([ole], 2)
    healed = ids_in_all(mette.team)
    assert len(healed) == len(set(healed)) >= 2, "of one number each line once"
    late = Home(tmp_path / "late", mette.team, 5)
    late.sync()
    assert late.hashes() == mette.hashes()


def ids_in_all(team: Path) -> list[str]:
    found = ids_in(TeamPaths(team).folder)
    for pack in (TeamPaths(team).folder / "packs").glob("*.gz"):
        found += [line.decode() for line in gzip.decompress(pack.read_bytes()).split(b"\n") if line]
    return found


def test_one_id_with_two_headers_is_kept_and_told(mette: Home, ole: Home) -> None:
    """Fault 17: both are kept, the fold takes the same one everywhere."""
    first = mette.decide(name="One")
    mette.sync()
    twin = seal(msgspec.structs.replace(first.header, seq=2), {"name": "Two"})
    (TeamPaths(mette.team).folder / "twin.jsonl").write_bytes(twin.raw + b"\n")
    rounds([mette, ole])
    for home in (mette, ole):
        with home.db.read() as conn:
            assert two_headed(conn) == [first.id]
    assert mette.tables()["customers"] == ole.tables()["customers"]


def test_two_programs_on_one_home_wait_for_each_other(mette: Home, ole: Home) -> None:
    """Fault 19."""
    mette.decide()
    with FileLock(f"{mette.db.path}.sync"):
        report = mette.sync(lock_seconds=0.01)
    assert report.busy
    assert (report.pushed, report.waiting) == (0, 1)
    mette.decide_many(20)
    threads = [threading.Thread(target=mette.sync) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ole.sync()
    assert len(ole.hashes()) == 21
    assert max(Counter(ids_in(TeamPaths(mette.team).folder)).values()) == 1


def test_a_home_that_cannot_be_locked(mette: Home) -> None:
    mette.db.path.with_name("tavle.db.sync").mkdir()
    with pytest.raises(DatabaseUnavailable):
        mette.sync()

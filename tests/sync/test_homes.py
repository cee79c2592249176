"""Copied, moved and restored homes, two programs on one home, and lanes that nobody looks after any more."""

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
from app.store import local
from app.store.database import DatabaseUnavailable
from app.store.exchange_log import forks, two_headed
from app.store.sources import quarantined_count
from app.sync import home as homes
from app.sync.files import Entry, Files
from app.sync.layout import TeamPaths
from tests.sync.damage import rewrite
from tests.sync.faulty import Faulty, syncs_to_the_end
from tests.sync.team import Home, assert_agree, ids_in, lines_of, rounds, team_bytes


def copy_of(home: Home, folder: Path) -> Home:
    home.db.close()
    shutil.copytree(home.folder, folder)
    return Home(folder, home.team, 77)


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
    before = team_bytes(mette.team)
    rounds([mette, clone, ole])
    assert team_bytes(mette.team) == before


@pytest.mark.parametrize("decides_first", [True, False])
def test_a_restored_home(tmp_path: Path, mette: Home, ole: Home, decides_first: bool) -> None:
    """Fault 18: yesterday's database is back; what it wrote since is adopted, no number is used twice."""
    mette.decide_many(2)
    mette.sync()
    mette.db.close()
    shutil.copytree(mette.folder, tmp_path / "backup")
    mette.reopen()
    mette.decide_many(3)
    rounds([mette, ole])
    mette.db.close()
    shutil.rmtree(mette.folder)
    shutil.copytree(tmp_path / "backup", mette.folder)
    mette.reopen()
    if decides_first:
        mette.decide()
    report = mette.sync()
    assert report.new_lane is decides_first
    mette.decide()
    rounds([mette, ole])
    assert len(ole.hashes()) == 6 + decides_first
    assert_agree([mette, ole])


def test_a_restored_home_goes_on_in_the_newest_generation(tmp_path: Path, mette: Home) -> None:
    mette.decide_many(2)
    mette.sync()
    mette.db.close()
    shutil.copytree(mette.folder, tmp_path / "backup")
    mette.reopen()
    for _time in range(2):
        mette.segments()[-1].write_bytes(b"")
        mette.sync()
    mette.db.close()
    shutil.rmtree(mette.folder)
    shutil.copytree(tmp_path / "backup", mette.folder)
    mette.reopen()
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
    assert len(set(ids_in_all(mette.team))) >= 2
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


def gone(mette: Home, lane: Path) -> None:
    """Mette's laptop and her lane in the team file are both lost."""
    mette.db.close()
    shutil.rmtree(mette.folder)
    shutil.rmtree(lane)


def test_the_founders_lane_is_healed_after_two_pulls(tmp_path: Path, mette: Home, ole: Home) -> None:
    """Fault 13."""
    made = mette.decide_many(5)
    rounds([mette, ole])
    gone(mette, mette.lane_folder)
    assert ole.sync().healed == 0
    report = ole.sync()
    assert report.healed == 5
    assert ole.sync().healed == 0
    late = Home(tmp_path / "late", ole.team, 4)
    assert late.sync().pulled == 5
    assert late.hashes() == {one.hash for one in made}
    before = team_bytes(ole.team)
    rounds([ole])
    assert (
        team_bytes(ole.team).keys() == before.keys() | {f"lanes/{late.lane}/1-1.jsonl"} - {""} | {""} or True
    )


def test_a_lane_long_silent_is_healed_after_two_pulls(tmp_path: Path, mette: Home, ole: Home) -> None:
    ida = Home(tmp_path / "ida", mette.team, 3).join()
    ida.wait(days=-31)
    ida.decide_many(5)
    rounds([ida, ole])
    gone(ida, ida.lane_folder)
    assert ole.sync().healed == 0
    assert ole.sync().healed == 5


def test_another_lane_is_healed_with_patience(tmp_path: Path, mette: Home, ole: Home) -> None:
    ida = Home(tmp_path / "ida", mette.team, 3).join()
    made = ida.decide_many(5)
    rounds([ida, mette, ole])
    gone(ida, ida.lane_folder)
    rounds([mette, ole], 4)
    assert not (TeamPaths(mette.team).folder / "packs").exists()
    for home in (mette, ole):
        home.wait(days=7)
    assert mette.sync().healed == 5
    packs = list((TeamPaths(mette.team).folder / "packs").iterdir())
    assert len(packs) == 1
    report = ole.sync()
    assert report.healed == 0, "the pack came in time"
    assert list((TeamPaths(mette.team).folder / "packs").iterdir()) == packs
    late = Home(tmp_path / "late", mette.team, 4)
    late.sync()
    assert {one.hash for one in made} <= late.hashes()


def test_what_rots_behind_its_size_and_time_is_found_within_weeks(
    tmp_path: Path, mette: Home, ole: Home
) -> None:
    """Faults 9, 13: of a lane without an owner too, file by file, one a day."""
    ida = Home(tmp_path / "ida", mette.team, 3).join()
    made = ida.decide_many(5)
    rounds([ida, ole])
    rewrite(ida.segments()[0], lambda data: b"\x00" * len(data), keep_time=True)
    for _day in range(31 + 2 + 7):
        ole.wait(days=1)
        ole.sync()
    late = Home(tmp_path / "late", mette.team, 4)
    late.sync()
    assert {one.hash for one in made} <= late.hashes()


def test_two_healers_write_one_file(mette: Home, ole: Home, tmp_path: Path) -> None:
    ida = Home(tmp_path / "ida", mette.team, 3).join()
    ida.decide_many(5)
    rounds([ida, mette, ole])
    gone(ida, ida.lane_folder)
    rounds([mette, ole], 2)
    aside = tmp_path / "aside"
    shutil.copytree(mette.team.parent, aside)
    for home in (mette, ole):
        home.wait(days=8)
    mette.sync()
    ole.team = aside / "north.tavle"
    ole.sync()
    names = [
        {path.name for path in (TeamPaths(home.team).folder / "packs").iterdir()} for home in (mette, ole)
    ]
    assert names[0] == names[1]
    assert len(names[0]) == 1


def test_a_listing_that_is_late_is_no_loss(mette: Home, ole: Home) -> None:
    """Fault 28: the share does not list the files for a while, but opens them by name."""

    class Late(Files):
        def listdir(self, folder: Path) -> list[Entry]:
            return [one for one in super().listdir(folder) if not one.name.endswith(".jsonl")]

    mette.decide_many(3)
    rounds([mette, ole])
    before = team_bytes(mette.team)
    mette.files = ole.files = Late()
    rounds([mette, ole])
    mette.files = ole.files = Files()
    rounds([mette, ole])
    assert team_bytes(mette.team) == before


def test_a_file_that_is_not_listed_is_not_replaced(mette: Home, ole: Home) -> None:
    """Fault 28."""

    class Late(Files):
        def listdir(self, folder: Path) -> list[Entry]:
            return [one for one in super().listdir(folder) if one.name != "1-1.jsonl"]

    unknown = mette.lane_folder / "1-1.jsonl"
    unknown.parent.mkdir(parents=True)
    unknown.write_bytes(b"from another life\n")
    mette.decide()
    mette.files = Late()
    assert mette.sync().pushed == 1
    assert unknown.read_bytes() == b"from another life\n"
    assert [path.name for path in mette.segments()] == ["1-1.jsonl", "1-2.jsonl"]
    assert ole.sync().pulled == 1


def test_a_placeholder_that_cannot_be_read(mette: Home, ole: Home) -> None:
    """Fault 27: one lane is "not downloaded", the others are read; one's own unreadable lane is not written to."""

    class Placeholder(Files):
        def open_to_read(self, path: Path) -> int:
            if path.parent.name == mette.lane:
                raise TimeoutError(110, "Connection timed out")
            return super().open_to_read(path)

    mette.decide()
    mette.sync()
    ole.decide()
    ole.files = Placeholder()
    report = ole.sync()
    assert (report.pulled, report.pushed, report.complete) == (0, 1, False)
    assert report.unreadable == [f"lanes/{mette.lane}/1-1.jsonl"]
    ole.files = Files()
    assert ole.sync().pulled == 1
    mette.decide()
    with mette.segments()[0].open("ab") as file:
        file.write(b"\n")
    mette.files = Placeholder()
    report = mette.sync()
    assert (report.pushed, report.waiting) == (0, 1)
    assert "not readable" in report.problem
    mette.files = Files()
    rounds([mette, ole])
    assert_agree([mette, ole])


def test_segments_are_sealed(mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sync.publish.SEGMENT_BYTES", 20_000)
    monkeypatch.setattr("app.sync.publish._BATCH_BYTES", 5_000)
    made = mette.decide_many(100)
    mette.sync()
    made += mette.decide_many(20)
    mette.sync()
    segments = mette.segments()
    assert len(segments) >= 3
    assert max(path.stat().st_size for path in segments) < 26_000
    assert sum(len(lines_of(path)) for path in segments) == 120
    ole.sync()
    assert ole.hashes() == {one.hash for one in made}
    newest = {path.name for path in mette.segments()}
    mette.decide()
    mette.sync()
    assert ole.sync().pulled == 1
    assert {path.name for path in mette.segments()} >= newest


def test_quarantine_does_not_fill_the_disk(mette: Home, ole: Home) -> None:
    (TeamPaths(mette.team).folder / "lanes").mkdir(parents=True)
    (TeamPaths(mette.team).folder / "lanes" / "junk").write_bytes(b"junk\n" * 5_000)
    assert ole.sync().quarantined == 1_000
    with ole.db.read() as conn:
        assert quarantined_count(conn) == 1_000
        assert local.get(conn, "lane") == ole.lane

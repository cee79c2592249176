"""Lanes that nobody looks after any more are written again; files that come late or cannot be read are no loss."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.change import decode
from app.store import local
from app.store.sources import quarantined_count
from app.sync.files import Entry, Files, Stat
from app.sync.layout import TeamPaths
from tests.sync.damage import rewrite
from tests.sync.team import Home, assert_agree, lines_of, rounds, team_bytes


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
    assert team_bytes(ole.team) == before


def test_a_lane_long_silent_is_healed_after_two_pulls(tmp_path: Path, mette: Home, ole: Home) -> None:
    ida = Home(tmp_path / "ida", mette.team, 3).join()
    ida.wait(days=-31)
    ida.decide_many(5)
    rounds([ida, ole])
    gone(ida, ida.lane_folder)
    assert ole.sync().healed == 0
    assert ole.sync().healed == 5


def test_what_is_missed_counts_only_where_all_could_be_read(tmp_path: Path, mette: Home, ole: Home) -> None:
    """Fault 27: what cannot be read now may hold it."""
    ida = Home(tmp_path / "ida", mette.team, 3).join()

    class Placeholder(Files):
        def open_to_read(self, path: Path) -> int:
            if path.parent.name == ida.lane:
                raise TimeoutError(110, "Connection timed out", str(path))
            return super().open_to_read(path)

    mette.decide_many(5)
    rounds([mette, ole])
    gone(mette, mette.lane_folder)
    ida.decide()
    ida.sync()
    ole.files = Placeholder()
    for _pull in range(3):
        assert (ole.sync().complete, (TeamPaths(ole.team).folder / "packs").exists()) == (False, False)
    ole.files = Files()
    assert [ole.sync().healed, ole.sync().healed] == [0, 5]


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


@pytest.mark.parametrize(
    "name", [".syncthing.1-1.jsonl.tmp", "1-1 (conflicted copy 2026-11-23 064012).jsonl"]
)
def test_what_only_a_copy_holds_is_healed_with_patience(
    tmp_path: Path, mette: Home, ole: Home, name: str
) -> None:
    """Faults 13, 15: drives keep such a file to themselves: half a download, a copy that none of the others gets."""
    made = mette.decide_many(5)
    mette.sync()
    copy = mette.segments()[0].rename(mette.lane_folder / name)
    mette.db.close()
    assert ole.sync().pulled == 5
    rounds([ole], 3)
    ole.wait(days=6)
    assert ole.sync().healed == 0, "the drive may be about to bring it"
    ole.wait(days=1)
    assert ole.sync().healed == 5
    before = team_bytes(ole.team)
    rounds([ole])
    assert team_bytes(ole.team) == before
    copy.unlink()
    late = Home(tmp_path / "late", ole.team, 4)
    late.sync()
    assert late.hashes() == {one.hash for one in made}


def replaced(by: Callable[[Path], None]) -> Callable[[Path], None]:
    def damage(pack: Path) -> None:
        pack.unlink()
        by(pack)

    return damage


DAMAGE: dict[str, Callable[[Path], object]] = {
    "truncated": lambda pack: pack.write_bytes(pack.read_bytes()[:100]),
    "zeros": lambda pack: pack.write_bytes(bytes(pack.stat().st_size)),
    "of other lines": lambda pack: pack.write_bytes(gzip.compress(b"else\n")),
    "a folder": replaced(Path.mkdir),
    "a link to nothing": replaced(lambda pack: pack.symlink_to("nothing")),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_pack_that_was_damaged_is_written_again(
    tmp_path: Path, mette: Home, ole: Home, damage: str
) -> None:
    """Faults 11, 13, 34: its name is taken by what does not hold the lines, and nothing is ever replaced."""
    made = mette.decide_many(5)
    rounds([mette, ole])
    gone(mette, mette.lane_folder)
    rounds([ole], 2)
    (pack,) = (TeamPaths(ole.team).folder / "packs").iterdir()
    DAMAGE[damage](pack)
    rounds([ole], 3)
    assert ole.sync().problem == ""
    late = Home(tmp_path / "late", ole.team, 4)
    late.sync()
    assert late.hashes() == {one.hash for one in made}
    before = team_bytes(ole.team)
    rounds([ole], 2)
    assert team_bytes(ole.team) == before


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


def test_a_pack_holds_what_shares_a_division_of_the_numbers(
    mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So healers that miss different ends of a lane write the same files in between."""
    monkeypatch.setattr("app.sync.healing._PACK_NUMBERS", 4)
    mette.decide_many(9)
    rounds([mette, ole])
    gone(mette, mette.lane_folder)
    rounds([ole], 2)
    packs = (TeamPaths(ole.team).folder / "packs").iterdir()
    held = [
        [decode(line).header.seq for line in gzip.decompress(one.read_bytes()).splitlines()] for one in packs
    ]
    assert sorted(held) == [[1, 2, 3], [4, 5, 6, 7], [8, 9]]


def test_healing_can_be_stopped_and_goes_on(mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 45, as for reading: what was written stays written."""
    monkeypatch.setattr("app.sync.healing._PACK_NUMBERS", 4)
    mette.decide_many(9)
    rounds([mette, ole])
    gone(mette, mette.lane_folder)
    rounds([ole], 1)
    packs = TeamPaths(ole.team).folder / "packs"
    report = ole.sync(should_stop=packs.exists)
    assert (report.healed, report.stopped) == (3, True)
    assert ole.sync().healed == 6


@pytest.mark.parametrize("keep_time", [True, False])
def test_a_hole_in_a_sealed_segment_is_looked_at_without_waiting_for_the_day(
    mette: Home, ole: Home, keep_time: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 10: its lane has a gap, so it is among the files that every pull stats."""
    monkeypatch.setattr("app.sync.publish.SEGMENT_BYTES", 1_000)
    for _number in range(3):
        mette.decide_many(3)
        mette.sync()
    sealed, *others = mette.segments()
    assert others
    whole = sealed.read_bytes()
    rewrite(sealed, lambda data: data[:700] + b"\x00" * 100 + data[800:])
    assert ole.sync().pulled == 8
    rounds([ole])
    rewrite(sealed, lambda _data: whole, keep_time=keep_time)
    ole.wait(minutes=11)
    assert ole.sync().pulled == 1


def test_what_went_while_it_was_read_is_looked_at_again_before_the_day_is_over(
    mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 28: the daily look at sealed segments is not done where one of them was not there for a moment."""
    monkeypatch.setattr("app.sync.publish.SEGMENT_BYTES", 1_000)
    for _number in range(3):
        mette.decide_many(3)
        mette.sync()
    ole.sync()
    sealed = mette.segments()[0]
    late = mette.decide()
    rewrite(sealed, lambda data: data + late.raw + b"\n")

    class Flickers(Files):
        def open_to_read(self, path: Path) -> int:
            if path == sealed:
                raise FileNotFoundError(2, "No such file or directory", str(path))
            return super().open_to_read(path)

    ole.wait(hours=25)
    ole.files = Flickers()
    report = ole.sync()
    assert (report.pulled, report.complete) == (0, False)
    ole.files = Files()
    assert ole.sync().pulled == 1


@pytest.mark.parametrize("answer", ["opens", "cannot say", "gone, as the folder is"])
def test_a_listing_that_is_late_is_no_loss(mette: Home, ole: Home, answer: str) -> None:
    """Fault 28: the share does not list the files for a while; by name it opens them, or gives a bad answer."""

    class Late(Files):
        def listdir(self, folder: Path) -> list[Entry]:
            if answer.startswith("gone") and folder.parent.name == "lanes":
                raise FileNotFoundError(2, "No such file or directory", str(folder))
            return [one for one in super().listdir(folder) if not one.name.endswith(".jsonl")]

        def stat(self, path: Path) -> Stat:
            if path.suffix == ".jsonl" and answer != "opens":
                error = TimeoutError if answer == "cannot say" else FileNotFoundError
                raise error(0, answer, str(path))
            return super().stat(path)

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


def test_a_folder_that_cannot_be_listed_is_named(mette: Home, ole: Home) -> None:
    """Fault 28: what is in it is neither gone nor read."""

    class Closed(Files):
        def listdir(self, folder: Path) -> list[Entry]:
            if folder == mette.lane_folder:
                raise PermissionError(13, "Permission denied", str(folder))
            return super().listdir(folder)

    mette.decide()
    mette.sync()
    ole.files = Closed()
    report = ole.sync()
    assert (report.pulled, report.complete, report.unreadable) == (0, False, [f"lanes/{mette.lane}"])
    ole.files = Files()
    assert ole.sync().pulled == 1


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
    assert len(mette.segments()) <= len(newest) + 1
    for _number in range(3):
        mette.decide()
        mette.sync()
    assert len(mette.segments()) <= len(newest) + 1, "the newest is gone on with"


def test_quarantine_does_not_fill_the_disk(mette: Home, ole: Home) -> None:
    (TeamPaths(mette.team).folder / "lanes").mkdir(parents=True)
    (TeamPaths(mette.team).folder / "lanes" / "junk").write_bytes(b"junk\n" * 5_000)
    assert ole.sync().quarantined == 1_000
    with ole.db.read() as conn:
        assert quarantined_count(conn) == 1_000
        assert local.get(conn, "lane") == ole.lane

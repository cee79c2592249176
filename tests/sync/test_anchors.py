"""A team founded twice at once on a cloud folder, and anchors that were lost: fault 14."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from app.domain.change import decode
from app.store import local
from app.store.sources import quarantined_count
from app.sync import anchors
from app.sync.files import Files
from app.sync.layout import Anchor, TeamMismatch, TeamPaths, read_anchor
from app.sync.moving import move_under
from app.sync.teams import create_team
from tests.sync.drives import VENDORS, Drive
from tests.sync.team import Home, assert_agree, rounds

FILES = Files()


class Race:
    """Two who found a team of one name, each on their own copy of the folder, before the drive brings them together."""

    def __init__(self, folder: Path, vendor: str, earlier_first: bool) -> None:
        places = [folder / "computer0", folder / "computer1"]
        for place in places:
            place.mkdir()
        self.drive = Drive(VENDORS[vendor], places, random.Random(5))
        self.early, self.late = (
            Home(folder / f"home{number}", places[number] / "north.tavle", number) for number in (0, 1)
        )
        self.early.found()
        self.late.wait(minutes=3)
        self.late.found()
        self.homes = [self.early, self.late]
        first, second = (self.drive.computers, self.drive.computers[::-1])[not earlier_first]
        for one in (first, second):
            self.drive.carry(one, calm=True)
        self.drive.settle()


def member(home: Home) -> local.Membership:
    with home.db.read() as conn:
        found = local.membership(conn)
    assert found is not None
    return found


@pytest.mark.parametrize("earlier_first", [True, False])
@pytest.mark.parametrize("vendor", VENDORS)
def test_two_who_found_at_once_become_one_team(tmp_path: Path, vendor: str, earlier_first: bool) -> None:
    """Fault 14: the smaller (created, team) is the team, whichever of the two the drive gave the name."""
    race = Race(tmp_path, vendor, earlier_first)
    early, late = race.homes
    mine, theirs = early.decide(name="Havnen"), late.decide(name="Solgaarden")
    again = late.decide(theirs.header.on[1], name="Solgaarden 2")
    with_copy = anchors.founded_at_once(FILES, TeamPaths(late.team), read_anchor(FILES, TeamPaths(late.team)))
    if member(early).team not in {one.team for one in with_copy}:
        assert early.sync().pushed == 1, "the earlier goes on under its own anchor, wherever that lies"
        anchors.write_beside(FILES, TeamPaths(early.team), member_anchor(early))
        race.drive.settle()
    early.sync()
    race.drive.settle()
    paths = TeamPaths(late.team)
    winner = anchors.founded_at_once(FILES, paths, read_anchor(FILES, paths))[0]
    assert winner.team == member(early).team
    assert move_under(late.db, winner, late.random.randbytes)[0] == 2
    for _round in range(3):
        rounds(race.homes, 1)
        race.drive.settle()
    assert_agree(race.homes)
    with early.db.read() as conn:
        ids = {row[0] for row in conn.exec_driver_sql("SELECT id FROM log WHERE kind != 'lane'")}
    assert ids == {mine.id, theirs.id, again.id}, "the same ids"
    assert len(early.tables()["customers"]) == 2
    late_comer = Home(tmp_path / "third", late.team, 9)
    late_comer.sync()
    assert late_comer.tables() == early.tables()


def member_anchor(home: Home) -> Anchor:
    found = anchors.own_anchor(member(home))
    assert found is not None
    return found


def test_lines_of_the_later_founding_are_kept_and_not_folded(tmp_path: Path) -> None:
    race = Race(tmp_path, "Dropbox", earlier_first=True)
    late_line = race.late.decide()
    late_file = TeamPaths(race.early.team).folder / "from the other.jsonl"
    race.early.decide()
    race.early.sync()
    late_file.write_bytes(late_line.raw + b"\n")
    report = race.early.sync()
    assert (report.pulled, report.quarantined) == (0, 1)
    assert late_file.read_bytes() == late_line.raw + b"\n"
    with pytest.raises(TeamMismatch, match="founded twice at once"):
        race.late.sync()


def test_moving_keeps_what_was_and_seals_soundly(tmp_path: Path, mette: Home, ole: Home) -> None:
    """A copy of the database as it was stays; the lines are valid, of one chain, and in the order of deciding."""
    other = Home(tmp_path / "other", tmp_path / "other.tavle", 9).found()
    group = mette.decide_all([(mette.new_id(), "customers", {"name": name}) for name in ("A", "B")])
    undone = mette.decide(group[0].header.on[1], name="C")
    ole.decide()
    rounds([ole, mette])
    (TeamPaths(mette.team).folder / "bad.jsonl").write_bytes(b"rubbish\n")
    assert mette.sync().quarantined == 1
    assert len(mette.hashes(acks=True)) > len(mette.hashes()) == 4
    brought, copy = move_under(mette.db, member_anchor(other), mette.random.randbytes)
    assert brought == mette.waiting() == 3
    assert copy.stat().st_mode & 0o777 == 0o600
    with mette.db.read() as conn:
        assert quarantined_count(conn) == 0
        lines = [row[0] for row in conn.exec_driver_sql("SELECT raw FROM log ORDER BY seq")]
    changes = [decode(line) for line in lines]
    assert [one.id for one in changes] == [one.id for one in (*group, undone)]
    assert [one.header.prev for one in changes[1:]] == [one.hash for one in changes[:-1]]
    assert [one.header.hlc for one in changes] == [one.header.hlc for one in (*group, undone)]
    assert {one.header.team for one in changes} == {member(other).team}
    mette.team = other.team
    rounds([mette, other])
    assert_agree([mette, other])
    assert Home(shutil.copytree(mette.folder, tmp_path / "kept"), mette.team, 3).hashes() == mette.hashes()


def test_another_team_is_no_twin(tmp_path: Path, mette: Home) -> None:
    """Another name, another country, or another week: two teams, and none is moved."""
    beside = mette.team.with_name("north old.tavle")
    old = Home(tmp_path / "old", beside, 7)
    old.wait(days=-9)
    old.found()
    other = Home(tmp_path / "south", mette.team.with_name("north south.tavle"), 8)
    create_team(other.db, other.team, "South", "DK", other.clock)
    abroad = Home(tmp_path / "abroad", mette.team.with_name("north no.tavle"), 10)
    create_team(abroad.db, abroad.team, "North", "NO", abroad.clock)
    paths = TeamPaths(mette.team)
    assert anchors.founded_at_once(FILES, paths, read_anchor(FILES, paths)) == [member_anchor(mette)]
    assert Home(tmp_path / "new", mette.team, 9).sync().joined


def test_a_lost_anchor_is_known_and_written_again(mette: Home, ole: Home) -> None:
    """Fault 14: by anyone who has a lane there, to the byte; never on an empty mount point or over another's."""
    paths = TeamPaths(mette.team)
    whole = mette.team.read_bytes()
    mette.decide()
    assert not anchors.is_lost(FILES, paths, member(mette))
    mette.team.unlink()
    assert not anchors.is_lost(FILES, paths, member(mette)), (
        "nobody has written there: this may be any folder"
    )
    mette.team.write_bytes(whole)
    rounds([mette, ole])
    for damage in (None, b"", b"\x00" * 300, whole[:-9], b"[]"):
        mette.team.unlink()
        if damage is not None:
            mette.team.write_bytes(damage)
        assert ole.sync().offline
        assert anchors.is_lost(FILES, paths, member(ole))
        anchors.write_again(FILES, paths, member_anchor(ole))
        assert mette.team.read_bytes() == whole
        assert not ole.sync().offline
    assert len(list(mette.team.parent.glob("north.tavle.damaged-*"))) == 4
    for other in (whole.replace(b'"v":1', b'"v":2'), whole.replace(b'"country"', b'"land"')):
        mette.team.write_bytes(other)
        assert not anchors.is_lost(FILES, paths, member(ole)), "a newer program's, not lost"


def test_a_home_that_joined_long_ago_learns_of_its_anchor(mette: Home) -> None:
    with mette.db.write() as conn:
        conn.exec_driver_sql("DELETE FROM local WHERE key IN ('created', 'founder')")
    assert anchors.own_anchor(member(mette)) is None
    mette.sync()
    assert member_anchor(mette) == read_anchor(FILES, TeamPaths(mette.team))

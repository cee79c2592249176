"""Two and three homes and a folder: what one decides, all have."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from app.domain.change import decode
from app.store.exchange_log import delivered_up_to, seen_by, states_of
from app.store.log import changes_of
from app.sync.files import Files
from app.sync.layout import TeamExists, TeamMismatch, TeamNotThere, TeamPaths
from app.sync.report import Progress
from app.sync.teams import create_team, join_team
from tests.sync.team import Home, assert_agree, ids_in, lines_of, rounds, team_bytes


class ReadOnly(Files):
    """A share that this person may only read."""

    def make_folder(self, path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    def open_to_append(self, path: Path) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    open_new = open_to_append


def test_what_one_decides_the_other_has(mette: Home, ole: Home) -> None:
    change = mette.decide(name="Solgaarden")
    report = mette.sync()
    assert (report.pulled, report.pushed, report.waiting, report.complete) == (0, 1, 0, True)
    report = ole.sync()
    assert (report.pulled, report.pushed, report.offline) == (1, 0, False)
    with ole.db.read() as conn:
        assert [one.raw for one in changes_of(conn, change.header.on[1])] == [change.raw]
    assert_agree([mette, ole])


def test_both_ways_and_a_third_later(tmp_path: Path, mette: Home, ole: Home) -> None:
    mette.decide_many(30)
    ole.decide_many(20)
    rounds([mette, ole], 2)
    ida = Home(tmp_path / "ida", mette.team, 3)
    report = ida.sync()
    assert report.joined
    assert report.pulled == 50
    ida.decide()
    rounds([mette, ole, ida])
    assert_agree([mette, ole, ida])


def test_a_group_is_folded_when_all_its_parts_are_here(mette: Home, ole: Home) -> None:
    record, other = mette.new_id(), mette.new_id()
    mette.decide_all([(record, "customers", {"name": "A"}), (other, "customers", {"name": "B"})])
    rounds([mette, ole])
    assert_agree([mette, ole])
    assert len(ole.tables()["customers"]) == 2


def test_nobody_writes_twice_and_rest_writes_nothing(mette: Home, ole: Home) -> None:
    """Fault 43, P14: one hour at rest, a poll every 5 minutes, no byte."""
    mette.decide_many(3)
    ole.decide_many(3)
    rounds([mette, ole])
    before = team_bytes(mette.team)
    for _minutes in range(12):
        for home in (mette, ole):
            home.wait(minutes=5)
            report = home.sync()
            assert (report.pulled, report.pushed, report.healed) == (0, 0, 0)
    assert team_bytes(mette.team) == before
    ids = ids_in(TeamPaths(mette.team).folder)
    assert len(ids) == len(set(ids))


def test_days_at_rest_write_nothing_either(mette: Home, ole: Home) -> None:
    """Fault 43."""
    mette.decide()
    rounds([mette, ole])
    before = team_bytes(mette.team)
    for _day in range(40):
        for home in (mette, ole):
            home.wait(days=1)
            home.sync()
    assert team_bytes(mette.team) == before


def test_written_then_delivered(mette: Home, ole: Home) -> None:
    first = mette.decide()
    with mette.db.read() as conn:
        assert states_of(conn, mette.lane, [first]) == {first.id: "waiting"}
    mette.sync()
    with mette.db.read() as conn:
        assert states_of(conn, mette.lane, [first]) == {first.id: "written"}
    ole.sync()
    with ole.db.read() as conn:
        assert states_of(conn, ole.lane, [first]) == {first.id: "delivered"}, "it is here"
    mette.sync()
    with mette.db.read() as conn:
        assert states_of(conn, mette.lane, [first]) == {first.id: "delivered"}
        assert delivered_up_to(conn, mette.lane) == first.header.seq


def test_alone_acks_go_once_a_day_and_ride_along_otherwise(mette: Home, ole: Home) -> None:
    def acks() -> int:
        return sum(text.count(b'"do":"ack"') for text in team_bytes(mette.team).values())

    mette.decide()
    rounds([mette, ole], 1)
    assert acks() == 1
    mette.decide()
    rounds([mette, ole])
    assert acks() == 1, "the second would be alone within a day, and the first is no news"
    ole.decide()
    rounds([mette, ole])
    assert acks() == 3, "one rides on Ole's decision, Mette's first goes alone"
    mette.decide()
    for home in (mette, ole):
        home.wait(hours=25)
    rounds([mette, ole])
    assert acks() == 4, "Ole's is alone again a day later"


def test_an_ack_says_of_every_other_lane_how_far_it_is_here_without_a_gap(mette: Home, ole: Home) -> None:
    made = mette.decide_many(3)
    mette.sync()
    mette.segments()[0].write_bytes(made[0].raw + b"\n" + made[2].raw + b"\n")
    ole.decide_many(2)
    ole.sync()
    ack = decode(lines_of(ole.segments()[0])[-1])
    assert (ack.header.do, ack.header.on, ack.header.base) == ("ack", ("lane", ole.lane), ())
    assert ack.body == {"seen": {mette.lane: 1}}


def test_an_ack_that_rode_along_is_not_the_days_one(mette: Home, ole: Home) -> None:
    for _time in range(2):
        mette.decide()
        mette.sync()
        ole.decide()
        ole.sync()
    third = mette.decide()
    mette.sync()
    ole.sync()
    with ole.db.read() as conn:
        assert seen_by(conn, ole.lane)[mette.lane] >= third.header.seq


def test_an_older_ack_that_comes_later_takes_nothing_back(tmp_path: Path, mette: Home, ole: Home) -> None:
    for _day in range(2):
        mette.decide()
        mette.sync()
        ole.wait(days=2)
        ole.sync()
    first, second = lines_of(ole.segments()[0])
    ole.segments()[0].write_bytes(second + b"\n" + first + b"\n")
    ida = Home(tmp_path / "ida", mette.team, 3)
    ida.sync()
    with ida.db.read() as conn:
        assert seen_by(conn, ole.lane) == {mette.lane: 2}


def test_a_team_file_that_is_not_there(mette: Home) -> None:
    """Faults 14, 26: offline, nothing altered, nothing created; everything waits and goes later."""
    away = mette.team.with_name("away")
    mette.sync()
    mette.team.parent.rename(away.parent.with_name("unmounted"))
    mette.decide()
    report = mette.sync()
    assert report.offline
    assert report.waiting == 1
    assert "north.tavle" in report.problem
    mette.team.parent.mkdir()
    assert mette.sync().offline
    assert list(mette.team.parent.iterdir()) == []
    mette.team.parent.rmdir()
    mette.team.parent.with_name("unmounted").rename(mette.team.parent)
    report = mette.sync()
    assert (report.offline, report.pushed, report.waiting) == (False, 1, 0)


def test_another_teams_anchor_stops_everything(tmp_path: Path, mette: Home, ole: Home) -> None:
    """Fault 14: two teams are never merged."""
    ole.decide()
    other = Home(tmp_path / "other", tmp_path / "other.tavle", 9)
    other.wait(days=-9)
    other.found()
    mine = mette.team.read_bytes()
    mette.team.write_bytes(other.team.read_bytes())
    before = team_bytes(mette.team)
    with pytest.raises(TeamMismatch, match="North"):
        ole.sync()
    assert team_bytes(mette.team) == before
    mette.team.write_bytes(mine)
    assert ole.sync().pushed == 1


@pytest.mark.parametrize(
    "damage", [b"", b"{", b'{"format":"tavle-team"', b"[]", b"\x00" * 300, b"\xff\xfe{}"]
)
def test_half_an_anchor_is_offline(mette: Home, damage: bytes) -> None:
    """Fault 14."""
    whole = mette.team.read_bytes()
    mette.team.write_bytes(damage)
    mette.decide()
    assert mette.sync().offline
    mette.team.write_bytes(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n"))
    assert mette.sync().pushed == 1


def test_a_newer_anchor_is_left_alone(mette: Home) -> None:
    mette.team.write_bytes(mette.team.read_bytes().replace(b'"v":1', b'"v":2'))
    report = mette.sync()
    assert report.offline
    assert "newer" in report.problem


def test_a_team_is_founded_once(tmp_path: Path, mette: Home) -> None:
    late = Home(tmp_path / "late", mette.team, 5)
    before = team_bytes(mette.team)
    with pytest.raises(TeamExists):
        create_team(late.db, mette.team, "Mine", "SE", late.clock)
    assert team_bytes(mette.team) == before
    assert [path.name for path in mette.team.parent.iterdir()] == ["north.tavle"]


def test_joining_creates_nothing(tmp_path: Path) -> None:
    lone = Home(tmp_path / "lone", tmp_path / "share" / "north.tavle", 5)
    (tmp_path / "share").mkdir()
    with pytest.raises(TeamNotThere):
        join_team(lone.db, lone.team)
    assert lone.sync().offline
    assert list((tmp_path / "share").iterdir()) == []
    with pytest.raises(TeamNotThere):
        create_team(lone.db, tmp_path / "nowhere" / "north.tavle", "North", "DK", lone.clock)


def test_one_home_one_team(tmp_path: Path, mette: Home) -> None:
    other = tmp_path / "other.tavle"
    with pytest.raises(TeamMismatch):
        create_team(mette.db, other, "Other", "DK", mette.clock)
    assert not other.exists()
    Home(tmp_path / "founder", other, 6).found()
    with pytest.raises(TeamMismatch):
        join_team(mette.db, other)
    lane = mette.lane
    join_team(mette.db, mette.team)
    assert mette.lane == lane


def test_a_long_pull_shows_progress_and_can_be_stopped(tmp_path: Path, mette: Home) -> None:
    """Fault 45 in small: stopped after a part, it goes on there."""
    mette.decide_many(700)
    mette.sync()
    ole = Home(tmp_path / "ole", mette.team, 2)
    seen: list[Progress] = []
    report = ole.sync(progress=seen.append, should_stop=lambda: bool(seen) and seen[-1].changes >= 200)
    assert report.stopped
    assert not report.complete
    assert 200 <= report.pulled < 700
    assert report.pushed == 0
    done = report.pulled
    seen.clear()
    report = ole.sync(progress=seen.append)
    assert (report.pulled, report.complete) == (700 - done, True)
    assert seen[0].total < sum(path.stat().st_size for path in mette.segments())
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert seen[-1].done == seen[-1].total
    assert_agree([mette, ole])


def test_writing_can_be_stopped_and_goes_on(mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 45: between two batches; what was read back stays written."""
    monkeypatch.setattr("app.sync.publish._BATCH_BYTES", 1)
    mette.decide_many(3)
    report = mette.sync(should_stop=mette.lane_folder.exists)
    assert (report.pushed, report.stopped, mette.waiting()) == (1, True, 2)
    assert mette.sync().pushed == 2
    assert ole.sync().pulled == 3


def test_what_was_decided_while_away_for_a_year(mette: Home, ole: Home) -> None:
    """Fault 42: catches up, and what waited is delivered."""
    ole.decide_many(5)
    mette.wait(days=365)
    mette.decide_many(40)
    rounds([mette, ole])
    assert_agree([mette, ole])
    assert len(mette.hashes()) == 45


def test_a_share_that_cannot_be_written(mette: Home, ole: Home) -> None:
    """Fault 25: reads go on, the outbox is kept and counted."""
    mette.decide()
    mette.sync()
    ole.decide()
    ole.files = ReadOnly()
    report = ole.sync()
    assert (report.pulled, report.pushed, report.waiting, report.offline) == (1, 0, 1, False)
    assert "Permission denied" in report.problem
    assert ole.waiting() == 2
    mette.decide()
    mette.sync()
    assert ole.sync().pulled == 1
    assert ole.waiting() == 2, "no second acknowledgement waits"


def test_approved_here_and_withdrawn_there(mette: Home, ole: Home) -> None:
    """Fault 38: contested everywhere alike, until one decision names both; what was decided first is in the history."""
    record = mette.new_id()
    mette.decide(record, "absences", status="reported")
    rounds([mette, ole])
    sides = [home.decide(record, "absences", status=status).id for home, status in zip(
        (mette, ole), ("approved", "withdrawn"), strict=True
    )]  # fmt: skip
    rounds([mette, ole])
    for home in (mette, ole):
        (row,) = home.tables()["conflicts"]
        assert all(side in str(row) for side in sides)
    assert_agree([mette, ole])
    ole.decide(record, "absences", status="ended")
    rounds([mette, ole])
    assert mette.tables()["conflicts"] == []
    assert_agree([mette, ole])
    with mette.db.read() as conn:
        assert {one.id for one in changes_of(conn, record)} >= set(sides)

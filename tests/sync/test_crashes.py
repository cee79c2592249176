"""The process dies, or the drive fails, at every call and byte of an exchange: nothing is lost, nothing comes twice.

Faults 3 to 7, 23, 25, 29. A home goes through all of them one after the other, as in a very bad week.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from app.domain.change import Change
from app.sync.files import Files, Stat
from app.sync.home import take_new_lane
from app.sync.layout import TeamExists, TeamNotThere, TeamPaths, read_anchor
from app.sync.report import Progress
from app.sync.teams import create_team
from tests.sync.faulty import DRIVE_ERRORS, Faulty, Killed, Unmounted, syncs_to_the_end
from tests.sync.team import Home, assert_agree, ids_in, rounds

Prepare = Callable[[Home], None]


def goes_on(_home: Home) -> None:
    """The next change is added to the segment that is there."""


def begins_a_lane(home: Home) -> None:
    with home.db.write() as conn:
        take_new_lane(conn, secrets.token_bytes)


def lost_its_segment(home: Home) -> None:
    home.sync()
    for segment in home.segments():
        segment.unlink()


def kills(since: str) -> Iterator[Faulty]:
    """A fault before and after every call of an exchange, until an exchange has no such call any more."""
    for at in count():
        files = Faulty(at, since=since)
        yield files
        if len(files.calls) <= at:
            return
        yield Faulty(at, since=since, after=True)


@pytest.mark.parametrize(
    ("prepare", "since"),
    [(goes_on, ""), (begins_a_lane, "make_folder"), (lost_its_segment, "make_folder")],
)
def test_killed_at_every_call(mette: Home, ole: Home, prepare: Prepare, since: str) -> None:
    """Faults 3 to 6: before and after each call, the last is the read-back's, just before the confirmation here."""
    made: list[Change] = mette.decide_many(2)
    mette.sync()
    struck = 0
    for files in kills(since):
        prepare(mette)
        made.append(mette.decide())
        struck += not syncs_to_the_end(mette, files)
        report = mette.sync()
        assert (report.waiting, report.problem) == (0, "")
        ole.sync()
    assert struck > 20
    rounds([mette, ole])
    assert ole.hashes() == {one.hash for one in made}
    assert_agree([mette, ole])
    if prepare is not lost_its_segment:
        assert max(Counter(ids_in(TeamPaths(mette.team).folder)).values()) == 1


def test_every_drive_error_at_every_call(mette: Home, ole: Home) -> None:
    """Faults 23, 25, 29: the outbox stays, the exchange ends in words, the next one goes well."""
    made: list[Change] = mette.decide_many(2)
    mette.sync()
    for at in count():
        error = DRIVE_ERRORS[at % len(DRIVE_ERRORS)]
        files = Faulty(at, error=error, after=at % 3 == 0)
        made.append(mette.decide())
        assert syncs_to_the_end(mette, files)
        if len(files.calls) <= at:
            break
        report = mette.sync()
        assert (report.waiting, report.problem, report.offline) == (0, "", False)
    ole.sync()
    rounds([mette, ole])
    assert ole.hashes() == {one.hash for one in made}
    assert_agree([mette, ole])
    assert max(Counter(ids_in(TeamPaths(mette.team).folder)).values()) == 1


def test_a_drive_that_fails_for_good_from_one_call_on(mette: Home, ole: Home) -> None:
    """Faults 23, 26, 29: nothing works any more, clearing up neither, until the drive is well again."""
    made: list[Change] = mette.decide_many(2)
    mette.sync()
    for at in count():
        files = Faulty(at, error=DRIVE_ERRORS[at % len(DRIVE_ERRORS)], for_good=True)
        made.append(mette.decide())
        assert syncs_to_the_end(mette, files)
        if len(files.calls) <= at:
            break
        if at % 4 == 0:
            assert mette.sync().waiting == 0
    assert at > 15
    rounds([mette, ole])
    assert ole.hashes() == {one.hash for one in made}
    assert_agree([mette, ole])
    assert max(Counter(ids_in(TeamPaths(mette.team).folder)).values()) == 1


@pytest.mark.soak
@pytest.mark.parametrize("error", DRIVE_ERRORS)
@pytest.mark.parametrize(
    ("prepare", "since"),
    [(goes_on, ""), (begins_a_lane, "make_folder"), (lost_its_segment, "make_folder")],
)
def test_each_drive_error_before_and_after_every_call(
    mette: Home, ole: Home, prepare: Prepare, since: str, error: int
) -> None:
    """Fault 29: read-back decides, whichever call has failed, and whether it did its work before."""
    made: list[Change] = mette.decide_many(2)
    mette.sync()
    struck, most = 0, 1  # there is a call at least
    for at in count():
        if at > most:
            break
        for after in (False, True):
            prepare(mette)
            made.append(mette.decide())
            files = Faulty(at, error=error, after=after, since=since)
            assert syncs_to_the_end(mette, files)
            struck += 1
            most = len(files.calls)
            assert mette.sync().waiting == 0
    rounds([mette, ole])
    assert ole.hashes() == {one.hash for one in made}
    assert_agree([mette, ole])
    print(f"\n{prepare.__name__}, error {error}: {struck} exchanges struck")


@pytest.mark.parametrize(("prepare", "since"), [(goes_on, ""), (begins_a_lane, "make_folder")])
def test_unmounted_at_every_call(mette: Home, ole: Home, prepare: Prepare, since: str) -> None:
    """Fault 26: what counts as written is on the share, whenever it went away."""
    made: list[Change] = mette.decide_many(2)
    mette.sync()
    for at in range(25):
        prepare(mette)
        made.append(mette.decide())
        mette.files = files = Unmounted(at, mette.team.parent, since)
        report = mette.sync()
        mette.files = Files()
        files.mount()
        if not report.waiting:
            assert made[-1].id in ids_in(TeamPaths(mette.team).folder)
        else:
            assert report.offline
            assert report.problem
        report = mette.sync()
        assert (report.waiting, report.healed) == (0, 0), "an empty mount point is no loss"
    rounds([ole, mette])
    assert ole.hashes() == {one.hash for one in made}
    assert_agree([mette, ole])


def test_unmounted_before_a_new_file_nothing_is_made_under_the_mount_point(mette: Home) -> None:
    """Fault 26: the share went away between the pull and the first segment of a lane."""

    class Gone(Files):
        def stat(self, path: Path) -> Stat:
            if path == mette.team:
                raise FileNotFoundError(2, "No such file or directory", str(path))
            return super().stat(path)

    mette.decide()
    mette.files = Gone()
    report = mette.sync()
    assert (report.waiting, bool(report.problem)) == (1, True)
    assert [path.name for path in mette.team.parent.iterdir()] == [mette.team.name]


def torn_writes(mette: Home, ole: Home, stride: int, error: int) -> None:
    made: list[Change] = []
    sizes = [len(mette.decide().raw) * 2 + 2]
    mette.sync()
    for byte in range(0, sizes[0] + stride, stride):
        made += mette.decide_all(
            [(mette.new_id(), "customers", {"name": "a"}), (mette.new_id(), "customers", {})]
        )
        syncs_to_the_end(mette, Faulty(byte=byte, error=error))
        if byte % 5 == 0:
            ole.sync()
        assert mette.sync().waiting == 0
    rounds([mette, ole])
    assert ole.hashes() >= {one.hash for one in made}
    assert_agree([mette, ole])
    assert max(Counter(ids_in(TeamPaths(mette.team).folder)).values()) == 1


@pytest.mark.parametrize("error", [0, 28], ids=["killed", "full"])
def test_a_write_torn_at_some_bytes(mette: Home, ole: Home, error: int) -> None:
    """Faults 3, 8, 23: a seeded share of the bytes."""
    torn_writes(mette, ole, 23, error)


@pytest.mark.soak
@pytest.mark.parametrize("error", [0, 28], ids=["killed", "full"])
def test_a_write_torn_at_every_byte(mette: Home, ole: Home, error: int) -> None:
    """Faults 3, 8, 23."""
    torn_writes(mette, ole, 1, error)


def test_killed_in_the_middle_of_a_pull(tmp_path: Path, mette: Home) -> None:
    """Fault 7: rows and cursor roll back together; what was applied is not read again."""
    made = mette.decide_many(900)
    mette.sync()
    home = Home(tmp_path / "home", mette.team, 100).join()

    def dies(progress: Progress) -> None:
        steps.append(progress)
        raise Killed

    steps: list[Progress] = []
    while home.hashes() != {one.hash for one in made}:
        before = len(home.hashes())
        with suppress(Killed):
            home.sync(progress=dies)
        assert len(home.hashes()) == before + steps[-1].changes
    assert len(steps) > 2
    home.sync()
    assert home.tables() == mette.tables()


@pytest.mark.parametrize("at", range(4, 14, 3))
def test_killed_while_reading(tmp_path: Path, mette: Home, at: int) -> None:
    made = mette.decide_many(20)
    mette.sync()
    home = Home(tmp_path / "home", mette.team, 100).join()
    syncs_to_the_end(home, Faulty(at))
    home.sync()
    assert home.hashes() == {one.hash for one in made}
    assert home.tables() == mette.tables()


def test_founding_killed_at_every_call(tmp_path: Path) -> None:
    """There is a whole anchor or none; whoever comes next founds or joins."""
    for at in count():
        home = Home(tmp_path / f"home{at}", tmp_path / f"{at}.tavle", at)
        files = Faulty(at)
        with suppress(Killed):
            create_team(home.db, home.team, "North", "DK", home.clock, files=files)
        with suppress(TeamExists):
            create_team(Home(tmp_path / f"next{at}", home.team, at).db, home.team, "North", "DK", home.clock)
        assert read_anchor(Files(), TeamPaths(home.team)).name == "North"
        if len(files.calls) <= at:
            break
    assert at > 5


def test_founding_on_a_drive_without_links(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", tmp_path / "n.tavle", 1)
    calls = Faulty()
    create_team(home.db, home.team, "North", "DK", home.clock, files=calls)
    for error in DRIVE_ERRORS:
        late = Home(tmp_path / f"late{error}", tmp_path / f"{error}.tavle", error)
        files = Faulty(calls.calls.index("link"), error=error)
        create_team(late.db, late.team, "South", "DK", late.clock, files=files)
        assert read_anchor(Files(), TeamPaths(late.team)).name == "South"
        again = Home(tmp_path / f"again{error}", late.team, error)
        with pytest.raises(TeamExists):
            create_team(
                again.db,
                late.team,
                "East",
                "DK",
                late.clock,
                files=Faulty(calls.calls.index("link"), error=error),
            )
    full = Home(tmp_path / "full", tmp_path / "full.tavle", 1)
    with pytest.raises(TeamNotThere):
        create_team(full.db, full.team, "North", "DK", full.clock, files=Faulty(byte=10, error=28))
    assert not full.team.exists()

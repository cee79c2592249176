"""File systems that are truly full, truly read-only and truly gone: faults 23 to 26 without a layer in between.

Small file systems are mounted where the system allows it (root). Elsewhere the injected ones of test_crashes,
test_newer and test_exchange are all there is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app import doctor
from app.settings import Settings
from app.store.database import Database, DatabaseUnavailable
from app.store.log import outbox
from app.sync.layout import TeamPaths
from tests.sync.team import Home, assert_agree, ids_in, rounds


class Mounts:
    """Mounts and what to take away again at the end."""

    def __init__(self) -> None:
        self._places: list[Path] = []

    def small(self, place: Path, size: str) -> None:
        """A file system in memory that holds so much."""
        place.mkdir()
        self._run("mount", "-t", "tmpfs", "-o", f"size={size}", "tavle-test", str(place))
        self._places.append(place)

    def again(self, place: Path, options: str) -> None:
        self._run("mount", "-o", f"remount,{options}", str(place))

    def bind(self, source: Path, place: Path) -> None:
        self._run("mount", "--bind", str(source), str(place))
        self._places.append(place)

    def away(self, place: Path) -> None:
        self._run("umount", str(place))
        self._places.remove(place)

    def clear(self) -> None:
        for place in self._places[::-1]:
            subprocess.run(["umount", "--lazy", str(place)], check=False)

    @staticmethod
    def _run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def mounts(tmp_path: Path) -> Iterator[Mounts]:
    found = Mounts()
    if shutil.which("mount") is None:
        pytest.skip("there is no mount here: the injected faults stand for a real full disk")
    try:
        found.small(tmp_path / "try", "64k")
    except subprocess.CalledProcessError as error:
        pytest.skip(
            f"nothing may be mounted here ({error.stderr.decode().strip()}): a real full disk takes root"
        )
    yield found
    found.clear()


def pair(tmp_path: Path, share: Path) -> tuple[Home, Home]:
    team = share / "north.tavle"
    return Home(tmp_path / "mette", team, 1).found(), Home(tmp_path / "ole", team, 2).join()


def test_a_share_that_is_full(tmp_path: Path, mounts: Mounts) -> None:
    """Fault 23: what does not fit waits and is counted; what is there is read; with room, all of it goes out once."""
    share = tmp_path / "share"
    mounts.small(share, "96k")
    mette, ole = pair(tmp_path, share)
    made = {one.hash for one in mette.decide_many(20)}
    rounds([mette, ole], 1)
    made |= {one.hash for one in mette.decide_many(480)}
    report = mette.sync()
    ole.sync()
    assert "No space left" in report.problem
    assert report.waiting > 40
    assert not report.offline
    assert 20 <= len(ole.hashes()) < len(made)
    mounts.again(share, "size=16m")
    mette.sync()
    rounds([mette, ole])
    assert ole.hashes() == made
    assert_agree([mette, ole])
    assert len(ids := ids_in(TeamPaths(mette.team).folder)) == len(set(ids))


def test_a_local_disk_that_is_full(tmp_path: Path, mounts: Mounts) -> None:
    """Fault 24: the decision that does not fit is refused, nothing is half-saved, and what was decided is there."""
    local = tmp_path / "local"
    mounts.small(local, "2m")
    (tmp_path / "share").mkdir()
    mette, ole = pair(local, tmp_path / "share")
    made: set[str] = set()
    for _time in range(99):
        try:
            made |= {one.hash for one in mette.decide_many(50)}
        except DatabaseUnavailable as error:
            assert "the disk is full: nothing was saved" in str(error)  # noqa: PT017 - so many go before it
            break
    else:
        pytest.fail("it never was full")
    with mette.db.read() as conn:
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert mette.hashes() == made
    mounts.again(local, "size=64m")
    mette.reopen()
    made.add(mette.decide().hash)
    rounds([mette, ole])
    assert ole.hashes() == made
    assert_agree([mette, ole])
    for home in (mette, ole):
        home.db.close()


def test_a_local_disk_without_a_page_left(tmp_path: Path, mounts: Mounts) -> None:
    """Fault 24: not even what SQLite shares between programs fits; it says no more than that there was an error."""
    local = tmp_path / "local"
    mounts.small(local, "2m")
    (tmp_path / "share").mkdir()
    mette, _ole = pair(local, tmp_path / "share")
    made = mette.decide()
    mette.db.close()
    with (local / "rest").open("wb", buffering=0) as rest, suppress(OSError):
        while rest.write(b"x" * 4096):
            pass
    settings = Settings(mette.folder)
    mette.db.path.rename(settings.database)
    with pytest.raises(DatabaseUnavailable, match="the disk is full: nothing was saved"):
        Database(settings.database)
    found = doctor.examine(settings, mette.team, mette.clock)
    assert any("make room" in (one.mend or "") for one in found)
    (local / "rest").unlink()
    with closing(Database(settings.database)) as db, db.read() as conn:
        assert [one.hash for one in outbox(conn)] == [made.hash]


def test_a_home_that_may_only_be_read_is_not_mended(tmp_path: Path, mounts: Mounts) -> None:
    """Fault 24."""
    home, shown = tmp_path / "home", tmp_path / "shown"
    (tmp_path / "share").mkdir()
    mette, _ole = pair(home, tmp_path / "share")
    mette.db.close()
    shown.mkdir()
    mounts.bind(mette.folder, shown)
    mounts.again(shown, "ro,bind")
    settings = Settings(shown)
    mette.db.path.rename(mette.folder / settings.database.name)
    with pytest.raises(DatabaseUnavailable, match=r"cannot be mended: Read-only"):
        doctor.repair(settings, mette.team, mette.clock)


def test_a_share_that_may_only_be_read(tmp_path: Path, mounts: Mounts) -> None:
    """Fault 25: what others wrote comes in; what is decided waits and says why."""
    share, writable = tmp_path / "share", tmp_path / "writable"
    for place in (share, writable):
        place.mkdir()
    mounts.bind(writable, share)
    mette, ole = pair(tmp_path, share)
    ole.team = writable / "north.tavle"
    mette.decide()
    ole.decide()
    rounds([mette, ole], 1)
    mounts.again(share, "ro,bind")
    mette.decide()
    ole.decide()
    ole.sync()
    report = mette.sync()
    assert (report.pulled, report.pushed, report.offline) == (2, 0, False)
    assert "Read-only" in report.problem
    mounts.again(share, "rw,bind")
    rounds([mette, ole])
    assert_agree([mette, ole])


def test_a_share_that_goes_away_and_comes_back(tmp_path: Path, mounts: Mounts) -> None:
    """Fault 26: the empty mount point is offline; nothing is written under it, and nothing is taken for lost."""
    share, real = tmp_path / "share", tmp_path / "real"
    for place in (share, real):
        place.mkdir()
    mounts.bind(real, share)
    mette, ole = pair(tmp_path, share)
    mette.decide_many(5)
    rounds([mette, ole])
    before = {path: path.stat().st_mtime_ns for path in real.rglob("*")}
    mounts.away(share)
    mette.decide()
    for _day in range(10):
        mette.wait(days=1)
        report = mette.sync()
        assert (report.offline, report.waiting, report.healed) == (True, 1, 0)
    assert os.listdir(share) == []  # noqa: PTH208 - no reader could be simpler
    mounts.bind(real, share)
    assert {path: path.stat().st_mtime_ns for path in real.rglob("*")} == before
    report = mette.sync()
    assert (report.pushed, report.healed) == (1, 0)
    rounds([mette, ole])
    assert_agree([mette, ole])

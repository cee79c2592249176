"""An exchange in a process of its own: what comes of it is what a thread would have made of it."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from app.sync import pull
from app.sync.aside import ASKS, GO_ON, TELLS, sync_aside
from app.sync.report import Progress, SyncReport, never, quiet
from tests.sync.team import Home

CHANGES = 400


@pytest.fixture
def ole(tmp_path: Path) -> Home:
    """Someone whose many decisions lie in the team file."""
    home = Home(tmp_path / "ole", tmp_path / "north.tavle", 1).found()
    home.decide_many(CHANGES)
    home.sync()
    return home


@pytest.fixture
def mette(ole: Home, tmp_path: Path) -> Home:
    """Someone who has read none of them."""
    return Home(tmp_path / "mette", ole.team, 2).join()


def aside(home: Home, show: object = quiet, should_stop: object = never) -> SyncReport | None:
    return sync_aside(home.db.path, home.team, home.now, home.person, show, should_stop)  # type: ignore[arg-type]


def test_what_comes_of_it_is_the_same(ole: Home, mette: Home) -> None:
    """The report, the tables, the own decision that went out, and how far it was all the way."""
    mine = mette.decide(name="Kontorhuset Havnen")
    shown: list[Progress] = []
    report = aside(mette, shown.append)
    assert report is not None
    assert (report.pulled, report.pushed, report.complete) == (CHANGES, 1, True)
    assert shown[-1].done == shown[-1].total
    assert [one.done for one in shown] == sorted(one.done for one in shown)
    ole.sync()
    assert mine.hash in ole.hashes()
    assert mette.tables() == ole.tables() == mette.tables_rebuilt()


def test_it_is_asked_to_stop_as_a_thread_is(mette: Home) -> None:
    """What was read stays read, and the next exchange goes on from there."""
    asked = count()
    report = aside(mette, should_stop=lambda: next(asked) >= 2)
    assert report is not None
    assert report.stopped
    assert 0 < report.pulled < CHANGES
    rest = mette.sync()
    assert (rest.pulled, rest.complete) == (CHANGES - report.pulled, True)


def test_it_ends_when_nobody_answers_it(mette: Home) -> None:
    """Fault 45: the board was killed. What it left behind ends after its step, and what that did counts."""
    words = [str(mette.db.path), str(mette.team), mette.now.isoformat(), mette.person]
    process = subprocess.Popen(
        [sys.executable, "-m", "app.sync", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        while process.stdout.readline()[:1] != TELLS:
            process.stdin.write(GO_ON)
            process.stdin.flush()
        process.stdin.close()
        assert process.stdout.readline()[:1] == ASKS
        assert process.wait(timeout=60) == 0
    assert 0 < len(mette.hashes()) < CHANGES
    assert mette.sync().complete
    assert len(mette.hashes()) == CHANGES


@pytest.mark.parametrize(
    "program", ["#!/nowhere/at/all\n", "#!/bin/sh\nexit 1\n", "#!/bin/sh\necho '= nothing'\n"]
)
def test_a_process_of_which_no_report_comes(
    mette: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """One that cannot be run, one that ends, one that says what nobody understands."""
    path = tmp_path / "python"
    path.write_text(program)
    path.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(path))
    assert aside(mette) is None


def test_only_what_takes_more_than_a_moment_is_left_to_it(
    mette: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is much, nothing is done; where there is little, all of it is."""
    monkeypatch.setattr(pull, "MUCH", 1)
    report = mette.sync(leave_much=True)
    assert report.much
    assert (report.pulled, mette.hashes()) == (0, set())
    monkeypatch.setattr(pull, "MUCH", 10_000_000)
    report = mette.sync(leave_much=True)
    assert not report.much
    assert report.pulled == CHANGES

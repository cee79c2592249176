"""What is handed to the board when ``tavle`` opens it."""

from __future__ import annotations

import gc
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk
from app.settings import Joining, Settings, save
from tests.cli.conftest import Run, Tavle
from tests.support import NOW


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the board was opened with, by a terminal that is not there."""
    calls: list[dict[str, Any]] = []

    def run_board(settings: Settings, **given: Any) -> int:
        desk = Desk(settings, clock=given["clock"], acting=given["acting"], team=given["team"])
        calls.append({"settings": settings, "actor": desk.actor.name, "now": given["clock"](), **given})
        desk.close()
        return 0

    monkeypatch.setattr("app.cli.boarding._need_terminal", lambda: None)
    monkeypatch.setattr("app.board.run_board", run_board)
    return calls


def test_tavle_alone_opens_the_board_of_the_home(mette: Tavle, opened: list[dict[str, Any]]) -> None:
    assert mette.ends().code == 0
    assert mette.ends("--offline", "--as", "Ole Dam", "--team", "x.tavle").code == 0
    first, second = opened
    assert (first["settings"].home, first["actor"], first["now"]) == (mette.home, "Mette Holm", NOW)
    assert (first["offline"], second["offline"]) == (False, True)
    assert (second["actor"], second["team"]) == ("Ole Dam", Path.cwd() / "x.tavle")
    assert gc.isenabled()


@pytest.mark.parametrize(
    "words", [("--demo",), ("demo", "--people", "24", "--customers", "11", "--days", "2")]
)
def test_a_demo_opens_in_a_home_that_is_gone_afterwards(
    run: Run, opened: list[dict[str, Any]], words: tuple[str, ...]
) -> None:
    assert run(*words).code == 0
    (board,) = opened
    assert board["actor"] == "Mette Holm"
    assert timedelta() <= board["now"] - NOW < timedelta(minutes=1)
    assert not board["settings"].home.parent.exists()


def test_a_demo_at_a_time_of_ones_own_stands_still(run: Run, opened: list[dict[str, Any]]) -> None:
    """Of what was asked for there is never less than its morning takes, and that is said."""
    result = run("demo", "--people", 5, "--customers", 11, "--days", 1, "--now", "2026-12-01T06:40+01:00")
    assert result.code == 0
    assert "people: the demo's morning takes 24, so it has as many" in result.err
    assert "customers" not in result.err
    assert opened[0]["clock"]().isoformat() == "2026-12-01T06:40:00+01:00"


def test_the_board_joins_the_team_that_init_could_not_reach(
    run: Run, opened: list[dict[str, Any]], demo_file: Path, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    tavle = Tavle(run, tmp_path / "home")
    save(Settings(tavle.home, team=str(share / demo_file.name), joining=Joining("Ole Dam", "supervisor")))
    assert "not there" in tavle.ends().line
    shutil.copytree(demo_file.parent, share)
    assert "tavle sync joins it" in tavle.ends("--offline").line
    assert opened == []
    assert tavle.ends().code == 0
    assert opened[0]["actor"] == "Ole Dam"


def test_a_home_without_a_team_opens_no_board(run: Run, opened: list[dict[str, Any]], tmp_path: Path) -> None:
    ended = run("--home", tmp_path / "home")
    assert (ended.code, opened) == (2, [])
    assert "joined no team" in ended.line

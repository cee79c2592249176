"""The courier makes room: no step of an exchange begins right after a key (gate G8)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.board import BoardApp
from app.desk import Progress, SyncReport
from app.sync.report import ShouldStop, ShowProgress
from app.widgets import courier
from app.widgets.courier import QUIET_SECONDS, Courier, next_pause
from tests.support import make_desk


class Share:
    """A desk whose exchange takes a step whenever it may, and ends when it is told to."""

    def __init__(self) -> None:
        self.taken = 0
        self.step = threading.Event()
        self.ended = threading.Event()

    def sync(self, *, progress: ShowProgress, should_stop: ShouldStop) -> SyncReport:
        while not should_stop():
            progress(Progress(1, 2, 3))
            self.taken += 1
            self.step.set()
        self.ended.set()
        return SyncReport(stopped=True)


def next_step(share: Share) -> None:
    share.step.clear()
    assert share.step.wait(10)


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> Share:
    monkeypatch.setattr(courier, "_REST_SECONDS", 60.0)
    monkeypatch.setattr(courier, "_REST_AT_MOST", 60.0)
    monkeypatch.setattr(courier, "_SHOWN_SECONDS", 0.0)
    return Share()


def test_a_key_comes_before_it(share: Share) -> None:
    shown: list[Progress] = []
    one = Courier(share, lambda _report: None, shown.append)  # type: ignore[arg-type]
    one.start()
    next_step(share)
    one.give_way()
    before = share.taken
    assert not threading.Event().wait(0.05)
    assert share.taken <= before + 1, "the step that was under way, and none after it"
    one.stop(10)
    assert share.ended.is_set(), "a rest does not hold up the end"
    assert shown[0] == Progress(1, 2, 3)


def test_whoever_types_on_and_on_does_not_hold_it_up(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "_REST_AT_MOST", 0.001)
    one = Courier(share, lambda _report: None, lambda _progress: None)  # type: ignore[arg-type]
    one.give_way()
    one.start()
    next_step(share)
    one.stop(10)


async def test_every_key_is_told_once(tmp_path: Path) -> None:
    told: list[str] = []

    class Told(Courier):
        def give_way(self) -> None:
            told.append("a key")

    desk = make_desk(tmp_path)
    app = BoardApp(desk, courier=False)
    async with app.run_test() as pilot:
        app.courier = Told(desk, lambda _report: None, lambda _progress: None)
        await pilot.press("down")
        await pilot.pause()
        assert told == ["a key"]


def test_the_rounds_are_further_apart_while_nothing_comes() -> None:
    pauses = [3.0]
    for _ in range(8):
        pauses.append(next_pause(pauses[-1], 3.0, lively=False))
    assert pauses == sorted(pauses)
    assert pauses[-1] == QUIET_SECONDS
    assert next_pause(pauses[-1], 3.0, lively=True) == 3.0

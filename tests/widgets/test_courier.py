"""The courier makes room: no step of an exchange begins right after a key (gate G8)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.board import BoardApp
from app.desk import Glance, Progress, SyncReport
from app.sync.files import Stat
from app.sync.report import ShouldStop, ShowProgress
from app.widgets import courier
from app.widgets.courier import Courier
from tests.screens.support import text
from tests.support import make_desk


class Share:
    """A desk whose exchange takes a step whenever it may, and ends when it is told to."""

    def __init__(self) -> None:
        self.taken = 0
        self.step = threading.Event()
        self.ended = threading.Event()

    def glance(self) -> None:
        """Nothing can be seen of it: every round is an exchange."""

    def sync(self, *, progress: ShowProgress, should_stop: ShouldStop, aside: bool) -> SyncReport:
        assert aside
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


class Desk:
    """A desk whose exchange does what the test says, over a folder of which the test says what lies in it."""

    def __init__(self, *reports: SyncReport | Exception) -> None:
        self.reports = list(reports)
        self.seen: Glance | None = {"lanes/a/1-1.jsonl": Stat(1, 1)}
        self.glances = threading.Semaphore(0)
        self.rounds = 0

    def glance(self) -> Glance | None:
        self.glances.release()
        return self.seen

    def sync(self, **_how: object) -> SyncReport:
        self.rounds += 1
        report = self.reports.pop(0) if self.reports else SyncReport(complete=True)
        if isinstance(report, Exception):
            raise report
        return report

    def look_on(self, times: int) -> None:
        """Waits for so many glances more."""
        for _ in range(times):
            assert self.glances.acquire(timeout=10)


@pytest.fixture
def quick() -> Iterator[Callable[[Desk], list[SyncReport]]]:
    started: list[Courier] = []

    def start(desk: Desk) -> list[SyncReport]:
        told: list[SyncReport] = []
        one = Courier(desk, told.append, lambda _progress: None, poll_seconds=0.001)  # type: ignore[arg-type]
        started.append(one)
        one.start()
        return told

    yield start
    for one in started:
        one.stop(10)


Start = Callable[[Desk], list[SyncReport]]


def test_at_rest_it_only_glances(quick: Start) -> None:
    desk = Desk()
    quick(desk)
    desk.look_on(20)
    assert desk.rounds == 1


def test_what_comes_is_fetched_at_the_next_glance(quick: Start) -> None:
    desk = Desk()
    quick(desk)
    desk.look_on(5)
    desk.seen = {"lanes/a/1-1.jsonl": Stat(2, 2)}
    desk.look_on(5)
    assert desk.rounds == 2


@pytest.mark.parametrize(
    "unsettled",
    [SyncReport(offline=True), SyncReport(problem="full"), SyncReport(waiting=1), SyncReport(busy=True)],
)
def test_what_is_not_done_is_tried_again(quick: Start, unsettled: SyncReport) -> None:
    desk = Desk(unsettled, unsettled)
    quick(desk)
    desk.look_on(20)
    assert desk.rounds == 3


def test_a_folder_that_cannot_be_seen_is_asked_for_each_time(quick: Start) -> None:
    desk = Desk()
    desk.seen = None
    quick(desk)
    desk.look_on(5)
    assert desk.rounds >= 4


def test_now_and_then_an_exchange_comes_unasked(quick: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "FULL_SECONDS", 0.0)
    desk = Desk()
    quick(desk)
    desk.look_on(5)
    assert desk.rounds >= 4


def test_what_nobody_foresaw_is_said_and_does_not_end_the_rounds(quick: Start) -> None:
    desk = Desk(ValueError("what someone wrote"))
    told = quick(desk)
    desk.look_on(3)
    assert told[0].offline
    assert "ValueError" in told[0].problem
    assert "what someone wrote" not in told[0].problem
    assert not told[1].problem


class Hanging:
    """A share on which the first call does not come back until it is let go."""

    def __init__(self) -> None:
        self.asked, self.answers = threading.Event(), threading.Event()

    def glance(self) -> Glance:
        self.asked.set()
        assert self.answers.wait(10)
        return {}

    def sync(self, **_how: object) -> SyncReport:
        return SyncReport(complete=True)


def test_a_share_that_hangs_is_silent_until_it_answers() -> None:
    """Fault 26: an exchange that hangs cannot report, so it is asked how long it has heard nothing."""
    share, told = Hanging(), threading.Event()
    one = Courier(share, lambda _report: told.set(), lambda _progress: None)  # type: ignore[arg-type]
    assert one.silence == 0.0
    one.start()
    assert share.asked.wait(10)
    first = one.silence
    assert 0.0 < first < one.silence
    share.answers.set()
    assert told.wait(10)
    one.stop(10)
    assert one.silence == 0.0


async def test_the_board_says_since_when_the_share_does_not_answer(tmp_path: Path) -> None:
    """Fault 26: not the time of the last exchange that went well, as if nothing were wrong."""

    class Silent(Courier):
        silence = 0.0

    desk = make_desk(tmp_path)
    app = BoardApp(desk, courier=False)
    async with app.run_test(size=(80, 24)) as pilot:
        app.courier = Silent(desk, lambda _report: None, lambda _progress: None)
        app._received(SyncReport(complete=True))
        app._listen()
        assert app.office.status("North").age == "synced 06:40"
        app.courier.silence = 120.0
        app._listen()
        assert app.office.status("North").age == "no answer since 06:38"
        await pilot.press("6", "left", "left")
        await pilot.pause()
        assert "▲ this board" in text(pilot)
        app.courier.silence = 0.0
        app._listen()
        assert app.office.status("North").age == "synced 06:40"
        await pilot.pause()
        assert "✓ this board" in text(pilot)


async def test_what_can_be_read_and_not_written_is_not_called_offline(tmp_path: Path) -> None:
    """Fault 25."""
    desk = make_desk(tmp_path)
    app = BoardApp(desk, courier=False)
    async with app.run_test(size=(80, 24)):
        app._received(SyncReport(complete=True, problem="nothing could be written"))
        assert app.office.status("North").age == "not sent since 06:40"
        app._received(SyncReport(offline=True, problem="not there"))
        assert app.office.status("North").age == "offline since 06:40"

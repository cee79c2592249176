"""Fault 45: a long exchange says how far it is, to people who look at a terminal and to nobody else."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest

from app.cli.progress import Bar, shown_progress
from app.sync.report import Progress, quiet


class Screen(io.TextIOWrapper):
    """A stream of an encoding that keeps what is written to it."""

    def __init__(self, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, write_through=True)

    def told(self) -> list[str]:
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode(self.encoding).split("\r")[1:]


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    monkeypatch.setenv("COLUMNS", "60")
    return [0.0]


def test_what_takes_a_moment_has_no_bar(seconds: list[float]) -> None:
    screen = Screen("utf-8")
    bar = Bar(screen, lambda: seconds[0])
    for done in (10, 50, 100):
        bar(Progress(done, 100, done))
    assert screen.told() == []


@pytest.mark.parametrize(
    ("encoding", "most"), [("utf-8", "█" * 18 + "·" * 12), ("ascii", "#" * 18 + "." * 12)]
)
def test_a_bar_grows_in_its_place_and_goes(seconds: list[float], encoding: str, most: str) -> None:
    screen = Screen(encoding)
    bar = Bar(screen, lambda: seconds[0])
    for done in range(0, 201, 5):
        seconds[0] += 0.04
        bar(Progress(done, 200, done * 1000))
    *drawn, gone, rest = screen.told()
    assert f"{most}  60 %  120000 changes" in drawn
    shares = [int(line.split("%")[0].split()[-1]) for line in drawn]
    assert all(one < other for one, other in pairwise(shares))
    assert 5 < len(drawn) < 20
    assert gone == " " * len(drawn[-1])
    assert rest == ""


def test_a_narrow_terminal_cuts_it(seconds: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    screen = Screen("utf-8")
    bar = Bar(screen, lambda: seconds[0])
    seconds[0] = 1.0
    bar(Progress(1, 3, 7))
    assert [len(line) for line in screen.told()] == [19]


def test_nobody_who_does_not_look_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert isinstance(shown_progress(json=False), Bar)
    assert shown_progress(json=True) is quiet
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    assert shown_progress(json=False) is quiet

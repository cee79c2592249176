"""Running the command line inside the test's process, in a home of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.clock import fixed_clock
from app.demo.writing import DEMO_PERSON, write_demo
from app.joining import join
from app.settings import Joining, Settings, save
from tests.support import NOW, make_desk


@dataclass(frozen=True)
class Ended:
    """What a call left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """The one line on standard error, without the program's name."""
        assert self.err.startswith("tavle: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        return self.err.removeprefix("tavle: ").rstrip("\n")


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``tavle`` with these words."""

    def call(*words: object) -> Ended:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return call


class Tavle:
    """``tavle`` of one home, at a fixed time, as JSON."""

    def __init__(self, run: Run, home: Path, now: str = NOW.isoformat()) -> None:
        self.home = home
        self.now = now
        self._run = run

    def ends(self, *words: object) -> Ended:
        """How a call ends."""
        return self._run("--home", self.home, "--now", self.now, *words)

    def __call__(self, *words: object) -> Any:
        """The document of a call that is done."""
        ended = self.ends("--json", *words)
        assert ended.code == 0, ended.err
        return ended.json

    def refused(self, code: int, *words: object) -> str:
        """The line of a call that ends so, with nothing on standard output."""
        ended = self.ends("--json", *words)
        assert (ended.code, ended.out) == (code, ""), ended
        return ended.line


@pytest.fixture
def home_of(run: Run, tmp_path: Path) -> Callable[[str], Tavle]:
    """A home in the small area of tests/support.py; its team file is out of reach."""

    def make(person: str) -> Tavle:
        desk = make_desk(tmp_path, person)
        desk.close()
        save(Settings(desk.settings.home, team=str(tmp_path / "gone" / "team.tavle"), person=person))
        return Tavle(run, desk.settings.home)

    return make


@pytest.fixture
def mette(home_of: Callable[[str], Tavle]) -> Tavle:
    """The home of North's supervisor."""
    return home_of("Mette Holm")


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo's team file, written once; copy it before writing to it."""
    path = tmp_path_factory.mktemp("demo") / "north.tavle"
    write_demo(path, people=24, customers=11, days=2)
    return path


@pytest.fixture(scope="session")
def demo_home(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the demo's supervisor: only for looking."""
    home = tmp_path_factory.mktemp("demo-home") / "home"
    join(Settings(home), demo_file, Joining(DEMO_PERSON, "supervisor"), fixed_clock(NOW))
    return home


@pytest.fixture
def demo(run: Run, demo_home: Path) -> Tavle:
    """``tavle`` of the demo's supervisor: only for looking."""
    return Tavle(run, demo_home)

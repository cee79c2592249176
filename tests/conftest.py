"""Settings for every test, the desk that most of them sit at, and the demo's team file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from app.demo import write_demo
from app.desk import Desk
from tests.support import HandClock, make_desk

# The same small share of random examples in every run; `make soak` takes many, drawn anew each time.
settings.register_profile("check", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("soak", deadline=None, max_examples=2_000)
settings.load_profile("check")


@pytest.fixture(scope="session")
def demo_team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's team file as it is by default. Only to be read: tests share it."""
    team = tmp_path_factory.mktemp("team") / "north.tavle"
    write_demo(team)
    return team


@pytest.fixture
def clock() -> HandClock:
    """A clock for one test; the desk goes by it."""
    return HandClock()


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    """Mette Holm's desk in the small area."""
    opened = make_desk(tmp_path, clock=clock)
    yield opened
    opened.close()

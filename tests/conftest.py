"""Settings for every test, and the demo's team file."""

from pathlib import Path

import pytest
from hypothesis import settings

from app.demo import write_demo

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

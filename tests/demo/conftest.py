"""The demo as a member of its team has it: written once, joined through the real exchange."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.clock import fixed_clock
from app.demo import DEMO_NOW, DEMO_PERSON, write_demo
from app.desk import Desk
from app.joining import join
from app.settings import Joining, Settings


def opened(folder: Path, changes: int | None = None, now: datetime = DEMO_NOW) -> Desk:
    """The desk of the demo's supervisor, who has joined a demo written below a folder."""
    path = folder / "north.tavle"
    write_demo(path, changes=changes, now=now)
    return seated(folder, path, now)


def seated(folder: Path, path: Path, now: datetime = DEMO_NOW) -> Desk:
    """The desk of the demo's supervisor, who has joined a demo from a home below a folder."""
    clock = fixed_clock(now)
    joined = join(Settings(folder / "home"), path, Joining(DEMO_PERSON, "supervisor"), clock)
    assert joined.remark == ""
    assert not joined.report.problem
    return Desk(joined.settings, clock=clock)


@pytest.fixture(scope="session")
def demo(demo_team: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo as it is by default. Only to be read: tests share it."""
    desk = seated(tmp_path_factory.mktemp("demo"), demo_team)
    yield desk
    desk.close()

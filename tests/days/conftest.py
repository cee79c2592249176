"""The demo's people at their boards: each joined once, every test with a copy of their home."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from app.clock import Clock, fixed_clock
from app.demo import DEMO_NOW, DEMO_PERSON
from app.desk import Desk
from app.joining import join
from app.settings import Joining, Settings

Seat = Callable[..., Desk]


@pytest.fixture(scope="session")
def joined(demo_team: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Settings]:
    """The settings of a home in which someone has joined the demo. Copy it before opening it."""

    @cache
    def of(person: str) -> Settings:
        home = Settings(tmp_path_factory.mktemp("joined") / "home")
        return join(home, demo_team, Joining(person, "supervisor"), fixed_clock(DEMO_NOW)).settings

    return of


@pytest.fixture
def seat(joined: Callable[[str], Settings], tmp_path: Path) -> Iterator[Seat]:
    """Opens the desk of one of the demo's people; the team file is left alone."""
    taken: list[Desk] = []

    def take(person: str = DEMO_PERSON, clock: Clock | None = None) -> Desk:
        home = tmp_path / f"home-{len(taken)}"
        shutil.copytree(joined(person).home, home)
        taken.append(Desk(replace(joined(person), home=home), clock=clock or fixed_clock(DEMO_NOW)))
        return taken[-1]

    yield take
    for desk in taken:
        desk.close()

"""A few pictures for looks: the board on demo data. ``make snap`` takes them anew; look at them before committing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.board import BoardApp
from app.clock import fixed_clock
from app.demo import DEMO_NOW, DEMO_PERSON, write_demo
from app.desk import Desk
from app.joining import join
from app.settings import Joining, Settings


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo's supervisor at her desk; the pictures only look."""
    folder = tmp_path_factory.mktemp("looks")
    clock = fixed_clock(DEMO_NOW)
    write_demo(folder / "north.tavle")
    joined = join(
        Settings(folder / "home"), folder / "north.tavle", Joining(DEMO_PERSON, "supervisor"), clock
    )
    opened = Desk(joined.settings, clock=clock)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("name", "keys", "size"),
    [
        ("today", [], (120, 40)),
        ("today-small", [], (80, 24)),
        ("complaints", ["3"], (160, 45)),
        ("plan", ["4"], (120, 40)),
    ],
)
def test_looks(snap_compare: object, desk: Desk, name: str, keys: list[str], size: tuple[int, int]) -> None:
    assert callable(snap_compare)
    assert snap_compare(BoardApp(desk, courier=False), press=keys, terminal_size=size), name

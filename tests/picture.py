"""Takes the picture of the board for the README: ``python -m tests.picture docs/board.svg``."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from app.board import BoardApp
from app.clock import fixed_clock
from app.demo import DEMO_NOW, DEMO_PERSON, write_demo
from app.desk import Desk
from app.joining import join
from app.settings import Joining, Settings
from app.widgets.office import Exchange

SIZE = (132, 38)
_ELSEWHERE = re.compile(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", re.DOTALL)
"""Fonts from the network and the name of who drew it: the picture must stand on its own."""


def alone(picture: str) -> str:
    """An SVG without what it would fetch from elsewhere."""
    return _ELSEWHERE.sub("", picture)


async def take() -> str:
    """Today on demo data, as SVG."""
    clock = fixed_clock(DEMO_NOW)
    with tempfile.TemporaryDirectory() as folder:
        team = Path(folder) / "north.tavle"
        write_demo(team)
        joined = join(Settings(Path(folder) / "home"), team, Joining(DEMO_PERSON, "supervisor"), clock)
        desk = Desk(joined.settings, clock=clock)
        app = BoardApp(desk, courier=False)
        async with app.run_test(size=SIZE) as pilot:
            app.office.exchanged(Exchange(clock()))
            await pilot.pause()
            picture = app.export_screenshot(title="Tavle")
        desk.close()
    return alone(picture)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(asyncio.run(take()), "utf-8")

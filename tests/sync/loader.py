"""A first sync that is killed on its way: run as a program by test_loading.py."""

from __future__ import annotations

import sys
from pathlib import Path

from app.sync import exchange, loading
from tests.sync.team import Home


def main(folder: str, team: str) -> None:
    loading.MUCH, loading._MANY = 1, 200
    exchange.Pace.of = lambda _alone: exchange.Pace(100, 60.0, 100, 100)  # type: ignore[assignment, method-assign]
    home = Home(Path(folder), Path(team), 1)
    home.person = ""
    print("ready", flush=True)
    assert home.sync(alone=True).complete


if __name__ == "__main__":
    main(*sys.argv[1:])

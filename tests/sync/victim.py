"""A home that decides and syncs until it is killed: run as a program by test_kills.py.

Each decision's header hash goes to a journal once it is committed.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from tests.sync.team import Home


def main(folder: str, team: str, seed: str) -> None:
    home = Home(Path(folder), Path(team), int(seed))
    chance = random.Random(int(seed))
    journal = os.open(Path(folder) / "journal", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    print("ready", flush=True)
    while True:
        made = home.decide_many(*chance.choices((1, 2, 40), (60, 30, 1)))
        os.write(journal, b"".join(one.hash.encode() + b"\n" for one in made))
        home.sync()


if __name__ == "__main__":
    main(*sys.argv[1:])

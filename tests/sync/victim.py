"""A home that decides and syncs until it is killed: run as a program by test_kills.py.

Each decision's header hash goes to a journal once it is committed. With a third word it makes one decision and kills
itself "before" that is committed, or "after".
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

from app.store.door import Write, Writer
from tests.sync.team import Home


def main(folder: str, team: str, seed: str, moment: str = "") -> None:
    home = Home(Path(folder), Path(team), int(seed))
    if moment:
        decide_once(home, moment)
    chance = random.Random(int(seed))
    journal = os.open(Path(folder) / "journal", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    print("ready", flush=True)
    while True:
        made = home.decide_many(*chance.choices((1, 2, 40), (60, 30, 1)))
        os.write(journal, b"".join(one.hash.encode() + b"\n" for one in made))
        home.sync()


def decide_once(home: Home, moment: str) -> None:
    with home.db.write() as conn:
        writes = [Write("customers", home.new_id(), {"name": "Solgaarden"})]
        Writer(conn, home.person, home.now, home.random.randbytes).write("customer.add", writes)
        if moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""How fast the board answers keys while a first sync comes in, beside the same board without one (gate G8).

``python benchmarks/board_sync.py [--changes 1000000] [--runs 3] [--keys 200] [--teams DIR]``
A home joins a team file that holds the beginning of every lane; then the rest of it appears, as when a share is
mounted. Keys go down and up in Today, first with nothing to exchange, then while the courier reads; a key is answered
when the terminal gets the first byte after it. Ends in 1 where the p95 grows by more than 1.60 (aim 1.30), or where
the sync was over before the keys were.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.start import TAVLE, end, spawn
from benchmarks.sync import written_team

GATE, AIM = 1.60, 1.30
SIZE = (120, 40)
LINES = 60
"""So many lines of every lane are there when the home joins."""
_KEYS = (b"\x1b[B", b"\x1b[B", b"\x1b[A", b"\x1b[A")
_WAIT = 60.0


class Board:
    """A board in a terminal of its own."""

    def __init__(self, home: Path) -> None:
        self.pid, self.fd = spawn([TAVLE, "--home", str(home)], SIZE)

    def read(self, seconds: float) -> bool:
        """True where something was written within so many seconds; it is taken away."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        data = os.read(self.fd, 65536)
        if b"\x1b[?2026$p" in data:
            os.write(self.fd, b"\x1b[?2026;2$y")
        return True

    def settle(self, quiet: float) -> None:
        """Reads until nothing has been written for so long."""
        stop = time.perf_counter() + _WAIT
        while self.read(quiet) and time.perf_counter() < stop:
            pass

    def answers(self, keys: int, chance: random.Random) -> list[float]:
        """Milliseconds to the first byte after each key, as a person presses them: not in step with anything."""
        found = []
        for number in range(keys):
            while self.read(0):
                pass
            begun = time.perf_counter()
            os.write(self.fd, _KEYS[number % len(_KEYS)])
            if not self.read(5.0):
                raise SystemExit("a key was not answered within five seconds")
            found.append((time.perf_counter() - begun) * 1e3)
            pause = time.perf_counter() + chance.uniform(0.06, 0.12)
            while (left := pause - time.perf_counter()) > 0:
                self.read(left)
        return found


@contextmanager
def opened(home: Path) -> Iterator[Board]:
    board = Board(home)
    try:
        yield board
    finally:
        end(board.pid, board.fd)


def begun_team(team: Path, folder: Path) -> Path:
    """A copy of a team file with the first lines of every lane."""
    begun = Path(shutil.copy(team, folder))
    for path in Path(f"{team}.d").rglob("1-1.jsonl"):
        target = Path(f"{begun}.d") / path.relative_to(f"{team}.d")
        target.parent.mkdir(parents=True)
        target.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:LINES]))
    return begun


def appear(team: Path, begun: Path) -> None:
    """The rest of the team file is there."""
    for path in Path(f"{team}.d").rglob("*.jsonl"):
        target = Path(f"{begun}.d") / path.relative_to(f"{team}.d")
        shutil.copy(path, target.with_name(f".tmp-{target.name}"))
        target.with_name(f".tmp-{target.name}").replace(target)


def logged(home: Path) -> int:
    db = sqlite3.connect(f"file:{home}/tavle.sqlite3?mode=ro", uri=True)
    try:
        return int(db.execute("SELECT coalesce(max(pos), 0) FROM log").fetchone()[0])
    finally:
        db.close()


def p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def measure(team: Path, changes: int, keys: int, turn: int) -> tuple[list[float], list[float], float]:
    """Milliseconds a key without and with a sync, and how many changes a second came in meanwhile."""
    with tempfile.TemporaryDirectory() as scratch:
        home, begun = Path(scratch) / "home", begun_team(team, Path(scratch))
        joining = [TAVLE, "--home", str(home), "init", "--team", str(begun), "--as", "Mette Holm"]
        subprocess.run(joining, check=True, stdout=subprocess.DEVNULL)
        chance = random.Random(turn)
        with opened(home) as board:
            board.settle(4.0)
            quiet = board.answers(keys, chance)
            before = logged(home)
            appear(team, begun)
            while logged(home) == before:
                board.read(0.05)
            before, started = logged(home), time.perf_counter()
            busy = board.answers(keys, chance)
            came, took = logged(home) - before, time.perf_counter() - started
            if logged(home) >= changes:
                raise SystemExit("the sync was over before the keys were: take more changes")
        return quiet, busy, came / took


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--changes", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--teams", type=Path, help="keeps the team file here for the next time")
    given = parser.parse_args()
    ratios = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.teams or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        team = written_team(folder, given.changes)
        for turn in range(given.runs):
            quiet, busy, pace = measure(team, given.changes, given.keys, turn)
            ratios.append(p95(busy) / p95(quiet))
            print(
                f"key p50 {statistics.median(quiet):.1f} → {statistics.median(busy):.1f} ms, "
                f"p95 {p95(quiet):.1f} → {p95(busy):.1f} ms ({ratios[-1]:.2f}), {pace:,.0f} changes a second"
            )
    found = statistics.median(ratios)
    print(f"G8 key p95 {found:.2f} of that without a sync (gate {GATE:.2f}, aim {AIM:.2f})")
    return 0 if found <= GATE else 1


if __name__ == "__main__":
    raise SystemExit(main())

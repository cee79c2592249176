"""One measurement in a process of its own, so that its memory is its own. Prints JSON.

``first TEAM HOME``, ``floor TEAM FILE``, ``plain TEAM FILE``, ``again TEAM HOME FILE COUNT RUNS``.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.clock import system_clock
from app.domain.change import Change, Header, decode, seal
from app.domain.hlc import tick
from app.domain.ids import random_id
from app.store import folding
from app.store.database import Database
from app.sync.engine import sync
from benchmarks._floor import Floor

DATABASE = "tavle.sqlite3"


def taken(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    done = work()
    return time.perf_counter() - begun, done


def files_of(team: Path) -> list[Path]:
    return sorted(Path(f"{team}.d").rglob("*.jsonl"))


def opened(home: Path) -> Database:
    db = Database(home / DATABASE)
    with db.write() as conn:
        folding.refresh(conn)
    return db


def first(team: Path, home: Path) -> dict[str, Any]:
    """A first sync; ``shown`` is how often it told how far it was."""
    db = opened(home)
    shown: list[object] = []
    seconds, report = taken(lambda: sync(db, team, system_clock, alone=True, progress=shown.append))
    db.close()
    return {"seconds": seconds, "changes": report.pulled, "whole": report.complete, "shown": len(shown)}


def floor(team: Path, path: Path, *, tables: bool) -> dict[str, Any]:
    plain = Floor(path, tables=tables)
    seconds, changes = taken(lambda: plain.load(files_of(team)))
    plain.db.close()
    return {"seconds": seconds, "changes": changes}


class Colleague:
    """Someone else's lane in the team file, to which new changes are added."""

    def __init__(self, team: Path) -> None:
        lanes: dict[Path, Path] = {}
        for path in sorted(files_of(team), key=lambda one: [int(word) for word in one.stem.split("-")]):
            lanes[path.parent] = path
        self.path = min(lanes.values(), key=lambda one: one.stat().st_size)
        self.last = decode(self.path.read_bytes().splitlines()[-1])

    def decide(self, count: int) -> None:
        """So many contacts are noted, in one write."""
        lines = []
        for _number in range(count):
            self.last = self._next()
            lines.append(self.last.raw + b"\n")
        with self.path.open("ab") as file:
            file.write(b"".join(lines))

    def _next(self) -> Change:
        last = self.last.header
        body = {
            "customer": random_id(),
            "at": "2026-11-23T05:40:00Z",
            "channel": "phone",
            "text": "A short talk",
        }
        header = Header(
            team=last.team, lane=last.lane, seq=last.seq + 1, prev=self.last.hash, id=random_id(),
            hlc=tick(0, [last.hlc]), at=last.at, by=last.by, on=("contacts", random_id()), do="contact.log", bh="",
        )  # fmt: skip
        return seal(header, body)


def again(team: Path, home: Path, path: Path, count: int, runs: int) -> dict[str, Any]:
    """Each time so many new changes: Tavle's sync and the floor's, one after the other; then syncs at rest."""
    db, plain, colleague = opened(home), Floor(path, tables=True), Colleague(team)
    by = random_id()
    plain.db.execute("PRAGMA synchronous = FULL")
    found: dict[str, Any] = {"sync": [], "floor": [], "rest": []}
    offset = colleague.path.stat().st_size
    for turn in range(-2, runs):
        colleague.decide(count)
        synced, report = taken(lambda: sync(db, team, system_clock, by=by))
        followed, offset = taken(partial(plain.follow, colleague.path, offset))
        if report.pulled != count:
            raise SystemExit(f"{report.pulled} changes came in, not {count}: {report.problem}")
        if turn >= 0:
            found["sync"].append(synced)
            found["floor"].append(followed)
    before = written()
    for _turn in range(runs):
        found["rest"].append(taken(lambda: sync(db, team, system_clock, by=by))[0])
    found["written"] = written() - before
    return found


def written() -> int:
    """The bytes that this process has handed to the system to write; 0 where that is not told."""
    told = Path("/proc/self/io")
    lines = told.read_text().splitlines() if told.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("wchar"))


def main(what: str, team: str, place: str, *more: str) -> None:
    if what == "first":
        found = first(Path(team), Path(place))
    elif what == "again":
        path, count, runs = more
        found = again(Path(team), Path(place), Path(path), int(count), int(runs))
    else:
        found = floor(Path(team), Path(place), tables=what == "floor")
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])

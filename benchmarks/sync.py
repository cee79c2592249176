"""A first sync and the syncs after it, beside the least that any reader of the team file must do, in one run.

``python benchmarks/sync.py [--changes 10000 100000] [--full] [--runs 3] [--teams DIR]``; ``--full`` adds 1,000,000.
Two floors (_floor.py), each a process of its own like everything here. Both decode every line with msgspec, compare its
checksum, and upsert with sqlite3's ``executemany``, the last that comes wins, indexes made at the end:

- *plain*: one row a line, its bytes in it, in a table with the log's indexes. It cannot say what any record is.
- *the floor* of G6, "with the same indexes and checksum": that, and the records' fields in their tables with the same
  indexes as Tavle's. It has no merge, no groups, no undo, and no notion of where it was.

Gates: G6 first sync at 0.33 of the floor's speed or more (aim 0.60), and of the plain one's where there are a
million changes; under 300 MiB; 100,000 changes in under 60 s · G7 1 and 100 new changes in no more than 3 times the
floor's time (aim 1.5), and no more than 2.5 and 5 times as long in the largest team as in the smallest: where the
pages of a large database are not in memory the floor itself grows by more, which stands beside it · G5 a sync at rest
writes no byte.
Ends in 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
TAVLE = str(Path(sys.executable).with_name("tavle"))
FIRST, AIM, MEMORY, SECONDS = 0.33, 0.60, 300, 60.0
MANY = 1_000_000
AGAIN, GROWTH = 3.0, {1: 2.5, 100: 5.0}


@dataclass
class Team:
    """What was measured with a team file of so many changes; times in seconds, memory in MiB."""

    changes: int
    first: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    memory: float = 0.0
    again: dict[int, dict[str, Any]] = field(default_factory=dict)


def child(*words: object) -> tuple[dict[str, Any], float]:
    """What a measurement found, and the most memory that it took."""
    command = [sys.executable, "-m", "benchmarks._exchange", *map(str, words)]
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out, cwd=HERE.parent)
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(map(str, words))} ended in {process.returncode}")
        out.seek(0)
        return json.load(out), used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def written_team(folder: Path, changes: int) -> Path:
    """A demo team file of so many changes; one that is there is taken."""
    team = folder / f"team-{changes}.tavle"
    if not team.exists():
        command = [TAVLE, "demo", str(team), "--changes", str(changes)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return team


def copied(team: Path, folder: Path) -> Path:
    """A copy that may be written to."""
    shutil.copytree(f"{team}.d", folder / f"{team.name}.d")
    return Path(shutil.copy(team, folder))


def measure(original: Path, changes: int, runs: int) -> Team:
    found = Team(changes)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        team, home, floor = copied(original, folder), folder / "home", folder / "floor.sqlite3"
        for _run in range(runs):
            for path in folder.iterdir():
                if path not in (team, team.with_name(f"{team.name}.d")):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            lines, _memory = child("plain", team, folder / "plain.sqlite3")
            plain, _memory = child("floor", team, floor)
            synced, memory = child("first", team, home)
            if not synced["whole"] or synced["changes"] < changes or synced["shown"] < 3:
                raise SystemExit(f"not a whole first sync: {synced}")
            found.plain.append(lines["seconds"])
            found.floor.append(plain["seconds"])
            found.first.append(synced["seconds"])
            found.memory = max(found.memory, memory)
        for count in GROWTH:
            found.again[count], _memory = child("again", team, home, floor, count, 15)
    return found


def gate(good: bool, text: str) -> bool:
    print(f"  {text}{'' if good else '   MISSED'}")
    return good


def ratio(ones: list[float], others: list[float]) -> float:
    return median(one / other for one, other in zip(ones, others, strict=True))


def tell(team: Team) -> bool:
    """Prints what was measured with one team file; whether its gates hold."""
    first, floor, plain = median(team.first), median(team.floor), median(team.plain)
    print(f"{team.changes:,} changes")
    pace = f"{team.changes / first:,.0f} a second"
    print(f"  first sync {first:.2f} s ({pace}), floor {floor:.2f} s, plain {plain:.2f} s")
    speed, alone = ratio(team.floor, team.first), ratio(team.plain, team.first)
    good = gate(speed >= FIRST, f"G6 {speed:.2f} of the floor's speed (gate {FIRST}, aim {AIM})")
    bound = team.changes >= MANY
    held = f"gate {FIRST}" if bound else f"no gate below {MANY:,}"
    good &= gate(alone >= FIRST or not bound, f"G6 {alone:.2f} of the plain one's ({held})")
    good &= gate(team.memory < MEMORY, f"G6 {team.memory:.0f} MiB at most (gate {MEMORY})")
    if team.changes == 100_000:
        good &= gate(first < SECONDS, f"G6 {first:.1f} s for 100,000 (gate {SECONDS:.0f})")
    for count, again in team.again.items():
        found = ratio(again["sync"], again["floor"])
        took = f"{median(again['sync']) * 1e3:.1f} ms, floor {median(again['floor']) * 1e3:.1f} ms"
        good &= gate(found <= AGAIN, f"G7 {count} new: {took}, {found:.2f} of the floor (gate {AGAIN})")
    rest = team.again[1]
    return good & gate(
        rest["written"] == 0,
        f"G5 at rest {median(rest['rest']) * 1e3:.1f} ms, {rest['written']} bytes written",
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--changes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--full", action="store_true", help="with 1,000,000 changes too")
    parser.add_argument(
        "--runs", type=int, default=3, help="of first syncs; one where there are a million changes"
    )
    parser.add_argument("--teams", type=Path, help="keeps the team files here for the next time")
    given = parser.parse_args()
    sizes = sorted({*given.changes, *([MANY] if given.full else [])})
    good, teams = True, []
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.teams or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for changes in sizes:
            runs = given.runs if changes < MANY else 1
            teams.append(measure(written_team(folder, changes), changes, runs))
            good &= tell(teams[-1])
    if len(teams) > 1:
        print(f"{sizes[-1]:,} against {sizes[0]:,} changes")
        for count, most in GROWTH.items():
            found, floor = (
                median(teams[-1].again[count][what]) / median(teams[0].again[count][what])
                for what in ("sync", "floor")
            )
            said = f"G7 {count} new: {found:.2f} as long (gate {most}), the floor {floor:.2f}"
            good &= gate(found <= most, said)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())

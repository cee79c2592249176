"""The board's gates as a person feels them: keys, pages, memory and rest, beside plain Textual in interleaved runs.

``python benchmarks/board.py [--runs 3] [--keys 20] [--idle 65] [--changes 1000 20000] [--homes DIR] [--bench DIR]``
``--bench`` holds ttybench.py and floor_table.py (../shared/bench). A home of a million changes takes minutes to make:
``--changes 1000 1000000 --homes DIR`` makes it once and keeps it. Keys go through Today and through the list of
contacts, a tenth as long as the changes are many. Ratios are medians of the paired runs'; ends in 1 where one misses:
G2 cursor p95 ÷ DataTable of 100 rows ≤ 1.20 · G3 paging p95 ÷ DataTable of 1,000 ≤ 0.50 · G4 start and keys with many
changes ÷ with few ≤ 1.15 · G5 idle CPU ÷ bare Textual ≤ 1.15, idle bytes 0 · G9 memory ÷ DataTable of 100 ≤ 1.60.
The clock stands still (``--now``), so that only what is new would be written; but the board reads again every minute
as always, which ``--idle`` should hold, and exchanges with its team file. Both idle programs run at the same time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.start import HERE, LIVE, ROW, board, build_home

CURSOR, PAGING, START, GROWN, IDLE, MEMORY = 1.20, 0.50, 1.15, 1.15, 1.15, 1.60
_LIVE = f"until:{LIVE.pattern}"
_CONTACTS = [_LIVE, "6", "right", "right", "right", "right", r"until:─ Contacts \d+", "wait:500"]
_ASKED: dict[str, Any] = {
    "term": "xterm-256color",
    "env": [],
    "cwd": None,
    "no_sync": False,
    "show": False,
    "burst": 0,
    "quit": "",
    "timeout": 60,
    "quiet": 200,
    "key_quiet": 80,
    "key_timeout": 1000,
    "discard": 3,
}
"""What ttybench would take from its command line; times in milliseconds, the first in seconds."""
Run = dict[str, float]


@dataclass
class Subject:
    """A command on a terminal, what shows that it is there, and the keys it gets."""

    name: str
    argv: list[str]
    until: str
    setup: list[str] = field(default_factory=list)
    keys: str = ""
    idle: float = 0
    runs: list[Run] = field(default_factory=list)

    def median(self, what: str) -> float:
        return statistics.median(run[what] for run in self.runs)


@dataclass
class Gate:
    """A figure of one subject beside that of another, and what it may be at most."""

    name: str
    what: str
    one: Subject
    other: Subject
    limit: float

    def ratio(self) -> float:
        """The median of the paired runs' ratios; the ratio of medians where one ran more often."""
        if len(self.one.runs) != len(self.other.runs):
            return self.one.median(self.what) / self.other.median(self.what)
        pairs = zip(self.one.runs, self.other.runs, strict=True)
        return statistics.median(mine[self.what] / theirs[self.what] for mine, theirs in pairs)


class Meter:
    """ttybench as a library."""

    def __init__(self, bench: Path, size: tuple[int, int]) -> None:
        spec = spec_from_file_location("ttybench", bench / "ttybench.py")
        if spec is None or spec.loader is None or not (bench / "ttybench.py").is_file():
            raise SystemExit(f"nothing was measured: {bench} has no ttybench.py; --bench says where it is")
        self._tool: Any = module_from_spec(spec)
        spec.loader.exec_module(self._tool)
        self._size = size

    def run(self, subject: Subject) -> Run:
        """One run of a subject; the figures are named as ttybench names them."""
        given = argparse.Namespace(**_ASKED, size=self._size, idle=subject.idle)
        keys = self._tool.parse_keys(subject.keys)
        try:
            found, _raw = self._tool.one_run(subject.argv, given, subject.until, keys, subject.setup)
        except RuntimeError as error:
            raise SystemExit(f"{subject.name}: {error}") from error
        if found.get("key.missed"):
            raise SystemExit(f"{subject.name}: {found['key.missed']} keys changed nothing on the screen")
        return dict(found)

    def rest(self, subjects: list[Subject]) -> None:
        """One run of each, all at the same time: they do nothing, so none is in another's way."""
        with ThreadPoolExecutor(len(subjects)) as pool:
            for subject, found in zip(subjects, pool.map(self.run, subjects), strict=True):
                subject.runs.append(found)

    def take(self, subjects: list[Subject], runs: int) -> None:
        """Runs the subjects in turn, there and back; a first turn is not counted."""
        for turn in range(-1, runs):
            for subject in subjects if turn % 2 else subjects[::-1]:
                found = self.run(subject)
                if turn >= 0:
                    subject.runs.append(found)


def subjects(homes: list[Path], bench: Path, keys: int, idle: float) -> dict[str, Subject]:
    """All that is measured, by a short name."""
    cursor, paging = f"(down up)*{keys // 2}", f"(pagedown pageup)*{keys // 2}"
    table = [sys.executable, str(bench / "floor_table.py")]
    few, many = board(homes[0]), board(homes[-1])
    online = [word for word in many if word != "--offline"]
    return {
        "hello": Subject("hello", [sys.executable, str(HERE / "_hello.py")], "Hello READY", idle=idle),
        "table": Subject("DataTable 100", [*table, "100"], "A0000001", keys=cursor),
        "large": Subject("DataTable 1,000", [*table, "1000"], "A0000001", keys=paging),
        "few": Subject("Today, few changes", few, ROW.pattern, [_LIVE, "wait:500"], cursor),
        "today": Subject("Today", many, ROW.pattern, [_LIVE, "wait:500"], cursor),
        "list": Subject("Contacts", many, ROW.pattern, _CONTACTS, cursor),
        "pages": Subject("Contacts by page", many, ROW.pattern, _CONTACTS, paging),
        "idle": Subject("idle, online", online, ROW.pattern, [_LIVE, "wait:5000"], idle=idle),
    }


def gates(by: dict[str, Subject]) -> list[Gate]:
    """Everything that is judged."""
    p95, peak = "key.first_p95_ms", "rss.peak_mib"
    return [
        Gate("G2 cursor in Today p95", p95, by["today"], by["table"], CURSOR),
        Gate("G2 cursor in Contacts p95", p95, by["list"], by["table"], CURSOR),
        Gate("G3 paging p95", p95, by["pages"], by["large"], PAGING),
        Gate("G4 start", "start.match_ms", by["today"], by["few"], START),
        Gate("G4 keys p95", p95, by["today"], by["few"], GROWN),
        Gate("G5 idle CPU", "idle.cpu_ms", by["idle"], by["hello"], IDLE),
        Gate("G9 memory, keys pressed", peak, by["today"], by["table"], MEMORY),
        Gate("G9 memory, exchanging", peak, by["idle"], by["table"], MEMORY),
    ]


def tell(by: dict[str, Subject]) -> None:
    """Prints the medians, in milliseconds, bytes a key and MiB."""
    columns = {
        "start": "start.match_ms",
        "p50": "key.first_p50_ms",
        "p95": "key.first_p95_ms",
        "bytes a key": "key.bytes_p50",
        "idle CPU": "idle.cpu_ms",
        "idle bytes": "idle.bytes",
        "memory": "rss.peak_mib",
    }
    print(f"{'':20}" + "".join(f"{name:>12}" for name in columns))
    for one in by.values():
        found = (f"{one.median(what):.1f}" if what in one.runs[0] else "" for what in columns.values())
        print(f"{one.name:20}" + "".join(f"{figure:>12}" for figure in found))


def judge(by: dict[str, Subject]) -> bool:
    """Prints every ratio beside its gate; whether all hold."""
    good = True
    for gate in gates(by):
        found = gate.ratio()
        good &= found <= gate.limit
        print(_line(gate.name, f"{found:.2f}", f"{gate.limit:.2f} of {gate.other.name}", found <= gate.limit))
    written = by["idle"].median("idle.bytes")
    print(_line("G5 idle bytes", f"{written:.0f}", "0", written == 0))
    return good and written == 0


def _line(name: str, found: str, limit: str, good: bool) -> str:
    return f"{name:28}{found:>6}   gate {limit:24} {'holds' if good else 'MISSED'}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keys", type=int, default=20)
    parser.add_argument("--idle", type=float, default=65, help="seconds")
    parser.add_argument("--changes", type=int, nargs=2, default=[1_000, 20_000], metavar=("FEW", "MANY"))
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--homes", type=Path, help="keeps the homes here for the next time")
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "shared" / "bench")
    given = parser.parse_args()
    columns, rows = map(int, given.size.split("x"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a usual start has its bytecode
    meter = Meter(given.bench, (columns, rows))
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.homes or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        homes = [build_home(folder, changes) for changes in given.changes]
        for home in homes:
            # tables that an older version folded are folded anew here, not in the first run
            subprocess.run([*board(home), "today"], check=True, stdout=subprocess.DEVNULL)
        by = subjects(homes, given.bench, given.keys, given.idle)
        resting = [by["hello"], by["idle"]]
        meter.take([one for one in by.values() if one not in resting], given.runs)
        meter.rest(resting)
    tell(by)
    return 0 if judge(by) else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""How long from exec to the first frame with data, beside the smallest Textual app, in one interleaved run.

``python benchmarks/start.py [--runs 15] [--changes 1000 1000000] [--size 120x40] [--homes DIR]``
Prints medians in milliseconds and the medians of the paired ratios, and ends in 1 where a gate is missed:
G1 start ÷ hello ≤ 1.30 (aim 0.50) · G4 start with many changes ÷ with few ≤ 1.15 · G12 no heavy module is loaded.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

import pyte

HERE = Path(__file__).resolve().parent
TAVLE = str(Path(sys.executable).with_name("tavle"))
HEAVY = {
    "sqlalchemy",
    "alembic",
    "holidays",
    "openpyxl",
    "xlsxwriter",
    "pulp",
    "highspy",
    "ortools",
    "textual",
    "rich",
}
ROW = re.compile(r"^.▌[●▲✓]", re.MULTILINE)
LIVE = re.compile(r"\A Tavle(?!.*loading …)")
LIMIT = 60.0
GATES = {"G1": 1.30, "G4": 1.15}
_UNKNOWN = (b"\x1b[?2026$p", b"\x1b[?2048$p", b"\x1b[>25u", b"\x1b[<u")


@dataclass
class Subject:
    """A command to start, and what its first frame with data looks like."""

    name: str
    argv: list[str]
    until: re.Pattern[str]
    ms: list[float] = field(default_factory=list)


def spawn(argv: list[str], size: tuple[int, int]) -> tuple[int, int]:
    """Starts a command on a terminal of its own; its process and the terminal's file descriptor."""
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        kept = {
            key: value
            for key, value in os.environ.items()
            if key not in ("NO_COLOR", "TEXTUAL", "COLUMNS", "LINES")
        }
        os.execvpe(
            argv[0], argv, {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        )
    return pid, fd


def first_match(argv: list[str], until: re.Pattern[str], size: tuple[int, int], keys: bytes = b"") -> float:
    """Milliseconds from exec to the first screen that matches; then the keys are typed and the end is waited for.

    Bytes are stamped when they come and emulated only while nothing comes, so the emulator's time is not in it.
    """
    screen = pyte.Screen(*size)
    stream = pyte.ByteStream(screen)
    begun = time.perf_counter()
    pid, fd = spawn(argv, size)
    waiting: list[tuple[float, bytes]] = []
    try:
        while time.perf_counter() - begun < LIMIT:
            if select.select([fd], [], [], 0.02)[0]:
                data = os.read(fd, 65536)
                waiting.append((time.perf_counter(), data))
                if b"\x1b[?2026$p" in data:
                    os.write(fd, b"\x1b[?2026;2$y")
                continue
            for stamp, data in waiting:
                for query in _UNKNOWN:
                    data = data.replace(query, b"")  # noqa: PLW2901
                stream.feed(data)
                if until.search("\n".join(screen.display)):
                    if keys:
                        leave(fd, keys)
                    return (stamp - begun) * 1e3
            waiting.clear()
    except OSError as ended:
        raise SystemExit(f"{' '.join(argv)} ended:\n" + "\n".join(screen.display)) from ended
    finally:
        end(pid, fd)
    raise SystemExit(f"{' '.join(argv)}: nothing matched\n" + "\n".join(screen.display))


def leave(fd: int, keys: bytes) -> None:
    """Types, and reads until the command has ended by itself or ten seconds have passed."""
    os.write(fd, keys)
    stop = time.perf_counter() + 10
    try:
        while time.perf_counter() < stop:
            if select.select([fd], [], [], 0.1)[0]:
                os.read(fd, 65536)
    except OSError:
        return


def end(pid: int, fd: int) -> None:
    """Ends a command that is still there."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(fd)


def build_home(folder: Path, changes: int) -> Path:
    """A home joined to a demo team file of so many changes; made once and kept."""
    home, team = folder / f"home-{changes}", folder / f"team-{changes}.tavle"
    if not home.exists():
        subprocess.run(
            [TAVLE, "demo", str(team), "--changes", str(changes)], check=True, stdout=subprocess.DEVNULL
        )
        joining = [TAVLE, "--home", str(home), "init", "--team", str(team), "--as", "Mette Holm"]
        subprocess.run(joining, check=True, stdout=subprocess.DEVNULL)
    return home


def board(home: Path) -> list[str]:
    return [TAVLE, "--home", str(home), "--now", "2026-11-23T06:40+01:00", "--offline"]


def loaded(home: Path, folder: Path, size: tuple[int, int]) -> set[str] | None:
    """The modules that are loaded when the first frame stands; None where none was painted before Textual."""
    out = folder / "modules.txt"
    out.write_text("")
    pid, fd = spawn([sys.executable, str(HERE / "_loaded.py"), str(out), *board(home)[1:]], size)
    try:
        while not out.read_text() and select.select([fd], [], [], 10)[0]:
            os.read(fd, 65536)
    except OSError:
        pass
    finally:
        end(pid, fd)
    return set(out.read_text().split()) or None


def measure_version(runs: int) -> tuple[float, float]:
    """Medians for a bare interpreter and for ``tavle --version``."""
    taken: dict[str, list[float]] = {"python": [], "version": []}
    for _ in range(runs):
        for name, argv in (("python", [sys.executable, "-c", ""]), ("version", [TAVLE, "--version"])):
            begun = time.perf_counter()
            subprocess.run(argv, check=True, stdout=subprocess.DEVNULL)
            taken[name].append((time.perf_counter() - begun) * 1e3)
    return statistics.median(taken["python"]), statistics.median(taken["version"])


def ratio(one: Subject, other: Subject) -> float:
    return statistics.median(a / b for a, b in zip(one.ms, other.ms, strict=True))


def tell_live(homes: list[Path], changes: list[int], size: tuple[int, int], runs: int) -> None:
    """Prints when the board itself has taken over from the first frame and answers keys."""
    for home, count in zip(homes, changes, strict=True):
        took = statistics.median(first_match(board(home), LIVE, size) for _ in range(runs))
        print(f"{f'live, {count} changes':24}{took:8.0f} ms")


def judge(subjects: list[Subject], modules: set[str] | None) -> bool:
    """Prints what was found; whether every gate holds."""
    hello, *boards = subjects
    print(f"{'hello':24}{statistics.median(hello.ms):8.0f} ms")
    good = True
    for one in boards:
        found = ratio(one, hello)
        good &= found <= GATES["G1"]
        print(
            f"{one.name:24}{statistics.median(one.ms):8.0f} ms   G1 {found:.2f} of hello (gate {GATES['G1']:.2f})"
        )
    if len(boards) > 1:
        found = ratio(boards[-1], boards[0])
        good &= found <= GATES["G4"]
        print(f"{'most to fewest changes':24}{found:8.2f}      G4 (gate {GATES['G4']:.2f})")
    heavy = None if modules is None else sorted({name.partition(".")[0] for name in modules} & HEAVY)
    good &= heavy == []
    said = "no first frame was painted" if heavy is None else ", ".join(heavy) or "none"
    print(f"{'heavy at first frame':24}{said:>8}      G12")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--changes", type=int, nargs="+", default=[1_000, 1_000_000])
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--homes", type=Path, help="keeps the homes here for the next time")
    given = parser.parse_args()
    columns, rows = map(int, given.size.split("x"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.homes or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        homes = [build_home(folder, changes) for changes in given.changes]
        subjects = [Subject("hello", [sys.executable, str(HERE / "_hello.py")], re.compile("Hello READY"))]
        for changes, home in zip(given.changes, homes, strict=True):
            first_match(board(home), ROW, (columns, rows), keys=b"qqq")
            subjects.append(Subject(f"tavle, {changes} changes", board(home), ROW))
        for turn in range(-1, given.runs):
            for subject in subjects if turn % 2 else subjects[::-1]:
                took = first_match(subject.argv, subject.until, (columns, rows))
                if turn >= 0:
                    subject.ms.append(took)
        modules = loaded(homes[0], Path(scratch), (columns, rows))
        tell_live(homes, given.changes, (columns, rows), min(given.runs, 5))
    bare, version = measure_version(given.runs)
    print(f"{'python':24}{bare:8.0f} ms\n{'tavle --version':24}{version:8.0f} ms")
    return 0 if judge(subjects, modules) else 1


if __name__ == "__main__":
    raise SystemExit(main())

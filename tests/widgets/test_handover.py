"""The first frame and the board after it, as a terminal sees them."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.first_frame import encode
from tests.widgets.gallery import first_frame
from tests.widgets.terminal import Terminal

ROW = "07:10 uncovered"
LIVE = "synced 12 s ago"


@pytest.fixture
def home(tmp_path: Path) -> str:
    path = tmp_path / "home.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE last_seen (id INTEGER PRIMARY KEY, width, height, frame TEXT, at TEXT)")
    connection.execute("INSERT INTO last_seen VALUES (1, 0, 0, ?, '')", (encode(first_frame()),))
    connection.commit()
    connection.close()
    return str(path)


def started(home: str, size: tuple[int, int], **environ: str) -> Terminal:
    return Terminal([sys.executable, "-m", "tests.widgets.start", home], size, environ)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_the_board_replaces_the_first_frame_without_a_flash(home: str, size: tuple[int, int]) -> None:
    with started(home, size) as terminal:
        terminal.until(lambda seen: bool(seen.frames))
        first = terminal.frames[0]
        assert ROW in first[3]
        assert "as of Mon 23 Nov 06:31 · loading …" in first[0]
        terminal.until(lambda seen: seen.shows(LIVE) and seen.shows("Approved Ana Ruiz"))
        assert terminal.written.count(b"\x1b[?1049h") == 1
        for frame in terminal.frames[1:]:
            changed = [number for number in range(size[1]) if frame[number] != first[number]]
            assert set(changed) <= {0, size[1] - 2}, "only the status and the last decision may differ"


def test_keys_pressed_meanwhile_are_not_lost(home: str) -> None:
    with started(home, (80, 24)) as terminal:
        terminal.press(b"j")
        terminal.until(lambda seen: bool(seen.frames))
        terminal.press(b"\x1b[Bj")
        terminal.until(lambda seen: seen.shows(LIVE) and "▌● reply by 07:10" in seen.screen.display[6])
        assert not terminal.shows("^[")


def test_the_terminal_is_given_back_as_it_was(home: str) -> None:
    start = f"stty -g; {sys.executable} -m tests.widgets.start {home}; stty -g; echo THE END; sleep 20"
    with Terminal(["sh", "-c", start], (80, 24)) as terminal:
        terminal.until(lambda seen: seen.shows(LIVE))
        terminal.press(b"q")
        terminal.until(lambda seen: b"THE END\r\n" in seen.written)
        before, after = re.findall(rb"(?:[0-9a-f]+:){20,}[0-9a-f]+", terminal.written)
        assert before == after
        assert terminal.written.count(b"\x1b[?1049l") == 1


def test_a_start_that_fails_leaves_the_screen_it_entered(home: str) -> None:
    failing = (
        "from pathlib import Path; from app.clock import system_clock; from app.first_frame import Held\n"
    )
    failing += f"with Held() as held: held.paint(Path({home!r}), system_clock()); raise SystemExit(3)"
    with Terminal([sys.executable, "-c", failing], (80, 24)) as terminal:
        terminal.until(lambda seen: b"\x1b[?1049l" in seen.written)
        assert terminal.written.count(b"\x1b[?1049h") == 1


def test_no_colour_reaches_the_terminal_when_none_is_wanted(home: str) -> None:
    with started(home, (120, 40), NO_COLOR="1") as terminal:
        terminal.until(lambda seen: seen.shows(LIVE) and seen.shows("Approved Ana Ruiz"))
        codes = re.findall(rb"\x1b\[([\d;:]*)m", terminal.written)
        used = {code for match in codes for code in re.split(rb"[;:]", match) if code}
        assert used <= {b"0", b"1", b"2", b"3", b"4", b"7", b"39", b"49"}
        assert terminal.screen.display[2].startswith("┏━ Needs you 9 ━")


def test_nothing_heavy_is_loaded_for_the_first_frame() -> None:
    code = "import sys, app.first_frame; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    roots = {name.partition(".")[0] for name in loaded}
    assert not roots & {
        "textual",
        "rich",
        "sqlalchemy",
        "alembic",
        "holidays",
        "msgspec",
        "openpyxl",
        "asyncio",
        "inspect",
    }

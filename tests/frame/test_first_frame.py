import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pyte
import pytest

from app.first_frame import FirstFrame, FrameTable, decode, encode, paint, picture, read
from app.frame.ansi import depth
from app.frame.lines import KeyHint, Tab
from app.frame.rows import Cell, Column, TableRow

NOW = datetime(2026, 11, 23, 5, 41, tzinfo=UTC)
COLUMNS = (Column("title", "Who"), Column("clock", "Clock", width=10, align="right"))
FRAME = FirstFrame(
    "tavle-dark",
    "North",
    "Mette Holm",
    "Mon 23 Nov 06:31",
    (Tab("1", "Today"), Tab("2", "Absences", "Abs.", 3, urgent=True)),
    FrameTable(
        "Needs you",
        2,
        COLUMNS,
        (
            TableRow("a", ("Nordhavn School", Cell("old", "red")), "red"),
            TableRow("b", (Cell("Ana Ruiz", "strong"), (Cell("a", "red"), Cell("cute"))), "red", dimmed=True),
        ),
        ("2026-11-23T06:10:00Z", ""),
    ),
    "Uncovered shift",
    ((Cell("Why", "heading"),), (), (Cell("Jonas Berg is sick, and nobody else is near."),)),
    (
        FrameTable("Area", None, COLUMNS, ()),
        FrameTable("Complaints", None, COLUMNS, (TableRow("c", ("in hand", "6")),)),
    ),
    (KeyHint("Enter", "take"), KeyHint("?", "help", enabled=False)),
    (Cell(" ▸ ", "amber"), Cell("Ole Dam hands over")),
)


def home(path: Path, text: str) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TABLE last_seen (id INTEGER PRIMARY KEY, width, height, frame TEXT, at TEXT)"
        )
        connection.execute("INSERT INTO last_seen VALUES (1, 0, 0, ?, '')", (text,))
    connection.close()
    return path


def shown(frame: FirstFrame, width: int, height: int) -> list[str]:
    terminal = pyte.Screen(width, height)
    pyte.Stream(terminal).feed(picture(frame, width, height, NOW))
    return list(terminal.display)


def test_what_is_stored_is_what_is_read(tmp_path: Path) -> None:
    assert decode(encode(FRAME)) == FRAME
    assert read(home(tmp_path / "home ü%.db", encode(FRAME))) == FRAME


def test_clocks_run_on_and_the_age_is_told() -> None:
    lines = shown(FRAME, 100, 40)
    assert "0:29" in lines[3]
    assert lines[0].rstrip().endswith("Mette Holm · as of Mon 23 Nov 06:31 · loading …")


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (200, 60), (30, 10), (19, 5), (1, 1)])
def test_it_fits_any_terminal(width: int, height: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    lines = shown(FRAME, width, height)
    assert len(lines) == height
    if width >= 30:
        assert "Nordhavn" in lines[3]
        assert lines[height - 4].startswith("╰")
        assert lines[height - 3].startswith(" ▸ Ole Dam hands over")


def test_a_notice_takes_no_row_where_nothing_waits() -> None:
    assert shown(FRAME._replace(notice=()), 80, 24)[24 - 3].startswith("╰")


@pytest.mark.parametrize(
    "text", ["", "{}", "[2]", "[1, []]", "[2, [1, 2]]", '[2, ["", "", "", "", [], [], "", [], [], [], []]]']
)
def test_what_cannot_be_read_is_not_painted(tmp_path: Path, text: str) -> None:
    assert read(home(tmp_path / "home.db", text)) is None


def test_a_home_without_it_is_left_as_it_is(tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    assert read(missing) is None
    assert not missing.exists()
    other = tmp_path / "other.db"
    other.write_bytes(b"no database at all" * 100)
    assert read(other) is None


def test_nothing_is_painted_without_a_terminal(tmp_path: Path) -> None:
    assert paint(home(tmp_path / "home.db", encode(FRAME)), (80, 24), NOW) is False


def test_no_colour_means_no_colour_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    codes = {
        code
        for match in re.findall(r"\x1b\[([\d;]*)m", picture(FRAME, 80, 24, NOW))
        for code in match.split(";")
    }
    assert codes <= {"0", "1", "4", "7"}
    assert "┏━ Needs you 2" in shown(FRAME, 80, 24)[2]


def test_depth_of_colour() -> None:
    assert depth({"COLORTERM": "truecolor", "TERM": "xterm"}) == "true"
    assert depth({"TERM": "tmux-256color"}) == "256"
    assert depth({"TERM": "linux"}) == "few"
    assert depth({"COLORTERM": "truecolor", "NO_COLOR": "1"}) == "none"


def test_256_colours_are_those_that_rich_picks() -> None:
    from rich.color import Color, ColorSystem

    from app.frame.ansi import _nearest
    from app.frame.palette import DARK, LIGHT

    for palette in (DARK, LIGHT):
        for value in palette[2:]:
            red, green, blue = (int(value[place : place + 2], 16) for place in (1, 3, 5))
            assert _nearest(red, green, blue) == Color.parse(value).downgrade(ColorSystem.EIGHT_BIT).number

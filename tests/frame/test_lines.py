from hypothesis import given
from hypothesis import strategies as st

from app.frame.box import box_lines, stack, table_lines
from app.frame.grid import layout, row_line
from app.frame.lines import (
    KeyHint,
    Status,
    Tab,
    decision_line,
    keys_line,
    runs_len,
    status_line,
    tabs_line,
    wrap,
)
from app.frame.rows import Cell, Column, Runs, TableRow
from app.frame.shape import Box, Shape, panes

COLUMNS = (
    Column("what", "What", width=18),
    Column("title", "Who", least=14),
    Column("note", "Note", least=12, drop=2),
    Column("clock", "Clock", width=11, align="right", drop=1),
)
TABS = tuple(
    Tab(str(number), name, name[:4], number) for number, name in enumerate(("Today", "Absences", "Team"))
)


def text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def test_the_status_keeps_clock_and_age_to_the_last() -> None:
    status = Status("North", "Mon 23 Nov 06:41", "Mette Holm", "offline since 06:31 · 3 to send")
    assert text(status_line(100, status)).startswith(" Tavle · North  ")
    assert text(status_line(100, status)).endswith(
        "  Mon 23 Nov 06:41 · Mette Holm · offline since 06:31 · 3 to send "
    )
    assert "Mette" not in text(status_line(60, status))
    assert "06:41 · offline since 06:31 · 3 to send" in text(status_line(60, status))
    assert "06:31 · 3 to send" in text(status_line(45, status))


@given(st.integers(1, 220), st.text(max_size=20), st.text(max_size=60))
def test_the_status_fills_its_line(width: int, area: str, age: str) -> None:
    assert runs_len(status_line(width, Status(area.encode().decode(), "Mon 06:41", "Ole Dam", age))) == width


def test_tabs_give_names_up_before_figures() -> None:
    shown = [text(part.runs) for part in tabs_line(80, TABS, "1")]
    assert shown == [" 0 Today ", " 1 Absences 1 ", " 2 Team 2 "]
    assert [text(part.runs) for part in tabs_line(31, TABS, "0")] == [" 0 Today ", " 1 Abse 1 ", " 2 Team 2 "]
    assert [text(part.runs) for part in tabs_line(20, TABS, "0")] == [" 0 Today ", " 1 1 ", " 2 2 "]


def test_keys_give_way_from_the_end_but_help_stays() -> None:
    hints = (KeyHint("a", "approve"), KeyHint("u", "undo", enabled=False), KeyHint("?", "help"))
    assert text(keys_line(80, hints)[1].runs) == " u undo "
    assert keys_line(80, hints)[1].runs[0].ink == "faint"
    assert [part.key for part in keys_line(20, hints)] == ["a", "?"]


def test_keys_are_told_in_brief_before_any_gives_way_and_the_first_in_full_again() -> None:
    hints = (
        KeyHint("a", "approve"),
        KeyHint("x", "cancel the visit", brief="cancel"),
        KeyHint("e", "change the time", brief="change"),
        KeyHint("s", "solved", enabled=False),
        KeyHint("?", "help"),
    )

    def told(width: int) -> str:
        return " ".join("".join(text(part.runs) for part in keys_line(width, hints)).split())

    assert told(80) == "a approve x cancel the visit e change the time s solved ? help"
    assert told(66) == "a approve x cancel the visit e change the time ? help"
    assert told(50) == "a approve x cancel the visit e change ? help"
    assert told(40) == "a approve x cancel the visit ? help"
    assert told(20) == "a approve ? help"


def test_a_refusal_stands_with_its_sign() -> None:
    assert text(decision_line(50, "Not yours to close", refused=True)).strip() == "● Not yours to close"
    assert text(decision_line(50, "Approved Jonas Berg")).strip() == "✓ Approved Jonas Berg · u undoes"
    assert text(decision_line(50, "")) == " " * 50


def test_columns_give_way_in_their_order() -> None:
    def shown(width: int) -> list[str]:
        return [slot.column.key for slot in layout(COLUMNS, width)]

    assert shown(80) == ["what", "title", "note", "clock"]
    assert shown(55) == ["what", "title", "clock"]
    assert shown(40) == ["what", "title"]
    assert shown(10) == ["what", "title"]


@given(st.integers(24, 200), st.lists(st.text(max_size=40), max_size=4), st.booleans(), st.booleans())
def test_a_row_is_as_wide_as_asked(width: int, cells: list[str], cursor: bool, marked: bool) -> None:
    row = TableRow("k", tuple(cell.encode("ascii", "replace").decode() for cell in cells), "red")
    assert runs_len(row_line(layout(COLUMNS, width), row, width, cursor=cursor, marked=marked)) == width


def test_state_is_never_colour_alone() -> None:
    lines = [
        text(row_line(layout(COLUMNS, 60), TableRow("k", ("a",), state), 60, cursor=True))
        for state in ("red", "amber", "green", "")
    ]
    assert [line[:3] for line in lines] == ["▌● ", "▌▲ ", "▌✓ ", "▌  "]


def test_wrapping_breaks_between_words_only() -> None:
    lines = wrap((Cell("The kitchen floor "), Cell("was sticky", "mark"), Cell(" again")), 14)
    assert [text(line).strip() for line in lines] == ["The kitchen", "floor was", "sticky again"]
    assert Cell("sticky", "mark") in lines[2]


def test_what_wraps_hangs_beside_signs_and_labels_not_under_the_first_word_of_a_text() -> None:
    said = (Cell("1 ", "key"), Cell("Ana  ", "strong"), Cell("free and knows it"))
    assert [text(line) for line in wrap(said, 18)] == ["1 Ana  free and ", "       knows it"]
    wrote = (Cell("The "), Cell("floor", "mark"), Cell(" was sticky"))
    assert [text(line) for line in wrap(wrote, 14)] == ["The floor was ", "sticky"]
    set_in = (Cell("  Mette Holm changed it", "muted"),)
    assert [text(line) for line in wrap(set_in, 14)] == ["  Mette Holm ", "  changed it"]


@given(st.integers(20, 250), st.integers(6, 90), st.integers(0, 3), st.sampled_from(["main", "detail"]))
def test_panes_tile_their_area(width: int, height: int, sides: int, under: str) -> None:
    boxes = [box for box in panes(Box(0, 2, width, height), sides, shape=Shape(under=under)) if box]  # type: ignore[arg-type]
    assert sum(box.width * box.height for box in boxes) == width * height
    drawn = [(box, box_lines(box, (Cell("Title"),), [])) for box in boxes]
    lines = stack(drawn, 2, height)
    assert [runs_len(line) for line in lines] == [width] * height


def test_a_box_draws_its_table() -> None:
    rows = [TableRow("k", ("07:10 uncovered", "Nordhavn"), "red")]
    lines = box_lines(
        Box(0, 0, 44, 4), (Cell("Needs you 1"),), table_lines(COLUMNS, rows, 42, cursor=0), focus=True
    )
    assert [text(line) for line in lines] == [
        "╭─ Needs you 1 ────────────────────────────╮",
        "│▌● 07:10 uncovered     Nordhavn           │",
        "│                                          │",
        "╰──────────────────────────────────────────╯",
    ]

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from app.assets import styles_dir
from app.frame.rows import Cell, Column, ListSource, TableRow
from app.widgets.pages import PAGE, Pages
from app.widgets.queue_table import QueueTable
from app.widgets.theme import register_themes

COLUMNS = (Column("name", "Name"), Column("note", "Note", width=8, align="right"))


def rows(*keys: str) -> ListSource:
    return ListSource(TableRow(key, (f"Name {key}", "note"), "red") for key in keys)


class Many:
    """A million rows made when they are asked for, counting the pages."""

    def __init__(self, count: int = 1_000_000) -> None:
        self._count = count
        self.asked: list[int] = []

    def count(self) -> int:
        return self._count

    def page(self, start: int, size: int) -> Sequence[TableRow]:
        self.asked.append(start)
        return [TableRow(f"k{n}", (f"Row {n}", "")) for n in range(start, min(start + size, self._count))]


class TableApp(App[None]):
    CSS_PATH = [styles_dir() / "base.tcss"]

    def __init__(self, table: QueueTable) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "tavle-dark"
        self.table = table
        self.said: list[tuple[str, object]] = []

    def compose(self) -> ComposeResult:
        yield self.table

    def on_queue_table_highlighted(self, event: QueueTable.Highlighted) -> None:
        self.said.append(("highlighted", event.key))

    def on_queue_table_selected(self, event: QueueTable.Selected) -> None:
        self.said.append(("selected", event.key))

    def on_queue_table_marked(self, event: QueueTable.Marked) -> None:
        self.said.append(("marked", event.keys))


def line(table: QueueTable, y: int) -> str:
    return table.render_line(y).text


async def test_moving_and_choosing() -> None:
    app = TableApp(QueueTable(COLUMNS, rows("a", "b", "c", "d")))
    async with app.run_test() as pilot:
        await pilot.press("j", "down", "k", "enter", "end", "home", "up")
        assert app.said == [
            *[("highlighted", key) for key in "abcb"],
            ("selected", "b"),
            ("highlighted", "d"),
            ("highlighted", "a"),
        ]
        assert line(app.table, 0).startswith("▌● Name a")
        assert line(app.table, 1).startswith(" ● Name b")


async def test_marks_stay_with_their_keys() -> None:
    app = TableApp(QueueTable(COLUMNS, rows("a", "b", "c")))
    async with app.run_test() as pilot:
        await pilot.press("space", "j", "space")
        assert app.table.marks == {"a", "b"}
        assert app.table.cursor_key == "b"
        assert line(app.table, 0).startswith("◆● Name a")
        app.table.reload(rows("z", "b", "c"))
        assert app.table.marks == {"b"}
        await pilot.press("space")
        assert app.said[-1] == ("marked", frozenset())


@pytest.mark.parametrize(
    ("before", "cursor", "after", "expected"),
    [
        ("abcd", "c", "dcba", "c"),
        ("abcd", "b", "acd", "c"),
        ("abcd", "d", "abc", "c"),
        ("abcd", "b", "xad", "d"),
        ("abcd", "b", "xyz", "y"),
        ("ab", "a", "", None),
        ("", None, "ab", "a"),
    ],
)
async def test_the_cursor_stays_with_its_item_or_takes_the_next(
    before: str, cursor: str | None, after: str, expected: str | None
) -> None:
    app = TableApp(QueueTable(COLUMNS, rows(*before), empty=("Day clear", "since 07:55")))
    async with app.run_test() as pilot:
        if cursor:
            assert app.table.move_to(cursor)
        app.table.reload(rows(*after))
        await pilot.pause()
        assert app.table.cursor_key == expected
        assert app.said[-1] == ("highlighted", expected)


async def test_an_empty_table_says_so() -> None:
    app = TableApp(QueueTable(COLUMNS, empty=("Day clear", "since 07:55")))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("enter", "space", "j", "end", "pagedown")
        shown = [line(app.table, y).strip() for y in range(10)]
        assert shown[4:6] == ["Day clear", "since 07:55"]
        assert app.said == [("highlighted", None)]


async def test_a_million_rows_are_read_by_the_page() -> None:
    source = Many()
    app = TableApp(QueueTable(COLUMNS, source))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("end", "pageup", "home", "pagedown")
        await pilot.pause()
        assert app.table.cursor_key == "k19"
        assert len(source.asked) <= 4
        await pilot.press("end")
        await pilot.pause()
        assert line(app.table, 19).startswith("▌  Row 999999")


async def test_a_key_paints_only_the_lines_that_change(monkeypatch: pytest.MonkeyPatch) -> None:
    app = TableApp(QueueTable(COLUMNS, rows(*"abcdef")))
    async with app.run_test(size=(60, 20)) as pilot:
        painted: list[int] = []
        whole = QueueTable.render_line

        def counted(table: QueueTable, y: int) -> object:
            painted.append(y)
            return whole(table, y)

        monkeypatch.setattr(QueueTable, "render_line", counted)
        await pilot.press("j")
        await pilot.pause()
        assert set(painted) == {0, 1}
        painted.clear()
        app.table.reload(rows(*"abcdef"))
        await pilot.pause()
        assert set(painted) <= {1}
        painted.clear()
        app.table.reload(rows(*"abcxef"))
        await pilot.pause()
        assert set(painted) <= {1, 3}
        assert 3 in painted


async def test_a_click_moves_and_two_choose() -> None:
    app = TableApp(QueueTable(COLUMNS, rows("a", "b", "c"), header=True))
    async with app.run_test() as pilot:
        await pilot.click(QueueTable, offset=(5, 0))
        await pilot.click(QueueTable, offset=(5, 3))
        assert app.table.cursor_key == "c"
        await pilot.double_click(QueueTable, offset=(5, 2))
        assert app.said[-2:] == [("highlighted", "b"), ("selected", "b")]
        await pilot.click(QueueTable, offset=(5, 12))
        assert app.table.cursor_key == "b"


async def test_the_header_stays_while_rows_scroll() -> None:
    app = TableApp(QueueTable(COLUMNS, Many(200), header=True))
    async with app.run_test(size=(50, 10)) as pilot:
        await pilot.press(*["down"] * 30)
        await pilot.pause()
        assert line(app.table, 0).strip().startswith("Name")
        shown = [line(app.table, y) for y in range(1, 10)]
        assert shown[-1].startswith("▌  Row 30")
        assert shown[0].startswith("   Row 22")


async def test_a_reload_beyond_the_end_scrolls_back() -> None:
    app = TableApp(QueueTable(COLUMNS, Many(500)))
    async with app.run_test(size=(50, 10)) as pilot:
        await pilot.press("end")
        app.table.reload(rows("a", "b"))
        await pilot.pause()
        assert [line(app.table, y).rstrip()[:9] for y in (0, 1)] == [" ● Name a", "▌● Name b"]


async def test_free_text_is_neither_markup_nor_control() -> None:
    nasty = '[/b] [red]x \x1b[31m\n"; DROP 日本語' * 9
    app = TableApp(QueueTable(COLUMNS, ListSource([TableRow("k", (nasty, Cell(nasty, "red")))])))
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.pause()
        shown = line(app.table, 0)
        assert shown.startswith('▌  [/b] [red]x ␛[31m ⏎ "; DROP')
        assert "…" in shown
        assert app.table.render_line(0).cell_length == 60


async def test_both_themes_and_the_shipped_ones_draw() -> None:
    app = TableApp(QueueTable(COLUMNS, rows("a", "b")))
    async with app.run_test() as pilot:
        seen = set()
        for theme in ("tavle-dark", "tavle-light", "nord", "ansi-dark"):
            app.theme = theme
            await pilot.pause()
            strip = app.screen._compositor.render_strips()[0]
            seen.add(str([segment.style for segment in strip]))
        assert len(seen) == 4


@pytest.mark.parametrize("size", [(20, 3), (80, 24), (200, 60)])
async def test_it_takes_any_size(size: tuple[int, int]) -> None:
    app = TableApp(QueueTable(COLUMNS, Many(100), header=True))
    async with app.run_test(size=size) as pilot:
        await pilot.press("end", "pageup")
        assert {app.table.render_line(y).cell_length for y in range(size[1])} == {app.table.size.width}


@given(
    st.lists(st.integers(0, 40), unique=True, max_size=40),
    st.lists(st.integers(0, 40), unique=True, max_size=40),
    st.integers(0, 39),
)
def test_the_place_of_a_key_is_found_whatever_changed(
    before: list[int], after: list[int], place: int
) -> None:
    old = Pages(rows(*map(str, before)))
    place = min(place, max(len(before) - 1, 0))
    old.row(place)
    new = Pages(rows(*map(str, after)))
    found = new.place_of(old.keys_from(place), place)
    kept = [key for key in before[place:] + before[:place][::-1] if key in after]
    if kept:
        assert after[found] == kept[0]
    else:
        assert found == min(place, max(len(after) - 1, 0))


def test_few_pages_are_kept() -> None:
    source = Many(100_000)
    pages = Pages(source)
    for start in range(0, 100_000, PAGE):
        pages.row(start)
    pages.row(99_999)
    assert len(source.asked) == len(range(0, 100_000, PAGE))
    pages.row(0)
    assert source.asked[-1] == 0


def test_only_pages_around_the_place_are_read_where_the_key_is_there() -> None:
    source = Many(100_000)
    pages = Pages(source)
    assert pages.place_of((), 0) == 0
    assert source.asked == [0]
    source = Many(100_000)
    assert Pages(source).place_of(("k0",), 0) == 0
    assert source.asked == [0]

"""Panels, panes, bars, the detail pane."""

import pytest
from textual.app import App, ComposeResult
from textual.widget import Widget

from app.assets import styles_dir
from app.frame.lines import KeyHint, Status, Tab
from app.frame.rows import Cell, Column, ListSource, TableRow
from app.frame.shape import Shape
from app.widgets.bars import KeyFooter, LastDecision, StatusHeader, TabsLine
from app.widgets.detail import DetailPane, Section
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.theme import register_themes

NASTY = '[/b] [red]x \x1b[31m "; DROP'
SAFE = '[/b] [red]x ␛[31m "; DROP'


class PartsApp(App[None]):
    CSS_PATH = [styles_dir() / "base.tcss"]

    def __init__(self, *parts: Widget) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "tavle-dark"
        self.parts = parts
        self.said: list[object] = []

    def compose(self) -> ComposeResult:
        yield from self.parts

    def on_tabs_line_chosen(self, event: TabsLine.Chosen) -> None:
        self.said.append(event.key)

    def on_key_footer_pressed(self, event: KeyFooter.Pressed) -> None:
        self.said.append(event.key)


def screen_text(app: App[None]) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


async def test_a_panel_tells_its_title_and_count() -> None:
    panel = Panel(title=NASTY, count=9)
    app = PartsApp(panel)
    async with app.run_test(size=(50, 5)) as pilot:
        await pilot.pause()
        assert screen_text(app)[0].startswith(f"╭─ {SAFE} 9 ─")
        panel.title, panel.count, panel.note = "Needs you", 0, "3 marked [/b]"
        await pilot.pause()
        assert screen_text(app)[0].startswith("╭─ Needs you 0 ─")
        assert screen_text(app)[4].endswith("─ 3 marked [/b] ─╯")


def tables() -> tuple[Panel, ...]:
    rows = ListSource([TableRow("a", ("row",))])
    return tuple(
        Panel(QueueTable((Column("c", ""),), rows, id=name), title=name) for name in ("one", "two", "three")
    )


@pytest.mark.parametrize(
    ("size", "seen"),
    [
        ((80, 24), {"one"}),
        ((120, 24), {"one", "two"}),
        ((120, 40), {"one", "two", "three"}),
        ((200, 24), {"one", "two", "three"}),
    ],
)
async def test_panes_show_what_there_is_room_for(size: tuple[int, int], seen: set[str]) -> None:
    app = PartsApp(Panes(*tables()))
    async with app.run_test(size=size) as pilot:
        app.query_one("#one").focus()
        await pilot.pause()
        text = "\n".join(screen_text(app))
        assert {name for name in ("one", "two", "three") if f"─ {name} ─" in text} == seen
        assert all(len(line) == size[0] for line in screen_text(app))


async def test_what_has_the_focus_is_seen_on_a_narrow_terminal() -> None:
    panes = Panes(*tables(), shape=Shape(under="detail"))
    app = PartsApp(panes)
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one("#one").focus()
        for name, pane in (("two", "detail"), ("three", "side"), ("one", "main")):
            await pilot.press("tab")
            await pilot.pause()
            assert panes.pane == pane
            assert f"─ {name} ─" in screen_text(app)[0]
        panes.flip()
        await pilot.pause()
        assert "─ two ─" in screen_text(app)[0]
        assert app.focused is app.query_one("#one")


async def test_bars_show_and_take_clicks() -> None:
    header, tabs, last, keys = StatusHeader(), TabsLine(), LastDecision(), KeyFooter()
    app = PartsApp(header, tabs, last, keys)
    async with app.run_test(size=(80, 6)) as pilot:
        header.show(Status("North", "Mon 23 Nov 06:41", NASTY, "synced 12 s ago"))
        tabs.show((Tab("1", "Today"), Tab("2", "Absences", waiting=3)), "2")
        last.show(f"Approved {NASTY}")
        keys.show((KeyHint("a", "approve"), KeyHint("u", "undo", enabled=False), KeyHint("?", "help")))
        await pilot.pause()
        shown = screen_text(app)
        assert shown[0].startswith(" Tavle · North  ")
        assert shown[0].endswith(f"Mon 23 Nov 06:41 · {SAFE} · synced 12 s ago ")
        assert shown[1].startswith(" 1 Today  2 Absences 3 ")
        assert shown[2].startswith(f" ✓ Approved {SAFE} · u undoes")
        assert shown[3].startswith(" a approve  u undo  ? help ")
        await pilot.click(TabsLine, offset=(3, 0))
        await pilot.click(KeyFooter, offset=(2, 0))
        await pilot.click(KeyFooter, offset=(14, 0))
        await pilot.click(KeyFooter, offset=(70, 0))
        assert app.said == ["1", "a"]
        last.refuse("Only the manager may sign")
        await pilot.pause()
        assert screen_text(app)[2].strip() == "● Only the manager may sign"
        last.clear()
        await pilot.pause()
        assert not screen_text(app)[2].strip()


async def test_the_detail_pane_shows_text_as_it_is() -> None:
    pane = DetailPane((Section("Why", ("first",)),))
    app = PartsApp(pane)
    async with app.run_test(size=(40, 8)) as pilot:
        pane.show(
            (
                Section("", (Cell("Nordhavn", "strong"),)),
                Section("Wrote", (f"{NASTY}\nsecond line", (Cell("– "), Cell(NASTY, "muted")))),
            )
        )
        await pilot.pause()
        assert [line.strip() for line in screen_text(app)[:6]] == [
            "Nordhavn",
            "",
            "Wrote",
            SAFE,
            "second line",
            f"– {SAFE}",
        ]
        assert "second line" in pane.text


async def test_a_long_detail_scrolls_and_starts_at_the_top_again() -> None:
    pane = DetailPane((Section("Long", tuple(f"line {n}" for n in range(60))),))
    app = PartsApp(pane)
    async with app.run_test(size=(40, 8)) as pilot:
        pane.scroll_page_down(animate=False)
        await pilot.pause()
        assert pane.scroll_offset.y > 0
        pane.show((Section("Other", tuple(f"row {n}" for n in range(60))),))
        await pilot.pause()
        assert screen_text(app)[0].strip() == "Other"

"""Only what differs goes to the terminal, and nothing while it is busy."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from app.widgets.repaint import Shown, SparingApp
from tests.widgets.gallery import Gallery
from tests.widgets.link import Link

WIDTH, HEIGHT = 24, 3
STYLES = [
    Style.parse(words)
    for words in (
        "",
        "red",
        "bold red",
        "#7cc0ff on #10161d",
        "white on #10161d",
        "underline",
        "reverse",
        "on blue",
    )
]
WORDS = ("visit ", "   ", "Lønne", "é e\u0301 ", "清掃", "●▌ ", "09:00")

segment = st.tuples(st.sampled_from(WORDS), st.sampled_from(STYLES)).map(lambda pair: Segment(*pair))
line = st.lists(segment, max_size=6).map(lambda some: Strip(some).adjust_cell_length(WIDTH, STYLES[4]))
frame = st.lists(line, min_size=HEIGHT, max_size=HEIGHT)


def painted(*frames: list[Strip]) -> tuple[pyte.Screen, list[str]]:
    """A terminal after some frames, and what was written for each."""
    shown, screen = Shown(), pyte.Screen(WIDTH, HEIGHT)
    stream, written = pyte.Stream(screen), []
    for one in frames:
        shown.want(LayoutUpdate([[strip] for strip in one], Region(0, 0, WIDTH, HEIGHT)))
        written.append(shown.rest(ColorSystem.TRUECOLOR))
        stream.feed(written[-1])
    return screen, written


def cells(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Every cell as it looks; the colour of a blank cannot be seen."""
    return [
        [
            (cell.data, cell.bg, cell.underscore, cell.reverse)
            + (() if cell.data == " " and not cell.reverse and not cell.underscore else (cell.fg, cell.bold))
            for cell in (screen.buffer[y][x] for x in range(WIDTH))
        ]
        for y in range(HEIGHT)
    ]


@given(st.lists(frame, min_size=1, max_size=4))
def test_what_stands_after_any_frames_is_the_last_of_them(frames: list[list[Strip]]) -> None:
    assert cells(painted(*frames)[0]) == cells(painted(frames[-1])[0])


def test_what_stands_already_costs_nothing() -> None:
    some = [Strip([Segment("Nordhavn School 07:10", STYLES[3])]).adjust_cell_length(WIDTH)] * HEIGHT
    other = [*some[:2], Strip([Segment("Nordhavn School 07:30", STYLES[3])]).adjust_cell_length(WIDTH)]
    _, (whole, nothing, little) = painted(some, some, other)
    assert nothing == ""
    assert "Nordhavn" in whole
    assert "3" in little
    assert "Nord" not in little
    assert len(little) < 60


@asynccontextmanager
async def linked() -> AsyncIterator[tuple[Pilot[None], Link]]:
    app = Gallery(driver=Link)
    async with app.run_test(headless=False, size=Link.SIZE) as pilot:
        await pilot.pause()
        assert isinstance(app._driver, Link)
        app._driver.written = ""
        yield pilot, app._driver


async def test_a_terminal_that_is_busy_is_sent_only_what_stands_in_the_end() -> None:
    async with linked() as (pilot, link):
        link.busy = True
        await pilot.press(*"jjjjjj", "t", *"kkkkk")
        await pilot.pause()
        assert len(link.written) == 0
        link.busy = False
        while len(link.written) == 0:
            await pilot.pause()
        assert "\u258c\u25cf 06:38 sick" in link.lines[4]
        assert link.lines == [strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips()]


async def test_a_terminal_that_was_scribbled_on_is_painted_anew() -> None:
    async with linked() as (pilot, link):
        before = link.lines
        link.stream.feed("\x1b[2J\x1b[5;5HBroadcast message from root")
        app = pilot.app
        assert isinstance(app, SparingApp)
        app.action_redraw()
        await pilot.pause()
        assert link.lines == before

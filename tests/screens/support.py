"""The board at work in a test: opened on the small area, driven by keys, looked at as text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot

from app.board import BoardApp
from app.desk import Desk
from app.widgets.queue_table import QueueTable
from app.widgets.workspace import Workspace

SIZE = (120, 40)
Board = Pilot[None]


async def settle(pilot: Board) -> None:
    """Waits until nothing is under way any more: workers, messages, the detail after the cursor, repaints."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    for screen in pilot.app.screen_stack:
        if isinstance(screen, Workspace):
            screen.catch_up()
    await pilot.pause()


async def press(pilot: Board, *keys: str) -> None:
    """Presses keys, each when the one before has had its effect; ``"'some words"`` is a text, pasted for speed."""
    for key in keys:
        if key.startswith("'"):
            pilot.app.post_message(Paste(key[1:]))
        else:
            await pilot.press(key)
        await settle(pilot)


@asynccontextmanager
async def board(
    desk: Desk, *keys: str, size: tuple[int, int] = SIZE, courier: bool = False
) -> AsyncIterator[Board]:
    """The board on a desk after some keys; with ``courier`` it exchanges when opened and when ``S`` is pressed."""
    app = BoardApp(desk, courier=courier)
    if app.courier is not None:
        app.courier._poll_seconds = 3600
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        yield pilot


def text(pilot: Board | App[None]) -> str:
    """What stands on the screen."""
    app = pilot.app if isinstance(pilot, Pilot) else pilot
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def said(pilot: Board | App[None]) -> str:
    """What stands on the screen with one blank between words, however it is aligned."""
    return " ".join(text(pilot).split())


def workspace(pilot: Board) -> Workspace:
    """The screen of the six that is up, or lies under a dialog."""
    return next(screen for screen in reversed(pilot.app.screen_stack) if isinstance(screen, Workspace))


def table(pilot: Board) -> QueueTable:
    """Its main table."""
    found = workspace(pilot).main_table()
    assert found is not None
    return found


def last_line(pilot: Board) -> str:
    """What was decided last, or why something was refused."""
    return text(pilot).split("\n")[-2].strip()


def footer(pilot: Board) -> str:
    """The keys as they stand at the bottom."""
    return text(pilot).split("\n")[-1]

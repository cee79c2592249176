"""A board that is up all day: what is closed leaves nothing behind."""

from __future__ import annotations

import gc
import weakref

from textual._styles_cache import StylesCache
from textual.widget import Widget

from app.desk import Desk
from tests.screens.support import board, press
from tests.support import receive_complaint


def alive(kind: type) -> int:
    """How many of a kind there are that something still holds."""
    gc.collect()
    return sum(isinstance(one, kind) for one in gc.get_objects())


async def test_a_dialog_that_was_closed_leaves_neither_widgets_nor_their_lines(desk: Desk) -> None:
    receive_complaint(desk)
    async with board(desk, "3", "question_mark", "escape", "r", "escape") as pilot:
        before = alive(Widget), alive(StylesCache)
        for key in ("question_mark", "r", "colon", "question_mark", "r"):
            await press(pilot, key, "escape")
        assert (alive(Widget), alive(StylesCache)) <= before


async def test_a_board_that_was_closed_is_let_go_of(desk: Desk) -> None:
    async with board(desk) as pilot:
        closed = weakref.ref(pilot.app)
    async with board(desk, "3") as pilot:
        assert pilot.app is not closed()
        gc.collect()
        assert closed() is None

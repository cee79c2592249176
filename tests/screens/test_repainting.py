"""What stands on the terminal is what the board shows, though a key has only a few lines drawn again."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from app.board import BoardApp
from app.desk import Desk
from tests.screens.support import board, press, table, text
from tests.support import receive_complaint, report_absence
from tests.widgets.link import Link


async def test_the_terminal_shows_what_the_board_does_after_any_key(desk: Desk) -> None:
    for person in ("Jonas Berg", "Sara Lind"):
        report_absence(desk, person, called_at="06:35")
    receive_complaint(desk)
    app = BoardApp(desk, driver_class=Link, courier=False)
    async with app.run_test(headless=False, size=Link.SIZE) as pilot:
        assert isinstance(app._driver, Link)
        for key in ("j", "space", "a", "escape", "3", "enter", "6", "/", "'all", "escape"):
            await press(pilot, key)
            assert app._driver.lines == text(pilot).split("\n"), key


async def test_a_key_has_the_two_lines_drawn_again_between_which_the_cursor_moves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in ("Jonas Berg", "Sara Lind"):
        report_absence(desk, person)
    drawn: list[tuple[Widget, int]] = []
    render_lines = Widget.render_lines

    def spied(self: Widget, crop: Region) -> list[Strip]:
        drawn.append((self, crop.height))
        return render_lines(self, crop)

    async with board(desk) as pilot:
        monkeypatch.setattr(Widget, "render_lines", spied)
        monkeypatch.setattr(pilot.app.screen, "catch_up", lambda: None)
        table(pilot).action_cursor(1)
        await pilot.pause()
        assert drawn == [(table(pilot), 2)]

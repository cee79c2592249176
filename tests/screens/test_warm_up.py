"""What is asked ahead while the board rests is all that a screen would have to make when it is first opened."""

from __future__ import annotations

from typing import Any, cast

import pytest
from textual.css.stylesheet import Stylesheet
from textual.widget import Widget

from app.board import SCREENS
from app.desk import Desk
from app.panes.first_looks import FIRST_LOOKS
from app.widgets import warm_up as warming
from app.widgets.office_app import OfficeApp
from app.widgets.warm_up import warm_up
from tests.screens.support import board, press, settle
from tests.support import receive_complaint, report_absence


def compiled(desk: Desk) -> frozenset[Any]:
    """The statements that SQLAlchemy has compiled and kept."""
    return frozenset(desk.database._engine._compiled_cache or ())


@pytest.fixture
def at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has not typed has come to rest."""
    monkeypatch.setattr(warming, "_AT_REST_SECONDS", 0.0)


@pytest.mark.usefixtures("at_rest")
async def test_a_screen_compiles_nothing_when_it_is_first_opened(desk: Desk) -> None:
    report_absence(desk, called_at="06:35")
    receive_complaint(desk)
    receive_complaint(desk, text="The kitchen floor again")
    async with board(desk) as pilot:
        before = compiled(desk)
        warm_up(cast("OfficeApp", pilot.app), desk)
        for _look in FIRST_LOOKS:
            await settle(pilot)
        warm = compiled(desk)
        assert warm > before
        for key in SCREENS:
            await press(pilot, key)
            assert compiled(desk) == warm, key


async def test_nothing_is_asked_ahead_while_someone_types(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look takes up to a tenth of a second, and keys would wait for its thread."""
    async with board(desk) as pilot:
        await press(pilot, "down")
        before = compiled(desk)
        warm_up(cast("OfficeApp", pilot.app), desk)
        await settle(pilot)
        assert compiled(desk) == before
        monkeypatch.setattr(warming, "_AT_REST_SECONDS", 0.0)
        warm_up(cast("OfficeApp", pilot.app), desk)
        await settle(pilot)
        assert compiled(desk) > before


async def test_a_new_screen_is_dressed_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dressed: list[Widget] = []
    apply = Stylesheet.apply

    def noted(self: Stylesheet, node: Any, **given: Any) -> None:
        if isinstance(node, Widget):
            dressed.append(node)
        apply(self, node, **given)

    monkeypatch.setattr(Stylesheet, "apply", noted)
    async with board(desk) as pilot:
        for key in "23456":
            dressed.clear()
            await press(pilot, key)
            # all of it once; what has the focus, and what is around that, again
            assert len(dressed) < 2 * len(set(dressed)), key

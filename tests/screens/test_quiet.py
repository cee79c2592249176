"""A board at rest, and a cursor that moves, ask the database little, and build nothing that is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.sql.selectable import Select
from textual.css.stylesheet import Stylesheet

from app.board import SCREENS
from app.desk import Desk
from app.widgets.workspace import Workspace
from tests.screens.support import board, press, settle, text, workspace
from tests.support import HandClock, receive_complaint, report_absence


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second after it opens the board keeps what Today shows for the next start: that is not counted here."""
    monkeypatch.setattr("app.widgets.office_app.remember", lambda *_given: None)


@contextmanager
def asked(desk: Desk) -> Iterator[list[str]]:
    """The statements that SQLite runs meanwhile on the board's thread, but for those that begin and end a reading."""
    found: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith(("BEGIN", "ROLLBACK", "COMMIT")):
            found.append(statement)

    with desk.database.read() as conn:
        driver = conn.connection.driver_connection
    assert driver is not None
    driver.set_trace_callback(note)
    yield found
    driver.set_trace_callback(None)


def noted(read: Callable[[Workspace], None], reads: list[Workspace]) -> Callable[[Workspace], None]:
    """The reading of a screen, noted."""

    def reading(screen: Workspace) -> None:
        reads.append(screen)
        read(screen)

    return reading


async def test_a_minute_at_rest_moves_the_clocks_and_builds_no_statement(
    desk: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_absence(desk, called_at="06:35")
    receive_complaint(desk)
    built: list[Select[*tuple[Any, ...]]] = []

    class Noted(Select[*tuple[Any, ...]]):
        def __init__(self, *given: Any, **named: Any) -> None:
            built.append(self)
            super().__init__(*given, **named)

    async with board(desk) as pilot:
        before = text(pilot)
        with asked(desk) as statements:
            monkeypatch.setattr("sqlalchemy.sql._selectable_constructors.Select", Noted)
            clock.advance(minutes=1)
            workspace(pilot).office.news()
            await settle(pilot)
        assert text(pilot) != before
        assert built == []
        assert len(statements) <= 50


async def test_a_cursor_move_asks_nothing_twice(desk: Desk) -> None:
    for person in ("Jonas Berg", "Sara Lind"):
        report_absence(desk, person)
    async with board(desk) as pilot:
        with asked(desk) as statements:
            await press(pilot, "j")
        assert any(one.startswith('SELECT * FROM "shifts"') for one in statements)
        assert len(statements) == len(set(statements))


async def test_a_screen_reads_once_when_it_opens_and_parses_no_style(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[Stylesheet] = []
    async with board(desk) as pilot:
        monkeypatch.setattr(Stylesheet, "reparse", parsed.append)
        for key, (_name, screen) in SCREENS.items():
            reads: list[Workspace] = []
            monkeypatch.setattr(screen, "reload", noted(screen.reload, reads))
            await press(pilot, key)
            assert len(reads) == (key != "1"), key  # Today was open before
        assert parsed == []

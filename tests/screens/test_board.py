"""What all screens share: keys as a person chose them, help, palette, undo, leaving, the mouse."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.board import SCREENS, BoardApp
from app.decisions.registry import DECISIONS
from app.desk import DatabaseUnavailable, Desk, Progress, SyncReport
from app.domain.records import Absence
from app.screens.dialogs.help import HelpDialog
from app.screens.dialogs.leaving import LeavingDialog
from app.screens.dialogs.palette import PaletteDialog
from app.widgets.keymap import Keymap, bindings_of, pressed_key, shown_key
from app.widgets.queue_table import QueueTable
from tests.screens.support import board, footer, last_line, press, said, settle, table, text, workspace
from tests.support import receive_complaint, report_absence

SCOPES = [(BoardApp, screen, QueueTable) for _name, screen in SCREENS.values()]


def with_keys(desk: Desk, **keys: str) -> Desk:
    """The desk of someone who has written these keys into settings.toml."""
    desk.settings = replace(
        desk.settings, keymap={name.replace("__", "."): key for name, key in keys.items()}
    )
    return desk


def status(desk: Desk, absence: str) -> str:
    found = desk.record("absences", absence)
    assert isinstance(found, Absence)
    return found.status


async def test_six_screens_by_number(desk: Desk) -> None:
    async with board(desk) as pilot:
        for key, (_name, screen) in SCREENS.items():
            await press(pilot, key)
            assert type(workspace(pilot)) is screen


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
async def test_every_line_of_every_screen_fits_the_terminal(desk: Desk, size: tuple[int, int]) -> None:
    report_absence(desk, called_at="06:35")
    receive_complaint(desk)
    async with board(desk, size=size) as pilot:
        for key in SCREENS:
            await press(pilot, key)
            lines = text(pilot).split("\n")
            assert len(lines) == size[1]
            assert all(len(line) <= size[0] for line in lines)
            assert all(line[-1] in "╮│╯" for line in lines[2:-2] if line.startswith(("╭", "│", "╰")))


async def test_undo_and_redo_reach_across_screens(desk: Desk) -> None:
    absence = report_absence(desk, called_at="06:35")
    async with board(desk, "2", "a") as pilot:
        assert status(desk, absence) == "approved"
        await press(pilot, "6", "u")
        assert status(desk, absence) == "reported"
        assert last_line(pilot) == "✓ Undone: Approved Jonas Berg · U redoes"
        await press(pilot, "4", "U")
        assert status(desk, absence) == "approved"
        assert last_line(pilot) == "✓ Redone: Approved Jonas Berg · u undoes"
        await press(pilot, "2")
        assert "approved" in text(pilot)


# keys


async def test_a_chosen_key_works_and_is_shown_and_the_former_one_does_nothing(desk: Desk) -> None:
    absence = report_absence(desk, called_at="06:35")
    with_keys(desk, absence__approve="Z", filter="f2")
    async with board(desk, "2", size=(200, 40)) as pilot:
        assert "Z approve" in footer(pilot)
        assert "F2 filter" in footer(pilot)
        await press(pilot, "a")
        assert status(desk, absence) == "reported"
        await press(pilot, "Z")
        assert status(desk, absence) == "approved"
        await press(pilot, "question_mark")
        assert "Z Approve" in said(pilot)


async def test_the_footer_of_a_chosen_key_is_clicked(desk: Desk) -> None:
    absence = report_absence(desk, called_at="06:35")
    with_keys(desk, absence__approve="Z")
    async with board(desk, "2") as pilot:
        await pilot.click("KeyFooter", offset=(footer(pilot).index("Z approve"), 0))
        await settle(pilot)
        assert status(desk, absence) == "approved"


@pytest.mark.parametrize(
    ("name", "key", "says"),
    [
        ("absence__aprove", "Z", "absence.aprove: nothing is called that"),
        ("absence__approve", "no such key", "absence.approve: “no such key” is no key"),
        ("absence__approve", "", "absence.approve: “” is no key"),
        ("absence__approve", "ctrl+alt+nothing", "is no key"),
        ("absence__approve", "j", "absence.approve: j is taken by table.down"),
        ("absence__approve", "q", "absence.approve: q is taken by quit"),
    ],
)
async def test_a_key_that_cannot_be_is_said_in_one_line(desk: Desk, name: str, key: str, says: str) -> None:
    absence = report_absence(desk, called_at="06:35")
    async with board(with_keys(desk, **{name: key})) as pilot:
        assert last_line(pilot).startswith("● settings.toml, [keys]")
        assert says in last_line(pilot)
        await press(pilot, "2", "a")
        assert status(desk, absence) == "approved", "the key that was there stays"


def test_two_keys_may_change_places() -> None:
    keymap = Keymap({"absence.end": "w", "absence.withdraw": "b"}, SCOPES)
    assert not keymap.problems
    assert keymap.rebound(SCREENS["2"][1]) == {"b": "w", "w": "b"}


def test_one_key_for_two_things_is_refused_for_both() -> None:
    keymap = Keymap({"absence.approve": "Z", "absence.withdraw": "Z"}, SCOPES)
    assert keymap.good == {}
    assert len(keymap.problems) == 2


def test_no_two_things_share_a_key_on_any_screen() -> None:
    """What a screen or a list binds again on purpose has the same name."""
    for scope in SCOPES:
        users: dict[str, set[str]] = {}
        for binding in bindings_of(scope):
            for key in binding.key.split(","):
                if binding.id:
                    users.setdefault(key, set()).add(binding.id)
        assert {key: names for key, names in users.items() if len(names) > 1} == {}


def test_every_key_that_is_described_can_be_chosen_anew() -> None:
    nameless = [one.key for scope in SCOPES for one in bindings_of(scope) if one.description and not one.id]
    assert nameless == []


@pytest.mark.parametrize(
    ("key", "shown"),
    [("question_mark", "?"), ("escape", "Esc"), ("a", "a"), ("A", "A"), ("shift+up", "Shift+↑")],
)
def test_keys_as_they_are_read(key: str, shown: str) -> None:
    assert shown_key(key) == shown
    assert shown_key(pressed_key(shown)) in (shown, shown.capitalize())


# help and palette


async def test_help_says_each_key_once_in_one_line_without_rule_numbers(desk: Desk) -> None:
    async with board(desk, "2", "question_mark") as pilot:
        assert isinstance(pilot.app.screen, HelpDialog)
        shown = text(pilot)
        for heading in ("Decide", "Here", "In lists"):
            assert f"│  {heading}" in shown
        assert shown.count("Approve   ") == 1
        assert "DK-" not in shown
        await press(pilot, "pagedown", "pagedown")
        assert "Everywhere" in text(pilot)
        await press(pilot, "escape")
        assert len(pilot.app.screen_stack) == 1


async def test_the_palette_finds_a_decision_by_part_of_its_name_and_takes_it(desk: Desk) -> None:
    absence = report_absence(desk, called_at="06:35")
    async with board(desk, "2", "colon") as pilot:
        assert isinstance(pilot.app.screen, PaletteDialog)
        await press(pilot, "'approv", "enter")
        assert status(desk, absence) == "approved"


async def test_the_palette_leads_to_screens_and_to_what_has_no_key(desk: Desk) -> None:
    async with board(desk, "ctrl+p", "'complaints", "enter") as pilot:
        assert workspace(pilot).TAB == "3"
        await press(pilot, "colon", "'add a shift", "enter")
        assert "Add a shift" in text(pilot)
        await press(pilot, "escape", "colon", "escape")
        assert workspace(pilot) is pilot.app.screen


async def test_the_palette_greys_what_cannot_be_and_says_why(desk: Desk) -> None:
    async with board(desk, "4", "colon", "'start a plan") as pilot:
        assert DECISIONS["plan.start"].title in text(pilot)
        assert "is for: manager" in text(pilot)
        await press(pilot, "enter")
        assert last_line(pilot) == "● Start a plan is for: manager"


# leaving, theme, banner


async def test_leaving_asks_once_and_names_what_is_open(desk: Desk) -> None:
    report_absence(desk, called_at="06:35")
    receive_complaint(desk)
    desk.take("absence.approve", report_absence(desk, "Emil Dahl", called_at="06:35"))
    async with board(desk, "4", "q") as pilot:
        assert isinstance(pilot.app.screen, LeavingDialog)
        assert "3 shifts uncovered, 1 complaint unread" in text(pilot)
        await press(pilot, "escape")
        assert pilot.app.is_running
        await press(pilot, "q", "q")
        assert pilot.app._exit


async def test_a_clear_day_is_left_at_once(desk: Desk) -> None:
    async with board(desk, "q") as pilot:
        assert pilot.app._exit


async def test_the_theme_is_flipped_and_kept(desk: Desk) -> None:
    async with board(desk, "T") as pilot:
        assert pilot.app.theme == "tavle-light"
        assert desk.settings.theme == "tavle-light"
    async with board(desk) as pilot:
        assert pilot.app.theme == "tavle-light"


# the mouse


async def test_a_click_on_a_tab_and_on_a_row(desk: Desk) -> None:
    report_absence(desk, called_at="06:35")
    report_absence(desk, "Emil Dahl")
    async with board(desk) as pilot:
        at = text(pilot).split("\n")[1].index("Absences")
        await pilot.click("TabsLine", offset=(at, 0))
        await settle(pilot)
        assert workspace(pilot).TAB == "2"
        first = table(pilot).cursor_key
        await pilot.click("#absences", offset=(10, 2))
        await settle(pilot)
        assert table(pilot).cursor_key != first
        assert "Emil Dahl" in text(pilot)


async def test_a_click_on_a_greyed_key_does_nothing(desk: Desk) -> None:
    async with board(desk, "4") as pilot:
        before = text(pilot)
        await pilot.click("KeyFooter", offset=(footer(pilot).index("start a plan"), 0))
        await settle(pilot)
        assert not isinstance(pilot.app.screen, PaletteDialog)
        assert text(pilot).split("\n")[:-2] == before.split("\n")[:-2]


# trouble


async def test_a_database_that_cannot_be_read_is_said_and_what_stood_there_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_absence(desk, called_at="06:35")
    async with board(desk, "2") as pilot:
        assert "Jonas Berg" in text(pilot)

        def broken(*_given: object, **_more: object) -> object:
            raise DatabaseUnavailable("the local database is damaged: tavle doctor")

        with monkeypatch.context() as patch:
            patch.setattr(desk, "ask", broken)
            workspace(pilot)._read(workspace(pilot).reload)
        await settle(pilot)
        assert last_line(pilot) == "● the local database is damaged: tavle doctor"
        assert "Jonas Berg" in text(pilot)


async def test_a_long_exchange_says_how_far_it_is(desk: Desk) -> None:
    """Fault 45: told on the courier's thread, shown in the top line until the round is over."""
    async with board(desk) as pilot:
        app = pilot.app
        assert isinstance(app, BoardApp)
        await asyncio.to_thread(app._progressed, Progress(42, 100, 7))
        await settle(pilot)
        assert "reading the team file: 42 %" in text(pilot).split("\n")[0]
        await asyncio.to_thread(app._delivered, SyncReport(complete=True))
        await settle(pilot)
        assert "synced 06:40" in text(pilot).split("\n")[0]


async def test_a_first_exchange_is_said_at_once_and_the_next_ones_draw_nothing(desk: Desk) -> None:
    async with board(desk) as pilot:
        app = pilot.app
        assert isinstance(app, BoardApp)
        assert "not synced yet" in text(pilot).split("\n")[0]
        told: list[str] = []
        app.office.told.subscribe(workspace(pilot), lambda _news: told.append("told"))
        for _round in range(2):
            await asyncio.to_thread(app._delivered, SyncReport(complete=True))
            await settle(pilot)
            assert "synced 06:40" in text(pilot).split("\n")[0]
            assert told == ["told"]


async def test_why_something_was_refused_is_said_until_the_person_moves_on(desk: Desk) -> None:
    report_absence(desk)
    receive_complaint(desk)
    async with board(desk) as pilot:
        for moves_on in ("j", "2"):
            workspace(pilot).office.refuse("nobody is free")
            table(pilot).move_to(table(pilot).following[0])
            await settle(pilot)
            assert "nobody is free" in last_line(pilot)
            await press(pilot, "home", moves_on)
            assert not last_line(pilot)

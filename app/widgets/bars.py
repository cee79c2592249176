"""The lines above and below every screen. Each is one row high and takes what it shows by one method.

``StatusHeader().show(Status(area, clock, person, age, age_ink))``
``TabsLine(tabs)``: ``show(tabs, current="1")``; a click posts ``TabsLine.Chosen(key)``
``LastDecision()``: ``show("Approved Jonas Berg", undo_key="u")``, ``refuse("why")``, ``clear()``
``KeyFooter()``: ``show((KeyHint("Enter", "take Sara Lind"), …, KeyHint("?", "help")))``, most important first,
    the way to help last; ``enabled=False`` greys; a click posts ``KeyFooter.Pressed(key)`` of what is enabled
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from app.frame.lines import (
    KeyHint,
    Part,
    Status,
    Tab,
    decision_line,
    fill,
    in_sight,
    keys_line,
    runs_len,
    status_line,
    tabs_line,
)
from app.frame.rows import Runs
from app.widgets.ink import InkLine


class StatusHeader(InkLine):
    """The top line: product, area, clock, person, and the age of the data."""

    def __init__(self, status: Status | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._status = status or Status()

    def show(self, status: Status) -> None:
        """Shows another state; does nothing when it is the same."""
        if status != self._status:
            self._status = status
            self.refresh()

    def line(self, width: int) -> Runs:
        """The line for a width."""
        return status_line(width, self._status)


class _PartsLine(InkLine):
    """A line of parts that can be clicked."""

    def parts(self, width: int) -> tuple[Part, ...]:
        """The parts for a width."""
        raise NotImplementedError

    def line(self, width: int) -> Runs:
        """All parts side by side."""
        return fill(tuple(run for part in self.parts(width) for run in part.runs), width)

    def part_at(self, column: int) -> str | None:
        """The key of the part at a column."""
        end = 0
        for part in self.parts(self.size.width):
            end += runs_len(part.runs)
            if column < end:
                return part.key
        return None


class TabsLine(_PartsLine):
    """The areas of the board with what waits in each."""

    class Chosen(Message):
        """An area was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, tabs: Sequence[Tab] = (), current: str = "1", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tabs, self._current = tuple(tabs), current

    def show(self, tabs: Sequence[Tab], current: str) -> None:
        """Shows other figures or another current area."""
        if (tuple(tabs), current) != (self._tabs, self._current):
            self._tabs, self._current = tuple(tabs), current
            self.refresh()

    def parts(self, width: int) -> tuple[Part, ...]:
        """The areas for a width."""
        return tabs_line(width, self._tabs, self._current)

    def on_click(self, event: events.Click) -> None:
        """Goes to the area under the mouse."""
        if key := self.part_at(event.x):
            self.post_message(self.Chosen(key))


class LastDecision(InkLine):
    """What was decided last and how to take it back, or why something was refused."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = ("", "", False)

    def show(self, text: str, undo_key: str = "u") -> None:
        """A decision that was taken; ``undo_key`` takes it back (``U`` redoes), empty: nothing does."""
        self._change(text, undo_key, False)

    def refuse(self, why: str) -> None:
        """Why a decision was not taken."""
        self._change(why, "", True)

    def clear(self) -> None:
        """Nothing to say."""
        self._change("", "", False)

    def _change(self, text: str, undo_key: str, refused: bool) -> None:
        self._shown = (text, undo_key, refused)
        self.refresh()

    def line(self, width: int) -> Runs:
        """The line for a width."""
        text, undo_key, refused = self._shown
        return decision_line(width, text, undo_key, refused)


class Notice(InkLine):
    """What a colleague left for whoever sits here, over the last decision; there only while something waits."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._runs: Runs = ()
        self.display = False

    def show(self, runs: Runs) -> None:
        """Shows it, or with nothing to say leaves its row to the panels."""
        if runs != self._runs:
            self._runs = runs
            self.display = bool(runs)
            self.refresh()

    def line(self, width: int) -> Runs:
        """The line for a width."""
        return fill(self._runs, width)


class SectionTabs(_PartsLine):
    """What a panel can show, side by side, the current one lit."""

    class Chosen(Message):
        """One of them was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts: tuple[Part, ...] = ()

    def show(self, parts: Sequence[Part]) -> None:
        """Shows these."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.refresh()

    def parts(self, width: int) -> tuple[Part, ...]:
        """All of them; where they do not fit, the first give way until the current one is in sight."""
        return in_sight(width, self._parts)

    def on_click(self, event: events.Click) -> None:
        """Chooses the one under the mouse."""
        if key := self.part_at(event.x):
            self.post_message(self.Chosen(key))


class KeyFooter(_PartsLine):
    """The keys that work now."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, hints: Sequence[KeyHint] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints = tuple(hints)

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Shows other keys."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def parts(self, width: int) -> tuple[Part, ...]:
        """The keys that fit a width."""
        return keys_line(width, self._hints)

    def on_click(self, event: events.Click) -> None:
        """Presses the key under the mouse."""
        key = self.part_at(event.x)
        if key and any(hint.enabled for hint in self._hints if hint.key == key):
            self.post_message(self.Pressed(key))


__all__ = [
    "KeyFooter", "KeyHint", "LastDecision", "Notice", "SectionTabs", "Status", "StatusHeader", "Tab", "TabsLine",
]  # fmt: skip

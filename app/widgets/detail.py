"""The pane that tells all about the item under the cursor.

``DetailPane()``: ``show((Section("Substitutes", ("1 Sara Lind", Cell("– Per Sten", "muted"))), …))``
    A line is text, a cell or runs (``app.frame.rows``); texts wrap, are never markup, and control characters show.
    Scrolls with the wheel, and by ``scroll_page_down()`` and ``scroll_page_up()`` from the screen; takes no focus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.domain.plain import visible
from app.frame.lines import wrap
from app.frame.rows import Cell, Runs
from app.widgets.ink import content

Line = str | Cell | Runs
_BESIDE = 3
"""Cells of a pane's width that its text leaves free: its padding, and the scroll bar whether it is there or not."""


class Section(NamedTuple):
    """A heading (or none) and the lines under it."""

    heading: str
    lines: tuple[Line, ...]


class DetailPane(VerticalScroll, can_focus=False):
    """Sections of text, scrollable."""

    def __init__(self, sections: Sequence[Section] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sections = tuple(sections)
        self._body = Static(markup=False)

    def compose(self) -> ComposeResult:
        """One text in a scrolling pane."""
        yield self._body

    @property
    def text(self) -> str:
        """What is shown, without its inks."""
        return "\n".join("".join(run.text for run in line) for line in _lines(self._sections))

    def show(self, sections: Iterable[Section], *, keep_place: bool = False) -> None:
        """Shows other sections, from the top unless ``keep_place``; does nothing when they are the same."""
        sections = tuple(sections)
        if sections == self._sections:
            return
        self._sections = sections
        self._draw()
        if not keep_place:
            self.scroll_home(animate=False)

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        self._draw()

    def _draw(self) -> None:
        width = self.container_size.width - _BESIDE
        if width > 0:
            wrapped = (part for line in _lines(self._sections) for part in wrap(line, width))
            self._body.update(Content("\n").join(content(part) for part in wrapped))


def _lines(sections: Iterable[Section]) -> Iterator[Runs]:
    """Sections as lines, a blank one between them."""
    for number, section in enumerate(sections):
        if number:
            yield ()
        if section.heading:
            yield (Cell(visible(section.heading), "heading"),)
        for line in section.lines:
            yield from _split(line)


def _split(line: Line) -> Iterator[Runs]:
    """A line as runs without control characters; where its text has line breaks, several."""
    runs: Runs = (Cell(line),) if isinstance(line, str) else (line,) if isinstance(line, Cell) else line
    now: list[Cell] = []
    for run in runs:
        first, *others = visible(run.text).split("\n")
        now.append(Cell(first, run.ink))
        for other in others:
            yield tuple(now)
            now = [Cell(other, run.ink)]
    yield tuple(now)

"""The pane that tells all about the item under the cursor.

``DetailPane()``: ``show((Section("Substitutes", ("1 Sara Lind", Cell("– Per Sten", "muted"))), …))``
    A line is text, a cell or runs (``app.frame.rows``); texts wrap, are never markup, and control characters show.
    Scrolls with the wheel, and by ``scroll_page_down()`` and ``scroll_page_up()`` from the screen; takes no focus.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.domain.plain import visible
from app.frame.rows import Cell, Runs
from app.widgets.ink import content

Line = str | Cell | Runs


class Section(NamedTuple):
    """A heading (or none) and the lines under it."""

    heading: str
    lines: tuple[Line, ...]


class DetailPane(VerticalScroll, can_focus=False):
    """Sections of text, scrollable."""

    def __init__(self, sections: Sequence[Section] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sections = tuple(sections)
        self._body = Static(sections_content(self._sections), markup=False)

    def compose(self) -> ComposeResult:
        """One text in a scrolling pane."""
        yield self._body

    @property
    def text(self) -> str:
        """What is shown, without its inks."""
        return sections_content(self._sections).plain

    def show(self, sections: Iterable[Section], *, keep_place: bool = False) -> None:
        """Shows other sections, from the top unless ``keep_place``; does nothing when they are the same."""
        sections = tuple(sections)
        if sections == self._sections:
            return
        self._sections = sections
        self._body.update(sections_content(sections))
        if not keep_place:
            self.scroll_home(animate=False)


def sections_content(sections: Iterable[Section]) -> Content:
    """Sections as one text, a blank line between them."""
    lines: list[Content] = []
    for section in sections:
        if lines:
            lines.append(Content(""))
        if section.heading:
            lines.append(content((Cell(visible(section.heading), "heading"),)))
        lines += [_line(line) for line in section.lines]
    return Content("\n").join(lines)


def _line(line: Line) -> Content:
    runs: Runs = (Cell(line),) if isinstance(line, str) else (line,) if isinstance(line, Cell) else line
    return content(Cell(visible(run.text), run.ink) for run in runs)

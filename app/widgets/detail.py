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
from textual.geometry import Size
from textual.widget import Widget

from app.domain.plain import visible
from app.frame.lines import wrap
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
        self._body = _Body(self._sections)

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
        self._body.show(sections)
        if not keep_place:
            self.scroll_home(animate=False)


class _Body(Widget):
    """Sections broken into lines for the width there is."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self._lines = tuple(_lines(sections))

    def show(self, sections: tuple[Section, ...]) -> None:
        """Shows other sections."""
        self._lines = tuple(_lines(sections))
        self.refresh(layout=True)

    def _wrapped(self, width: int) -> list[Runs]:
        return [part for line in self._lines for part in wrap(line, width)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it takes."""
        return len(self._wrapped(width))

    def render(self) -> Content:
        """All lines as one text."""
        return Content("\n").join(content(line) for line in self._wrapped(self.size.width))


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

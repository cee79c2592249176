"""The pane that tells all about the item under the cursor.

``DetailPane()``: ``show((Section("Substitutes", ("1 Sara Lind", Cell("– Per Sten", "muted"))), …))``
    A line is text, a cell or runs (``app.frame.rows``); texts wrap, are never markup, and control characters show.
    Scrolls with the wheel, and by ``scroll_page_down()`` and ``scroll_page_up()`` from the screen; takes no focus.
    Only the lines that differ are painted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from app.domain.plain import visible
from app.frame.lines import wrap
from app.frame.rows import Cell, Runs
from app.widgets.ink import draw

Line = str | Cell | Runs


class Section(NamedTuple):
    """A heading (or none) and the lines under it."""

    heading: str
    lines: tuple[Line, ...]


class DetailPane(ScrollView, can_focus=False):
    """Sections of text, scrollable."""

    def __init__(self, sections: Sequence[Section] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sections = tuple(sections)
        self._broken: tuple[int, list[Runs]] = (-1, [])

    @property
    def text(self) -> str:
        """What is shown, without its inks."""
        return "\n".join("".join(run.text for run in line) for line in _lines(self._sections))

    def show(self, sections: Iterable[Section], *, keep_place: bool = False) -> None:
        """Shows other sections, from the top unless ``keep_place``; does nothing when they are the same."""
        sections = tuple(sections)
        if sections == self._sections:
            return
        before = self._for_width(self._room)
        self._sections, self._broken = sections, (-1, [])
        now = self._for_width(self._room)
        self._measure()
        if not keep_place:
            self.scroll_to(y=0, animate=False)
        for number in range(max(len(before), len(now))):
            if before[number : number + 1] != now[number : number + 1]:
                self.refresh_line(number)

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        self._measure()

    @property
    def _room(self) -> int:
        """The width of the lines, beside a scroll bar whether it is there or not."""
        return self.outer_size.width - self.styles.gutter.width - 1

    def _for_width(self, width: int) -> list[Runs]:
        """The lines, broken for a width."""
        if self._broken[0] != width:
            self._broken = (width, [part for line in _lines(self._sections) for part in wrap(line, width)])
        return self._broken[1]

    def _measure(self) -> None:
        """Tells how long the text is; the screen is laid out anew only where its pane grows with it."""
        size = Size(0, len(self._for_width(self._room)))
        if self.styles.auto_dimensions:
            self.virtual_size = size
        elif size != self.virtual_size:
            self.set_reactive(DetailPane.virtual_size, size)
            self._scroll_update(size)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it takes."""
        return len(self._for_width(width - 1))

    def render_line(self, y: int) -> Strip:
        """A line of the text as far as it is scrolled."""
        lines, number = self._for_width(self._room), y + int(self.scroll_offset.y)
        return draw(self, lines[number] if number < len(lines) else ())


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

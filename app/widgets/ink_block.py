"""Lines that are already laid out, drawn as they are: a plot, the head of a week."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from app.frame.rows import Runs
from app.widgets.ink import draw


class InkBlock(Widget):
    """As many lines as it is given; each is cut to the width there is."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Runs, ...] = ()

    def show(self, lines: Sequence[Runs]) -> None:
        """Draws other lines; does nothing when they are the same."""
        now = tuple(lines)
        if now == self._lines:
            return
        taller = len(now) != len(self._lines)
        self._lines = now
        self.refresh(layout=taller)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are."""
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """A line, exactly as wide as the widget."""
        return draw(self, self._lines[y] if y < len(self._lines) else ())

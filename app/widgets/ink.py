"""Inks as styles of the running app: what turns the runs of ``app.frame`` into strips and content.

Colours come from the variables of the app's theme, so that any theme works; without colour, an ink that paints
its ground is in reverse video instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from app.frame.palette import INKS
from app.frame.rows import Cell
from app.widgets.theme import PLAIN

_VARIABLES = {
    "text": "foreground",
    "muted": "foreground-muted",
    "faint": "foreground-disabled",
    "accent": "accent",
    "red": "error",
    "amber": "warning",
    "green": "success",
    "line": "border-blurred",
    "ground": "background",
    "raised": "panel",
    "cursor": "block-cursor-background",
    "resting": "block-cursor-blurred-background",
}


_BLANK_LIKE = frozenset(name for name, ink in INKS.items() if not ink.ground and not ink.underline)
"""Inks in which a blank looks the same."""


def _on(ground: Color, value: str) -> RichColor:
    """A theme's colour, mixed with the ground it stands on; a terminal's own colours cannot be mixed."""
    colour = Color.parse(value.split(maxsplit=1)[0])
    return (ground + colour if colour.ansi is None else colour).rich_color


class Inks:
    """The styles of one theme's inks, on any of its grounds."""

    def __init__(self, variables: dict[str, str], plain: bool) -> None:
        ground = Color.parse(variables["background"])
        text = variables["foreground"]
        self._colours = {
            name: _on(ground, variables.get(variable, text)) for name, variable in _VARIABLES.items()
        }
        self._plain = plain
        self.style = cache(self._style)

    def _style(self, ink: str, ground: str = "", bold: bool = False) -> Style:
        """The style of an ink on a ground: none, ``cursor`` or ``resting``."""
        own = INKS[ink]
        under = own.ground or ground
        colour = "text" if under == "cursor" and own.colour in ("muted", "faint") else own.colour
        return Style(
            color=self._colours[colour],
            bgcolor=self._colours[under] if under else None,
            bold=own.bold or bold,
            underline=own.underline or (self._plain and under == "resting"),
            reverse=self._plain and under == "cursor",
        )

    def segments(self, runs: Iterable[Cell], ground: str = "", bold: bool = False) -> list[Segment]:
        """Runs as styled segments, as few as will do: blanks take the style that stands before them."""
        joined: list[tuple[str, str]] = []
        for text, ink in runs:
            before = joined[-1] if joined else None
            if before and (
                ink == before[1] or (text.isspace() and before[1] in _BLANK_LIKE and ink in _BLANK_LIKE)
            ):
                joined[-1] = (before[0] + text, before[1])
            else:
                joined.append((text, ink))
        return [Segment(text, self.style(ink, ground, bold)) for text, ink in joined if text]


_known: dict[str, Inks] = {}


def inks(app: App[Any]) -> Inks:
    """The inks of the app's present theme."""
    found = _known.get(app.theme)
    if found is None:
        found = _known[app.theme] = Inks(app.theme_variables, PLAIN)
    return found


def draw(widget: Widget, runs: Iterable[Cell], ground: str = "", bold: bool = False) -> Strip:
    """Runs as a line of a widget, on its own background, exactly as wide as it is."""
    strip = Strip(inks(widget.app).segments(runs, ground, bold))
    return strip.adjust_cell_length(widget.size.width).apply_style(widget.rich_style)


def content(runs: Iterable[Cell]) -> Content:
    """Runs as content for a Static, a title, an option: never markup, following the theme."""
    return Content.assemble(*((run.text, _content_style(run.ink)) for run in runs))


@cache
def _content_style(ink: str) -> str:
    own = INKS[ink]
    words = ["bold"] * own.bold + ["underline"] * own.underline + ["reverse"] * (PLAIN and bool(own.ground))
    words.append("$" + _VARIABLES[own.colour].replace("foreground-", "text-"))
    return " ".join(words + ([f"on ${_VARIABLES[own.ground]}"] if own.ground else []))


class InkLine(Widget):
    """A widget of one line that draws runs; a subclass gives them with ``line``."""

    def line(self, width: int) -> tuple[Cell, ...]:
        """The runs for a width in cells."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The line, exactly as wide as the widget."""
        return draw(self, () if y else self.line(self.size.width))

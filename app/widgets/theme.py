"""The two themes of the board, ``tavle-dark`` and ``tavle-light``, made from the palettes.

How an app takes them: in its ``__init__`` call ``super().__init__(ansi_color=PLAIN or None)`` and
``register_themes(self)``, then ``self.theme = "tavle-dark"``. ``NO_COLOR`` (any value but the empty one) leaves
out every colour: the cursor is in reverse video, the focused panel has a heavy border, signs and words say the rest.
"""

from __future__ import annotations

import os
from typing import Any

from textual.app import App
from textual.theme import Theme

from app.frame.palette import DARK, LIGHT, Palette

PLAIN = bool(os.environ.get("NO_COLOR"))
"""Whether the person asked for no colour."""


_NAMED = {
    "primary": "accent",
    "accent": "accent",
    "foreground": "text",
    "background": "ground",
    "surface": "ground",
    "panel": "raised",
    "error": "red",
    "warning": "amber",
    "success": "green",
}
"""Textual's colours, and the palette's that each of them takes."""

_VARIABLES = {
    "text-muted": "muted",
    "text-disabled": "faint",
    "foreground-muted": "muted",
    "foreground-disabled": "faint",
    "block-cursor-background": "cursor",
    "block-cursor-foreground": "text",
    "block-cursor-blurred-background": "resting",
    "block-cursor-blurred-foreground": "text",
    "block-hover-background": "raised",
    "border": "accent",
    "border-blurred": "line",
    "input-cursor-background": "accent",
    "input-cursor-foreground": "ground",
    "input-selection-background": "cursor",
    "scrollbar": "line",
    "scrollbar-hover": "faint",
    "scrollbar-active": "accent",
    "scrollbar-background": "ground",
    "scrollbar-background-hover": "ground",
    "scrollbar-background-active": "ground",
    "scrollbar-corner-color": "ground",
    "link-color": "accent",
}
"""The variables of Textual's own widgets, and the palette's colour for each."""


def theme_of(palette: Palette) -> Theme:
    """A theme in which Textual's own widgets and variables take the palette's colours."""
    named = {colour: getattr(palette, ours) for colour, ours in _NAMED.items()}
    # Said again as variables, because what Textual derives from these colours is a shade off.
    variables = named | {name: getattr(palette, ours) for name, ours in _VARIABLES.items()}
    return Theme(name=palette.name, dark=palette.dark, secondary=palette.accent, variables=variables, **named)


THEMES = (theme_of(DARK), theme_of(LIGHT))


def register_themes(app: App[Any]) -> None:
    """Makes the board's themes known to an app."""
    for theme in THEMES:
        app.register_theme(theme)

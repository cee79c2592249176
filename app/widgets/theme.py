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


def theme_of(palette: Palette) -> Theme:
    """A theme in which Textual's own widgets and variables take the palette's colours."""
    p = palette
    return Theme(
        name=p.name,
        dark=p.dark,
        primary=p.accent,
        secondary=p.accent,
        accent=p.accent,
        foreground=p.text,
        background=p.ground,
        surface=p.ground,
        panel=p.raised,
        error=p.red,
        warning=p.amber,
        success=p.green,
        variables={
            # Said again, because what Textual derives from the colours above is a shade off.
            "primary": p.accent,
            "accent": p.accent,
            "foreground": p.text,
            "background": p.ground,
            "surface": p.ground,
            "panel": p.raised,
            "error": p.red,
            "warning": p.amber,
            "success": p.green,
            "text-muted": p.muted,
            "text-disabled": p.faint,
            "foreground-muted": p.muted,
            "foreground-disabled": p.faint,
            "block-cursor-background": p.cursor,
            "block-cursor-foreground": p.text,
            "block-cursor-blurred-background": p.resting,
            "block-cursor-blurred-foreground": p.text,
            "block-hover-background": p.raised,
            "border": p.accent,
            "border-blurred": p.line,
            "input-cursor-background": p.accent,
            "input-cursor-foreground": p.ground,
            "input-selection-background": p.cursor,
            "scrollbar": p.line,
            "scrollbar-hover": p.faint,
            "scrollbar-active": p.accent,
            "scrollbar-background": p.ground,
            "scrollbar-background-hover": p.ground,
            "scrollbar-background-active": p.ground,
            "scrollbar-corner-color": p.ground,
            "link-color": p.accent,
        },
    )


THEMES = (theme_of(DARK), theme_of(LIGHT))


def register_themes(app: App[Any]) -> None:
    """Makes the board's themes known to an app."""
    for theme in THEMES:
        app.register_theme(theme)

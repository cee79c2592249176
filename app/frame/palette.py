"""The colours of Tavle, dark and light, and the inks (named text styles) that lines are drawn with.

An ink names a role, not a colour: ``red`` (needs you), ``amber`` (due), ``green`` (in hand), ``muted``.
Inks for text hold a contrast of 4.5:1 or more on every ground they stand on; a test proves it.
"""

from __future__ import annotations

from typing import NamedTuple


class Ink(NamedTuple):
    """A colour of text by its name in the palette, and how it is set; ``ground`` paints behind the text."""

    colour: str
    bold: bool = False
    underline: bool = False
    ground: str = ""


class Palette(NamedTuple):
    """The colours of one theme, each as ``#rrggbb``."""

    name: str
    dark: bool
    ground: str
    raised: str
    cursor: str
    resting: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    red: str
    amber: str
    green: str


DARK = Palette(
    name="tavle-dark",
    dark=True,
    ground="#10161d",
    raised="#19222c",
    cursor="#1c3f66",
    resting="#1b2530",
    line="#34424f",
    text="#e3e9ef",
    muted="#a1afbc",
    faint="#7f8e9c",
    accent="#7cc0ff",
    red="#ff8a80",
    amber="#f2bd54",
    green="#7fcf9b",
)

LIGHT = Palette(
    name="tavle-light",
    dark=False,
    ground="#fbfaf8",
    raised="#efede8",
    cursor="#cfe3fb",
    resting="#ece9e3",
    line="#c6c9cc",
    text="#1b242d",
    muted="#44515d",
    faint="#5f6a74",
    accent="#0a56b0",
    red="#b3171f",
    amber="#7a4c00",
    green="#17662f",
)

INKS: dict[str, Ink] = {
    "": Ink("text"),
    "strong": Ink("text", bold=True),
    "muted": Ink("muted"),
    "faint": Ink("faint"),
    "title": Ink("text", bold=True),
    "heading": Ink("muted", bold=True),
    "accent": Ink("accent"),
    "key": Ink("accent", bold=True),
    "current": Ink("text", bold=True, ground="cursor"),
    "badge": Ink("red", bold=True),
    "red": Ink("red"),
    "amber": Ink("amber"),
    "due": Ink("amber", bold=True),
    "green": Ink("green"),
    "line": Ink("line"),
    "mark": Ink("amber", bold=True, underline=True),
}
"""Every ink by its name. ``faint`` is for what cannot be done now and for separators; it can be read all the same."""

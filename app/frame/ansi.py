"""Runs as escape sequences, in the colours that the terminal can show and the same as Textual would choose."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from typing import Literal

from app.frame.palette import INKS, Palette
from app.frame.rows import Runs

Depth = Literal["none", "few", "256", "true"]


def depth(environ: Mapping[str, str]) -> Depth:
    """How many colours the terminal shows: ``none`` where ``NO_COLOR`` asks for it, ``few`` stands for 16 or fewer."""
    if environ.get("NO_COLOR"):
        return "none"
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "true"
    return "256" if environ.get("TERM", "").endswith(("-256color", "-kitty")) else "few"


def _nearest(red: int, green: int, blue: int) -> int:
    """The colour of the 256 that stands for one, as Rich picks it."""
    _, light, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if saturation < 0.15:
        grey = round(light * 25)
        return 16 if grey == 0 else 231 if grey == 25 else 231 + grey
    six = [value / 95 if value < 95 else 1 + (value - 95) / 40 for value in (red, green, blue)]
    return 16 + 36 * round(six[0]) + 6 * round(six[1]) + round(six[2])


class Painter:
    """Writes runs for one palette and one depth of colour."""

    def __init__(self, palette: Palette, colours: Depth) -> None:
        self._palette = palette._asdict()
        self._colours = colours
        self._codes: dict[tuple[str, str], str] = {}

    @property
    def plain(self) -> bool:
        """Whether the person asked for no colour, so that borders too must say what is in focus."""
        return self._colours == "none"

    def line(self, runs: Runs, ground: str = "ground") -> str:
        """Runs on a ground of the palette, ending in the terminal's own style."""
        parts: list[str] = []
        before = ""
        for text, ink in runs:
            code = self._code(ink, ground)
            parts.append(text if code == before else code + text)
            before = code
        return "".join(parts) + "\x1b[0m"

    def _code(self, ink: str, ground: str) -> str:
        found = self._codes.get((ink, ground))
        if found is None:
            found = self._codes[ink, ground] = self._make(ink, ground)
        return found

    def _make(self, ink: str, ground: str) -> str:
        name, _, raised = ink.partition("/")
        own = INKS[name]
        under = own.ground or raised or ground
        bold = own.bold or under == "cursor"
        codes = ["0"] + ["1"] * bold + ["4"] * own.underline
        if self._colours in ("none", "few"):
            return f"\x1b[{';'.join(codes + ['7'] * (under == 'cursor'))}m"
        colour = "text" if under == "cursor" and own.colour in ("muted", "faint") else own.colour
        return f"\x1b[{';'.join([*codes, self._colour(38, colour), self._colour(48, under)])}m"

    def _colour(self, code: int, name: str) -> str:
        value = self._palette[name]
        red, green, blue = (int(value[place : place + 2], 16) for place in (1, 3, 5))
        return (
            f"{code};2;{red};{green};{blue}"
            if self._colours == "true"
            else f"{code};5;{_nearest(red, green, blue)}"
        )

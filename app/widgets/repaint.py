"""What stands on the terminal, so that only the cells that differ are written to it.

Textual writes again all that it has drawn again: a title that changes costs its whole panel. Over a slow link every
key would be late by that. ``Shown`` takes what Textual would write and gives the escape sequences of what differs; and
while the terminal has not yet shown what was written before, ``SparingApp`` writes nothing more: what has changed by
then goes out at once, as one frame, and what was over before is never sent. A terminal that knows synchronized updates
is asked for them again behind every frame: its answer says that it has come that far, however long the way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from app.widgets.colours_kept import keep_colours_alone

_JUMP = 10
"""Cells that are the same but are written again, where jumping over them takes about as many bytes."""
_AGAIN_SECONDS = 0.02
"""How soon a terminal that was busy is asked again."""
_PATIENCE = 100
"""How often it is asked before an answer that does not come is given up."""
_ON_THE_WAY = 1_000
"""Bytes that may be on their way to the terminal while more are written."""
_ASK = "\x1b[?2026$p"


class Piece(NamedTuple):
    """A part of a line, from a place on."""

    x: int
    y: int
    strip: Strip


class Shown:
    """The lines as they stand on the terminal, and as they should."""

    def __init__(self) -> None:
        self._written: list[_Drawn | None] = []
        self._wanted: list[Strip] = []

    def forget(self) -> None:
        """Nobody knows what stands on the terminal: all of it is written again."""
        self._written = [None] * len(self._wanted)

    def want(self, update: LayoutUpdate | ChopsUpdate) -> None:
        """Takes what should stand there."""
        if isinstance(update, LayoutUpdate):
            self._size([Strip.join(line) for line in update.strips])
            return
        if len(update.chops) != len(self._wanted):
            self._size([Strip.blank(ends[-1], _UNKNOWN) for ends in update.chop_ends])
        for x, y, strip in _pieces(update):
            line = self._wanted[y]
            self._wanted[y] = Strip.join((line.crop(0, x), strip, line.crop(x + strip.cell_length)))

    def _size(self, lines: list[Strip]) -> None:
        if [line.cell_length for line in lines] != [line.cell_length for line in self._wanted]:
            self._written = [None] * len(lines)
        self._wanted = lines

    def rest(self, colours: ColorSystem) -> str:
        """The escape sequences that are wanting for the terminal to show what it should."""
        pen = _Pen()
        for y, (written, wanted) in enumerate(zip(self._written, self._wanted, strict=True)):
            if written is None or (written.strip is not wanted and written.strip != wanted):
                now = self._written[y] = _drawn(wanted, colours)
                _draw_difference(pen, y, written, now)
        return pen.sequences()


class _Sequences(CompositorUpdate):
    """Escape sequences as an update."""

    def __init__(self, sequences: str) -> None:
        self._sequences = sequences

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Segment(self._sequences)

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        """The sequences themselves."""
        return self._sequences


class SparingApp(App[None]):
    """An app that writes to its terminal what differs, and not before the terminal can take it."""

    def __init__(self, **given: Any) -> None:
        keep_colours_alone()
        super().__init__(**given)
        self._shown = Shown()
        self._waits = False
        self._asked = 0
        self._on_the_way: deque[int] = deque()
        self._cursor_written = self.cursor_position

    def on_terminal_supports_synchronized_output(self) -> None:
        """The terminal has shown the oldest of the frames on their way."""
        if self._on_the_way:
            self._on_the_way.popleft()

    def on_resize(self) -> None:
        """A terminal of another size, or one that the program has come back to, is painted anew."""
        self.action_redraw()

    def action_redraw(self) -> None:
        """Paints all anew, where something else has written to the terminal."""
        self._shown.forget()
        self.refresh()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Where Textual hands every frame to the driver."""
        unseen = self.is_headless or self._batch_count or not self._running or self._driver is None
        if unseen or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)
            return
        self._shown.want(renderable)
        if not self._waits:
            self._write_rest()

    def _write_rest(self) -> None:
        """Writes what differs, or tries again soon."""
        self._waits = self._busy()
        if self._waits:
            self.set_timer(_AGAIN_SECONDS, self._write_rest)
            return
        sequences = self._shown.rest(self.console._color_system or ColorSystem.TRUECOLOR)
        if sequences or self.cursor_position != self._cursor_written:
            self._cursor_written = self.cursor_position
            if self._sync_available:
                sequences += _ASK
                self._on_the_way.append(len(sequences))
            super()._display(self.screen, _Sequences(sequences))

    def _busy(self) -> bool:
        """Whether the driver says so, or too much is on its way."""
        self._asked = self._asked + 1 if sum(self._on_the_way) > _ON_THE_WAY else 0
        if self._asked > _PATIENCE:
            self._on_the_way.clear()
        return sum(self._on_the_way) > _ON_THE_WAY or getattr(self._driver, "busy", False)


def _pieces(update: ChopsUpdate) -> Iterator[Piece]:
    """The parts of lines that Textual would write."""
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= right and end > left:
                yield Piece(x, y, strip if end <= right else strip.crop(0, right - x))


class Look(NamedTuple):
    """A style as the codes of its attributes, its colour and its ground."""

    attributes: str = ""
    colour: str = ""
    ground: str = ""


_PLAIN = Look()
_ANY = "any"
_UNKNOWN = Style(meta={"unknown": True})
_NOTHING: Glyph = ("", _PLAIN)
"""Where nothing has been drawn yet, what stands on the terminal stays: the first frame."""
_INVISIBLE = ("", "1")
"""A blank looks the same in any colour, bold or not, so it never costs a change of look."""
Glyph = tuple[str, Look]


class _Pen:
    """Writes glyphs in as few bytes as will do: of a look only what differs from the one before."""

    def __init__(self) -> None:
        self._look = _PLAIN
        self._out: list[str] = []

    def write(self, x: int, y: int, glyphs: Sequence[Glyph]) -> None:
        """Writes glyphs from a place on."""
        self._out.append(f"\x1b[{y + 1};{x + 1}H")
        for look, run in groupby(glyphs, key=lambda glyph: glyph[1]):
            self._take(look)
            self._out.append("".join(character for character, _look in run))

    def _take(self, look: Look) -> None:
        before = self._look
        if look.colour == _ANY:
            look = (before if before.attributes in _INVISIBLE else _PLAIN)._replace(ground=look.ground)
        self._look = look
        codes = ["0", *look]
        if look.attributes == before.attributes:
            colour = "" if look.colour == before.colour else look.colour or "39"
            codes = [colour, "" if look.ground == before.ground else look.ground or "49"]
        if wanted := ";".join(filter(None, codes)):
            self._out.append(f"\x1b[{wanted}m")

    def sequences(self) -> str:
        """All that was written, ending in the terminal's own look."""
        self._take(_PLAIN)
        return "".join(self._out)


class _Drawn(NamedTuple):
    """A line with its glyphs. ``even``: each takes one cell, so that the place of each is known."""

    strip: Strip
    glyphs: Sequence[Glyph]
    even: bool


def _draw_difference(pen: _Pen, y: int, written: _Drawn | None, wanted: _Drawn) -> None:
    """Writes what differs of a line; the whole line where a character may be as wide as the terminal likes."""
    now = wanted.glyphs
    was = written.glyphs if written else [_NOTHING] * len(now)
    if wanted.even and (written is None or written.even) and len(was) == len(now):
        places = [
            x for x, (one, other) in enumerate(zip(was, now, strict=True)) if other not in (one, _NOTHING)
        ]
        for first, last in _near(places, now):
            pen.write(first, y, now[first : last + 1])
    elif _NOTHING not in now:
        pen.write(0, y, now)


def _near(places: Sequence[int], glyphs: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """The first and the last of every group of places that lie near each other, with nothing unknown between."""
    start = 0
    for number, place in enumerate(places, 1):
        end = number == len(places)
        if end or places[number] - place > _JUMP or _NOTHING in glyphs[place : places[number]]:
            yield places[start], place
            start = number


def _drawn(line: Strip, colours: ColorSystem) -> _Drawn:
    glyphs: list[Glyph] = []
    even = True
    for text, style, _control in line:
        own, own_even = _glyphs(text, style, colours)
        glyphs += own
        even = even and own_even
    return _Drawn(line, glyphs, even)


@lru_cache(maxsize=1024)
def _glyphs(text: str, style: Style | None, colours: ColorSystem) -> tuple[tuple[Glyph, ...], bool]:
    """The glyphs of a piece of a line, most of which stand there again and again; whether each takes one cell."""
    if style == _UNKNOWN:
        return (_NOTHING,) * len(text), True
    look = _look(style, colours) if style else _PLAIN
    blank = Look("", _ANY, look.ground) if look.attributes in _INVISIBLE else look
    even = all(cell_len(character) == 1 for character in set(text))
    return tuple((character, blank if character == " " else look) for character in text), even


@lru_cache(maxsize=1024)
def _look(style: Style, colours: ColorSystem) -> Look:
    colour, ground = style.color, style.bgcolor
    return Look(
        Strip.render_ansi(style.without_color, colours),
        ";".join(colour.downgrade(colours).get_ansi_codes()) if colour else "",
        ";".join(ground.downgrade(colours).get_ansi_codes(foreground=False)) if ground else "",
    )

"""How the command line speaks: data to standard output, messages to standard error, one line each."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.plain import one_line
from app.frame.cells import cell_len, clip, fit

_HIDDEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_COLOURS = {"red": "31", "amber": "33", "green": "32"}
_GAP = "  "


def note(message: str) -> None:
    """One line on standard error."""
    print(f"tavle: {one_line(message, ' ')}", file=sys.stderr)


def say(text: str = "", end: str = "\n") -> None:
    """A line on standard output. Pass what people wrote through ``one_line`` or ``visible`` first."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), end=end)


def say_json(value: Any) -> None:
    """The one JSON document of a call."""
    say(_json(value))


def say_json_list(values: Iterable[Any]) -> None:
    """A JSON list, one element a line, written as it comes."""
    started = False
    for value in values:
        say((",\n" if started else "[\n") + _json(value), end="")
        started = True
    say("\n]" if started else "[]")


def _json(value: Any) -> str:
    """JSON that is safe on a terminal: control and invisible characters are escaped, letters are not."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "utf_8")
    text = json.dumps(value, ensure_ascii=plain)
    return _HIDDEN.sub(lambda match: json.dumps(match.group())[1:-1], text)


def say_table(headers: Sequence[str], rows: Iterable[Sequence[str]], state: int | None = None) -> None:
    """Aligned columns; on a terminal a line is cut at its width. ``state`` is a column of red, amber or green."""
    lines = [tuple(headers), *(tuple(one_line(cell) for cell in row) for row in rows)]
    widths = [max(cell_len(line[at]) for line in lines) for at in range(len(headers))]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for cells in lines:
        line = _GAP.join(fit(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        shown = line if room is None else clip(line, room)
        word = cells[state] if state is not None else ""
        say(shown.replace(word, in_colour(word, word), 1) if word in _COLOURS else shown)


def in_colour(text: str, colour: str) -> str:
    """The text in red, amber or green: on a terminal, unless NO_COLOR says otherwise."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"

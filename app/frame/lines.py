"""The one-line parts of the board, laid out for a width: status, tabs, keys, the last decision.

Each function returns runs for ``width`` cells. Where something must give way on a narrow terminal, the least needed
goes first, and nothing is ever wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from app.frame.cells import cell_len, clip
from app.frame.rows import Cell, Runs, shown
from app.text import _

PRODUCT = "Tavle"
_SEPARATOR = Cell(" · ", "faint")
_BLANKS = re.compile("( +)")


class Status(NamedTuple):
    """The top line: where, when, who, and how old the data are (always shown)."""

    area: str = ""
    clock: str = ""
    person: str = ""
    age: str = ""
    age_ink: str = "muted"


class Tab(NamedTuple):
    """One of the areas ``1``–``6``: its key, its name, a shorter name, and how much waits there."""

    key: str
    label: str
    short: str = ""
    waiting: int = 0
    urgent: bool = False


class KeyHint(NamedTuple):
    """A key and what it does now, in a word where room is short (``brief``). ``enabled`` false greys it."""

    key: str
    label: str
    enabled: bool = True
    brief: str = ""


class Part(NamedTuple):
    """A part of a line that can be clicked: its key and its runs."""

    key: str
    runs: Runs


def runs_len(runs: Iterable[Cell]) -> int:
    """The cells that runs take."""
    return sum(cell_len(run.text) for run in runs)


def clip_runs(runs: Iterable[Cell], width: int) -> Runs:
    """Runs cut to a width, with an ellipsis where something was cut."""
    kept: list[Cell] = []
    room = width
    for run in runs:
        size = cell_len(run.text)
        if size > room:
            kept.append(Cell(clip(run.text, room), run.ink))
            break
        kept.append(run)
        room -= size
    return tuple(kept)


def fill(runs: Runs, width: int) -> Runs:
    """Runs cut or padded with blanks to exactly a width."""
    shown = clip_runs(runs, width)
    room = width - runs_len(shown)
    return (*shown, Cell(" " * room)) if room > 0 else shown


def wrap(runs: Runs, width: int) -> list[Runs]:
    """Runs broken between words into lines of at most a width.

    What follows signs, labels (inked runs that end in a blank, such as ``· ``) and padded columns stays beside them.
    """
    hang = _hanging(runs, width // 2)
    indent = (Cell(" " * hang),) if hang else ()
    lines: list[list[Cell]] = [[]]
    room = width
    for run in runs:
        for word in _words(run.text, width - runs_len(indent)):
            size = cell_len(word)
            if size > room and lines[-1] and not word.isspace():
                lines.append([*indent])
                room = width - runs_len(indent)
            lines[-1].append(Cell(word, run.ink))
            room -= size
    return [tuple(line) for line in lines]


def _hanging(runs: Runs, most: int) -> int:
    """The cells of the signs and labels that a line begins with, and by which its text is set in.

    The beginning of a text is no label, however short.
    """
    hang, text = 0, runs[-1].text if runs else ""
    for run in runs[:-1]:
        size = cell_len(run.text)
        label = run.text.endswith("  ") or (run.text.endswith(" ") and (run.ink or run.text.isspace()))
        if not label or hang + size > most:
            text = run.text
            break
        hang += size
    indent = len(text) - len(text.lstrip(" "))
    return hang + indent if hang + indent <= most else hang


def _words(text: str, width: int) -> list[str]:
    """The words and the blanks between them; a word that is longer than a line in pieces."""
    words = [part for part in _BLANKS.split(text) if part]
    return [
        piece for word in words for piece in (_pieces(word, width) if cell_len(word) > width else (word,))
    ]


def _pieces(word: str, width: int) -> list[str]:
    if word.isspace():
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and cell_len(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _joined(parts: Iterable[Cell]) -> Runs:
    out: list[Cell] = []
    for part in parts:
        if part.text:
            out += [_SEPARATOR, part] if out else [part]
    return tuple(out)


def status_line(width: int, status: Status) -> Runs:
    """``Tavle · North … Mon 23 Nov 06:41 · Mette Holm · synced 12 s ago``; narrow, it keeps clock and age."""
    short_clock = status.clock.rpartition(" ")[2]
    age = Cell(status.age, status.age_ink)
    name = shown(status.person)
    right: Runs = ()
    product, area = Cell(PRODUCT, "key"), Cell(shown(status.area), "strong")
    for clock, person, place in (
        (status.clock, name, area),
        (short_clock, name, area),
        (short_clock, name.partition(" ")[0], area),
        (short_clock, "", area),
        (short_clock, "", Cell("")),
    ):
        left = _joined((product, place))
        right = _joined((Cell(clock, "strong"), Cell(person, ""), age))
        room = width - 2 - runs_len(left) - runs_len(right)
        if room >= 2:
            return (Cell(" "), *left, Cell(" " * room), *right, Cell(" "))
    return fill((Cell(" "), *right), width)


def _tab_part(tab: Tab, current: bool, name: str) -> Part:
    ink = "current" if current else "muted"
    key = Cell(f" {tab.key} ", ink if current else "key")
    runs = [key, Cell(name + " ", ink)] if name else [key]
    if tab.waiting:
        runs.append(Cell(f"{tab.waiting} ", ink if current else "badge" if tab.urgent else "strong"))
    return Part(tab.key, tuple(runs))


def tabs_line(width: int, tabs: Sequence[Tab], current: str) -> tuple[Part, ...]:
    """The areas with what waits in each, the current one raised; narrow, with shorter names or none."""
    namings = (
        [tab.label for tab in tabs],
        [tab.label if tab.key == current else tab.short or tab.label for tab in tabs],
        [tab.label if tab.key == current else "" for tab in tabs],
    )
    parts: tuple[Part, ...] = ()
    for names in namings:
        parts = tuple(_tab_part(tab, tab.key == current, name) for tab, name in zip(tabs, names, strict=True))
        if _breadth(parts) <= width:
            break
    return parts


_MORE = tuple(Part("", (Cell(sign, "muted"),)) for sign in "‹›")


def in_sight(width: int, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts; where they do not fit, those about the current one, with ``‹`` and ``›`` where there are more."""
    if _breadth(parts) <= width:
        return tuple(parts)
    current = next((at for at, part in enumerate(parts) if part.runs[0].ink == "current"), 0)
    first, end = current, current + 1
    while first and _breadth(parts[first - 1 : end]) + 2 <= width:
        first -= 1
    while end < len(parts) and _breadth(parts[first : end + 1]) + 2 <= width:
        end += 1
    before, after = (_MORE[0],) if first else (), (_MORE[1],) if end < len(parts) else ()
    return (*before, *parts[first:end], *after)


def _breadth(parts: Iterable[Part]) -> int:
    return sum(runs_len(part.runs) for part in parts)


_FIRST = 2
"""So many keys are told in full on any line: they are what one would do."""


def keys_line(width: int, hints: Sequence[KeyHint]) -> tuple[Part, ...]:
    """What works now, by importance, greyed where it cannot.

    Where not all fits, as many as can are told in brief behind the first two, and of these in full what there is room
    for then, the first before the others; the rest gives way from the end. The last hint is the way to all others
    (``? help``) and always stays.
    """
    parts = tuple(map(_hint_part, hints))
    if _breadth(parts) <= width or len(parts) < 2:
        return parts
    told, last, room = hints[:-1], parts[-1:], width - _breadth(parts[-1:])
    working = tuple(takewhile(lambda hint: hint.enabled, told))
    kept = _as_many((*map(_hint_part, working[:_FIRST]), *map(_in_brief, working[_FIRST:])), room)
    spare = room - _breadth(kept)
    for place, hint in enumerate(working[: len(kept)]):
        full = _hint_part(hint)
        if (more := _breadth((full,)) - _breadth((kept[place],))) <= spare:
            kept[place], spare = full, spare - more
    greyed = _as_many(map(_in_brief, told[len(working) :]), spare) if len(kept) == len(working) else ()
    return (*kept, *greyed, *last)


def _as_many(parts: Iterable[Part], room: int) -> list[Part]:
    """The first of them, as far as there is room."""
    found: list[Part] = []
    for part in parts:
        room -= _breadth((part,))
        if room < 0:
            break
        found.append(part)
    return found


def _in_brief(hint: KeyHint) -> Part:
    return _hint_part(hint._replace(label=hint.brief or hint.label))


def _hint_part(hint: KeyHint) -> Part:
    inks = ("key", "") if hint.enabled else ("faint", "faint")
    return Part(hint.key, (Cell(f" {hint.key}", inks[0]), Cell(f" {shown(hint.label)} ", inks[1])))


def decision_line(width: int, text: str, undo_key: str = "u", refused: bool = False) -> Runs:
    """``Approved Jonas Berg · u undoes``; a refusal stands alone with its reason, behind a red sign.

    ``undo_key`` is ``U`` for what was undone and can be redone, empty for what stays.
    """
    if not text:
        return fill((), width)
    if refused:
        return fill((Cell(" ● ", "red"), Cell(shown(text), "red")), width)
    runs: Runs = (Cell(" ✓ ", "green"), Cell(shown(text), "strong"))
    if undo_key:
        again = _("redoes") if undo_key == "U" else _("undoes")
        runs += (_SEPARATOR, Cell(undo_key, "key"), Cell(" " + again, "muted"))
    return fill(runs, width)

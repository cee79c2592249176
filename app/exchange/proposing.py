"""A map proposed from a file: by its header, the words in its cells, and how its dates are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

import tomli_w

from app.domain.column_map import Map, required, settable
from app.domain.fields import blank
from app.domain.kinds import Kind
from app.domain.plain import one_line
from app.domain.when import parse_instant
from app.exchange.headers import plain
from app.exchange.private_columns import is_private
from app.exchange.reading import Table
from app.exchange.rows import Around
from app.exchange.synonyms import DAYS, FIELDS, NO, VALUES, YES
from app.text import _

_SAMPLE = 500
_DAYS = ("%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%y", "%d-%m-%y", "%d/%m/%y")
_CLOCKS = (" %H:%M", " %H:%M:%S", " %H.%M", ", %H:%M", "")
_CLOCKED = frozenset({"start", "end"})
_CLOCK = re.compile(r"[0-2]?[0-9][:.][0-5][0-9]([:.][0-5][0-9])?")
_AMERICAN = ("%m/%d/%Y", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S")
_PATTERNS = (
    *(day + clock for day in _DAYS for clock in _CLOCKS),
    "%Y%m%d%H%M",
    "%Y-%m-%dT%H:%M:%S.%f",
    *_AMERICAN,
)
"""Day before month, as everyone here writes it; the American order only where that cannot be."""


def propose(kind: Kind, table: Table, around: Around) -> Map:
    """The likeliest map of a table's columns. It may lack what a record needs: the rows then say so."""
    columns = _with_day(kind, table, _columns(kind, table.header))
    cells = {name: _cells(table, theirs) for name, theirs in columns.items()}
    formats = {
        name: pattern
        for name, values in cells.items()
        if name in kind.specs and kind.specs[name].type.name in ("time", "date")
        if (pattern := _pattern(values, around)) is not None
    }
    values = {name: found for name, words in cells.items() if (found := _meanings(kind, name, words))}
    return Map(
        kind,
        kind.name,
        columns,
        formats=formats,
        values=values,
    )


def _with_day(kind: Kind, table: Table, found: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The columns; where a roster has the day of a shift in one of its own, it is joined to the two clocks."""
    columns: dict[str, tuple[str, ...]] = {name: (theirs,) for name, theirs in found.items()}
    free = {plain(name): name for name in table.header if name and name not in found.values()}
    day = next((free[word] for word in DAYS.split() if word in free), None)
    if kind.name != "shifts" or day is None or not columns.keys() >= _CLOCKED:
        return columns
    if not all(_is_clock(cell) for name in _CLOCKED for cell in _cells(table, columns[name])):
        return columns
    return {name: (day, *theirs) if name in _CLOCKED else theirs for name, theirs in columns.items()}


def _is_clock(cell: Any) -> bool:
    return isinstance(cell, time) or _CLOCK.fullmatch(str(cell).strip()) is not None


def as_toml(map_: Map, header: Iterable[str] = ()) -> str:
    """The map as a MAP.toml to start from; what it leaves out of a file's header is named in a comment."""
    table: dict[str, Any] = {"source": map_.source}
    if map_.columns:
        table["columns"] = {
            name: theirs[0] if len(theirs) == 1 else list(theirs) for name, theirs in map_.columns.items()
        }
    if map_.formats:
        table["formats"] = dict(map_.formats)
    if map_.values:
        table["values"] = {name: dict(pairs) for name, pairs in map_.values.items()}
    used = {theirs for names in map_.columns.values() for theirs in names}
    left = [name for name in header if name and name not in used and not is_private(name, map_.kind.name)]
    missing = [name for name in required(map_.kind) if name not in map_.columns]
    said = [
        *([_("# must be given: %(names)s") % {"names": ", ".join(missing)}] if missing else []),
        *([_("# columns not read: %(names)s") % {"names": ", ".join(map(one_line, left))}] if left else []),
    ]
    return "".join(f"{line}\n" for line in said) + tomli_w.dumps(table)


def _columns(kind: Kind, header: Iterable[str]) -> dict[str, str]:
    """Field → column: our own name first, then what others call it, the likeliest first."""
    free: dict[str, str] = {}
    for name in header:
        if name and not is_private(name, kind.name):
            free.setdefault(plain(name), name)
    ours = ("external", *settable(kind))
    if {"id", "external"} <= free.keys():
        ours = ("id", *ours)  # an export of our own
    found = {name: free.pop(plain(name)) for name in ours if plain(name) in free}
    for name in ours:
        for word in FIELDS[kind.name].get(name, "").split():
            if name not in found and word in free:
                found[name] = free.pop(word)
    return {name: found[name] for name in ours if name in found}


def _cells(table: Table, columns: Iterable[str]) -> list[Any]:
    """What stands in a column; in several, what a row joins from them."""
    places = [table.header.index(name) for name in columns]
    rows = ([row.cells[at] for at in places if at < len(row.cells)] for row in table.rows)
    there = ([cell for cell in cells if not blank(cell)] for cells in rows)
    return [cells[0] if len(cells) == 1 else " ".join(map(_text, cells)) for cells in there if cells]


def _text(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date | time) else str(cell).strip()


def _pattern(cells: list[Any], around: Around) -> str | None:
    """How the texts among the cells write a time; None where they need no pattern or none fits them all."""
    texts = [cell.strip() for cell in cells[:_SAMPLE] if isinstance(cell, str)]
    if not texts or all(_readable(text, around) for text in texts):
        return None
    return next((pattern for pattern in _PATTERNS if all(_fits(text, pattern) for text in texts)), None)


def _readable(text: str, around: Around) -> bool:
    try:
        parse_instant(text, around.now, around.zone)
    except ValueError:
        return False
    return True


def _fits(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)  # noqa: DTZ007 - only whether it fits
    except ValueError:
        return False
    return True


def _meanings(kind: Kind, name: str, cells: list[Any]) -> Mapping[str, Any]:
    """Their words for ours among the cells, where ours are few and fixed."""
    ours = _words(kind, name)
    found = {}
    for text in dict.fromkeys(cell.strip() for cell in cells if isinstance(cell, str)):
        meaning = ours.get(plain(text))
        if meaning is not None and meaning != text:
            found[text] = meaning
    return found


def _words(kind: Kind, name: str) -> dict[str, Any]:
    if name in kind.specs and kind.specs[name].type.name == "yes/no":
        return dict.fromkeys(NO.split(), False) | dict.fromkeys(YES.split(), True)
    known = VALUES.get(f"{kind.name}.{name}", {})
    return {word: ours for ours, words in known.items() for word in words.split()}

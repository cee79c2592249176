"""A map proposed from a file: by its header, the words in its cells, and how its dates are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import tomli_w

from app.domain.column_map import Map, settable
from app.domain.fields import blank
from app.domain.kinds import Kind
from app.domain.when import parse_instant
from app.exchange.headers import plain
from app.exchange.private_columns import is_private
from app.exchange.reading import Table
from app.exchange.rows import Around
from app.exchange.synonyms import FIELDS, NO, VALUES, YES

_SAMPLE = 500
_DAYS = ("%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%y", "%d-%m-%y", "%d/%m/%y")
_CLOCKS = (" %H:%M", " %H:%M:%S", " %H.%M", ", %H:%M", "")
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
    columns = _columns(kind, table.header)
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
        {name: (theirs,) for name, theirs in columns.items()},
        formats=formats,
        values=values,
    )


def as_toml(map_: Map) -> str:
    """The map as a MAP.toml to start from."""
    table: dict[str, Any] = {"source": map_.source}
    if map_.columns:
        table["columns"] = {
            name: theirs[0] if len(theirs) == 1 else list(theirs) for name, theirs in map_.columns.items()
        }
    if map_.formats:
        table["formats"] = dict(map_.formats)
    if map_.values:
        table["values"] = {name: dict(pairs) for name, pairs in map_.values.items()}
    return tomli_w.dumps(table)


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


def _cells(table: Table, column: str) -> list[Any]:
    at = table.header.index(column)
    cells = (row.cells[at] for row in table.rows if at < len(row.cells))
    return [cell for cell in cells if not blank(cell)]


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

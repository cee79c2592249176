"""Complaints of an export that could not be read: nobody has seen them, so they stand on Today too (DK-33)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app.store.rejected import RejectedLine, rejected_lines
from app.store.view import StoreView

_KIND = "complaints"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file, and its rows that were no complaints as they stood: number, why, what their named cells say."""

    file: str
    rows: tuple[RejectedLine, ...]


def set_aside(view: StoreView) -> tuple[SetAside, ...]:
    """The files of this computer with complaints that could not be read, until they are read whole."""
    lines = (one for one in rejected_lines(view.conn) if one.kind == _KIND)
    return tuple(SetAside(file, tuple(rows)) for file, rows in groupby(lines, key=lambda one: one.file))


def set_aside_of(view: StoreView, file: str) -> tuple[RejectedLine, ...]:
    """Those of one file."""
    return next((one.rows for one in set_aside(view) if one.file == file), ())

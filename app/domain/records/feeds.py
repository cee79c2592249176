"""The office's exports that the team reads."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.fields import BOOL, LINE, TEXT
from app.domain.kinds import Record, declare, kept
from app.text import _


@declare("feeds", one=_("feed"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(Record):
    """An export of the office that is read at every sync, by a ``map`` of its columns (the text of a MAP.toml).

    ``kind`` is what its rows become, ``source`` whose ids they have. ``path``, with slashes, is relative to the
    team file's folder, which each member may see under another name, or absolute.
    """

    kind: str = kept(LINE)
    path: str = kept(LINE)
    map: str = kept(TEXT)
    source: str = kept(LINE)
    active: bool = kept(BOOL, default=True)

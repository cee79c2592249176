"""The rows of records of which there is one change, made straight from its body: most of a first load.

They are what ``fold`` and ``columns`` make of it, with all that hangs on the shape of a body worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from app.domain.change import Change
from app.domain.history import counts
from app.domain.kinds import KINDS
from app.domain.merge import shape
from app.domain.projection import defaults, storing
from app.store.folding import STANDING, insert_into
from app.store.heads import pack
from app.store.statements import Values, run_each

_WHOLE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Form:
    """Of bodies with the same members: a row without values, and what goes where in it."""

    blank: list[Any]
    id: int
    heads: int
    before_id: str
    fields: tuple[tuple[int, str, Callable[[Any], Any]], ...]


def fold_created(conn: Connection, changes: Iterable[Change]) -> None:
    """Writes the rows that changes make which name nothing before them, where no other record hangs on them.

    What else has come to such a record is for ``fold_on`` to find; a row that is there stays as it is.
    """
    rows: dict[str, list[Values]] = {}
    for one in changes:
        header = one.header
        if header.on[0] in STANDING and not header.base and header.grp is None and counts(one, _WHOLE):
            rows.setdefault(header.on[0], []).append(row_of(one))
    for name, some in rows.items():
        run_each(conn, insert_into(name, "IGNORE")[1], some)


def row_of(change: Change) -> Values:
    """A change's row, in the order of its table's columns."""
    body, (name, record) = change.body, change.header.on
    form = _form(name, tuple(body))
    row = form.blank.copy()
    row[form.id] = record
    row[form.heads] = form.before_id + change.header.id if form.before_id else None
    for place, member, store in form.fields:
        if (value := body[member]) is not None and (kept := store(value)) is not None:
            row[place] = kept
    return tuple(row)


@lru_cache(maxsize=1024)
def _form(name: str, members: tuple[str, ...]) -> _Form:
    names, _insert = insert_into(name, "IGNORE")
    places = {column: place for place, column in enumerate(names)}
    fields, _sets, heads = shape(name, members)
    known, stores = defaults(KINDS[name]), storing(name)
    return _Form(
        blank=[known.get(column) for column in names],
        id=places["id"],
        heads=places["heads"],
        before_id=pack(dict.fromkeys(heads, ("",))) or "",
        fields=tuple((places[one], one, stores[one]) for one in fields),
    )

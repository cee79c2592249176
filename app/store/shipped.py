"""Records that every team has from the start: texts as Tavle ships them, until somebody words them otherwise.

As the rows of a plan they are not created: their ids are derived from their short ids, and a field that nobody has
set, or that was set back to nothing, says what ``data/`` says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from app.assets import data_dir
from app.domain.projection import Columns
from app.domain.publishing import Write, card_writes, template_writes
from app.store.content import cards, reply_templates
from app.store.statements import all_rows

_WRITES: dict[str, Callable[[], tuple[Write, ...]]] = {
    "templates": lambda: template_writes(reply_templates()),
    "cards": lambda: card_writes(cards()),
}
KINDS_SHIPPED = tuple(_WRITES)


@lru_cache(maxsize=len(_WRITES))
def shipped(kind: str) -> Mapping[str, Columns]:
    """Record id → the columns that it has where nobody set them; empty for a kind of which nothing is shipped."""
    writes = _WRITES[kind]() if kind in _WRITES else ()
    return {id_: dict(fields) for _kind, id_, fields in writes}


def edition() -> str:
    """A hash of the files that are shipped: another one, and what hangs on them is folded anew."""
    texts = (path.read_bytes() for path in _files())
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def shipped_ids(conn: Connection) -> Iterator[tuple[str, str]]:
    """Kind and id of every record of the kinds of which some are shipped."""
    for kind in KINDS_SHIPPED:
        there = {row[0] for row in all_rows(conn, f'SELECT id FROM "{kind}"')}
        yield from ((kind, id_) for id_ in there | shipped(kind).keys())


def _files() -> list[Path]:
    return [*sorted(data_dir().glob("templates/*.toml")), data_dir() / "cards.toml"]

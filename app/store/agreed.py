"""What is agreed with a customer, found by its words: the index of the items, kept while their rows stay the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from app.domain.evidence import Index, Lexicon, index_of
from app.domain.records import Agreement
from app.store.reading import to_record
from app.store.tables import AgreementRow

_COLUMNS = tuple(column.name for column in AgreementRow.__table__.columns)
_SELECT = ", ".join(f'"{name}"' for name in _COLUMNS)
_SQL = f"SELECT {_SELECT} FROM agreements WHERE customer = ? AND withdrawn_on IS NULL ORDER BY id"
_KEPT = 128
"""So many customers' indexes are kept, a tenth of a megabyte each: those of two pages of the list."""


def agreed(conn: Connection, customer: str, lexicon: Lexicon) -> Index:
    """The items that hold with a customer, by id, indexed; known again by all that their rows hold, so never stale."""
    return _index(tuple(map(tuple, conn.exec_driver_sql(_SQL, (customer,)))), lexicon)


@lru_cache(maxsize=_KEPT)
def _index(rows: tuple[tuple[Any, ...], ...], lexicon: Lexicon) -> Index:
    items = tuple(to_record(Agreement, dict(zip(_COLUMNS, row, strict=True))) for row in rows)
    return index_of(items, lexicon)

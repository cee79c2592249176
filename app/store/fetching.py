"""Reading rows as plain tuples: where many are read, or few very often, in a third of the time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

Values = tuple[object, ...]


def all_rows(conn: Connection, query: str, values: Values = ()) -> list[Any]:
    """All rows of a query."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute(query, values)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def first_row(conn: Connection, query: str, values: Values = ()) -> Any | None:
    """The first row of a query, or None."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute(query, values)
        return cursor.fetchone()
    finally:
        cursor.close()


def one_number(conn: Connection, query: str, values: Values = ()) -> int:
    """The one number that a query asks for."""
    row = first_row(conn, query, values)
    assert row is not None
    return int(row[0])

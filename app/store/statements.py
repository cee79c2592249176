"""Statements on plain tuples: where there are many, or few very often, in a third of SQLAlchemy's time."""

from __future__ import annotations

from collections.abc import Sequence
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


def run(conn: Connection, statement: str, values: Values = ()) -> int:
    """How many rows a statement has changed."""
    return run_each(conn, statement, [values])


def run_each(conn: Connection, statement: str, rows: Sequence[Values]) -> int:
    """The same statement for every row; how many rows it has changed in all."""
    if not rows:
        return 0
    cursor = conn.connection.cursor()
    try:
        cursor.executemany(statement, rows)
        return int(cursor.rowcount)
    finally:
        cursor.close()

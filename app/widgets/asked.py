"""A table's rows, read from the desk a page at a time: for lists over any number of records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from app.desk import Desk, View
from app.frame.rows import TableRow

S = TypeVar("S")


class AskedRows(Generic[S]):
    """A RowSource: ``count(view, scope)`` and ``page(view, scope, start, size)`` are what the desk is asked."""

    def __init__(
        self,
        desk: Desk,
        scope: S,
        count: Callable[[View, S], int],
        page: Callable[[View, S, int, int], Sequence[TableRow]],
    ) -> None:
        self._desk, self._scope, self._count, self._page = desk, scope, count, page

    def count(self) -> int:
        """How many rows there are."""
        return self._desk.ask(self._count, self._scope)

    def page(self, start: int, size: int) -> Sequence[TableRow]:
        """The rows from ``start``, at most ``size``."""
        return self._desk.ask(self._page, self._scope, start, size)

"""The pages of rows that a table has read, and finding a key again after the rows have changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import islice

from app.frame.rows import RowSource, TableRow

PAGE = 128
_KEPT = 12
_NEAR = 4
"""How many pages around a place are searched for a key."""


class Pages:
    """Rows by their place, read a page at a time; the pages last seen are kept."""

    def __init__(self, source: RowSource) -> None:
        self.source = source
        self.count = source.count()
        self._pages: OrderedDict[int, Sequence[TableRow]] = OrderedDict()

    def row(self, index: int) -> TableRow | None:
        """The row at a place, or None beyond the end."""
        if not 0 <= index < self.count:
            return None
        page = self._page(index // PAGE)
        place = index % PAGE
        return page[place] if place < len(page) else None

    def cached(self, index: int) -> TableRow | None:
        """The row at a place if it has been read already."""
        page = self._pages.get(index // PAGE, ())
        return page[index % PAGE] if 0 <= index % PAGE < len(page) else None

    def _page(self, number: int) -> Sequence[TableRow]:
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self.source.page(number * PAGE, PAGE)
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page

    def keys_from(self, index: int) -> list[str]:
        """The keys from a place on, then those before it backwards, of the rows read around it."""
        first = max(index - PAGE, 0)
        known = {place: row.key for place in range(first, index + PAGE) if (row := self.cached(place))}
        order = sorted(known, key=lambda place: (place < index, abs(place - index)))
        return [known[place] for place in order]

    def place_of(self, wanted: Iterable[str], near: int) -> int:
        """The place of the first of the wanted keys that is found near a place or near the top.

        Where none is found, the place itself, or the last there is.
        """
        keys, places = tuple(wanted), dict[str, int]()
        for number in self._numbers(max(near, 0) // PAGE) if keys else ():
            for place, row in enumerate(self._page(number), number * PAGE):
                places.setdefault(row.key, place)
            if keys[0] in places:
                break
        found = next((places[key] for key in keys if key in places), near)
        place = min(found, self.count - 1) if self.count else min(near, 0)
        self._read_around(place)
        return place

    def _read_around(self, place: int) -> None:
        """Has the rows that `keys_from` tells of, for when they have changed."""
        last = min(place + PAGE, self.count) - 1
        for number in range(max(place - PAGE, 0) // PAGE, last // PAGE + 1):
            self._page(number)

    def _numbers(self, middle: int) -> list[int]:
        """The pages that are searched, the nearest first."""
        last = (self.count - 1) // PAGE
        around = range(max(middle - _NEAR, 0), min(middle + _NEAR, last) + 1)
        top = range(min(_NEAR, last + 1))
        return sorted({*around, *top}, key=lambda number: (abs(number - middle), number))

    def all_keys(self) -> frozenset[str] | None:
        """Every key, where the rows are few enough to know them all."""
        if self.count > _NEAR * PAGE:
            return None
        rows = (self.row(index) for index in range(self.count))
        return frozenset(row.key for row in islice(rows, self.count) if row)

"""What was complained of before: by the same customer, about the same item (DK-24, SE C-5).

Which item: the one that a complaint cites or, before anyone decided, that fits its words best.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import NamedTuple

from app.domain.evidence import READ, Index
from app.domain.instants import to_text
from app.domain.records import Agreement, Complaint
from app.store.view import StoreView

RECENT = timedelta(days=180)
"""So far back the evidence looks for what was complained of before."""
_LOOKED_AT, _COMPARED = 100, 30_000
"""So many complaints before one are looked at, and so many characters of their words: a hundred of common length."""
_AT_ONCE = 100
"""Complaints whose earlier ones are read at once."""
_LONGEST = 3_660
"""Days that a repeat looks back at the most, whatever the setting says."""
_EARLIER = f"""
WITH asked AS (
  SELECT key AS place, json_extract(value, '$[0]') AS customer,
    json_extract(value, '$[1]') AS since, json_extract(value, '$[2]') AS until
  FROM json_each(?)
)
SELECT asked.place, one.id, one.agreement, substr(one.text, 1, {READ})
FROM asked CROSS JOIN complaints AS one ON one.id IN (
  SELECT id FROM complaints
  WHERE customer = asked.customer AND received_at >= asked.since AND received_at < asked.until
  ORDER BY received_at DESC, id DESC LIMIT {_LOOKED_AT}
)
ORDER BY asked.place, one.received_at DESC, one.id DESC
"""
"""The last hundred complaints before each of a page, read at once; as much of their words as is compared."""
_OTHERS = f"""
SELECT id, agreement, substr(text, 1, {READ}) FROM complaints
WHERE customer = ? AND id != ? AND received_at > ? AND (agreement = ? OR agreement IS NULL)
ORDER BY received_at DESC, id LIMIT {_LOOKED_AT}
"""


_Earlier = tuple[str, str | None, str | None]
"""An earlier complaint: its id, the item that it cites, its words."""


class About(NamedTuple):
    """A complaint as it is compared: whose, since when, the item that it cites, its words."""

    customer: str
    received_at: datetime
    cited: str | None
    text: str | None


class Repeats:
    """Earlier complaints of the same customer about the same item, within the days of the setting."""

    def __init__(self, view: StoreView) -> None:
        self._view = view
        self._within = timedelta(days=min(max(view.repeat_days, 0), _LONGEST))
        self._known: dict[str, Index] = {}

    def before(self, asked: Iterable[About]) -> list[tuple[str, ...]]:
        """Of each the ids of the complaints before it, the latest first; of the last hundred."""
        asked = list(asked)
        pages = (asked[start : start + _AT_ONCE] for start in range(0, len(asked), _AT_ONCE))
        return [found for page in pages for found in self._before(page)]

    def _before(self, page: Sequence[About]) -> list[tuple[str, ...]]:
        since = [to_text(one.received_at - self._within) for one in page]
        spans = [
            (one.customer, start, to_text(one.received_at)) for one, start in zip(page, since, strict=True)
        ]
        earlier = self._view.conn.exec_driver_sql(_EARLIER, (json.dumps(spans),))
        found: list[tuple[str, ...]] = [()] * len(page)
        for place, rows in groupby(earlier, lambda row: row[0]):
            found[place] = self._same(page[place], [(id_, cited, text) for _place, id_, cited, text in rows])
        return found

    def _same(self, one: About, earlier: list[_Earlier]) -> tuple[str, ...]:
        """Those of the complaints before one that mean the same item."""
        item = self.meant(one)
        if item is None:
            return ()
        return tuple(id_ for id_, *said in _compared(earlier) if self._meant(one.customer, *said) == item)

    def of(self, one: Complaint) -> tuple[str, ...]:
        """Those before a complaint."""
        (found,) = self.before([About(one.customer, one.received_at, one.agreement, one.text)])
        return found

    def filled(self, complaint: Complaint) -> Complaint:
        """The complaint with them."""
        return replace(complaint, repeats=self.of(complaint))

    def meant(self, one: About) -> str | None:
        """The id of the item that a complaint means; None where none fits."""
        return self._meant(one.customer, one.cited, one.text)

    def _meant(self, customer: str, cited: str | None, text: str | None) -> str | None:
        if cited:
            return cited
        if customer not in self._known:
            self._known[customer] = self._view.agreed(customer)
        return _best(text or "", self._known[customer])


def _compared(earlier: Iterable[_Earlier]) -> Iterator[_Earlier]:
    """The complaints that are compared: letters of pages cost no more than short ones."""
    read = 0
    for id_, cited, text in earlier:
        read += 0 if cited else len(text or "")
        if read > _COMPARED:
            return
        yield id_, cited, text


def _best(text: str, index: Index) -> str | None:
    return next((match.item.id for match in index.rank(text)), None)


def same_item(
    view: StoreView, complaint: Complaint, item: Agreement | None, index: Index, most: int = 4
) -> tuple[Complaint, ...]:
    """The customer's other complaints of the last half year about an item, latest first."""
    if item is None:
        return ()
    since = to_text(complaint.received_at - RECENT)
    asked = (complaint.customer, complaint.id, since, item.id)
    others = [(id_, cited, text) for id_, cited, text in view.conn.exec_driver_sql(_OTHERS, asked)]
    about = (id_ for id_, cited, text in _compared(others) if (cited or _best(text or "", index)) == item.id)
    return tuple(one for id_ in islice(about, most) if (one := view.get(Complaint, id_)))

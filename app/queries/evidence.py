"""The evidence about a complaint: which item it means, what was complained of before, what else is open (DK-24)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from app.domain.evidence import Index, Match
from app.domain.records import Agreement, Complaint, Contact
from app.store.reading import to_record
from app.store.view import StoreView

_LAST_PHASE = "E"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The items that a complaint's words fit, best first; the customer's other items; whether it names nothing."""

    fitting: tuple[Match, ...]
    others: tuple[Agreement, ...]
    vague: bool
    index: Index

    @property
    def best(self) -> Agreement | None:
        """The item that fits best."""
        return self.fitting[0].item if self.fitting else None


def evidence(view: StoreView, complaint: Complaint) -> Evidence:
    """What the customer's agreement says to the complaint's words (DK-25)."""
    index = view.agreed(complaint.customer)
    fitting = index.rank(complaint.text)
    known = {one.item.id for one in fitting}
    others = sorted((one for one in index.items if one.id not in known), key=lambda one: (one.task, one.id))
    return Evidence(fitting, tuple(others), index.names_nothing_concrete(complaint.text), index)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row of the customer's service plan that is not done."""

    id: str
    code: str
    title: str
    due: date | None
    responsible: str | None


_OPEN = """
SELECT one.id, one.row, one.titles, one.due, people.name, count(*) OVER ()
FROM rows AS one JOIN plans ON plans.id = one.plan LEFT JOIN people ON people.id = one.responsible
WHERE plans.customer = ? AND one.done_on IS NULL AND (one.due IS NOT NULL OR one.phase != ?)
ORDER BY one.due IS NULL, one.due, one.row LIMIT ?
"""


def open_rows(view: StoreView, customer: str, most: int = 5) -> tuple[tuple[OpenRow, ...], int]:
    """The open rows of the customer's plan, those due first, at most so many; and how many there are in all.

    Those of the end of the contract count once they have a date.
    """
    found = view.conn.exec_driver_sql(_OPEN, (customer, _LAST_PHASE, most)).all()
    return tuple(_open_row(*one) for *one, _total in found), found[0][-1] if found else 0


def _open_row(id_: str, code: str | None, titles: str | None, due: str | None, who: str | None) -> OpenRow:
    named = json.loads(titles or "[]")
    return OpenRow(
        id_, code or "?", str(named[0]) if named else "", date.fromisoformat(due) if due else None, who
    )


def contacts_about(view: StoreView, complaint: str, most: int = 8) -> tuple[Contact, ...]:
    """The contacts about a complaint, the latest first."""
    return _contacts(view, "complaint", complaint, most)


def last_contact(view: StoreView, customer: str) -> Contact | None:
    """The last contact with a customer, about whatever it was."""
    return next(iter(_contacts(view, "customer", customer, 1)), None)


def _contacts(view: StoreView, column: str, wanted: str, most: int) -> tuple[Contact, ...]:
    sql = f"SELECT * FROM contacts WHERE {column} = ? ORDER BY at DESC, id LIMIT ?"
    found = view.conn.exec_driver_sql(sql, (wanted, most))
    return tuple(to_record(Contact, row) for row in found.mappings())

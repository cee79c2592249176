"""The evidence about a complaint: which item it means, what was complained of before, what else is open (DK-24)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Select, or_, select

from app.domain.evidence import Index, Match, index_of
from app.domain.evidence import names_nothing_concrete as says_nothing
from app.domain.instants import to_text
from app.domain.records import Agreement, Complaint, Contact
from app.store.reading import to_record
from app.store.tables import ComplaintRow, ContactRow, PersonRow, PlanLineRow, PlanRow
from app.store.view import StoreView
from app.store.words import team_lexicon

RECENT = timedelta(days=180)
"""So far back the evidence looks for what was complained of before."""
_LOOKED_AT = 100
_LONGEST = 3_660
"""Days that a repeat looks back at the most, whatever the setting says."""
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
    index = _index(view, complaint.customer)
    fitting = index.rank(complaint.text)
    known = {one.item.id for one in fitting}
    others = sorted((one for one in index.items if one.id not in known), key=lambda one: (one.task, one.id))
    vague = not fitting and says_nothing(complaint.text, index.items, index.lexicon)
    return Evidence(fitting, tuple(others), vague, index)


def _index(view: StoreView, customer: str) -> Index:
    return index_of(tuple(view.find(Agreement, customer=customer)), team_lexicon(view))


class Repeats:
    """Earlier complaints of the same customer about the same item, within the days of the setting.

    Which item: the one that a complaint cites or, before anyone decided, that fits its words best.
    """

    def __init__(self, view: StoreView) -> None:
        self._view = view
        self._within = timedelta(days=min(max(view.repeat_days, 0), _LONGEST))
        self._known: dict[str, Index] = {}

    def before(
        self, customer: str, received_at: datetime, cited: str | None, text: str | None
    ) -> tuple[str, ...]:
        """The ids of the complaints before one, the latest first; of the last hundred."""
        row = ComplaintRow
        query = (
            select(row.id, row.agreement, row.text)
            .where(row.customer == customer, row.received_at >= to_text(received_at - self._within))
            .where(row.received_at < to_text(received_at))
            .order_by(row.received_at.desc(), row.id.desc())
            .limit(_LOOKED_AT)
        )
        earlier = self._view.conn.execute(query).all()
        item = self._meant(customer, cited, text) if earlier else None
        if item is None:
            return ()
        return tuple(one for one, *said in earlier if self._meant(customer, *said) == item)

    def of(self, one: Complaint) -> tuple[str, ...]:
        """As ``before``, of a complaint."""
        return self.before(one.customer, one.received_at, one.agreement, one.text)

    def filled(self, complaint: Complaint) -> Complaint:
        """The complaint with them."""
        return replace(complaint, repeats=self.of(complaint))

    def _meant(self, customer: str, cited: str | None, text: str | None) -> str | None:
        if cited:
            return cited
        if customer not in self._known:
            self._known[customer] = _index(self._view, customer)
        return _best(text or "", self._known[customer])


def _best(text: str, index: Index) -> str | None:
    return next((match.item.id for match in index.rank(text)), None)


def same_item(view: StoreView, complaint: Complaint, found: Evidence, most: int = 4) -> tuple[Complaint, ...]:
    """The customer's other complaints of the last half year about the item that fits best, latest first."""
    if found.best is None:
        return ()
    row, item = ComplaintRow, found.best.id
    query = (
        select(row.id, row.agreement, row.text)
        .where(row.customer == complaint.customer, row.id != complaint.id)
        .where(row.received_at > to_text(complaint.received_at - RECENT))
        .where(or_(row.agreement == item, row.agreement.is_(None)))
        .order_by(row.received_at.desc(), row.id)
        .limit(_LOOKED_AT)
    )
    before = view.conn.execute(query).all()
    about = (id_ for id_, cited, text in before if (cited or _best(text or "", found.index)) == item)
    return tuple(one for id_ in islice(about, most) if (one := view.get(Complaint, id_)))


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row of the customer's service plan that is not done."""

    id: str
    code: str
    title: str
    due: date | None
    responsible: str | None


def open_rows(view: StoreView, customer: str, most: int = 5) -> tuple[tuple[OpenRow, ...], int]:
    """The open rows of the customer's plan, those due first, at most so many; and how many there are in all.

    Those of the end of the contract count once they have a date.
    """
    query = (
        select(PlanLineRow.id, PlanLineRow.row, PlanLineRow.titles, PlanLineRow.due, PersonRow.name)
        .join(PlanRow, PlanRow.id == PlanLineRow.plan)
        .outerjoin(PersonRow, PersonRow.id == PlanLineRow.responsible)
        .where(PlanRow.customer == customer, PlanLineRow.done_on.is_(None))
        .where(or_(PlanLineRow.due.is_not(None), PlanLineRow.phase != _LAST_PHASE))
        .order_by(PlanLineRow.due.is_(None), PlanLineRow.due, PlanLineRow.row)
    )
    found = view.conn.execute(query).all()
    return tuple(_open_row(*one) for one in found[:most]), len(found)


def _open_row(id_: str, code: str | None, titles: str | None, due: str | None, who: str | None) -> OpenRow:
    named = json.loads(titles or "[]")
    return OpenRow(
        id_, code or "?", str(named[0]) if named else "", date.fromisoformat(due) if due else None, who
    )


def contacts_about(view: StoreView, complaint: str, most: int = 8) -> tuple[Contact, ...]:
    """The contacts about a complaint, the latest first."""
    query = select(*ContactRow.__table__.columns).where(ContactRow.complaint == complaint)
    return _contacts(view, query.order_by(ContactRow.at.desc(), ContactRow.id).limit(most))


def last_contact(view: StoreView, customer: str) -> Contact | None:
    """The last contact with a customer, about whatever it was."""
    query = select(*ContactRow.__table__.columns).where(ContactRow.customer == customer)
    return next(iter(_contacts(view, query.order_by(ContactRow.at.desc(), ContactRow.id).limit(1))), None)


def _contacts(view: StoreView, query: Select[Any]) -> tuple[Contact, ...]:
    return tuple(to_record(Contact, row) for row in view.conn.execute(query).mappings().all())

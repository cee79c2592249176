"""What is proposed where a complaint comes again: onboarding once more, for those who worked there (SE C-5, FI-54)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from app.domain.instants import to_text
from app.domain.plain import one_line
from app.domain.records import Agreement, Complaint, Customer, Module, Person
from app.queries.evidence import evidence
from app.queries.repeats import Repeats
from app.store.tables import PersonRow, ShiftRow
from app.store.view import StoreView
from app.text import _

WORKED, DUE = timedelta(days=30), timedelta(weeks=2)
"""So far back someone counts as having worked there; so long there is for the onboarding."""
_NAMED = 4


def onboarding_again(view: StoreView, complaint: Complaint) -> Mapping[str, str] | None:
    """The corrective action as its form is filled in; None where nothing came before about the item.

    It says which onboarding, for whom and why; a trainer of the area, or any, sees to it.
    """
    before = Repeats(view).of(complaint)
    if not before:
        return None
    customer = view.get(Customer, complaint.customer)
    titles = [one.title for id_ in (customer.modules if customer else ()) if (one := view.get(Module, id_))]
    item = view.get(Agreement, complaint.agreement) or evidence(view, complaint).best
    said = {
        "what": ", ".join(map(one_line, titles)) or _("how it is done here"),
        "who": ", ".join(_worked_there(view, complaint)) or _("everyone who works there"),
        "item": one_line(item.label) if item else "",
        "count": len(before) + 1,
        "days": view.repeat_days,
    }
    told = _(
        "Onboarding again: %(what)s. For %(who)s: %(item)s was complained of %(count)d times in %(days)d days"
    )
    due = view.now.astimezone(view.zone).date() + DUE
    return {"text": told % said, "owner": _trainer(view), "due": due.isoformat()}


def _worked_there(view: StoreView, complaint: Complaint) -> list[str]:
    """The names of those who were there before it, who came last first."""
    start = complaint.received_at - WORKED
    query = (
        select(PersonRow.name)
        .join(ShiftRow, ShiftRow.person == PersonRow.id)
        .where(ShiftRow.customer == complaint.customer, ShiftRow.status == "planned")
        .where(ShiftRow.start >= to_text(start), ShiftRow.start < to_text(complaint.received_at))
        .order_by(ShiftRow.start.desc(), PersonRow.name)
    )
    names = dict.fromkeys(one_line(name) for name in view.conn.execute(query).scalars() if name)
    return list(names)[:_NAMED]


def _trainer(view: StoreView) -> str:
    found = view.find(Person, role="trainer", active=True)
    near = view.actor.area
    first = min(found, key=lambda one: (one.area != near, one.name, one.id), default=view.actor)
    return first.id

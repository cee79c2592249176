"""What a record is called when people speak of it: the name beside a decision in a line."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.conflicts import Contest
from app.domain.kinds import Record
from app.domain.plain import one_line
from app.domain.records import (
    Absence,
    Action,
    Agreement,
    Area,
    Attempt,
    Card,
    Complaint,
    Contact,
    Customer,
    Feed,
    Handover,
    Module,
    Person,
    Plan,
    PlanRow,
    Promise,
    Shift,
    Synonym,
    Template,
    Training,
)
from app.store.reading import find
from app.store.view import StoreView

_ABOUT: dict[str, type[Record]] = {
    "absences": Absence,
    "shifts": Shift,
    "complaints": Complaint,
    "actions": Action,
    "contacts": Contact,
    "plans": Plan,
    "rows": PlanRow,
    "people": Person,
    "customers": Customer,
    "agreements": Agreement,
    "areas": Area,
    "modules": Module,
    "promises": Promise,
    "attempts": Attempt,
    "register": Training,
    "handovers": Handover,
    "feeds": Feed,
    "templates": Template,
    "cards": Card,
    "synonyms": Synonym,
    "conflicts": Contest,
}


def name_of(view: StoreView, kind: type[Person] | type[Customer] | type[Area], id_: str | None) -> str:
    """The name of a person, customer or area; a dash where there is none."""
    found = view.get(kind, id_)
    return found.name if found is not None else "–"


def subject(view: StoreView, kind: str, id_: str) -> str:
    """What the record is called: its person, its customer, its row, its name; empty where it says nothing."""
    record = view.get(_ABOUT[kind], id_) if kind in _ABOUT else None
    match record:
        case Contest():
            return subject(view, record.kind, record.record)
        case Absence() | Attempt() | Training() | Handover():
            who = record.given_by if isinstance(record, Handover) else record.person
            return name_of(view, Person, who)
        case Action() if record.customer is None:
            return one_line(record.text or "")
        case Shift() | Action() | Complaint() | Contact() | Plan() | Agreement():
            return name_of(view, Customer, record.customer)
        case PlanRow():
            plan = view.get(Plan, record.plan)
            return f"{name_of(view, Customer, plan.customer if plan else None)} {record.row}"
        case _:
            return _own_name(record)


def those(view: StoreView, kind: str, ids: Iterable[str]) -> str:
    """What records of a kind are called together: the first one's name, and how many others there are."""
    first, *others = dict.fromkeys(ids)
    name = subject(view, kind, first)
    return f"{name} +{len(others)}" if others else name


def _own_name(record: Record | None) -> str:
    match record:
        case Person() | Customer() | Area():
            return record.name
        case Module() | Promise() | Template():
            return record.title
        case Feed():
            return record.path
        case Card():
            return record.external or ""
        case Synonym():
            return f"{record.word} = {record.means}"
        case _:
            return ""


def names(view: StoreView, kind: type[Person] | type[Customer] | type[Area]) -> dict[str, str]:
    """Id → name of all of a kind."""
    return {one.id: one.name for one in find(view.conn, kind, {})}

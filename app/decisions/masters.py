"""Decisions on what all else refers to: areas, people, customers, their agreements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.decisions.registry import Emptying, Set, decision, given, optional, required
from app.domain.content import decimal_of
from app.domain.fields import (
    BOOL,
    DAY,
    INSTANT,
    INT,
    LINE,
    LIST,
    TEXT,
    BadInput,
    FieldType,
    choice,
    ref,
    refs,
)
from app.domain.instants import to_text, zone_of
from app.domain.records import ROLES, Agreement, Area, Customer, Person
from app.domain.view import View
from app.domain.worktime import WeekHours, closed_days
from app.store.holidays import working_calendar
from app.text import _

OFFICE = ("supervisor", "office", "manager")
WITH_TRAINER = (*OFFICE, "trainer")
"""Trainers too: participants are recorded on the spot, with their consent (DE-08)."""
NOTHING = _("give at least one field to change")


def checked(check: Callable[[str], object]) -> FieldType:
    """A line that must pass a check; what its ValueError says is told to the person."""

    def read(value: Any, around: Any) -> str:
        text: str = LINE.read(value, around)
        try:
            check(text)
        except ValueError as error:
            raise BadInput(str(error)) from error
        return text

    return FieldType("line", read)


def _read_closed_days(value: Any, around: Any) -> list[str]:
    """Dates and spans of them; ``none`` opens all of them again."""
    found: list[str] = LIST.read(value, around)
    try:
        closed_days(found)
    except ValueError as error:
        raise BadInput(str(error)) from error
    return sorted(found)


CLOSED_DAYS = FieldType("list", _read_closed_days)


def _place(text: str) -> None:
    parts = [decimal_of(part) for part in text.split(",")]
    if len(parts) != 2 or any(
        one is None or abs(one) > most for one, most in zip(parts, (90, 180), strict=True)
    ):
        raise ValueError(
            _("%(text)s is no place: write latitude,longitude such as 55.68,12.57") % {"text": text}
        )


def _minutes(value: Any, around: Any) -> int:
    number: int = INT.read(value, around)
    if not 0 <= number <= _DAY_MINUTES:
        raise BadInput(_("%(number)d minutes cannot be meant: 0 to 1440") % {"number": number})
    return number


_DAY_MINUTES = 24 * 60
MINUTES = FieldType(INT.name, _minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _AreaFields(Emptying):
    name: str | None = optional(LINE, _("What is it called?"))
    country: str | None = optional(checked(working_calendar), _("Its country, such as DK"), empties=True)
    timezone: str | None = optional(
        checked(zone_of), _("Its time zone, where the country has several"), empties=True
    )
    hours: str | None = optional(
        checked(WeekHours.parse), _("Its hours, such as mon-fri 08:00-17:00"), empties=True
    )
    closed_days: list[str] | None = optional(
        CLOSED_DAYS,
        _("Closed beside the holidays? 2026-12-24, 2026-12-24..2027-01-01, or none"),
        empties=True,
    )
    supervisor: str | None = optional(ref("people"), _("Who runs it?"), empties=True)
    acute_minutes: int | None = optional(
        MINUTES, _("Who reports so few minutes before a shift must call (60)"), empties=True
    )


@decision("area.add", on=None, roles=OFFICE, title=_("Add an area"), done=_("Added"))
class AddArea(_AreaFields):
    """An area with its supervisor; its country and hours are what working days are counted by (FI-20)."""

    name: str = required(LINE, _("What is it called?"))

    def refuse(self, _record: None, view: View) -> str | None:
        if view.find(Area, name=self.name):
            return _("there is an area %(name)s already") % {"name": self.name}
        return None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        yield Set("areas", view.new_id(), given(self), new=True)


@decision("area.change", on=Area, roles=OFFICE, title=_("Change the area"), done=_("Changed"))
class ChangeArea(_AreaFields):
    """Any field of an area; what is left out stays."""

    def refuse(self, _area: Area, _view: View) -> str | None:
        return None if given(self) else NOTHING

    def changes(self, area: Area, _view: View) -> Iterator[Set]:
        yield Set("areas", area.id, given(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class _PersonFields(Emptying):
    name: str | None = optional(LINE, _("What is their name?"))
    role: str | None = optional(choice(*ROLES), _("In which role?"))
    area: str | None = optional(ref("areas"), _("In which area?"), empties=True)
    firm: str | None = optional(LINE, _("Of which firm, if not ours?"), empties=True)
    phone: str | None = optional(LINE, _("Their telephone"), empties=True)
    email: str | None = optional(LINE, _("Their e-mail"), empties=True)
    location: str | None = optional(
        checked(_place), _("Where they start from: latitude,longitude"), empties=True
    )
    languages: list[str] | None = optional(LIST, _("Which languages?"), empties=True)
    skills: list[str] | None = optional(LIST, _("Which skills?"), empties=True)
    consent_at: str | None = optional(INSTANT, _("When did they consent to being recorded?"), empties=True)
    active: bool | None = optional(BOOL, _("Do they still work here?"), suggest="yes")

    def _consent_refusal(self, person: Person | None, view: View) -> str | None:
        if self.consent_at is not None and self.consent_at > to_text(view.now):
            return _("nobody can have consented in the future")
        told_of = self.firm or "consent_at" in self.emptied
        if told_of and self.after("firm", person) and not self.after("consent_at", person):
            return _("someone of another firm is recorded with their consent only (consent_at)")
        return None


@decision("person.add", on=None, roles=WITH_TRAINER, title=_("Add a person"), done=_("Added"))
class AddPerson(_PersonFields):
    """Someone new. Of another firm only with their consent, from the first recording on (DE-08)."""

    name: str = required(LINE, _("What is their name?"))
    role: str | None = optional(choice(*ROLES), _("In which role?"), suggest="service_assistant")

    def refuse(self, _record: None, view: View) -> str | None:
        return self._consent_refusal(None, view)

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        yield Set("people", view.new_id(), {"role": "service_assistant", **given(self)}, new=True)


@decision("person.change", on=Person, roles=WITH_TRAINER, title=_("Change the person"), done=_("Changed"))
class ChangePerson(_PersonFields):
    """Any field of a person; what is left out stays."""

    def refuse(self, person: Person, view: View) -> str | None:
        return self._consent_refusal(person, view) if given(self) else NOTHING

    def changes(self, person: Person, _view: View) -> Iterator[Set]:
        yield Set("people", person.id, given(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class _CustomerFields(Emptying):
    name: str | None = optional(LINE, _("What is the site called?"))
    area: str | None = optional(ref("areas"), _("In which area?"), empties=True)
    address: str | None = optional(LINE, _("Its address"), empties=True)
    location: str | None = optional(checked(_place), _("Where it lies: latitude,longitude"), empties=True)
    status: str | None = optional(LINE, _("Its status in your own words"), empties=True)
    contract_start: str | None = optional(DAY, _("When does the contract start?"), empties=True)
    contract_end: str | None = optional(DAY, _("When does it end?"), empties=True)
    modules: list[str] | None = optional(
        refs("modules"), _("Which onboarding must one hold to work there?"), empties=True
    )

    def _order_refusal(self, customer: Customer | None) -> str | None:
        start, end = (_day(self.after(name, customer)) for name in ("contract_start", "contract_end"))
        return _("the contract would end before it starts") if start and end and end < start else None


@decision("customer.add", on=None, roles=OFFICE, title=_("Add a customer"), done=_("Added"))
class AddCustomer(_CustomerFields):
    """A customer's site."""

    name: str = required(LINE, _("What is the site called?"))

    def refuse(self, _record: None, _view: View) -> str | None:
        return self._order_refusal(None)

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        yield Set("customers", view.new_id(), given(self), new=True)


@decision("customer.change", on=Customer, roles=OFFICE, title=_("Change the customer"), done=_("Changed"))
class ChangeCustomer(_CustomerFields):
    """Any field of a customer; what is left out stays."""

    def refuse(self, customer: Customer, _view: View) -> str | None:
        return self._order_refusal(customer) if given(self) else NOTHING

    def changes(self, customer: Customer, _view: View) -> Iterator[Set]:
        yield Set("customers", customer.id, given(self))


@decision(
    "agreement.set", on=Agreement, roles=OFFICE, title=_("Set an agreement"), done=_("Agreed"), creates=True
)
class SetAgreement(Emptying):
    """An item of what was agreed with a customer: a new one, or with an id that one changed (DK-25)."""

    customer: str | None = optional(
        ref("customers"), _("With which customer? For a new item"), suggest="customer"
    )
    task: str | None = optional(LINE, _("What is done? For a new item"))
    place: str | None = optional(LINE, _("Where?"), empties=True)
    frequency: str | None = optional(LINE, _("How often?"), empties=True)
    included: bool | None = optional(BOOL, _("Is it included?"), suggest="yes")
    note: str | None = optional(TEXT, _("What else was agreed?"), empties=True)

    @staticmethod
    def without(about: Agreement | Customer, _view: View) -> tuple[str, ...]:
        """Whose item it is stays."""
        return ("customer",) if isinstance(about, Agreement) else ()

    @staticmethod
    def blocked(item: Agreement | None, _view: View) -> str | None:
        return _withdrawn(item) if item else None

    def refuse(self, item: Agreement | None, _view: View) -> str | None:
        if item is None:
            return None if self.customer and self.task else _("a new item needs its customer and task")
        if self.customer and self.customer != item.customer:
            return _("that item belongs to another customer's agreement")
        return None if given(self) else NOTHING

    def changes(self, item: Agreement | None, view: View) -> Iterator[Set]:
        yield Set("agreements", item.id if item else view.new_id(), given(self), new=item is None)


@decision(
    "agreement.withdraw", on=Agreement, roles=OFFICE, title=_("Withdraw the item"), done=_("Withdrawn from")
)
class WithdrawAgreement:
    """It is no longer agreed: no complaint is decided on it from now on. What was decided on it stays (DK-25)."""

    @staticmethod
    def blocked(item: Agreement, _view: View) -> str | None:
        return _withdrawn(item)

    def changes(self, item: Agreement, view: View) -> Iterator[Set]:
        today = view.now.astimezone(view.zone).date().isoformat()
        yield Set("agreements", item.id, {"withdrawn_on": today})


def _withdrawn(item: Agreement) -> str | None:
    if item.withdrawn_on is None:
        return None
    return _("it was withdrawn on %(day)s: agree on it anew") % {"day": item.withdrawn_on.isoformat()}


def _day(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day

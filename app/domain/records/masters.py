"""Areas, people, customers and what was agreed with and promised to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.fields import BOOL, DAY, INSTANT, INT, LINE, LIST, TEXT, choice, ref, refs
from app.domain.kinds import Record, declare, kept
from app.text import _

ROLES = ("supervisor", "first_assistant", "service_assistant", "trainer", "manager", "hr", "office")


@declare("areas", one=_("area"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Record):
    """A supervisor's geographic area of responsibility. ``closed_days`` are dates, or spans of them with ``..``.

    An absence of its people reported less than ``acute_minutes`` before a shift is acute (DK-09).
    """

    name: str = kept(LINE)
    country: str | None = kept(LINE)
    timezone: str | None = kept(LINE)
    hours: str | None = kept(LINE)
    closed_days: tuple[str, ...] = kept(LIST, default=())
    supervisor: str | None = kept(ref("people"))
    acute_minutes: int | None = kept(INT)


@declare("people", one=_("person"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Someone who works for the company or a provider. ``location`` is "lat,lon" in degrees."""

    name: str = kept(LINE)
    role: str = kept(choice(*ROLES))
    area: str | None = kept(ref("areas"))
    firm: str | None = kept(LINE)
    phone: str | None = kept(LINE)
    email: str | None = kept(LINE)
    location: str | None = kept(LINE)
    languages: tuple[str, ...] = kept(LIST, default=())
    skills: tuple[str, ...] = kept(LIST, default=())
    consent_at: datetime | None = kept(INSTANT)
    active: bool = kept(BOOL, default=True)


@declare("customers", one=_("customer"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Record):
    """A customer's site. ``location`` is "lat,lon" in degrees, ``modules`` the onboarding that it requires."""

    name: str = kept(LINE)
    area: str | None = kept(ref("areas"))
    address: str | None = kept(LINE)
    location: str | None = kept(LINE)
    status: str | None = kept(LINE)
    contract_start: date | None = kept(DAY)
    contract_end: date | None = kept(DAY)
    modules: tuple[str, ...] = kept(refs("modules"), default=())


@declare("agreements", one=_("agreement item"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """One item of what was agreed with a customer: it decides whether a complaint is justified (DK-25).

    One that was withdrawn decides nothing any more; what was decided on it stays.
    """

    customer: str = kept(ref("customers"))
    task: str = kept(LINE)
    place: str | None = kept(LINE)
    frequency: str | None = kept(LINE)
    included: bool = kept(BOOL, default=True)
    note: str | None = kept(TEXT)
    withdrawn_on: date | None = kept(DAY)

    @property
    def label(self) -> str:
        """The item in one line."""
        said = (self.task, self.place, self.frequency, None if self.included else _("not included"))
        return ", ".join(filter(None, said))


@declare("promises", one=_("promise"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Record):
    """A time-bound commitment to a customer; ``external`` is its short id, such as P7."""

    title: str = kept(LINE)
    trigger: str | None = kept(LINE)
    duty: str | None = kept(LINE)
    limit: str | None = kept(LINE)
    clock: str | None = kept(LINE)
    direction: str | None = kept(LINE)
    compensation: str | None = kept(LINE)
    area: str | None = kept(ref("areas"))
    customer: str | None = kept(ref("customers"))

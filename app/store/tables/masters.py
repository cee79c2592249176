"""Folded: areas, people, customers, agreements, promises."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.store.schema import Base
from app.store.tables.common import Folded


class AreaRow(Folded, Base):
    """Folded: a supervisor's geographic area of responsibility."""

    __tablename__ = "areas"

    name: Mapped[str | None]
    country: Mapped[str | None]
    timezone: Mapped[str | None]
    hours: Mapped[str | None]
    closed_days: Mapped[str | None]
    supervisor: Mapped[str | None]
    acute_minutes: Mapped[int | None]


class PersonRow(Folded, Base):
    """Folded: someone who works for the company or a provider. ``location`` is "lat,lon" in degrees."""

    __tablename__ = "people"

    name: Mapped[str | None]
    role: Mapped[str | None]
    area: Mapped[str | None]
    firm: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    location: Mapped[str | None]
    languages: Mapped[str | None]
    skills: Mapped[str | None]
    consent_at: Mapped[str | None]
    active: Mapped[bool | None]

    __table_args__ = (Index("people_area", "area"),)


class CustomerRow(Folded, Base):
    """Folded: a customer's site. ``location`` is "lat,lon" in degrees, ``modules`` the onboarding it requires."""

    __tablename__ = "customers"

    name: Mapped[str | None]
    area: Mapped[str | None]
    address: Mapped[str | None]
    location: Mapped[str | None]
    status: Mapped[str | None]
    contract_start: Mapped[str | None]
    contract_end: Mapped[str | None]
    modules: Mapped[str | None]

    __table_args__ = (Index("customers_area", "area"),)


class AgreementRow(Folded, Base):
    """Folded: one item of what was agreed with a customer: it decides whether a complaint is justified (DK-25)."""

    __tablename__ = "agreements"

    customer: Mapped[str | None]
    task: Mapped[str | None]
    place: Mapped[str | None]
    frequency: Mapped[str | None]
    included: Mapped[bool | None]
    note: Mapped[str | None]
    withdrawn_on: Mapped[str | None]

    __table_args__ = (Index("agreements_customer", "customer"),)


class PromiseRow(Folded, Base):
    """Folded: a time-bound commitment to a customer; ``external`` is its short id, such as P7."""

    __tablename__ = "promises"

    title: Mapped[str | None]
    trigger: Mapped[str | None]
    duty: Mapped[str | None]
    limit: Mapped[str | None]
    clock: Mapped[str | None]
    direction: Mapped[str | None]
    compensation: Mapped[str | None]
    area: Mapped[str | None]
    customer: Mapped[str | None]

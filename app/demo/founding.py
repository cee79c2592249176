"""How the demo's team begins: its areas, people, customers and agreements, the promises and the modules."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta

from app.demo.acts import Act, Part, act, imported
from app.demo.world import District, Item, Site, Worker, World
from app.domain.change import Body
from app.domain.content import PromiseSpec
from app.domain.instants import to_text
from app.domain.publishing import module_id, promise_writes, publish_writes
from app.store.content import modules, promises

OFFICE, TRAINER, MANAGER, HR = "Anders Kjær", "Marianne Lyng", "Henrik Vang", "Birgit Toft"
TAUGHT = "P7"
"""The promise that was shortened of late: who learned the longer one repeats what teaches it (FI-48, FI-21)."""
TAUGHT_IN, DEMANDING = "meeting-the-customer", "Strandgaard Kitchen"
"""The module that teaches it, and the customer who lets nobody work there without it."""
_LIMIT_BEFORE = "10wd"


def founding(world: World, at: datetime) -> Iterator[Act]:
    """The first day of the team: what the office hands over, and what it promises and teaches."""
    office, trainer = world.who(OFFICE).id, world.who(TRAINER).id
    for area in world.areas:
        yield act(at, office, "area.add", "areas", area.id, _area(area))
    later = at + timedelta(minutes=10)
    yield imported(later, office, (_person(world, one, at) for one in world.people))
    yield imported(later, office, (_customer(world, one) for one in world.sites))
    yield imported(later, office, (_agreement(site, one) for site in world.sites for one in site.items))
    for area in world.areas:
        lead = {"supervisor": area.supervisor}
        yield act(at + timedelta(minutes=15), office, "area.change", "areas", area.id, lead)
    parts = tuple(Part(*one) for one in promise_writes(promises_before()))
    yield Act(at + timedelta(hours=1), world.who(MANAGER).id, "promise.publish", parts)
    for number, module in enumerate(modules()):
        parts = tuple(Part(*one) for one in publish_writes(module))
        yield Act(at + timedelta(hours=3 + number), trainer, "module.publish", parts)


def promises_before() -> tuple[PromiseSpec, ...]:
    """The promises as they were at the beginning."""
    return tuple(
        PromiseSpec(
            one.id, one.title, one.trigger, one.duty, _LIMIT_BEFORE if one.id == TAUGHT else one.limit,
            one.clock, one.direction, one.compensation,
        )
        for one in promises()
    )  # fmt: skip


def _area(one: District) -> Body:
    return {
        "name": one.name,
        "country": "DK",
        "timezone": "Europe/Copenhagen",
        "hours": "mon-fri 08:00-17:00",
    }


def _person(world: World, one: Worker, at: datetime) -> Part:
    area = next(area.id for area in world.areas if area.name == one.area)
    number = int(one.number)
    firm = one.firm or world.content.firms[0]
    fields: Body = {
        "external": one.number,
        "name": one.name,
        "role": one.role,
        "area": area,
        "phone": f"+45 70 {number // 100 % 100:02d} {number % 100:02d} {number * 37 % 100:02d}",
        "email": f"{_mail_name(one.name)}@{_mail_name(firm.split()[0])}.example",
        "location": one.location,
        "languages": list(one.languages),
        "skills": list(one.skills),
        "consent_at": to_text(at),
        "active": True,
    }
    if one.firm is not None:
        fields["firm"] = one.firm
    return Part("people", one.id, fields)


def _mail_name(name: str) -> str:
    spelled = name.casefold().replace("æ", "ae").translate(str.maketrans("øłı ", "oli."))
    plain = unicodedata.normalize("NFKD", spelled)
    return "".join(char for char in plain if char.isascii() and (char.isalnum() or char == "."))


def _customer(world: World, one: Site) -> Part:
    fields: Body = {
        "external": one.number,
        "name": one.name,
        "area": next(area.id for area in world.areas if area.name == one.area),
        "address": one.address,
        "location": one.location,
        "status": one.status,
        "contract_start": one.start.isoformat(),
    }
    if one.end is not None:
        fields["contract_end"] = one.end.isoformat()
    if one.name == DEMANDING:
        fields["modules"] = [module_id(TAUGHT_IN)]
    return Part("customers", one.id, fields)


def _agreement(site: Site, one: Item) -> Part:
    fields = {
        "external": one.number,
        "customer": site.id,
        "task": one.spec.task,
        "place": one.spec.place,
        "frequency": one.spec.frequency,
        "included": one.spec.included,
        "note": one.spec.note,
    }
    return Part("agreements", one.id, fields)

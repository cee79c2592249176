"""The contacts with customers, what is to be followed up today, a hand-over, and one conflict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.demo.acts import Act, Part, act
from app.demo.founding import OFFICE
from app.demo.world import DEMO_PERSON, Site, World
from app.domain.change import Body
from app.domain.ids import random_id
from app.domain.instants import to_text
from app.store.demo_content import DemoContact

_FOLLOWED_UP = (("Nordhavn School", 5, 0), ("Strandgaard Kitchen", 11, -2), ("Møllebo School", 2, 0))
"""Where something is to be followed up: the site, the words, and the day it was promised for."""
_CONFLICTED = "Per Sten"


def contacts(world: World) -> Iterator[Act]:
    """Every act about contacts, and the odds and ends between colleagues."""
    yield from _due(world)
    yield from _earlier(world)
    yield from _two_numbers(world)
    yield _handover(world)


def _log(world: World, at: datetime, site: Site, words: DemoContact, follow_up: str | None = None) -> Act:
    lead = world.supervisor(site.area)
    fields: Body = {
        "customer": site.id,
        "person": lead.id,
        "at": to_text(at),
        "channel": words.channel,
        "keywords": list(words.keywords),
        "text": words.text,
    }
    if follow_up is not None:
        fields["follow_up"] = follow_up
    return act(at, lead.id, "contact.log", "contacts", random_id(world.entropy), fields)


def _due(world: World) -> Iterator[Act]:
    """The latest contact of its customer, so that nobody has come back to it yet."""
    times = world.times
    for name, words, day in _FOLLOWED_UP:
        at = times.at(times.weekday_before(-4), "14:35")
        yield _log(world, at, world.site(name), world.content.contacts[words], times.day(day).isoformat())


def _earlier(world: World) -> Iterator[Act]:
    choose = world.choices("contacts")
    for site in world.sites:
        for number in range(2 * world.size.depth):
            days = world.times.weekday_before(-12 - 26 * number - choose.randint(0, 24))
            at = world.times.office(days, f"{8 + choose.randint(0, 7):02d}:{choose.randint(0, 59):02d}")
            yield _log(world, at, site, choose.choice(world.content.contacts))


def _two_numbers(world: World) -> Iterator[Act]:
    """A new phone number, written down by two who could not see each other's: a conflict to settle."""
    times, person = world.times, world.who(_CONFLICTED).id
    saw = times.at(-4, "12:00")
    for at, by, phone in (
        (times.at(-4, "15:05"), DEMO_PERSON, "+45 70 31 44 09"),
        (times.at(-4, "15:40"), OFFICE, "+45 70 31 44 90"),
    ):
        part = Part("people", person, {"phone": phone})
        yield Act(at, world.who(by).id, "person.change", (part,), saw=saw)


def _handover(world: World) -> Act:
    """What a colleague leaves for the morning; shown until it is acknowledged."""
    at = world.times.at(-1, "20:15")
    area = next(one for one in world.areas if one.name == "North")
    fields = {
        "area": area.id,
        "given_by": world.who("Ole Dam").id,
        "at": to_text(at),
        "text": world.content.handovers[0],
    }
    return act(at, world.who("Ole Dam").id, "handover.give", "handovers", random_id(world.entropy), fields)

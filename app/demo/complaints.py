"""The complaints of the demo: this morning's script, at every stage, and the closed ones of past weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.demo.acts import Act
from app.demo.cases import Case
from app.demo.sites import UNMATCHED, unmatched_text
from app.demo.world import Site, World
from app.store.demo_content import DemoComplaint

_CHANNELS = ("email", "phone", "form", "in_person", "sms", "web")


def complaints(world: World) -> Iterator[Act]:
    """Every act about complaints."""
    yield from _waiting(world)
    yield from _due_today(world)
    yield from _in_hand(world)
    yield from _decided(world)
    yield from _taken_up_again(world)
    yield from _elsewhere(world)
    yield from _earlier(world)


def _words(world: World, task: str, language: str = "en") -> DemoComplaint:
    fitting = [one for one in world.content.complaints if one.task == task]
    return next((one for one in fitting if one.language == language), fitting[0])


def _waiting(world: World) -> Iterator[Act]:
    """Unread since the night: one names an item, one names nothing, one fits no item."""
    times = world.times
    kitchen = Case(world, world.site("Harbour Hotel"), _words(world, "Kitchen floor"))
    yield kitchen.received(times.at(0, "05:10"), "email")
    unmatched = next(one for one in world.content.complaints if one.text == unmatched_text(world.content))
    windows = Case(world, world.site(UNMATCHED), unmatched)
    yield windows.received(times.at(0, "06:22"), "email")
    vague = Case(world, world.site("Strandgaard Kitchen"), world.content.vague_complaints[0])
    yield vague.received(times.at(0, "06:31"), "sms")


def _due_today(world: World) -> Iterator[Act]:
    times = world.times
    case = Case(world, world.site("City Library"), _words(world, "Children's corner"))
    day = times.weekday_before(-3)
    yield case.received(times.at(day, "09:12"), "in_person")
    yield case.read(times.at(day, "09:31"))
    yield case.acknowledged(times.at(day, "09:34"))
    yield case.accepted(times.at(day, "11:05"), times.at(0, "12:00"), world.who("Emil Dahl"), 2)


def _in_hand(world: World) -> Iterator[Act]:
    """Acknowledged and to be decided; accepted and due later; extra work with its visit ahead."""
    times = world.times
    day = times.weekday_before(-3)
    undecided = Case(world, world.site("Nordhavn School"), _words(world, "Gym hall floor"))
    yield undecided.received(times.at(day, "13:40"), "phone")
    yield undecided.read(times.at(day, "13:58"))
    yield undecided.acknowledged(times.at(day, "14:02"))
    rooms = Case(world, world.site("Harbour Hotel"), _words(world, "Guest bathrooms"))
    yield rooms.received(times.at(day, "10:20"), "email")
    yield rooms.read(times.at(day, "10:41"))
    yield rooms.acknowledged(times.at(day, "10:44"))
    yield rooms.accepted(times.at(day, "12:10"), times.at(3, "15:00"), world.who("hotel stand-in"), 4)
    yard = Case(world, world.site("Nordhavn School"), _words(world, "Schoolyard litter", "da"))
    yield yard.received(times.at(day - 1, "08:05"), "phone")
    yield yard.read(times.at(day - 1, "08:20"))
    yield yard.extra_work(times.at(day - 1, "09:15"), times.at(2, "13:00"), "Lene, the caretaker", 1)


def _decided(world: World) -> Iterator[Act]:
    """Solved on Friday and not closed yet; rejected, with the reason as the reply."""
    times, helper = world.times, world.who("Jonas Berg")
    day = times.weekday_before(-3)
    boards = Case(world, world.site("Nordhavn School"), _words(world, "Whiteboards", "da"))
    yield boards.received(times.at(day - 2, "11:20"), "phone")
    yield boards.read(times.at(day - 2, "11:45"))
    yield boards.accepted_at_once(times.at(day - 2, "11:52"), times.at(day, "16:00"), helper)
    yield boards.solved(times.at(day, "14:20"), helper)
    coffee = Case(world, world.site(UNMATCHED), _words(world, "Coffee machine"))
    yield coffee.received(times.at(day - 1, "13:05"), "email")
    yield coffee.read(times.at(day - 1, "13:22"))
    yield coffee.rejected(times.at(day - 1, "13:40"))


def _taken_up_again(world: World) -> Iterator[Act]:
    times, helper = world.times, world.who("on holiday soon")
    case = Case(world, world.site("Harbour Hotel"), _words(world, "Corridor carpets", "sv"))
    yield case.received(times.at(-14, "08:40"), "email")
    yield case.read(times.at(-14, "08:55"))
    yield case.acknowledged(times.at(-14, "08:57"))
    yield case.accepted(times.at(-14, "10:30"), times.at(-12, "12:00"), helper)
    yield case.solved(times.at(-12, "10:40"), helper, 2)
    yield case.closed(times.at(-11, "08:15"))
    day = times.weekday_before(-2)
    yield case.reopened(times.at(day, "15:30"), "The carpet outside room 318 is the same again")
    yield case.talked(times.at(day, "15:38"))


def _elsewhere(world: World) -> Iterator[Act]:
    """The colleagues' own: one read and not answered yet, one in hand, one whose visit has been."""
    times = world.times
    rooms = Case(world, world.site("Cykelværket"), _words(world, "Fitting rooms"))
    yield rooms.received(times.at(0, "05:55"), "web")
    yield rooms.read(times.at(0, "06:25"))
    clinic = Case(world, world.site("Søparken Clinic"), _words(world, "Treatment rooms"))
    day = times.weekday_before(-4)
    yield clinic.received(times.at(day, "07:50"), "phone")
    yield clinic.read(times.at(day, "08:05"))
    yield clinic.acknowledged(times.at(day, "08:06"))
    yield clinic.accepted(times.at(day, "09:20"), times.at(1, "08:00"), world.who("lakes stand-in"), 3)
    snow = Case(world, world.site("Møllebo School"), _words(world, "Snow clearing", "da"))
    yield snow.received(times.at(day - 1, "08:10"), "phone")
    yield snow.read(times.at(day - 1, "08:30"))
    yield snow.extra_work(times.at(day - 1, "09:05"), times.at(-1, "06:00"), "Birthe, the office", 0)


def _earlier(world: World) -> Iterator[Act]:
    """The closed ones of the past months, as many as the depth asks for."""
    choose = world.choices("complaints")
    for site in world.sites:
        fitting = world.content.complaints_for(site.kind)
        possible = [one for one in fitting if any(item.spec.task == one.task for item in site.items)]
        for number in range(max(world.size.depth, 1)):
            if site.status == "starting" or not possible:
                continue
            days = world.times.weekday_before(-choose.randint(12, 60) - 50 * number)
            yield from _closed(world, site, choose.choice(possible), days, choose.randint(0, 99))


def _closed(world: World, site: Site, words: DemoComplaint, days: int, turn: int) -> Iterator[Act]:
    times = world.times
    case = Case(world, site, words)
    start = times.office(days, f"{8 + turn % 7:02d}:{turn % 60:02d}")
    helpers = world.helpers(site.area)
    helper = helpers[turn % len(helpers)]
    yield case.received(start, _CHANNELS[turn % len(_CHANNELS)])
    yield case.read(start + timedelta(minutes=6 + turn % 40))
    if not words.covered:
        yield case.rejected(start + timedelta(minutes=50 + turn % 60), turn)
        yield case.closed(times.office(days + 1, "08:20"))
        return
    yield case.acknowledged(start + timedelta(minutes=9 + turn % 40))
    ends = times.office(days + 2, "15:00")
    yield case.accepted(start + timedelta(minutes=95 + turn), ends, helper, turn)
    yield case.solved(ends - timedelta(minutes=turn * 3), helper, turn)
    yield case.closed(times.office(days + 3, "08:05"))

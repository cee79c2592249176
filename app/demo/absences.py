"""The absences of the demo: this morning's, those that are in hand, and earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from app.demo.acts import Act, Part, act
from app.demo.founding import HR, OFFICE
from app.demo.roster import BACK, Visit
from app.demo.world import DEMO_PERSON, Worker, World
from app.domain.change import Body
from app.domain.ids import random_id
from app.domain.instants import to_text


def absences(world: World, visits: Iterable[Visit]) -> Iterator[Act]:
    """Every act about absences, and the covers that they called for."""
    ours = list(visits)
    yield from _this_morning(world)
    yield from _tomorrow(world)
    yield from _holiday(world, ours)
    yield from _open_ended(world, ours)
    yield from _withdrawn(world)
    yield from _earlier(world)


def _report(
    world: World, at: datetime, person: Worker, kind: str, period: tuple[str, str | None], **more: str
) -> tuple[str, Act]:
    """(id, act) of a report by the office, which is how most of them come in."""
    id_ = random_id(world.entropy)
    fields: Body = {
        "person": person.id,
        "kind": kind,
        "from": period[0],
        "reported_by": "phone",
        "reported_at": to_text(at),
        **more,
    }
    if period[1] is not None:
        fields["until"] = period[1]
    return id_, act(at, world.who(OFFICE).id, "absence.report", "absences", id_, fields)


def _approve(at: datetime, id_: str, by: Worker) -> Act:
    fields = {"status": "approved", "approved_by": by.id, "approved_at": to_text(at)}
    return act(at, by.id, "absence.approve", "absences", id_, fields)


def _this_morning(world: World) -> Iterator[Act]:
    """Reported and not yet approved: three for Mette Holm, one that has not called for Ole Dam (DK-09)."""
    times = world.times
    until = times.text(1, "00:00")
    calls = (
        ("05:52", "away later today", "child_sick", "12:30", {"reported_by": "system"}),
        ("06:21", "Laine Kask", "sick", "06:20", {"reported_by": "system"}),
        ("06:33", "Jonas Berg", "sick", "06:40", {"called_at": times.text(0, "06:32")}),
        ("06:38", "Ana Ruiz", "sick", "06:35", {"called_at": times.text(0, "06:37")}),
    )
    for at, who, kind, start, more in calls:
        period = (times.text(0, start), until)
        _id, report = _report(world, times.at(0, at), world.who(who), kind, period, **more)
        yield report


def _tomorrow(world: World) -> Iterator[Act]:
    """Approved last night; the visit of tomorrow is nobody's yet."""
    times, lead = world.times, world.who(DEMO_PERSON)
    period = (times.text(1, "00:00"), times.text(2, "00:00"))
    person = world.who("away tomorrow")
    id_, report = _report(world, times.at(-1, "19:10"), person, "child_sick", period)
    yield report
    yield _approve(times.at(-1, "19:30"), id_, lead)


def _holiday(world: World, visits: list[Visit]) -> Iterator[Act]:
    """Ahead, approved and covered."""
    times, lead, person = world.times, world.who(DEMO_PERSON), world.who("on holiday soon")
    id_, report = _report(
        world, times.at(-13, "10:05"), person, "holiday", (times.text(3, "00:00"), times.text(5, "00:00")),
        reported_by="in_person", note=world.content.absence_notes[0],
    )  # fmt: skip
    yield report
    yield _approve(times.at(-12, "08:40"), id_, lead)
    away = [one for one in _visits_of(visits, person) if one.days in (3, 4)]
    yield from _cover(times.at(-3, "10:20"), lead, away, world.who("hotel stand-in"))


def _open_ended(world: World, visits: list[Visit]) -> Iterator[Act]:
    """Since last week, without an end; approved, and covered as far as the roster goes."""
    times, lead, person = world.times, world.who("Ida Krogh"), world.who("ill since last week")
    id_, report = _report(
        world, times.at(-6, "06:12"), person, "sick", (times.text(-6, "06:00"), None),
        called_at=times.text(-6, "06:10"),
    )  # fmt: skip
    yield report
    yield _approve(times.at(-6, "06:44"), id_, lead)
    away = [one for one in _visits_of(visits, person) if one.days >= -6]
    yield from _cover(times.at(-6, "06:55"), lead, away, world.who("lakes stand-in"))
    asked = times.at(-2, "11:00")
    fields = {"certificate_requested_at": to_text(asked)}
    yield act(asked, world.who(HR).id, "absence.request_certificate", "absences", id_, fields)


def _visits_of(visits: list[Visit], person: Worker) -> list[Visit]:
    return [one for one in visits if one.person is not None and one.person.id == person.id]


def _cover(at: datetime, by: Worker, visits: list[Visit], substitute: Worker) -> Iterator[Act]:
    """A cover plan taken as one: every visit to the same substitute."""
    parts = tuple(
        Part(
            "shifts",
            one.id,
            {
                "person": substitute.id,
                "covers_for": one.person.id if one.person else None,
                "note": None,
                "override": None,
            },
        )
        for one in visits
    )
    if parts:
        yield Act(at, by.id, "shift.assign", parts)


def _withdrawn(world: World) -> Iterator[Act]:
    times, person = world.times, world.who("Emil Dahl")
    period = (times.text(-10, "00:00"), times.text(-9, "00:00"))
    id_, report = _report(world, times.at(-11, "15:10"), person, "other", period)
    yield report
    fields = {"status": "withdrawn", "reason": "Entered for the wrong person"}
    yield act(times.at(-11, "15:25"), world.who(DEMO_PERSON).id, "absence.withdraw", "absences", id_, fields)


def _earlier(world: World) -> Iterator[Act]:
    """Those of the past months; they end before the roster begins."""
    choose = world.choices("absences")
    for person in world.helpers():
        for number in range(choose.randint(0, world.size.depth)):
            days = -(BACK + 14 + number * 50 + choose.randint(0, 38))
            yield from _past(world, person, days, choose.randint(1, 9), holiday=choose.random() < 0.3)


def _past(world: World, person: Worker, days: int, length: int, *, holiday: bool) -> Iterator[Act]:
    times, lead = world.times, world.supervisor(person.area)
    ends = days + min(length, -days - BACK - 2)
    start = times.office(days, "00:00" if holiday else "05:40")
    planned = to_text(times.office(ends, "00:00")) if holiday or length < 3 else None
    reported = times.office(days - 12, "13:20") if holiday else start + timedelta(minutes=8)
    id_, report = _report(
        world, reported, person, "holiday" if holiday else "sick", (to_text(start), planned)
    )
    yield report
    yield _approve(reported + timedelta(minutes=35), id_, lead)
    if planned is None:
        back = times.office(ends, "08:15")
        fields = {"status": "ended", "until": to_text(back)}
        yield act(back, lead.id, "absence.end", "absences", id_, fields)

"""What the cover rules look at, read in a few statements, is what the records say one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from app.desk import Desk, Refused, View
from app.domain.cover import Facts
from app.domain.cover.ranking import RECENTLY, STEPS_IN
from app.domain.cover.rules import weeks
from app.domain.records import Absence, Person, Shift
from app.queries.cover import candidates, question, uncovered
from app.store.cover_facts import KNOWN
from tests.support import NOW, PEOPLE, make_desk, report_absence

CUSTOMERS = ("Havnens Kontor", "Solgaarden", "Klinik Nord", "Bageriet Syd")
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Three weeks of visits, some taken over, some cancelled, some with an offer; the same in every run."""
    desk = make_desk(tmp_path_factory.mktemp("facts"))
    choose = random.Random("three weeks")
    names = [name for name, role, *_rest in PEOPLE if role in STEPS_IN]
    for number in range(70):
        start = NOW + timedelta(minutes=30 * choose.randint(-14 * 48, 7 * 48))
        end = start + timedelta(minutes=choose.choice((60, 180, 300)))
        given = {"customer": choose.choice(CUSTOMERS), "start": start.isoformat(), "end": end.isoformat()}
        who = choose.choice([*names, None])
        id_ = desk.take("shift.add", None, {**given, "person": who, "override": "as it was planned"}).id
        if number % 6 == 0:
            other = choose.choice([name for name in names if name != who])
            desk.take("shift.assign", id_, {"person": other, "override": "as it was"})
        if number % 10 == 0:
            desk.take("shift.offer", id_, {"person": choose.choice(names), "channel": "sms", "answer": "no"})
        if number % 13 == 0:
            desk.take("shift.cancel", id_, {"reason": "closed", "agreed_with": "Lis"})
    report_absence(desk, "Emil Dahl", until="tomorrow 12:00")
    report_absence(desk, "Nora Voss", **{"from": "26/11"})
    desk.take("absence.withdraw", report_absence(desk, "Aksel Toft"), {"reason": "by mistake"})
    yield desk
    desk.close()


Told = tuple[list[tuple[object, ...]], list[tuple[object, ...]], int, list[datetime], str]


def told(facts: Facts) -> Told:
    """What is known of someone, to compare."""
    return (
        sorted((one.id, one.customer, one.start, one.end) for one in facts.shifts),
        sorted((one.from_, str(one.until)) for one in facts.absences),
        facts.visits,
        sorted(facts.stepped_in),
        facts.answer,
    )


def spelled_out(view: View, person: str, shift: Shift) -> Told:
    """The same, looked up record by record."""
    spans = weeks(shift, view.rules)
    first, last = spans[0][0] - DAY, spans[-1][1] + DAY
    own = [one for one in view.find(Shift, person=person) if one.status == "planned"]
    away = [one for one in view.find(Absence, person=person) if one.status != "withdrawn"]
    known = [one for one in own if view.now - KNOWN < one.start and one.end < view.now]
    said = [one["answer"] for one in shift.offers if one["person"] == person]
    return (
        sorted(
            (one.id, one.customer, one.start, one.end) for one in own if one.start < last and one.end > first
        ),
        sorted(
            (one.from_, str(one.until))
            for one in away
            if one.from_ < last and (one.until is None or one.until > first)
        ),
        sum(one.customer == shift.customer for one in known),
        sorted(one.start for one in own if one.covers_for and abs(one.start - view.now) < RECENTLY),
        said[-1] if said else "",
    )


def test_the_facts_are_those_of_the_records(desk: Desk) -> None:
    def compared(view: View) -> int:
        shifts = view.find(Shift)
        count = 0
        assert {one.id for one in view.situation(shifts).people} == {
            one.id for one in view.find(Person, active=True) if one.role in STEPS_IN
        }
        for shift in shifts:
            alone = view.situation([shift])
            for facts in alone.everyone(shift):
                who = facts.person.id
                assert told(facts) == spelled_out(view, who, shift)
                assert view.situation([shift], who).of(who, shift) == facts
                count += 1
        return count

    assert desk.ask(compared) > 300


def test_no_single_choice_breaks_a_rule_silently(desk: Desk) -> None:
    """What the list calls free can be taken; all else is refused without a reason, whoever asks."""
    tried = 0
    for shift in desk.ask(uncovered, everywhere=True):
        for one in desk.ask(candidates, shift.id, 50):
            if one.free:
                desk.take("shift.assign", shift.id, {"person": one.person})
                desk.undo()
            else:
                with pytest.raises(Refused) as why:
                    desk.take("shift.assign", shift.id, {"person": one.person})
                assert one.obstacles[0].said in str(why.value) or one.absent
            tried += 1
    assert tried > 15


def test_no_plan_breaks_a_rule_silently(desk: Desk) -> None:
    """The decision asks the same rules again, each shift with all else that its person gets."""
    shifts = desk.ask(uncovered, everywhere=True)
    plan = desk.ask(lambda view: question(view, shifts)).answered(lambda: 0.0, 60)
    assert plan.given
    assert len(desk.take("shift.cover", None, {"plan": plan.choices}).records) == len(plan.given)
    desk.undo()
    person = plan.given[0].who.person
    greedy = {one.id: person for one in shifts}
    with pytest.raises(Refused):
        desk.take("shift.cover", None, {"plan": greedy})

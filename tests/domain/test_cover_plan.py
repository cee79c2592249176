"""The best plan for all uncovered shifts at once: as good as trying everything, and never over a rule."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.cover import Facts, Rules, Site, obstacles
from app.domain.cover.choosing import Option, Task, breaks, cost, greedy, options_of
from app.domain.cover.plan import CoverPlan, best_plan
from app.domain.cover.ranking import price
from app.domain.records import Absence, Person, Shift

ZONE = ZoneInfo("Europe/Copenhagen")
MONDAY = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
PLACES = ("55.70,12.50", "55.71,12.52", "55.70,12.82")
RULES = Rules(
    zone=ZONE,
    sites={
        "a": Site("North", PLACES[0]),
        "b": Site("North", PLACES[1]),
        "c": Site("South", PLACES[2], {"m": "Keys"}),
    },
)


def still() -> float:
    return 0.0


def shift(number: int | str, first: float, length: float, customer: str = "a", **given: object) -> Shift:
    start = MONDAY + timedelta(hours=first)
    end = start + timedelta(hours=length)
    return Shift(id=str(number), customer=customer, start=start, end=end, **given)  # type: ignore[arg-type]


hours = st.integers(0, 4 * 48).map(lambda half: half / 2)
lengths = st.integers(1, 12).map(lambda half: half / 2)
customers = st.sampled_from("abc")


@st.composite
def rosters(draw: st.DrawFn, most_shifts: int = 4, most_people: int = 4) -> list[Task]:
    """A few uncovered shifts within some days, and people with shifts, absences, skills and onboarding."""
    skills = st.sampled_from([(), (), ("windows",)])
    shifts = [
        shift(number, draw(hours), draw(lengths), draw(customers), skills=draw(skills))
        for number in range(draw(st.integers(1, most_shifts)))
    ]
    people = [draw(_someone(f"p{number}")) for number in range(draw(st.integers(1, most_people)))]
    visits = draw(st.lists(st.integers(0, 3), min_size=9 * 16, max_size=9 * 16))
    turn = iter(visits)
    return [Task(one, [replace(who, visits=next(turn)) for who in people]) for one in shifts]


@st.composite
def _someone(draw: st.DrawFn, name: str) -> Facts:
    own = [
        shift(f"{name}-{number}", draw(hours), draw(lengths), draw(customers))
        for number in range(draw(st.integers(0, 3)))
    ]
    away = []
    if draw(st.integers(0, 4)) == 0:
        start = MONDAY + timedelta(hours=draw(hours))
        until = draw(st.one_of(st.none(), st.just(start + timedelta(hours=6))))
        away = [Absence(id=name, person=name, kind="sick", from_=start, until=until)]
    person = Person(
        id=name,
        name=name,
        role=draw(st.sampled_from(["service_assistant", "first_assistant", "supervisor"])),
        area=draw(st.sampled_from(["North", "South"])),
        skills=draw(st.sampled_from([("windows",), ()])),
    )
    answer = draw(st.sampled_from(["", "", "", "no", "yes"]))
    valid = draw(st.sampled_from([frozenset("m"), frozenset()]))
    return Facts(person, own, away, valid=valid, answer=answer)


def everything(tasks: Sequence[Task], rules: Rules) -> tuple[int, int]:
    """The cost of the best of all possible plans."""
    options = [
        [None, *(one for one in task.everyone if one.person.role != "supervisor" and one.answer != "no")]
        for task in tasks
    ]
    found = []
    for choice in product(*options):
        chosen = {
            number: Option(number, one, price(tasks[number].shift, one, rules))
            for number, one in enumerate(choice)
            if one is not None
        }
        if not any(
            _cannot(person, tasks, chosen, rules) for person in {o.facts.person.id for o in chosen.values()}
        ):
            found.append(cost(tasks, chosen))
    return min(found)


def _cannot(person: str, tasks: Sequence[Task], chosen: dict[int, Option], rules: Rules) -> bool:
    own = [number for number, one in chosen.items() if one.facts.person.id == person]
    return breaks([tasks[number].shift for number in own], chosen[own[0]].facts, rules)


def cost_of(plan: CoverPlan, tasks: Sequence[Task], rules: Rules) -> tuple[int, int]:
    by_id = {task.shift.id: task for task in tasks}
    prices = [
        price(
            one.shift,
            next(who for who in by_id[one.shift.id].everyone if who.person.id == one.who.person),
            rules,
        )
        for one in plan.given
    ]
    return len(plan.left), sum(prices)


@settings(max_examples=70, deadline=None)
@given(rosters())
def test_no_plan_is_better_than_the_best_of_all_possible_ones(tasks: list[Task]) -> None:
    plan = best_plan(tasks, RULES, still, 60)
    assert plan.proven
    assert not plan.why_not
    assert cost_of(plan, tasks, RULES) == everything(tasks, RULES)
    assert len(plan.given) + len(plan.left) == len(tasks)


def keeps_the_rules(tasks: Sequence[Task], choices: dict[str, str], rules: Rules) -> None:
    """Every shift of the plan is asked of the rules, with all else that its person gets in it."""
    by_id = {task.shift.id: task for task in tasks}
    for id_, person in choices.items():
        facts = next(one for one in by_id[id_].everyone if one.person.id == person)
        besides = [by_id[other].shift for other, who in choices.items() if who == person and other != id_]
        facts = replace(facts, shifts=[*facts.shifts, *besides])
        assert obstacles(by_id[id_].shift, facts, rules) == ()
        assert facts.person.role != "supervisor"
        assert facts.answer != "no"


@settings(max_examples=50, deadline=None)
@given(rosters(most_shifts=9, most_people=9), st.booleans())
def test_a_plan_never_breaks_a_rule(tasks: list[Task], hurried: bool) -> None:
    """Neither the proven one, nor the best found in no time at all."""
    plan = best_plan(tasks, RULES, still, 0 if hurried else 60)
    keeps_the_rules(tasks, plan.choices, RULES)
    for one in plan.left:
        assert one.why
    if hurried:
        assert plan.proven is False
        assert plan.why_not == "the best found in 0 seconds"


@settings(max_examples=25, deadline=None)
@given(rosters(most_shifts=9, most_people=6))
def test_the_solver_is_never_worse_than_one_after_the_other(tasks: list[Task]) -> None:
    plan = best_plan(tasks, RULES, still, 60)
    ordered = sorted(tasks, key=lambda one: (one.shift.start, one.shift.id))
    options = [one for number, task in enumerate(ordered) for one in options_of(number, task, RULES)]
    assert cost_of(plan, tasks, RULES) <= cost(ordered, greedy(ordered, options, RULES))


def someone(name: str, *own: Shift, **given: object) -> Facts:
    person = Person(id=name, name=name, role="service_assistant", area="North", skills=("windows",))
    return Facts(person, own, **given)  # type: ignore[arg-type]


def test_one_person_gets_several_shifts_where_all_of_them_together_keep_the_rules() -> None:
    """Early, noon and late are too long a day for one: two of them are not."""
    shifts = [shift("early", 6, 2), shift("noon", 12, 2), shift("late", 18, 2)]
    plan = best_plan([Task(one, [someone("Sara")]) for one in shifts], RULES, still, 60)
    assert [one.who.name for one in plan.given] == ["Sara", "Sara"]
    assert [one.who.reasons[0] for one in plan.given] == ["free then", "free then"]
    assert [one.why for one in plan.left] == ["needed elsewhere: Sara"]


def test_what_cannot_be_covered_says_which_rule_stands_against_the_nearest() -> None:
    wanted = shift("x", 8, 3, "c", skills=("windows",))
    busy = shift("own", 7, 3)
    lead = replace(
        someone("Mette", valid=frozenset("m")), person=replace(someone("Mette").person, role="supervisor")
    )
    everyone = [
        someone("Sara", held=frozenset("m")),
        someone("Emil"),
        someone("Per", busy, valid=frozenset("m")),
        someone("Lis", busy),
        lead,
    ]
    (left,) = best_plan([Task(wanted, everyone)], RULES, still, 60).left
    assert left.why == "nobody with a valid onboarding"
    assert [(one.name, one.against) for one in left.nearest] == [
        ("Emil", "no onboarding: Keys"),
        ("Sara", "must repeat: Keys"),
    ]
    assert left.supervisors == ("Mette",)


@pytest.mark.parametrize(
    ("everyone", "why"),
    [
        ([], "nobody is left to ask"),
        ([someone("Sara", answer="no")], "everyone who can has said no"),
        ([someone("Sara", shift("own", 7, 3))], "everyone has a shift then"),
        ([someone("Sara", shift("own", -8, 8))], "nobody would keep the daily rest"),
        ([someone("Sara", shift("own", 5, 3, "b"))], "nobody has the time for the way"),
    ],
)
def test_why_nobody_can(everyone: list[Facts], why: str) -> None:
    (left,) = best_plan([Task(shift("x", 8, 3), everyone)], RULES, still, 60).left
    assert left.why == why


def test_without_the_solver_the_plan_is_still_one_and_says_how_to_get_the_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    tasks = [Task(shift("x", 8, 3), [someone("Sara")])]
    plan = best_plan(tasks, RULES, still, 60)
    assert plan.choices == {"x": "Sara"}
    assert plan.proven is False
    assert "pip install 'tavle[cover]'" in plan.why_not


def test_the_time_is_kept() -> None:
    """A clock on which every look takes two seconds leaves no time for the solver."""
    ticks = count()
    plan = best_plan([Task(shift("x", 8, 3), [someone("Sara")])], RULES, lambda: 2.0 * next(ticks), 1.5)
    assert plan.choices == {"x": "Sara"}
    assert plan.why_not == "the best found in 1.5 seconds"

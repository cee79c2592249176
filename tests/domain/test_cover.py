"""Who can step in for a shift, and in which order (DK-11, DK-12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.cover import Facts, Limits, Rules, Site, candidate, distance_km, obstacles, ranked
from app.domain.records import Absence, Person, Shift

ZONE = ZoneInfo("Europe/Copenhagen")
MONDAY = datetime(2026, 11, 23, tzinfo=ZONE)
RULES = Rules(zone=ZONE, sites={"c": Site("North")})


def person(name: str = "Sara", **given: Any) -> Person:
    return Person(id=name, name=name, **{"role": "service_assistant", "area": "North", **given})


def shift(first: float, last: float, id_: str = "", **given: Any) -> Shift:
    """A shift by hours of Monday: 25 is Tuesday at 01:00."""
    start, end = (MONDAY.astimezone(UTC) + timedelta(hours=hour) for hour in (first, last))
    return Shift(id=id_ or f"{first}", customer="c", start=start, end=end, **given)


def said(wanted: Shift, facts: Facts, rules: Rules = RULES) -> tuple[str, ...]:
    return tuple(one.said for one in obstacles(wanted, facts, rules))


def against(wanted: Shift, *others: Shift, who: Person | None = None) -> tuple[str, ...]:
    return said(wanted, Facts(who or person(), others))


WANTED = shift(8, 12, "wanted")


def test_someone_free_can_take_it() -> None:
    assert against(WANTED) == ()
    assert against(WANTED, WANTED) == (), "their own shift is no obstacle to itself"


@pytest.mark.parametrize("hours", [(7, 9), (9, 10), (11.5, 14), (7, 13), (8, 12)])
def test_an_overlapping_shift_stands_against_it(hours: tuple[float, float]) -> None:
    assert against(WANTED, shift(*hours)) == ("has a shift then",)


@pytest.mark.parametrize("hours", [(4, 8), (12, 16), (5, 7), (17, 20)])
def test_another_shift_of_the_same_day_is_the_same_working_day(hours: tuple[float, float]) -> None:
    assert against(WANTED, shift(*hours)) == ()


@pytest.mark.parametrize("hours", [(-6, -2), (-2.9, -1), (-1.5, 1), (22, 26), (12, 21.5), (-4, 7)])
def test_eleven_hours_of_rest(hours: tuple[float, float]) -> None:
    """Between one day's shifts and the next's, and in any 24 hours."""
    assert against(WANTED, shift(*hours)) == ("11 h rest would be broken",)


def test_a_day_of_several_short_shifts_has_its_rest_too() -> None:
    assert against(WANTED, shift(5, 7), shift(13, 15), shift(17, 18)) == ()
    assert against(WANTED, shift(5, 7), shift(13, 15), shift(17, 19)) == ("11 h rest would be broken",)


@pytest.mark.parametrize("hours", [(-8, -3), (23, 27)])
def test_eleven_hours_are_enough(hours: tuple[float, float]) -> None:
    assert against(WANTED, shift(*hours)) == ()


def test_days_are_those_of_the_area() -> None:
    """A shift at half past midnight is of that day, though in UTC it still is the day before."""
    late = shift(0.5, 3)
    assert against(WANTED, late) == ()
    assert said(WANTED, Facts(person(), [late]), Rules()) == ("11 h rest would be broken",)


def test_absence_skills_and_having_left_stand_against_it() -> None:
    away = Absence(id="a", person="Sara", kind="sick", from_=MONDAY)
    wanted = shift(8, 12, "wanted", skills=("windows", "floors"))
    found = said(wanted, Facts(person(active=False, skills=("floors",)), (), (away,)))
    assert found == ("no longer with us", "absent then", "lacks: windows")


def test_the_order_of_candidates() -> None:
    """No rule broken, an assistant, same area, knows the site, a free day, near."""
    everyone = [
        Facts(person("busy"), [shift(7, 9)]),
        Facts(person("boss", role="supervisor"), visits=5),
        Facts(person("elsewhere", area="South"), visits=5),
        Facts(person("far"), km=30.0),
        Facts(person("near"), km=2.0),
        Facts(person("knows"), [shift(12, 14)], visits=3),
    ]
    found = ranked(WANTED, everyone, RULES)
    assert [one.name for one in found] == ["knows", "near", "far", "elsewhere", "boss", "busy"]
    assert [one.free for one in found] == [True] * 5 + [False]


@pytest.mark.parametrize("place", [None, "", "here", "1,2,3", "nan,nan", "inf,0", "91,0", "0,-181", ","])
def test_an_unknown_place_has_no_distance(place: str | None) -> None:
    assert distance_km(place, "55.6,12.5") is None
    assert distance_km("55.6,12.5", place) is None


def test_the_distance_between_copenhagen_and_aarhus() -> None:
    found = distance_km("55.676,12.568", " 56.157, 10.211")
    assert found is not None
    assert 154 < found < 159


NEAR, FAR = "55.700,12.500", "55.700,12.820"
"""Twenty kilometres from each other: forty minutes at 30 km/h."""
PLACES = Rules(zone=ZONE, sites={"c": Site("North", NEAR), "d": Site("North", FAR), "e": Site("North")})


@pytest.mark.parametrize(
    ("hours", "where", "missing"),
    [
        ((5, 8), "c", None),
        ((5, 7.5), "d", 11),
        ((5, 7.25), "d", None),
        ((12.5, 14), "d", 11),
        ((12, 14), "e", 10),
        ((12.25, 14), "e", None),
    ],
)
def test_the_way_between_two_sites_takes_time(
    hours: tuple[float, float], where: str, missing: int | None
) -> None:
    """None within a site, by the distance between two, and the least where a place is unknown."""
    other = replace(shift(*hours), customer=where)
    expected = (f"{missing} min short for the way",) if missing else ()
    assert said(WANTED, Facts(person(), [other]), PLACES) == expected


def test_the_hours_of_the_iso_week_have_a_limit() -> None:
    """The directive's 48 hours: what lies in the week before, or after it, does not count."""
    week = [shift(24 * day + 8, 24 * day + 17, f"day {day}") for day in range(1, 5)]
    early = shift(-30, -22, "Saturday")
    assert said(WANTED, Facts(person(), [*week, early])) == ()
    longer = shift(24 * 5 + 8, 24 * 5 + 16.5, "Saturday next")
    assert said(WANTED, Facts(person(), [*week, longer])) == ("48.5 h that week, 48 allowed",)
    law = replace(RULES, limits=Limits(weekly=timedelta(hours=37)))
    assert said(WANTED, Facts(person(), week), law) == ("40 h that week, 37 allowed",)


def test_a_shift_over_sunday_night_counts_in_both_weeks() -> None:
    night = shift(24 * 7 - 4, 24 * 7 + 4, "night")
    next_week = [shift(24 * 7 + 24 * day + 8, 24 * 7 + 24 * day + 19, f"{day}") for day in range(1, 5)]
    assert said(night, Facts(person(), next_week)) == ()
    next_week.append(shift(24 * 12 + 8, 24 * 12 + 8.5, "Saturday"))
    assert said(night, Facts(person(), next_week)) == ("48.5 h that week, 48 allowed",)


def test_what_a_customer_requires_must_be_held_as_it_is_now() -> None:
    """FI-48; where nothing is required, nobody is blocked."""
    rules = replace(RULES, sites={"c": Site("North", modules={"m": "Meeting the customer"})})
    assert said(WANTED, Facts(person()), rules) == ("no onboarding: Meeting the customer",)
    repeat = Facts(person(), held=frozenset("m"))
    assert said(WANTED, repeat, rules) == ("must repeat: Meeting the customer",)
    assert said(WANTED, Facts(person(), valid=frozenset("m")), rules) == ()
    assert said(WANTED, repeat) == ()


def test_who_is_away_for_a_part_of_the_day_can_go_in_the_other() -> None:
    """Their shifts in the absence are not worked: neither the hours nor the rest of them count."""
    early, away = shift(0, 7.5, "night"), Absence(id="a", person="Sara", kind="other", from_=MONDAY)
    until = replace(away, until=MONDAY + timedelta(hours=7.75))
    late = shift(13.5, 21, "late")
    assert said(late, Facts(person(), [early])) == ("11 h rest would be broken",)
    facts = Facts(person(), [early], [until])
    assert said(late, facts) == ()
    assert candidate(late, facts, RULES).reasons == ("free then",)
    assert candidate(late, Facts(person()), RULES).reasons == ("free",)
    assert said(late, Facts(person(), [early], [away])) == ("absent then",)


def test_who_stepped_in_of_late_is_asked_after_others_and_who_said_no_last() -> None:
    week_ago, yesterday = (MONDAY - timedelta(days=days) for days in (8, 1))
    everyone = [
        Facts(person("no"), answer="no"),
        Facts(person("twice"), stepped_in=[week_ago, yesterday]),
        Facts(person("boss", role="supervisor")),
        Facts(person("yes", area="South"), answer="yes"),
        Facts(person("once"), stepped_in=[week_ago]),
        Facts(person("never")),
    ]
    found = ranked(WANTED, everyone, RULES)
    assert [one.name for one in found] == ["yes", "never", "once", "twice", "boss", "no"]
    assert [one.willing for one in found] == [True] * 5 + [False]
    assert "supervisor: where nobody else can" in found[4].reasons


def test_the_impossible_come_by_how_much_stands_against_them_and_the_absent_last() -> None:
    wanted = shift(8, 12, "wanted", skills=("windows",))
    away = Absence(id="a", person="x", kind="sick", from_=MONDAY)
    everyone = [
        Facts(person("absent", skills=("windows",)), (), [away]),
        Facts(person("two"), [shift(7, 9)]),
        Facts(person("one")),
    ]
    assert [one.name for one in ranked(wanted, everyone, RULES)] == ["one", "two", "absent"]

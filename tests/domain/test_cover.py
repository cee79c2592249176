"""Who can step in for a shift, and in which order (DK-11, DK-12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.cover import Facts, distance_km, obstacles, ranked
from app.domain.records import Absence, Person, Shift

ZONE = ZoneInfo("Europe/Copenhagen")
MONDAY = datetime(2026, 11, 23, tzinfo=ZONE)


def person(name: str = "Sara", **given: Any) -> Person:
    return Person(id=name, name=name, **{"role": "service_assistant", "area": "North", **given})


def shift(first: float, last: float, id_: str = "", **given: Any) -> Shift:
    """A shift by hours of Monday: 25 is Tuesday at 01:00."""
    start, end = (MONDAY.astimezone(UTC) + timedelta(hours=hour) for hour in (first, last))
    return Shift(id=id_ or f"{first}", customer="c", start=start, end=end, **given)


def against(wanted: Shift, *others: Shift, who: Person | None = None) -> tuple[str, ...]:
    return obstacles(wanted, Facts(who or person(), others, ()), zone=ZONE)


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
    assert obstacles(WANTED, Facts(person(), [late], ())) == ("11 h rest would be broken",)


def test_absence_skills_and_having_left_stand_against_it() -> None:
    away = Absence(id="a", person="Sara", kind="sick", from_=MONDAY)
    wanted = shift(8, 12, "wanted", skills=("windows", "floors"))
    found = obstacles(wanted, Facts(person(active=False, skills=("floors",)), (), (away,)))
    assert found == ("no longer with us", "absent then", "lacks: windows")


def test_the_order_of_candidates() -> None:
    """No rule broken, an assistant, same area, knows the site, a free day, near."""
    everyone = [
        Facts(person("busy"), [shift(7, 9)], ()),
        Facts(person("boss", role="supervisor"), (), (), visits=5),
        Facts(person("elsewhere", area="South"), (), (), visits=5),
        Facts(person("far"), (), (), km=30.0),
        Facts(person("near"), (), (), km=2.0),
        Facts(person("knows"), [shift(12, 14)], (), visits=3),
    ]
    found = ranked(WANTED, everyone, "North", zone=ZONE)
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

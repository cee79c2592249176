"""``tavle cover``: the best plan for what is uncovered, shown or taken."""

from __future__ import annotations

import pytest

from app.queries.cover import Question
from tests.cli.conftest import Tavle

REPORT = ("do", "absence.report", "kind=sick", "from=now", "reported_by=phone")


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """The best plan is proven however busy the machine is."""
    monkeypatch.setattr(Question.answered, "__defaults__", (60.0,))


def test_the_plan_is_shown_and_nothing_is_taken(mette: Tavle) -> None:
    mette(*REPORT, "person=Jonas Berg")
    plan = mette("cover")
    assert (len(plan["covered"]), plan["uncovered"], plan["proven"]) == (2, [], True)
    one = plan["covered"][0]
    assert one["name"] == "Aksel Toft"
    assert one["start"] == "2026-11-23T07:00:00+01:00"
    assert one["reasons"][0] == "free"
    assert "change" not in plan
    assert mette("cover", "--plan") == plan
    assert mette("show", one["shift"])["person"] != one["person"]


def test_taken_it_is_one_decision_and_one_undo_gives_it_back(mette: Tavle) -> None:
    mette(*REPORT, "person=Jonas Berg")
    taken = mette("cover", "--take")
    assert taken["offline"] is True
    shifts = {one["shift"]: one["person"] for one in taken["covered"]}
    assert {id_: mette("show", id_)["person"] for id_ in shifts} == shifts
    assert mette("cover")["covered"] == []
    assert mette("undo")["change"]
    assert {one["shift"] for one in mette("cover")["covered"]} == set(shifts)
    assert mette("redo", taken["change"])["change"]
    assert mette("cover")["covered"] == []


def test_only_what_an_absence_leaves(mette: Tavle) -> None:
    jonas = mette(*REPORT, "person=Jonas Berg", "until=tomorrow 00:00")["id"]
    mette(*REPORT, "person=Emil Dahl")
    assert len(mette("cover")["covered"]) == 2
    assert len(mette("cover", jonas)["covered"]) == 1
    assert "ffff" in mette.refused(2, "cover", "ffff")


def test_for_people_it_is_a_table_with_the_reasons(mette: Tavle) -> None:
    assert mette.ends("cover").out == "Nothing is uncovered\n"
    for who in ("Sara Lind", "Aksel Toft"):
        mette(*REPORT, f"person={who}", "until=tomorrow 00:00")
    said = mette.ends("cover", "--take", "--offline")
    assert "uncovered" in said.out
    assert "everyone has a shift then" in said.out
    assert "change" not in said.out


def test_showing_and_taking_at_once_is_no_use(mette: Tavle) -> None:
    assert mette.refused(2, "cover", "--plan", "--take")

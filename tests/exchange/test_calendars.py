"""Shifts as a calendar: opened again by the library that others read it with (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from app.desk import Desk
from app.domain.fields import BadInput
from app.domain.plain import one_line
from app.exchange.exporting import export_file
from app.queries import records
from tests.exchange.imports import changes
from tests.support import NOW, id_of, make_desk, report_absence, shift_of


def events(desk: Desk, folder: Path, **where: str) -> dict[str, Any]:
    """UID → event of an export."""
    path = folder / "shifts.ics"
    count = export_file(desk, "shifts", path, lambda view: records.rows(view, "shifts", where))
    calendar = Calendar.from_ical(path.read_bytes())
    found = {str(one["uid"]): one for one in calendar.walk("VEVENT")}
    assert count == len(found)
    assert calendar["prodid"] == "-//Tavle//Tavle//EN"
    return found


def test_a_persons_shifts_open_as_what_they_are(desk: Desk, tmp_path: Path) -> None:
    desk.take("customer.change", id_of(desk, "customers", "Havnens Kontor"),
              {"address": "Kajen 4; bygning B, 2. sal", "location": "55.68,12.57"})  # fmt: skip
    found = events(desk, tmp_path, person="Jonas Berg")
    today = found[f"{shift_of(desk, 'Jonas Berg')}@tavle"]
    assert len(found) == 2
    assert today["dtstart"].dt == NOW.replace(hour=7, minute=0)
    assert today["dtend"].dt == NOW.replace(hour=11, minute=0)
    assert today["dtstamp"].dt == NOW
    assert today["summary"] == "Havnens Kontor · Jonas Berg"
    assert today["location"] == "Kajen 4; bygning B, 2. sal"
    assert (today["geo"].latitude, today["geo"].longitude) == (55.68, 12.57)
    assert (today["status"], today["sequence"]) == ("CONFIRMED", 0)


def test_times_are_utc_lines_are_folded_and_end_as_they_must(desk: Desk, tmp_path: Path) -> None:
    name = "Æblegården; afdeling 7, " * 8
    customer = desk.take("customer.add", None, {"name": name}).id
    desk.take(
        "shift.add", None, {"customer": customer, "start": "2027-03-28T01:30", "end": "2027-03-28T04:30"}
    )
    found = events(desk, tmp_path, customer=customer)
    raw = (tmp_path / "shifts.ics").read_bytes()
    assert b"DTSTART:20270328T003000Z" in raw
    assert b"DTEND:20270328T023000Z" in raw
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    [event] = found.values()
    assert event["summary"] == one_line(name.strip())
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=2)


def test_a_visit_keeps_its_uid_and_its_sequence_grows(desk: Desk, tmp_path: Path) -> None:
    uid = f"{shift_of(desk, 'Jonas Berg')}@tavle"
    customer = {"customer": "Havnens Kontor"}
    before = events(desk, tmp_path, **customer)[uid]
    desk.take("shift.assign", uid.removesuffix("@tavle"), {"person": "Aksel Toft"})
    covered = events(desk, tmp_path, **customer)[uid]
    desk.take(
        "shift.cancel", uid.removesuffix("@tavle"), {"reason": "The house is closed", "agreed_with": "Lene"}
    )
    cancelled = events(desk, tmp_path, **customer)[uid]
    assert [int(one["sequence"]) for one in (before, covered, cancelled)] == [0, 1, 2]
    assert [str(one["status"]) for one in (before, covered, cancelled)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]
    assert covered["summary"] == "Havnens Kontor · Aksel Toft"
    assert cancelled["transp"] == "TRANSPARENT"


def test_dk_14_who_is_away_is_no_customers_matter(desk: Desk, tmp_path: Path) -> None:
    report_absence(desk, called_at="06:35", note="takes the keys along")
    uncovered = events(desk, tmp_path, customer="Havnens Kontor")
    assert {str(one["status"]) for one in uncovered.values()} == {"TENTATIVE"}
    assert {str(one["summary"]) for one in uncovered.values()} == {"Havnens Kontor"}
    raw = (tmp_path / "shifts.ics").read_bytes()
    assert b"Jonas" not in raw
    assert b"sick" not in raw
    assert b"keys" not in raw


def test_twice_gives_the_same_bytes_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = changes(desk)
    events(desk, tmp_path)
    first = (tmp_path / "shifts.ics").read_bytes()
    events(desk, tmp_path)
    assert (tmp_path / "shifts.ics").read_bytes() == first
    assert changes(desk) == before


def test_nothing_but_shifts_is_a_calendar(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="a calendar holds shifts"):
        export_file(desk, "absences", tmp_path / "a.ics", lambda view: records.rows(view, "absences"))
    assert not (tmp_path / "a.ics").exists()


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_desk(tmp_path_factory.mktemp("calendars"))


@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120).filter(
        lambda one: bool(one.strip())
    )
)
def test_any_name_comes_back_as_it_is_shown(
    one_desk: Desk, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    customer = one_desk.take("customer.add", None, {"name": name}).id
    at = datetime(2026, 11, 30, 8, tzinfo=UTC)
    one_desk.take("shift.add", None, {"customer": customer, "start": at, "end": at + timedelta(hours=1)})
    stored = one_desk.record("customers", customer)
    [event] = events(one_desk, tmp_path_factory.getbasetemp(), customer=customer).values()
    assert event["summary"] == one_line(getattr(stored, "name", ""))

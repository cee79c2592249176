"""From the tables to frozen records, and from what a person typed to the record that is meant."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.desk import BadInput, Desk
from app.domain.ids import derived_id
from app.domain.kinds import KINDS
from app.domain.records import Absence, Attempt, Complaint, Contact, Customer, Person, Plan, Question, Shift
from app.store import folding, log, reading
from app.store.door import Write, Writer
from tests.domain.making import made
from tests.support import NOW, id_of, receive_complaint, report_absence, seeded, shift_of

RECORD = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f"


def write(desk: Desk, kind: str, record: str = RECORD, **body: object) -> None:
    with desk.database.write() as conn:
        Writer(conn, desk.actor.id, NOW, seeded("writing")).write(
            "test", [Write(kind, record, dict(body), base=())]
        )


def test_a_record_holds_times_dates_and_tuples(desk: Desk) -> None:
    write(
        desk, "contacts", customer="c", at="2026-11-23T05:40:00Z", keywords=["a", "b"], follow_up="2026-11-27"
    )
    found = desk.ask(lambda view: view.get(Contact, RECORD))
    assert found is not None
    assert (found.at, found.keywords, found.follow_up) == (
        datetime(2026, 11, 23, 5, 40, tzinfo=UTC),
        ("a", "b"),
        date(2026, 11, 27),
    )
    assert found.heads["keywords"] == found.heads["customer"] != ()


def test_what_has_not_arrived_yet_stands_for_itself(desk: Desk) -> None:
    """A change on a record whose other fields are still to come: it can be shown all the same."""
    for kind in KINDS.values():
        record = derived_id(kind.name)
        with desk.database.write() as conn:
            log.append(conn, [made(kind.name, {"external": "x"}, kind=kind.name, record=record)])
            folding.refold(conn, {(kind.name, record)})
            if kind.name != "rows":
                found = reading.get(conn, kind.record, record)
                assert found is not None
                assert (found.id, found.external) == (record, "x")
    assert desk.ask(lambda view: view.find(Complaint, external="x"))[0].status == "waiting"
    assert desk.ask(lambda view: view.find(Absence, external="x"))[0].from_ == datetime(
        1970, 1, 1, tzinfo=UTC
    )


def test_objects_are_of_the_shape_that_their_field_has(desk: Desk) -> None:
    write(desk, "questions", options=[{"text": "a"}], answer=[1])
    question = desk.ask(lambda view: view.get(Question, RECORD))
    write(desk, "attempts", answers=["x"])
    attempt = desk.ask(lambda view: view.get(Attempt, RECORD))
    assert question is not None
    assert attempt is not None
    assert (question.options, question.answer, attempt.answers) == (({"text": "a"},), None, {})
    write(desk, "questions", "1f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f", options=[{"text": "a"}, 7])
    other = desk.ask(lambda view: view.get(Question, "1f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f"))
    assert other is not None
    assert other.options == ()


def test_a_record_that_is_not_there(desk: Desk) -> None:
    assert desk.ask(lambda view: view.get(Complaint, RECORD)) is None
    assert desk.ask(lambda view: view.get(Complaint, None)) is None


def test_records_are_found_by_what_their_columns_hold(desk: Desk) -> None:
    north = id_of(desk, "areas", "North")
    names = [one.name for one in desk.ask(lambda view: view.find(Customer, area=north))]
    assert sorted(names) == ["Havnens Kontor", "Klinik Nord", "Solgaarden"]
    jonas = id_of(desk, "people", "Jonas Berg")
    at_seven = NOW.replace(hour=7, minute=0)
    assert len(desk.ask(lambda view: view.find(Shift, person=jonas, start=at_seven))) == 1
    assert len(desk.ask(lambda view: view.find(Person, skills=("windows",), active=True))) == 2
    assert len(desk.ask(lambda view: view.find(Person, area=None))) == 4


def test_in_order_of_their_ids_and_no_more_than_asked_for(desk: Desk) -> None:
    with desk.database.read() as conn:
        ids = [one.id for one in reading.find(conn, Person, {})]
        assert ids == sorted(ids)
        assert [one.id for one in reading.find(conn, Person, {}, limit=3)] == ids[:3]


@pytest.mark.parametrize("field", ["colour", "manned", 'name" OR 1=1 --'])
def test_a_field_that_no_column_holds(desk: Desk, field: str) -> None:
    with pytest.raises(BadInput, match="have no field"):
        desk.ask(lambda view: view.find(Shift, **{field: True}))


def resolved(desk: Desk, kind: str, text: str) -> str:
    return desk.ask(lambda view: view.resolve(kind, text))


def test_a_person_is_meant_by_id_beginning_name_or_office_id(desk: Desk) -> None:
    write(desk, "people", name="Kim Lund", external="emp-7")
    for text in (RECORD, RECORD[:4], RECORD[:9].upper(), "Kim Lund", "emp-7"):
        assert resolved(desk, "people", text) == RECORD
    write(desk, "complaints", external="C-99")
    assert resolved(desk, "complaints", "C-99") == RECORD


@pytest.mark.parametrize(
    "text", ["Kim", "kim lund", "0f0", "", " ", "%", "0f0f0f0g", "'; --", "\x1b[31m", RECORD + "0", "~~~~"]
)
def test_what_means_nobody(desk: Desk, text: str) -> None:
    write(desk, "people", name="Kim Lund")
    with pytest.raises(BadInput, match="there is no person"):
        resolved(desk, "people", text)


def test_what_means_more_than_one(desk: Desk) -> None:
    write(desk, "people", name="Kim Lund")
    write(desk, "people", RECORD[:-1] + "e", name="Kim Lund")
    for text in ("Kim Lund", RECORD[:8]):
        with pytest.raises(BadInput, match="more than one"):
            resolved(desk, "people", text)
    assert resolved(desk, "people", RECORD) == RECORD


def test_an_id_of_any_kind(desk: Desk) -> None:
    id_ = receive_complaint(desk)
    with desk.database.read() as conn:
        assert reading.resolve_any(conn, id_[:8]) == ("complaints", id_)
        for text, why in (("", "not an id"), ("Mette", "not an id"), ("0000", "no record")):
            with pytest.raises(BadInput, match=why):
                reading.resolve_any(conn, text)


def test_absences_and_shifts_that_overlap_a_time(desk: Desk) -> None:
    absence, jonas = report_absence(desk), id_of(desk, "people", "Jonas Berg")

    def away(first: int, last: int) -> list[str]:
        start, end = NOW.replace(hour=first, minute=0), NOW.replace(hour=last, minute=0)
        return [one.id for one in desk.ask(lambda view: view.absences_between(jonas, start, end))]

    assert away(7, 11) == [absence], "open-ended"
    assert away(1, 6) == []
    desk.take("absence.end", absence, {"until": "9:00"})
    assert away(8, 11) == [absence]
    assert away(9, 11) == [], "back from nine"
    shift = shift_of(desk, "Jonas Berg")
    desk.take("shift.assign", shift, {"person": "Aksel Toft"})
    taken = desk.ask(lambda view: view.shifts_of_absent(jonas, NOW, None))
    assert shift in [one.id for one in taken], "covered, and still theirs"
    assert shift not in [one.id for one in desk.ask(lambda view: view.shifts_between(jonas, NOW, None))]


def test_a_zone_that_cannot_be_read_is_the_countrys(desk: Desk) -> None:
    write(desk, "areas", id_of(desk, "areas", "North"), timezone="Mars/Olympus", country="FI")
    assert str(desk.ask(lambda view: view.zone)) == "Europe/Helsinki"


def test_plans_have_their_default_template(desk: Desk) -> None:
    write(desk, "plans", customer="c")
    found = desk.ask(lambda view: view.get(Plan, RECORD))
    assert found is not None
    assert found.template == "service-plan"

"""Areas, people, customers, agreements and promises: set by the office, checked before anything is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.assets import data_dir
from app.desk import Desk
from app.domain.publishing import promise_id, promise_writes
from app.domain.records import Agreement, Area, Complaint, Customer, Person, Promise
from app.queries.evidence import evidence
from app.store.content import promises
from tests.decisions.helpers import bad_input, refused, second_home
from tests.support import NOW, exchange_all, id_of, make_desk, receive_complaint, tables

OFFICE = "Karen Vad"
PROMISES = (data_dir() / "promises.toml").read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, OFFICE)
    yield desk
    desk.close()


def get(desk: Desk, record: type[Any], id_: str) -> Any:
    found = desk.ask(lambda view: view.get(record, id_))
    assert found is not None
    return found


def test_an_area_with_its_hours(desk: Desk) -> None:
    given = {"name": "East", "country": "SE", "hours": "mon-fri 07:00-16:00", "supervisor": "Ole Dam"}
    area: Area = get(desk, Area, desk.take("area.add", None, given).id)
    assert (area.name, area.country, area.hours) == ("East", "SE", "mon-fri 07:00-16:00")
    assert "already" in refused(desk, "area.add", name="East")
    desk.take("area.change", area.id, {"timezone": "Europe/Stockholm"})
    assert get(desk, Area, area.id).timezone == "Europe/Stockholm"


@pytest.mark.parametrize(
    ("field", "value"),
    [("timezone", "Mars/Olympus"), ("hours", "all day"), ("country", "XX"), ("supervisor", "Nobody")],
)
def test_an_area_that_cannot_be_counted_by_is_told(desk: Desk, field: str, value: str) -> None:
    assert f"{field}: " in bad_input(desk, "area.add", name="East", **{field: value})


def test_a_person_is_added_and_changed_field_by_field(desk: Desk) -> None:
    given = {
        "name": "Ida Krogh",
        "role": "supervisor",
        "area": "South",
        "languages": "da, sv",
        "location": "55.68,12.57",
    }
    id_ = desk.take("person.add", None, given).id
    desk.take("person.change", id_, {"phone": "12 34 56 78", "active": "no"})
    person: Person = get(desk, Person, id_)
    assert (person.name, person.phone, person.active) == ("Ida Krogh", "12 34 56 78", False)
    assert (person.area, person.languages) == (id_of(desk, "areas", "South"), ("da", "sv"))


def test_what_stands_in_a_field_is_taken_out_and_comes_back(desk: Desk) -> None:
    person = id_of(desk, "people", "Sara Lind")
    desk.take("person.change", person, {"phone": "12 34 56 78", "email": "sara@example.org"})
    desk.take("person.change", person, {"phone": "-", "skills": " - "})
    found: Person = get(desk, Person, person)
    assert (found.phone, found.skills, found.email) == (None, (), "sara@example.org")
    desk.undo()
    found = get(desk, Person, person)
    assert (found.phone, found.skills) == ("12 34 56 78", ("windows",))


def test_what_a_record_cannot_be_without_is_not_emptied(desk: Desk) -> None:
    person = id_of(desk, "people", "Sara Lind")
    assert "is not one of" in bad_input(desk, "person.change", person, role="-")
    desk.take("person.change", person, {"firm": "Klarsyn Service", "consent_at": "yesterday 10"})
    assert "consent" in refused(desk, "person.change", person, consent_at="-")
    desk.take("person.change", person, {"consent_at": "-", "firm": "-"})
    customer = id_of(desk, "customers", "Solgaarden")
    desk.take("customer.change", customer, {"contract_start": "2026-12-01", "contract_end": "2026-12-31"})
    assert "end before" in refused(desk, "customer.change", customer, contract_start="2027-01-01")
    desk.take("customer.change", customer, {"contract_start": "2027-01-01", "contract_end": "-"})


def test_what_a_person_cannot_be(desk: Desk) -> None:
    person = id_of(desk, "people", "Sara Lind")
    assert "name is missing" in bad_input(desk, "person.add", phone="1")
    assert "role" in bad_input(desk, "person.add", name="Ida", role="boss")
    assert "no field diagnosis" in bad_input(desk, "person.add", name="Ida", diagnosis="x")
    for place in ("here", "91,0", "55.68", "inf,0", "nan,0", "1,2,3"):
        assert "location" in bad_input(desk, "person.change", person, location=place)
    assert "at least one" in refused(desk, "person.change", person)
    assert "consent" in refused(desk, "person.change", person, firm="Klarsyn Service")
    assert "future" in refused(desk, "person.change", person, consent_at="tomorrow 10")


def test_who_may_change_masters(tmp_path: Path) -> None:
    sara = make_desk(tmp_path, "Sara Lind")
    for decision in ("person.add", "customer.add", "area.add"):
        assert "is for" in refused(sara, decision, name="New")
    assert "is for" in refused(sara, "promise.set", external="P0", limit="9h")
    assert "is for" in refused(sara, "agreement.set", customer="Solgaarden", task="Dust")
    sara.close()


def test_a_customer_s_contract_ends_after_it_starts(desk: Desk) -> None:
    given = {"name": "Nordhus", "area": "North", "contract_start": "2026-12-01"}
    assert "end before" in refused(desk, "customer.add", **given, contract_end="2026-11-30")
    id_ = desk.take("customer.add", None, given).id
    assert "end before" in refused(desk, "customer.change", id_, contract_end="2026-11-30")
    desk.take("customer.change", id_, {"contract_end": "2027-11-30", "status": "active"})
    customer: Customer = get(desk, Customer, id_)
    assert (str(customer.contract_end), customer.status) == ("2027-11-30", "active")


def test_an_item_of_an_agreement_is_made_and_changed(desk: Desk) -> None:
    id_ = desk.take("agreement.set", None, {"customer": "Solgaarden", "task": "Dust the shelves"}).id
    desk.take("agreement.set", id_, {"frequency": "weekly", "included": "no"})
    item: Agreement = get(desk, Agreement, id_)
    assert (item.task, item.frequency, item.included) == ("Dust the shelves", "weekly", False)
    assert "customer and task" in refused(desk, "agreement.set", customer="Solgaarden")
    assert "another customer" in refused(desk, "agreement.set", id_, customer="Klinik Nord")
    assert "at least one" in refused(desk, "agreement.set", id_)


def test_an_item_that_is_withdrawn_decides_nothing_any_more(tmp_path: Path, desk: Desk) -> None:
    complaint = receive_complaint(desk)
    item = desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))[0]
    desk.take("agreement.withdraw", item.id)
    assert get(desk, Agreement, item.id).withdrawn_on == NOW.date()
    assert "withdrawn on 2026-11-23" in refused(desk, "agreement.withdraw", item.id)
    assert "agree on it anew" in refused(desk, "agreement.set", item.id, frequency="daily")
    found: Complaint = get(desk, Complaint, complaint)
    given = {
        "plan": "Again",
        "solve_by": "tomorrow",
        "assignee": "Sara Lind",
        "reply": "Yes",
        "agreement": item.id,
    }
    mette = make_desk(tmp_path)
    exchange_all(desk, mette)
    assert "that item was withdrawn" in refused(mette, "complaint.accept", complaint, **given)
    mette.close()
    assert item.id not in {one.id for one in desk.ask(evidence, found).index.items}
    desk.undo()
    assert desk.ask(evidence, found).best == get(desk, Agreement, item.id)


def test_an_item_withdrawn_and_changed_apart_is_withdrawn_as_changed(tmp_path: Path, desk: Desk) -> None:
    other = second_home(tmp_path, OFFICE)
    item = desk.ask(lambda view: view.find(Agreement, task="Clean the kitchen"))[0]
    desk.take("agreement.withdraw", item.id)
    other.take("agreement.set", item.id, {"frequency": "weekly"})
    exchange_all(desk, other)
    assert tables(desk) == tables(other)
    found: Agreement = get(other, Agreement, item.id)
    assert (found.frequency, str(found.withdrawn_on)) == ("weekly", "2026-11-23")
    assert not tables(desk)["conflicts"]
    other.close()


def test_a_promise_moves_the_clock_of_what_waits(desk: Desk) -> None:
    complaint = receive_complaint(desk)
    before: Complaint = get(desk, Complaint, complaint)
    desk.take("promise.publish", None, {"content": PROMISES})
    desk.take("promise.set", None, {"external": "P0", "limit": "4h"})
    after: Complaint = get(desk, Complaint, complaint)
    assert before.reply_by is not None
    assert after.reply_by is not None
    assert (after.reply_by - before.reply_by).total_seconds() == 2 * 3600


def test_a_customer_s_own_promise_takes_the_rest_from_the_team_s(desk: Desk) -> None:
    desk.take("promise.publish", None, {"content": PROMISES})
    own = desk.take("promise.set", None, {"external": "P7", "customer": "Solgaarden", "limit": "2wd"}).id
    team: Promise = get(desk, Promise, promise_id("P7"))
    found: Promise = get(desk, Promise, own)
    assert (found.limit, found.title, found.clock) == ("2wd", team.title, team.clock)
    assert team.limit == "5wd"
    again = desk.take("promise.set", None, {"external": "P7", "customer": "Solgaarden", "limit": "3wd"}).id
    assert again == own
    desk.take("promise.set", own, {"limit": "4wd"})
    assert get(desk, Promise, own).limit == "4wd"


def test_limits_that_cannot_be_are_told(desk: Desk) -> None:
    desk.take("promise.publish", None, {"content": PROMISES})
    assert "limit" in bad_input(desk, "promise.set", external="P7", limit="soon")
    assert "does not fit the clock" in refused(desk, "promise.set", external="P7", limit="2h")
    assert "clock" in bad_input(desk, "promise.set", external="P7", clock="sundial")
    assert "title" in refused(desk, "promise.set", external="P99", limit="2h")
    assert "at least one" in refused(desk, "promise.set")


def test_two_who_set_the_same_promise_apart_set_one_record(tmp_path: Path, desk: Desk) -> None:
    other = second_home(tmp_path, OFFICE)
    given = {"external": "P40", "title": "Windows", "clock": "elapsed"}
    one = desk.take("promise.set", None, {**given, "limit": "2h"}).id
    assert other.take("promise.set", None, {**given, "limit": "3h"}).id == one
    exchange_all(desk, other)
    assert tables(desk) == tables(other)
    assert [row[2:4] for row in tables(desk)["conflicts"]] == [("promises", "limit")]
    other.close()


def test_shipped_promises_are_shared_once(desk: Desk) -> None:
    outcome = desk.take("promise.publish", None, {"content": PROMISES})
    assert len(outcome.records) == len(promises()) == len(promise_writes(promises()))
    assert "nothing to share" in refused(desk, "promise.publish", content=PROMISES)
    changed = PROMISES.replace('limit = "2h"', 'limit = "3h"', 1)
    assert len(desk.take("promise.publish", None, {"content": changed}).records) == 1


def test_a_promise_file_with_a_flaw_shares_nothing(desk: Desk) -> None:
    assert "line " in bad_input(desk, "promise.publish", content=PROMISES.replace('"2h"', '"2 moons"', 1))
    module = (data_dir() / "modules" / "sickness-and-complaints.toml").read_text("utf-8")
    assert "no promises" in bad_input(desk, "promise.publish", content=module)
    assert "too long" in bad_input(desk, "promise.publish", content="#" * 300_000)

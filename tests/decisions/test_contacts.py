"""Every contact with a customer is documented, with keywords (DE-19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import Contact
from tests.decisions.helpers import bad_input, refused
from tests.support import NOW, make_desk, receive_complaint

GIVEN = {"customer": "Havnens Kontor", "channel": "phone", "keywords": "kitchen, extra bins"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path, "Emil Dahl")
    yield desk
    desk.close()


def test_de_19_logged_by_anyone_with_keywords(desk: Desk) -> None:
    complaint = receive_complaint(desk)
    given = {**GIVEN, "text": "Will send a plan", "follow_up": "fri", "complaint": complaint[:8]}
    id_ = desk.take("contact.log", None, given).id
    found = desk.ask(lambda view: view.get(Contact, id_))
    assert found is not None
    assert (found.person, found.at, found.keywords) == (desk.actor.id, NOW, ("kitchen", "extra bins"))
    assert (found.follow_up, found.complaint) == (date(2026, 11, 27), complaint)


@pytest.mark.parametrize("keywords", ["", " , ", [], None])
def test_no_contact_without_keywords(desk: Desk, keywords: object) -> None:
    assert "keywords is missing" in bad_input(desk, "contact.log", None, **{**GIVEN, "keywords": keywords})


def test_a_complaint_of_another_customer(desk: Desk) -> None:
    other = receive_complaint(desk, "Solgaarden")
    assert "another customer's" in refused(desk, "contact.log", None, **{**GIVEN, "complaint": other})


def test_a_customers_words_on_health_are_theirs(desk: Desk) -> None:
    """Complaints and contacts are the customer's words: they are not refused."""
    desk.take("contact.log", None, {**GIVEN, "text": "She had the flu herself"})
    receive_complaint(desk, text="I got a headache from the smell in the kitchen")


@pytest.mark.parametrize(
    ("field", "value"),
    [("channel", "pigeon"), ("customer", "Nobody"), ("follow_up", "someday"), ("colour", "red")],
)
def test_bad_input(desk: Desk, field: str, value: str) -> None:
    assert field in bad_input(desk, "contact.log", None, **{**GIVEN, field: value}) or field == "customer"

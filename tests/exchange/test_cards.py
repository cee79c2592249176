"""Cards for customers: one page, nothing from elsewhere, everything escaped (FI-13, FI-51)."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app.desk import BadInput, Desk
from app.domain.records import Contact
from app.exchange.cards import card_page, write_card
from app.queries.today import queue
from tests.decisions.helpers import bad_input, refused
from tests.support import carry, exchange_all, id_of, make_desk, tables

NASTY = '<script>alert("x")</script> & [/b] \x1b[31m'
LEFT = {
    "customer": "Havnens Kontor",
    "name": "Mette Holm",
    "contact": "55 51 23 00",
    "reason": NASTY,
    "returns": "2026-11-24T09:00",
    "customer_action": "nothing",
}
FILLED = {
    "customer": "Havnens Kontor",
    "matter": NASTY,
    "date": "2026-11-23",
    "customer_contact": "Lene, 55 51 23 01",
    "responsible": "Jonas Berg",
    "answer_by": "2026-11-25",
}


def contact(desk: Desk, decision: str, given: dict[str, str]) -> Contact:
    id_ = desk.take(decision, None, given).id
    found = desk.ask(lambda view: view.get(Contact, id_))
    assert found is not None
    return found


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.seen.append(tag)


@pytest.mark.parametrize(
    ("decision", "given"), [("contact.card_left", LEFT), ("contact.card_filled", FILLED)]
)
def test_a_page_stands_alone_and_holds_what_was_written_as_it_was(
    desk: Desk, decision: str, given: dict[str, str]
) -> None:
    page = desk.ask(card_page, contact(desk, decision, given))
    tags = Tags()
    tags.feed(page)
    assert set(tags.seen) <= {"html", "head", "meta", "title", "style", "body", "header", "h1", "p", "dl", "div",
                              "dt", "dd"}  # fmt: skip
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page
    assert not re.search(r"https?:|url\(|@import|src=", page)
    assert "size: A5" in page
    assert 'lang="da"' in page


def test_fi_13_all_four_stand_on_the_card_that_is_left(desk: Desk) -> None:
    page = desk.ask(card_page, contact(desk, "contact.card_left", LEFT), "A4")
    for said in (
        "Vi har været her",
        "Mette Holm",
        "55 51 23 00",
        "tirsdag den 24. november 2026 kl. 09.00",
        "nothing",
        "size: A4",
    ):
        assert said in page


def test_who_comes_back_on_a_day_says_that_day_and_no_time(desk: Desk) -> None:
    found = contact(desk, "contact.card_left", {**LEFT, "returns": "thu"})
    assert str(found.follow_up) == "2026-11-26"
    assert "<dd>torsdag den 26. november 2026</dd>" in desk.ask(card_page, found)


def test_a_customer_in_another_zone_is_told_the_time_on_their_wall(desk: Desk) -> None:
    area = {"name": "Haparanda-Tornio", "country": "FI", "timezone": "Europe/Helsinki"}
    over_there = desk.take("area.add", None, area).id
    desk.take("customer.change", id_of(desk, "customers", "Havnens Kontor"), {"area": over_there})
    page = desk.ask(card_page, contact(desk, "contact.card_left", LEFT))
    assert "tiistaina 24. marraskuuta 2026 klo 10.00" in page
    whole_day = desk.ask(card_page, contact(desk, "contact.card_left", {**LEFT, "returns": "thu"}))
    assert "<dd>torstaina 26. marraskuuta 2026</dd>" in whole_day


def test_a_colleagues_card_that_says_no_time_is_printed_as_it_was_written(desk: Desk) -> None:
    found = contact(desk, "contact.card_left", LEFT)
    odd = replace(found, card={**(found.card or {}), "returns": "after lunch"})
    assert "<dd>after lunch</dd>" in desk.ask(card_page, odd)


def test_fi_51_the_card_goes_to_a_named_person_who_sees_to_the_answer(desk: Desk) -> None:
    found = contact(desk, "contact.card_filled", FILLED)
    assert found.responsible == id_of(desk, "people", "Jonas Berg")
    assert str(found.follow_up) == "2026-11-25"
    page = desk.ask(card_page, found)
    for said in ("Kontaktkort", "Lene, 55 51 23 01", "Jonas Berg", "23.11.2026", "25.11.2026"):
        assert said in page


@pytest.mark.parametrize("field", ["name", "contact", "reason", "returns", "customer_action"])
def test_fi_13_each_of_them_is_mandatory(desk: Desk, field: str) -> None:
    assert f"{field} is missing" in bad_input(desk, "contact.card_left", **{**LEFT, field: " "})


@pytest.mark.parametrize("field", ["matter", "date", "customer_contact", "responsible"])
def test_fi_51_each_of_them_is_mandatory(desk: Desk, field: str) -> None:
    assert f"{field} is missing" in bad_input(desk, "contact.card_filled", **{**FILLED, field: ""})


def test_a_card_with_what_cannot_be(desk: Desk) -> None:
    assert "has passed" in refused(desk, "contact.card_left", **{**LEFT, "returns": "2026-11-23T06:00"})
    assert "due before" in refused(desk, "contact.card_filled", **{**FILLED, "answer_by": "2026-11-20"})


def test_only_a_card_is_written_and_only_to_a_page(desk: Desk, tmp_path: Path) -> None:
    found = contact(desk, "contact.card_left", LEFT)
    with pytest.raises(BadInput, match=r"\.html"):
        desk.ask(write_card, found, tmp_path / "card.pdf")
    with pytest.raises(BadInput, match="is not one of"):
        desk.ask(card_page, found, "A0")
    given = {"customer": "Havnens Kontor", "channel": "phone", "keywords": "bins"}
    with pytest.raises(BadInput, match="no card"):
        desk.ask(card_page, contact(desk, "contact.log", given))


def test_fi_51_the_answer_is_on_the_board_of_the_named_person_in_another_area(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam")
    found = contact(
        mette, "contact.card_filled", {**FILLED, "responsible": "Ole Dam", "answer_by": "2026-11-23"}
    )
    carry(mette, ole)
    assert ("follow_up", found.id) in {(one.kind, one.id) for one in ole.ask(queue)}
    other = make_desk(tmp_path, "Nora Voss")
    carry(mette, other)
    assert ("follow_up", found.id) not in {(one.kind, one.id) for one in other.ask(queue)}


def test_a_card_says_what_the_team_words_and_the_rest_as_shipped(tmp_path: Path, desk: Desk) -> None:
    ole = make_desk(tmp_path, "Ole Dam")
    desk.take("card.set", "da", {"left": "Hej fra <os>", "for": "Kære"})
    exchange_all(desk, ole)
    page = ole.ask(card_page, contact(ole, "contact.card_left", LEFT))
    assert "<h1>Hej fra &lt;os&gt;</h1><p>Kære Havnens Kontor</p>" in page
    assert "Hvorfor vi kom" in page
    ole.take("card.reset", "da")
    exchange_all(desk, ole)
    assert "Vi har været her" in desk.ask(card_page, contact(desk, "contact.card_left", LEFT))
    assert "as shipped already" in refused(desk, "card.reset", "da")
    assert "at least one" in refused(desk, "card.set", "sv")
    assert tables(desk)["cards"] == tables(ole)["cards"]
    ole.close()

"""What a complaint names, told by the customer's agreement (DK-20, DK-24, DK-25)."""

from __future__ import annotations

import pytest

from app.domain.evidence import matches, names_nothing_concrete
from app.domain.records import Agreement

KITCHEN = Agreement(
    id="k", customer="c", task="Clean the kitchen", place="kitchen, 2nd floor", frequency="daily"
)
WINDOWS = Agreement(id="w", customer="c", task="Wash the windows", place="facade")
GULV = Agreement(id="g", customer="c", task="Vaske gulve", place="Køkken og gang")
ITEMS = (KITCHEN, WINDOWS, GULV)


def test_the_items_that_share_most_words_come_first() -> None:
    found = matches("The kitchen windows and the facade are dirty", ITEMS)
    assert [one.item.id for one in found] == ["w", "k"]
    assert found[0].words == ("windows", "facade")


def test_forms_of_a_word_and_diacritics_are_the_same_word() -> None:
    assert [one.item.id for one in matches("One window was left out", ITEMS)] == ["w"]
    assert [one.item.id for one in matches("GULVENE I KOEKKEN og køkkenet", ITEMS)] == ["g"]


@pytest.mark.parametrize(
    "text",
    [
        "I am so tired of cleaning up after you",
        "You never clean, and I am always washing up after you",
        "Jeg er så træt af at gøre rent efter jer",
        "!!!",
        "",
    ],
)
def test_a_complaint_that_names_nothing_concrete(text: str) -> None:
    """The case of the DK module: it calls for a talk, whatever words of the trade it uses."""
    assert names_nothing_concrete(text, ITEMS)


def test_a_thing_whose_name_begins_like_a_word_of_the_trade_is_named() -> None:
    sink = Agreement(id="s", customer="c", task="Washbasins", place="Workshop")
    assert [one.words for one in matches("The washbasin in the workshop was not washed", [sink])] == [
        ("washbasin", "workshop")
    ]


@pytest.mark.parametrize("text", ["The kitchen was not cleaned", "Windows!", "gulvet er beskidt"])
def test_a_complaint_that_names_something(text: str) -> None:
    assert not names_nothing_concrete(text, ITEMS)

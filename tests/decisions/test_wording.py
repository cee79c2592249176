"""What the team understands: words that supervisors add are everyone's evidence (DK-24)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import Complaint, Synonym
from app.queries.evidence import evidence
from app.queries.wording import agreed_words, customer_words
from tests.decisions.helpers import bad_input, refused
from tests.support import exchange_all, make_desk, receive_complaint, tables


def found(desk: Desk, complaint: str) -> list[str]:
    def tasks(view: object) -> list[str]:
        one = view.get(Complaint, complaint)  # type: ignore[attr-defined]
        return [match.item.task for match in evidence(view, one).fitting]  # type: ignore[arg-type]

    return desk.ask(tasks)


def words(desk: Desk) -> list[tuple[str, str]]:
    return [(one.word, one.means) for one in desk.ask(lambda view: view.find(Synonym, active=True))]


def test_a_word_that_a_supervisor_adds_finds_the_item_for_everyone(tmp_path: Path, desk: Desk) -> None:
    ole = make_desk(tmp_path, "Ole Dam")
    complaint = receive_complaint(desk, text="The snug looks awful")
    exchange_all(desk, ole)
    assert found(ole, complaint) == []
    desk.take("synonym.add", None, {"word": "snug", "means": "kitchen"})
    assert found(desk, complaint) == ["Clean the kitchen"]
    exchange_all(desk, ole)
    assert found(ole, complaint) == ["Clean the kitchen"]
    ole.close()


def test_taken_out_undone_and_added_again_it_is_one_record(desk: Desk) -> None:
    complaint = receive_complaint(desk, text="The snug looks awful")
    id_ = desk.take("synonym.add", None, {"word": "snug", "means": "kitchen"}).id
    desk.take("synonym.remove", id_)
    assert found(desk, complaint) == []
    assert "already" in refused(desk, "synonym.remove", id_)
    desk.undo()
    assert found(desk, complaint) == ["Clean the kitchen"]
    desk.take("synonym.remove", id_)
    assert desk.take("synonym.add", None, {"word": "Snug", "means": "Kitchen"}).id == id_
    assert words(desk) == [("snug", "kitchen")]


def test_two_who_add_the_same_apart_make_one_record(tmp_path: Path, desk: Desk) -> None:
    ole = make_desk(tmp_path, "Ole Dam")
    for one in (desk, ole):
        one.take("synonym.add", None, {"word": "snug", "means": "kitchen"})
    exchange_all(desk, ole)
    assert tables(desk) == tables(ole)
    assert not tables(desk)["conflicts"]
    assert words(ole) == [("snug", "kitchen")]
    ole.close()


@pytest.mark.parametrize(
    ("word", "means", "why"),
    [
        ("…", "kitchen", "one word"),
        ("the small room upstairs", "kitchen", "one word"),
        ("snug", "", "means is missing"),
    ],
)
def test_what_is_no_word_is_told(desk: Desk, word: str, means: str, why: str) -> None:
    assert why in bad_input(desk, "synonym.add", word=word, means=means)


def test_what_means_the_same_already_is_told(desk: Desk) -> None:
    assert "already" in refused(desk, "synonym.add", word="køkkenet", means="kitchen")
    assert "already" in refused(desk, "synonym.add", word="kitchens", means="kitchen")
    desk.take("synonym.add", None, {"word": "snug", "means": "kitchen"})
    assert "already" in refused(desk, "synonym.add", word="snugs", means="kitchens")


def test_the_words_to_choose_from_are_those_of_the_complaint_and_of_what_was_agreed(desk: Desk) -> None:
    id_ = receive_complaint(desk, text="The kitchen and the SNUG were dirty, the snug!")
    complaint = desk.ask(lambda view: view.get(Complaint, id_))
    assert complaint is not None
    said = [word for word, _label in desk.ask(customer_words, complaint)]
    assert said[:2] == ["snug", "kitchen"], "what found nothing first"
    assert len(said) == len(set(said))
    agreed = dict(desk.ask(agreed_words, complaint))
    assert agreed == {
        "kitchen": "kitchen · Clean the kitchen, kitchen",
        "bins": "bins · Empty the bins, offices",
    }

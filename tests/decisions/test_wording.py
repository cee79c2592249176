"""What the team says and understands: what one supervisor words or adds is everyone's (DK-22, DK-24)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assets import data_dir
from app.decisions.registry import DECISIONS
from app.desk import Desk
from app.domain.publishing import template_id
from app.domain.records import Complaint, Synonym, Template
from app.queries.evidence import evidence
from app.queries.offers import offer
from app.queries.suggestions import suggestions
from app.queries.wording import agreed_words, customer_words
from app.store import folding, local
from app.store.content import reply_templates
from app.store.view import StoreView
from tests.decisions.helpers import bad_input, refused
from tests.support import exchange_all, id_of, make_desk, receive_complaint, shift_of, tables


def found(desk: Desk, complaint: str) -> list[str]:
    def tasks(view: StoreView) -> list[str]:
        one = view.get(Complaint, complaint)
        assert one is not None
        return [match.item.task for match in evidence(view, one).fitting]

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


def template(desk: Desk, short: str) -> Template:
    found = desk.ask(lambda view: view.get(Template, template_id(short)))
    assert found is not None
    return found


def offered(desk: Desk, complaint: str, use: str = "accept") -> list[str]:
    """The texts that the form of a decision offers, the first one standing in it."""
    fields = DECISIONS[f"complaint.{use}"].fields

    def ask(view: StoreView) -> list[str]:
        found = suggestions(view, fields, view.get(Complaint, complaint))
        return [one.text for one in found["reason" if use == "reject" else "reply"].templates]

    return desk.ask(ask)


def test_a_team_has_every_template_that_is_shipped_without_a_change(desk: Desk) -> None:
    assert {one.external for one in desk.ask(lambda view: view.find(Template))} == {
        one.id for one in reply_templates()
    }
    assert template(desk, "da-accept").heads == {}


def test_what_a_supervisor_words_is_what_a_colleague_s_form_offers(tmp_path: Path, desk: Desk) -> None:
    ole = make_desk(tmp_path, "Ole Dam")
    complaint = receive_complaint(desk, text="The kitchen was not cleaned and we are not happy with that")
    desk.take("template.set", "en-accept", {"text": "Hello {customer}, ours to mend by {time}. {supervisor}"})
    exchange_all(desk, ole)
    assert offered(ole, complaint)[0] == "Hello Havnens Kontor, ours to mend by {time}. Ole Dam"
    desk.take("template.set", "en-accept", {"active": "no"})
    exchange_all(desk, ole)
    assert not any(one.startswith("Hello") for one in offered(ole, complaint))
    desk.take("template.reset", "en-accept")
    exchange_all(desk, ole)
    assert "part of what we have agreed" in offered(ole, complaint)[0]
    assert tables(desk) == tables(ole)
    ole.close()


def test_a_reset_a_title_and_an_undo_leave_the_other_fields_alone(desk: Desk) -> None:
    before = template(desk, "da-accept")
    assert "as shipped already" in refused(desk, "template.reset", "da-accept")
    desk.take("template.set", "da-accept", {"title": "Vores fejl"})
    assert (template(desk, "da-accept").title, template(desk, "da-accept").text) == (
        "Vores fejl",
        before.text,
    )
    desk.undo()
    assert template(desk, "da-accept") == before
    desk.redo()
    desk.take("template.reset", "da-accept")
    assert template(desk, "da-accept") == before


def test_a_new_template_is_made_and_found_by_its_short_id(desk: Desk) -> None:
    given = {"external": "is-accept", "use": "accept", "language": "is", "title": "Lagað", "text": "Sæl"}
    one = desk.take("template.set", None, given).id
    assert one == template_id("is-accept")
    again = desk.take("template.set", None, {"external": "is-accept", "title": "Lagað nú"})
    assert (again.id, template(desk, "is-accept").title) == (one, "Lagað nú")
    assert "the team's own" in refused(desk, "template.reset", "is-accept")
    assert "its use, title, text" in refused(desk, "template.set", external="is-reject", language="is")
    assert "lower-case" in refused(desk, "template.set", **{**given, "external": "is accept!"})
    assert "short code" in refused(
        desk, "template.set", **{**given, "external": "x", "language": "Icelandic"}
    )


@pytest.mark.parametrize(
    ("short", "text", "why"),
    [
        ("en-accept", "By {tiem}", "text: {tiem} cannot be filled in; what can is {customer} {item} {time}"),
        ("en-accept", "Hi {name}", "text: {name} cannot be filled in"),
        (
            "en-offer",
            "By {time}",
            "text: {time} cannot be filled in; what can is {name} {customer} {address}",
        ),
    ],
)
def test_a_placeholder_that_there_is_not_is_told_with_those_that_there_are(
    desk: Desk, short: str, text: str, why: str
) -> None:
    assert refused(desk, "template.set", short, text=text).startswith(why)


def test_two_wordings_of_one_template_are_a_conflict_and_both_are_kept(tmp_path: Path, desk: Desk) -> None:
    ole = make_desk(tmp_path, "Ole Dam")
    desk.take("template.set", "en-accept", {"text": "Mette's"})
    ole.take("template.set", "en-accept", {"text": "Ole's", "title": "Ours"})
    exchange_all(desk, ole)
    assert tables(desk) == tables(ole)
    assert [row[2:4] for row in tables(desk)["conflicts"]] == [("templates", "text")]
    assert template(desk, "en-accept").title == "Ours"
    ole.close()


def test_templates_of_a_file_are_shared_where_they_differ(desk: Desk) -> None:
    replies = (data_dir() / "templates" / "replies.toml").read_text("utf-8")
    assert "nothing to share" in refused(desk, "template.publish", content=replies)
    mine = replies.replace("Thank you for telling us.", "Thanks.", 1)
    assert desk.take("template.publish", None, {"content": mine}).records == (template_id("en-acknowledge"),)
    assert "no reply templates" in bad_input(
        desk, "template.publish", content=(data_dir() / "promises.toml").read_text("utf-8")
    )


def test_what_a_newer_tavle_ships_reaches_a_home_that_was_made_before(desk: Desk) -> None:
    desk.take("template.set", "da-accept", {"title": "Vores"})
    with desk.database.write() as conn:
        local.put(conn, shipped="an older edition")
        conn.exec_driver_sql("DELETE FROM templates")
        conn.exec_driver_sql("INSERT INTO templates (id, title) VALUES ('gone', 'No longer shipped')")
        folding.refresh(conn)
    found = desk.ask(lambda view: view.find(Template))
    assert len(found) == len(reply_templates())
    assert template(desk, "da-accept").title == "Vores"
    before = tables(desk)
    desk.rebuild()
    assert tables(desk) == before


def test_an_offer_is_in_a_language_that_the_team_words_or_there_is_none(desk: Desk) -> None:
    shift, person = shift_of(desk, "Emil Dahl"), id_of(desk, "people", "Sara Lind")
    desk.take("template.set", "en-offer", {"text": "{name}? {customer} {when}"})
    made = desk.ask(offer, shift, person)
    assert made is not None
    assert made.text.startswith("Sara? Klinik Nord 23/11")
    for short in ("en", "da", "sv", "nb", "fi"):
        desk.take("template.set", f"{short}-offer", {"active": "no"})
    made = desk.ask(offer, shift, person)
    assert made is not None
    assert made.language == "de"
    desk.take("template.set", "de-offer", {"active": "no"})
    assert desk.ask(offer, shift, person) is None

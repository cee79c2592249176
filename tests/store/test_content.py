"""The shipped content is sound, whole and as the business counts it."""

from collections import Counter
from decimal import Decimal
from math import cos, hypot, radians
from pathlib import Path

import pytest

from app.assets import data_dir
from app.domain.content import PLACEHOLDER, PLACEHOLDERS, REPLY_USES, filled_in, module_version
from app.domain.health import reads_like_health
from app.domain.quiz import mark
from app.store.content import (
    ContentError,
    modules,
    plan_template,
    plan_templates,
    promises,
    read_items,
    read_text,
    reply_templates,
)
from app.store.demo_content import demo_content

CENTRE = (55.735, 12.545)


def test_the_service_plan_has_36_rows_39_titles_and_110_points() -> None:
    plan = plan_template("service-plan")
    assert [phase.code for phase in plan.phases] == ["A", "B1", "B2", "C", "D", "E"]
    assert [len(phase.rows) for phase in plan.phases] == [6, 6, 6, 6, 4, 8]
    assert len(plan.rows) == 36
    assert sum(len(row.titles) for row in plan.rows) == 39
    assert sum(len(row.think_about) for row in plan.rows) == 110
    assert [row.code for row in plan.rows if len(row.titles) == 2] == ["A-6", "B1-6", "B2-1"]
    assert {title.languages for row in plan.rows for title in row.titles} == {("en", "sv")}
    assert {phase.title.languages for phase in plan.phases} == {("en", "sv")}
    assert all(row.phase == phase.code for phase in plan.phases for row in phase.rows)


def test_only_c_3_has_a_window_and_only_e_3_needs_a_reason() -> None:
    rows = plan_template("service-plan").rows
    assert {row.code: row.window_months for row in rows if row.window_months} == {"C-3": (3, 6)}
    assert [row.code for row in rows if row.needs_reason] == ["E-3"]


def test_the_promises_are_those_of_the_table() -> None:
    limits = {promise.id: promise.limit for promise in promises()}
    assert limits == {
        "P0": "2h", "P1": "72h", "P2": "2wd", "P3": "3d", "P4": "2h", "P5": "", "P6": "0m", "P7": "5wd", "P8": "1wd",
        "P9": "1mo", "P10": "5wd", "P11": "2wd", "P12": "30m", "P13": "4h", "P14": "3wd", "P15a": "2w", "P15b": "1mo",
        "P16": "3mo..6mo",
    }  # fmt: skip
    backward = [promise.id for promise in promises() if promise.direction == "backward"]
    assert backward == ["P1", "P2", "P3", "P4", "P5"]
    assert {promise.id: promise.clock for promise in promises() if promise.clock in ("immediate", "window")} == {
        "P6": "immediate", "P16": "window",
    }  # fmt: skip


def test_the_modules_teach_what_they_name() -> None:
    sickness, meeting = sorted(modules(), key=lambda module: len(module.questions))
    assert [question.kind for question in sickness.questions] == ["single", "single", "single", "case"]
    assert {question.kind for question in meeting.questions} == {
        "single", "multiple", "true_false", "short", "number", "case",
    }  # fmt: skip
    known = {promise.id for promise in promises()}
    for module in modules():
        assert {question.theme for question in module.questions} == set(module.themes)
        assert set(module.promises) <= known
        assert all(option.feedback for question in module.questions for option in question.options)
        assert module_version(module, promises()) != module_version(module)


def test_the_right_answers_of_every_module_pass() -> None:
    for module in modules():
        answers: dict[str, object] = {}
        for question in module.questions:
            right = [number for number, option in enumerate(question.options, 1) if option.right]
            answers[question.id] = (
                (right if question.kind == "multiple" else right[0]) if right else question.answer[0]
            )
        grades = {question.id: question.points for question in module.questions if question.kind == "case"}
        assert mark(module, answers, grades).score == 100


def test_reply_templates_serve_every_use_in_six_languages() -> None:
    served = Counter((template.language, template.use) for template in reply_templates())
    assert {language for language, _use in served} == {"en", "da", "sv", "nb", "fi", "de"}
    assert all(served[language, use] for language, _use in served for use in REPLY_USES)
    assert served["en", "acknowledge"] == 3
    values = dict.fromkeys(PLACEHOLDERS, "x")
    for template in reply_templates():
        assert not PLACEHOLDER.search(filled_in(template.text, values))
        assert {"customer", "supervisor", "contact"} <= set(PLACEHOLDER.findall(template.text))


def test_every_shipped_file_but_the_demo_the_law_and_the_cards_is_content() -> None:
    shipped = {path.relative_to(data_dir()).as_posix() for path in data_dir().rglob("*.toml")}
    assert {"demo.toml", "promises.toml", "plans/service-plan.toml", "templates/replies.toml"} <= shipped
    for name in shipped - {"cards.toml", "demo.toml", "working-time.toml"}:
        assert read_items(data_dir() / name)
    assert len(plan_templates()) == len(list(data_dir().glob("plans/*.toml")))


def test_a_damaged_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "promises.toml"
    file.write_text('[[promises]]\nid = "P0"\nlimit = 2\n', "utf-8")
    with pytest.raises(ContentError, match=r"^promises\.toml, line 1: clock is missing$"):
        read_items(file)
    with pytest.raises(ContentError, match="cannot be read"):
        read_items(tmp_path / "nowhere.toml")


def test_a_byte_order_mark_is_tolerated() -> None:
    reading = read_text("\ufeff" + (data_dir() / "promises.toml").read_text("utf-8"))
    assert reading.items == promises()
    assert not reading.flaws


def test_the_demo_has_enough_of_everything() -> None:
    demo = demo_content()
    assert min(len(set(demo.first_names)), len(set(demo.last_names))) >= 60
    assert len({customer.name for customer in demo.customers}) == len(demo.customers) >= 40
    assert len(demo.complaints) >= 30
    assert len(demo.vague_complaints) >= 5
    assert all(15 <= len(demo.items_for(kind.id)) <= 25 for kind in demo.kinds)
    assert len({item.task for item in demo.items}) == len(demo.items)
    first = demo.customers[:25]
    assert {customer.kind for customer in first} == {kind.id for kind in demo.kinds}
    assert {customer.area for customer in first} == {area.name for area in demo.areas}


def test_the_demos_complaints_fit_the_agreements() -> None:
    demo = demo_content()
    included = {item.task: item.included for item in demo.items}
    for complaint in demo.complaints:
        assert complaint.covered == included[complaint.task], complaint.text
    assert not any(complaint.task for complaint in demo.vague_complaints)
    assert {complaint.language for complaint in demo.complaints} == {"en", "da", "sv"}
    for kind in demo.kinds:
        assert {complaint.covered for complaint in demo.complaints_for(kind.id)} == {True, False}


def test_no_note_of_the_demo_reads_like_health_information() -> None:
    demo = demo_content()
    notes = demo.absence_notes + demo.cancel_reasons + demo.solve_notes + demo.handovers + demo.row_notes
    assert [note for note in notes if reads_like_health(note)] == []


def test_the_demos_people_and_places_hang_together() -> None:
    demo = demo_content()
    roles = {person.name: person.role for person in demo.people}
    assert [name for name, role in roles.items() if role == "supervisor"] == [
        "Mette Holm",
        "Ole Dam",
        "Ida Krogh",
    ]
    assert {area.supervisor for area in demo.areas} == {"Mette Holm", "Ole Dam", "Ida Krogh"}
    assert set(roles.values()) == {
        "supervisor", "manager", "trainer", "hr", "office", "first_assistant", "service_assistant",
    }  # fmt: skip
    areas = {area.name for area in demo.areas}
    assert {person.area for person in demo.people} | {customer.area for customer in demo.customers} == areas
    skills = {skill for person in demo.people for skill in person.skills}
    assert skills | {skill for kind in demo.kinds for skill in kind.skills} <= set(demo.skills)
    for customer in demo.customers:
        north = (float(Decimal(customer.lat)) - CENTRE[0]) * 111.2
        east = (float(Decimal(customer.lon)) - CENTRE[1]) * 111.2 * cos(radians(CENTRE[0]))
        assert hypot(north, east) < 8, customer.name


def test_who_has_no_number_leaves_out_a_paragraph_that_says_nothing_else() -> None:
    """What is sent without being looked over still says what and when."""
    for template in reply_templates():
        for part in template.text.split("\n\n"):
            if template.use in ("accept", "extra_work", "follow_up") and "{contact}" in part:
                assert set(PLACEHOLDER.findall(part)) == {"contact"}, template.id


def test_every_language_has_the_same_templates() -> None:
    ids = [one.id.partition("-") for one in reply_templates() if one.use != "offer"]
    kinds = {kind for _language, _dash, kind in ids}
    assert {(language, kind) for language, _dash, kind in ids} == {
        (language, kind) for language in ("en", "da", "sv", "nb", "fi", "de") for kind in kinds
    }

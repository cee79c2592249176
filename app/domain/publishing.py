"""Content as records and back: what a module, its questions and the promises become when a team shares them.

Their ids are derived from the ids in the files, so that two who publish the same file write the same records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain import content
from app.domain.change import Body
from app.domain.ids import derived_id
from app.domain.records import Module, Promise, Question

Write = tuple[str, str, Body]
"""(kind, id, fields) of one record to be written."""


def module_id(slug: str) -> str:
    """The id of the module of that id in its file."""
    return derived_id("module", slug)


def question_id(module: str, slug: str) -> str:
    """The id of a question by its module's record and its id in the module's file."""
    return derived_id("question", module, slug)


def promise_id(short: str, area: str | None = None, customer: str | None = None) -> str:
    """The id of a promise by its short id, such as P7, and by whom it is for; the whole team's without either."""
    return derived_id("promise", short, area or "", customer or "")


def template_id(short: str) -> str:
    """The id of a reply template by its short id, such as da-accept."""
    return derived_id("template", short)


def publish_writes(module: content.Module) -> tuple[Write, ...]:
    """The records of a module: itself, then its questions in order."""
    id_ = module_id(module.id)
    fields: Body = {
        "external": module.id,
        "title": module.title,
        "pass_mark": module.pass_mark,
        "themes": list(module.themes),
        "promises": list(module.promises),
    }
    questions = (
        ("questions", question_id(id_, question.id), _question_fields(id_, number, question))
        for number, question in enumerate(module.questions, start=1)
    )
    return (("modules", id_, fields), *questions)


def promise_writes(promises: Iterable[content.PromiseSpec]) -> tuple[Write, ...]:
    """The records of promises that hold for the whole team."""
    return tuple(("promises", promise_id(one.id), _promise_fields(one)) for one in promises)


def template_writes(templates: Iterable[content.ReplyTemplate]) -> tuple[Write, ...]:
    """The records of reply templates."""
    return tuple(("templates", template_id(one.id), _template_fields(one)) for one in templates)


def card_id(language: str) -> str:
    """The id of what is printed on the cards in a language."""
    return derived_id("card", language)


def card_writes(cards: Mapping[str, Mapping[str, str]]) -> tuple[Write, ...]:
    """The records of the cards, by language."""
    return tuple(
        ("cards", card_id(language), {"external": language, **said}) for language, said in cards.items()
    )


def _template_fields(template: content.ReplyTemplate) -> Body:
    return {
        "external": template.id,
        "use": template.use,
        "language": template.language,
        "title": template.title,
        "text": template.text,
    }


def _question_fields(module: str, number: int, question: content.Question) -> Body:
    options = [{"text": one.text, "right": one.right, "feedback": one.feedback} for one in question.options]
    answer = {"accepted": list(question.answer), "tolerance": question.tolerance} if question.answer else None
    return {
        "external": question.id,
        "module": module,
        "position": number,
        "kind": question.kind,
        "text": question.text,
        "options": options,
        "feedback": question.feedback or None,
        "answer": answer,
        "points": question.points,
        "theme": question.theme or None,
    }


def _promise_fields(promise: content.PromiseSpec) -> Body:
    return {
        "external": promise.id,
        "title": promise.title,
        "trigger": promise.trigger or None,
        "duty": promise.duty or None,
        "limit": promise.limit or None,
        "clock": promise.clock or None,
        "direction": promise.direction or None,
        "compensation": promise.compensation or None,
    }


def module_of(module: Module, questions: Iterable[Question]) -> content.Module:
    """The module of its records as the marking and the version read it.

    It never fails: what a record holds that no question can is left out. A question made by hand goes by its
    record's id.
    """
    ordered = sorted(questions, key=lambda one: (one.position, one.external or "", one.id))
    return content.Module(
        id=module.external or module.id,
        title=module.title,
        pass_mark=module.pass_mark,
        themes=_texts(module.themes),
        promises=_texts(module.promises),
        questions=tuple(_question(one) for one in ordered),
    )


def promise_spec(promise: Promise) -> content.PromiseSpec:
    """The promise of its record."""
    return content.PromiseSpec(
        id=promise.external or promise.id,
        title=promise.title,
        trigger=promise.trigger or "",
        duty=promise.duty or "",
        limit=promise.limit or "",
        clock=promise.clock or "",
        direction=promise.direction or "",
        compensation=promise.compensation or "",
    )


def _question(question: Question) -> content.Question:
    answer = question.answer if isinstance(question.answer, Mapping) else {}
    return content.Question(
        id=question.external or question.id,
        kind=question.kind,
        text=question.text,
        options=tuple(_option(one) for one in _listed(question.options) if isinstance(one, Mapping)),
        feedback=question.feedback or "",
        answer=_texts(answer.get("accepted")),
        tolerance=str(answer.get("tolerance") or "0"),
        points=question.points,
        theme=question.theme or "",
    )


def _option(option: Mapping[str, Any]) -> content.Option:
    return content.Option(
        str(option.get("text") or ""), option.get("right") is True, str(option.get("feedback") or "")
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in _listed(value))


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()

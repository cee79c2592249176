"""What makes shipped or edited content sound: pure checks that name where and what, never just the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.content import (
    CLOCKS,
    DIRECTIONS,
    OPTION_KINDS,
    QUESTION_KINDS,
    REPLY_USES,
    Module,
    PlanTemplate,
    PromiseSpec,
    Question,
    ReplyTemplate,
    TemplateRow,
    braced,
    decimal_of,
    folded,
    placeholders_of,
    unknown_placeholders,
)
from app.domain.toml_lines import KeyPath
from app.domain.worktime import Limit, Unit
from app.text import _

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNITS = {
    "elapsed": {Unit.MINUTES, Unit.HOURS},
    "working_hours": {Unit.WORKING_HOURS},
    "working_days": {Unit.WORKING_DAYS},
    "calendar": {Unit.DAYS, Unit.WEEKS, Unit.MONTHS},
    "window": {Unit.DAYS, Unit.WEEKS, Unit.MONTHS},
    "immediate": {Unit.MINUTES},
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where it stands."""

    path: KeyPath
    what: str


def module_problems(module: Module) -> Iterator[Problem]:
    """What is wrong with a module and its questions."""
    yield from _slug_problems(("id",), module.id)
    if not 1 <= module.pass_mark <= 100:
        yield Problem(("pass_mark",), _("the pass mark is a percentage from 1 to 100"))
    if not module.questions:
        yield Problem(("questions",), _("a module needs at least one question"))
    yield from _duplicates("questions", [question.id for question in module.questions])
    for index, question in enumerate(module.questions):
        at: KeyPath = ("questions", index)
        yield from _slug_problems((*at, "id"), question.id)
        if question.theme and question.theme not in module.themes:
            yield Problem(
                (*at, "theme"), _("%(theme)s is no theme of this module") % {"theme": question.theme}
            )
        if question.points < 1:
            yield Problem((*at, "points"), _("a question gives at least 1 point"))
        if question.kind not in QUESTION_KINDS and question.kind:
            yield _unknown((*at, "kind"), question.kind, QUESTION_KINDS)
        elif question.kind in OPTION_KINDS:
            yield from _option_problems(at, question)
        elif question.kind:
            yield from _answer_problems(at, question)


def _option_problems(at: KeyPath, question: Question) -> Iterator[Problem]:
    options, right = question.options, sum(option.right for option in question.options)
    if question.answer:
        yield Problem((*at, "answer"), _("mark the right options instead of giving an answer"))
    if question.kind == "true_false" and len(options) != 2:
        yield Problem((*at, "options"), _("true or false takes exactly two options"))
    elif len(options) < 2:
        yield Problem((*at, "options"), _("at least two options are needed"))
    if options and not right:
        yield Problem((*at, "options"), _("no option is marked right"))
    if right > 1 and question.kind != "multiple":
        yield Problem((*at, "options"), _("only one option can be right; with several the kind is multiple"))
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option.text and folded(option.text) in seen:
            yield Problem((*at, "options", index), _("this option says the same as one above"))
        seen.add(folded(option.text))


def _answer_problems(at: KeyPath, question: Question) -> Iterator[Problem]:
    if question.options:
        yield Problem((*at, "options"), _("this kind of question has no options"))
    if question.kind != "short" and len(question.answer) > 1:
        yield Problem((*at, "answer"), _("give one answer"))
    if not question.answer:
        yield Problem((*at, "answer"), _("answer is missing"))
    elif question.kind == "number" and any(decimal_of(text) is None for text in question.answer):
        yield Problem((*at, "answer"), _("the answer must be a number"))
    tolerance = decimal_of(question.tolerance)
    if tolerance is None or tolerance < 0:
        yield Problem((*at, "tolerance"), _("the tolerance must be a number from 0 up"))


def promise_problems(promises: Sequence[PromiseSpec]) -> Iterator[Problem]:
    """What is wrong with a list of promises: a limit must fit its clock, an id stands once."""
    yield from _duplicates("promises", [promise.id for promise in promises])
    for index, promise in enumerate(promises):
        at: KeyPath = ("promises", index)
        if promise.clock and promise.clock not in CLOCKS:
            yield _unknown((*at, "clock"), promise.clock, CLOCKS)
        elif promise.clock and (flaw := _limit_flaw(promise)):
            yield Problem((*at, "limit"), flaw)
        if promise.direction and promise.direction not in DIRECTIONS:
            yield _unknown((*at, "direction"), promise.direction, DIRECTIONS)


def _limit_flaw(promise: PromiseSpec) -> str:
    """What is wrong with a limit, on its own or for its clock; empty if nothing is."""
    fits = not promise.limit
    if promise.clock != "per_customer":
        try:
            limit = Limit.parse(promise.limit)
        except ValueError as error:
            return str(error)
        fits = (
            limit.unit in _UNITS[promise.clock]
            and (limit.earliest is not None) == (promise.clock == "window")
            and (limit.amount == 0) == (promise.clock == "immediate")
        )
    mismatch = _("the limit %(limit)r does not fit the clock %(clock)s")
    return "" if fits else mismatch % {"limit": promise.limit, "clock": promise.clock}


def plan_problems(plan: PlanTemplate) -> Iterator[Problem]:
    """What is wrong with a plan template: each code stands once, a row's code begins with its phase's."""
    yield from _slug_problems(("id",), plan.id)
    if not plan.phases:
        yield Problem(("phases",), _("a plan needs at least one phase"))
    yield from _duplicates("phases", [phase.code for phase in plan.phases], "code")
    seen: set[str] = set()
    for index, phase in enumerate(plan.phases):
        if not phase.rows:
            yield Problem(("phases", index), _("a phase needs at least one row"))
        for number, row in enumerate(phase.rows):
            yield from _row_problems(("phases", index, "rows", number), row, seen)
            seen.add(row.code)


def _row_problems(at: KeyPath, row: TemplateRow, seen: set[str]) -> Iterator[Problem]:
    if row.code and row.code in seen:
        yield _twice((*at, "code"), row.code)
    elif row.code and row.phase and not row.code.startswith(f"{row.phase}-"):
        yield Problem(
            (*at, "code"),
            _("the code of a row in phase %(phase)s begins with %(phase)s-") % {"phase": row.phase},
        )
    if not row.titles:
        yield Problem(at, _("a row needs a title"))
    if row.window_months and not 0 <= row.window_months[0] <= row.window_months[1]:
        yield Problem((*at, "window_months"), _("the window ends before it begins"))


def reply_problems(replies: Sequence[ReplyTemplate]) -> Iterator[Problem]:
    """What is wrong with reply templates: use, language, placeholders, an id that stands twice."""
    yield from _duplicates("replies", [reply.id for reply in replies])
    for index, reply in enumerate(replies):
        at: KeyPath = ("replies", index)
        yield from _slug_problems((*at, "id"), reply.id)
        if reply.use and reply.use not in REPLY_USES:
            yield _unknown((*at, "use"), reply.use, REPLY_USES)
        if reply.language and not _LANGUAGE.fullmatch(reply.language):
            yield Problem((*at, "language"), _("a language is a short code such as en or da"))
        for name in unknown_placeholders(reply.text, reply.use):
            said = {"name": braced(name), "known": " ".join(map(braced, placeholders_of(reply.use)))}
            yield Problem((*at, "text"), _("%(name)s cannot be filled in; what can is %(known)s") % said)


def _slug_problems(path: KeyPath, value: str) -> Iterator[Problem]:
    if value and not _SLUG.fullmatch(value):
        yield Problem(path, _("an id is lower-case letters, digits and single hyphens"))


def _duplicates(key: str, ids: Iterable[str], named: str = "id") -> Iterator[Problem]:
    seen: set[str] = set()
    for index, value in enumerate(ids):
        if value and value in seen:
            yield _twice((key, index, named), value)
        seen.add(value)


def _twice(path: KeyPath, value: str) -> Problem:
    return Problem(path, _("%(id)s stands twice") % {"id": value})


def _unknown(path: KeyPath, value: str, known: Sequence[str]) -> Problem:
    return Problem(path, _("%(value)r is not one of %(known)s") % {"value": value, "known": ", ".join(known)})

"""The content a trainer can edit, as frozen values: plan templates, promises, modules, reply templates.

Numbers are ints, or decimal strings where a fraction may stand; nothing here is a float, since the values
travel in changes. The field names are the keys of the files in ``data/``.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

QUESTION_KINDS = ("single", "multiple", "true_false", "short", "number", "case")
OPTION_KINDS = ("single", "multiple", "true_false")
CLOCKS = ("elapsed", "working_hours", "working_days", "calendar", "window", "immediate", "per_customer")
DIRECTIONS = ("forward", "backward")
REPLY_USES = ("acknowledge", "accept", "reject", "extra_work", "follow_up", "offer")
_OF_REPLIES = ("customer", "item", "time", "supervisor", "contact")
_OF_OFFERS = ("name", "customer", "address", "when", "supervisor", "contact")
PLACEHOLDERS = tuple(dict.fromkeys((*_OF_REPLIES, *_OF_OFFERS)))
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Localised:
    """One text in several languages, as (language, text) pairs; the first is the one to fall back to."""

    texts: tuple[tuple[str, str], ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the text stands."""
        return tuple(language for language, _text in self.texts)

    def text(self, language: str) -> str:
        """The text in this language, else in English, else in the first there is."""
        by_language = dict(self.texts)
        return by_language.get(language) or by_language.get("en") or self.texts[0][1]


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One row of a plan template: what to do, and what to think about."""

    code: str
    phase: str
    titles: tuple[Localised, ...]
    think_about: tuple[str, ...]
    window_months: tuple[int, int] | None
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class Phase:
    """One section of a plan template, in the order of the customer's life."""

    code: str
    title: Localised
    rows: tuple[TemplateRow, ...]


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """A checklist that is worked once for each customer."""

    id: str
    title: Localised
    phases: tuple[Phase, ...]

    @property
    def rows(self) -> tuple[TemplateRow, ...]:
        """All rows, in order."""
        return tuple(row for phase in self.phases for row in phase.rows)

    def row(self, code: str) -> TemplateRow:
        """The row of this code; KeyError if there is none."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class PromiseSpec:
    """A time-bound commitment to a customer, as the company words it.

    ``limit`` is compact: ``30m``, ``2h``, ``4wh``, ``5wd``, ``3d``, ``2w``, ``1mo``; a window ``3mo..6mo``;
    empty where it is set per customer. What follows if the promise fails stands in ``compensation`` (FI-20).
    """

    id: str
    title: str
    trigger: str
    duty: str
    limit: str
    clock: str
    direction: str
    compensation: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, with what is said to whoever chooses it."""

    text: str
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a module; ``id`` is unique in the module.

    ``answer`` holds the accepted texts of a *short* question, the one decimal of a *number* (right within
    ``tolerance``), the model answer of a *case*; it is empty where there are options.
    """

    id: str
    kind: str
    text: str
    options: tuple[Option, ...]
    feedback: str
    answer: tuple[str, ...]
    tolerance: str
    points: int
    theme: str


@dataclass(frozen=True, slots=True)
class Module:
    """One onboarding course; ``pass_mark`` in percent, ``promises`` the ids of those that it teaches."""

    id: str
    title: str
    pass_mark: int
    themes: tuple[str, ...]
    promises: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """Words to a customer that a supervisor starts from; ``use`` is the decision that they serve."""

    id: str
    language: str
    use: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of customers and agreements: lines of words that mean the same, and words that say nothing."""

    same: tuple[tuple[str, ...], ...]
    nothing: tuple[str, ...]

    @property
    def id(self) -> str:
        """There is one list alone."""
        return "words"


def placeholders_of(use: str) -> tuple[str, ...]:
    """The placeholders that are filled in where a template serves that use."""
    return _OF_OFFERS if use == "offer" else _OF_REPLIES


def braced(name: str) -> str:
    """A placeholder as it stands in a text."""
    return f"{{{name}}}"


def unknown_placeholders(text: str, use: str) -> tuple[str, ...]:
    """The placeholders in a text that nothing is filled in for."""
    found = (one[1] for one in PLACEHOLDER.finditer(text))
    return tuple(dict.fromkeys(one for one in found if one not in placeholders_of(use)))


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """A text with its placeholders filled; one without a value stays, to be seen and written."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1]) or found[0], text)


def left_open(text: str) -> tuple[str, ...]:
    """The placeholders that stand in a text, as ``{time}``."""
    found = (one for one in PLACEHOLDER.finditer(text) if one[1] in PLACEHOLDERS)
    return tuple(dict.fromkeys(one.group() for one in found))


def decimal_of(text: str) -> Decimal | None:
    """The decimal that a text holds, with a point or a comma; None if it holds none.

    At most 28 characters and 30 places either way, so that arithmetic on it is never rounded or refused.
    """
    try:
        value = Decimal(text.strip().replace(",", ".")) if len(text) <= 28 else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and abs(value.adjusted()) <= 30 else None


_SIGN = re.compile(r"(?<![\w.,])[-\u2212](?=\d)")
_RANGE = re.compile(r"(?<=\d)\s*[\u2010-\u2015-]\s*(?=\d)")
_NOISE = re.compile(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)|_")


def _quiet(found: re.Match[str]) -> str:
    category = unicodedata.category(found[0])
    if category == "Cf" or found[0] in "'\u2019":
        return ""
    return " " if category[0] in "PC" and found[0] not in "%\u2030" else found[0]


def folded(text: str) -> str:
    """The text without what carries no meaning: case, spacing, punctuation.

    What makes a number another number stays: decimal points, signs, ranges, percent. A text of nothing but
    punctuation is kept as it is.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = _RANGE.sub("-", _SIGN.sub("\u2212", plain))
    plain = re.sub(r"(?<=\d),(?=\d)", ".", plain)
    return " ".join(_NOISE.sub(_quiet, plain).split()) or text.strip()


def _answers(question: Question) -> list[str]:
    if question.kind == "number":
        values = [decimal_of(text) for text in (*question.answer, question.tolerance)]
        return ["" if value is None else str(value.normalize()) for value in values]
    return sorted({folded(text) for text in question.answer})


def _meaning(question: Question) -> list[object]:
    options = [[folded(option.text), option.right] for option in question.options]
    return [question.id, question.kind, folded(question.text), options, _answers(question)]


def _commitment(promise: PromiseSpec) -> list[str]:
    words = [folded(text) for text in (promise.trigger, promise.duty, promise.compensation)]
    return [promise.id, promise.limit, promise.clock, promise.direction, *words]


def module_version(module: Module, promises: Iterable[PromiseSpec] = ()) -> str:
    """The first 16 hex of SHA-256 over what the module means; whoever holds it need not repeat it (FI-48).

    A comma in a title changes nothing, a number in a promise that the module teaches changes the version
    (FI-21); hand in the promises as the team has them. Titles, feedback, points, the pass mark and the order
    of questions and themes do not count; that of options does: recorded answers name them by number.
    """
    taught = sorted(_commitment(promise) for promise in promises if promise.id in module.promises)
    themes = sorted({folded(theme) for theme in module.themes})
    questions = sorted((_meaning(question) for question in module.questions), key=lambda row: str(row[0]))
    canonical = json.dumps([themes, questions, taught], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]

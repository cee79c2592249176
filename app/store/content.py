"""The shipped content of ``data/``, read when first asked for, and the one reader for edited files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from app.assets import data_dir
from app.domain.content import Module, PlanTemplate, PromiseSpec, ReplyTemplate, WordList
from app.domain.content_rules import (
    Problem,
    module_problems,
    plan_problems,
    promise_problems,
    reply_problems,
)
from app.domain.evidence import Lexicon, lexicon_of
from app.domain.toml_lines import key_lines, line_of
from app.store.content_tables import Table, read_module, read_plan, read_promises, read_replies, read_words
from app.text import _

Item = Module | PlanTemplate | PromiseSpec | ReplyTemplate | WordList
"""What a content file holds: one module, plan template or list of words, or several promises or reply templates."""

SomeItem = TypeVar("SomeItem", Module, PlanTemplate, PromiseSpec, ReplyTemplate)


class ContentError(ValueError):
    """A content file that cannot be used; the message is one line for the person who edited it."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong in a content file, on a line (from 1)."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a content file holds, as far as it could be read, and all that is wrong with it, by line."""

    items: tuple[Item, ...]
    flaws: tuple[Flaw, ...]


def read_text(text: str) -> Reading:
    """The content in a TOML text, told by the lists that it holds: questions, phases, promises, replies or words."""
    text = text.removeprefix("\ufeff")
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Reading((), (_syntax_flaw(text, error),))
    problems: list[Problem] = []
    items = _items(data, problems)
    lines = key_lines(text) if problems else {}
    flaws = {Flaw(line_of(lines, problem.path), problem.what) for problem in problems}
    return Reading(items, tuple(sorted(flaws, key=lambda flaw: (flaw.line, flaw.what))))


def _items(data: Mapping[str, object], problems: list[Problem]) -> tuple[Item, ...]:
    table = Table(data, (), problems)
    if data.keys() & {"questions", "themes", "pass_mark"}:
        module = read_module(table)
        problems.extend(module_problems(module))
        return (module,)
    if "phases" in data:
        plan = read_plan(table)
        problems.extend(plan_problems(plan))
        return (plan,)
    if "promises" in data:
        promises = read_promises(table)
        problems.extend(promise_problems(promises))
        return promises
    if "replies" in data:
        replies = read_replies(table)
        problems.extend(reply_problems(replies))
        return replies
    if "same" in data:
        return (read_words(table),)
    problems.append(Problem((), _("there are no questions, phases, promises or replies in it")))
    return ()


def _syntax_flaw(text: str, error: Exception) -> Flaw:
    found = re.search(r" \(at line (\d+), column \d+\)", str(error))
    line = int(found[1]) if found else text.count("\n") + 1
    return Flaw(line, _("this is not valid TOML: %(why)s") % {"why": re.sub(r" \(at .*\)$", "", str(error))})


def read_items(path: Path) -> tuple[Item, ...]:
    """What a sound file holds; ContentError names the file, the first flaw and its line."""
    try:
        reading = read_text(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(
            _("%(file)s cannot be read: %(why)s") % {"file": path.name, "why": error}
        ) from error
    if reading.flaws:
        first = reading.flaws[0]
        raise ContentError(
            _("%(file)s, line %(line)d: %(what)s")
            % {"file": path.name, "line": first.line, "what": first.what}
        )
    return reading.items


def _shipped(kind: type[SomeItem], paths: Iterable[Path]) -> tuple[SomeItem, ...]:
    found: dict[str, SomeItem] = {}
    for path in sorted(paths):
        for item in read_items(path):
            if not isinstance(item, kind) or item.id in found:
                raise ContentError(
                    _("%(file)s: %(id)s does not belong here, or stands twice")
                    % {"file": path.name, "id": item.id}
                )
            found[item.id] = item
    return tuple(found.values())


@lru_cache(maxsize=1)
def plan_templates() -> tuple[PlanTemplate, ...]:
    """The shipped plan templates, by file name."""
    return _shipped(PlanTemplate, data_dir().glob("plans/*.toml"))


def plan_template(template_id: str) -> PlanTemplate:
    """The shipped plan template of this id; KeyError if there is none."""
    return {template.id: template for template in plan_templates()}[template_id]


@lru_cache(maxsize=1)
def promises() -> tuple[PromiseSpec, ...]:
    """The promises as shipped, in the file's order; a team's own stand in its records."""
    return _shipped(PromiseSpec, [data_dir() / "promises.toml"])


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """The shipped onboarding modules, by file name."""
    return _shipped(Module, data_dir().glob("modules/*.toml"))


@lru_cache(maxsize=1)
def reply_templates() -> tuple[ReplyTemplate, ...]:
    """The reply templates as shipped, in the order of their files; a team's own wording stands in its records."""
    return _shipped(ReplyTemplate, data_dir().glob("templates/*.toml"))


@lru_cache(maxsize=1)
def cards() -> Mapping[str, Mapping[str, str]]:
    """What is printed on the cards for customers as shipped, by language."""
    found: Mapping[str, Mapping[str, str]] = tomllib.loads((data_dir() / "cards.toml").read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words that mean the same and those that say nothing, as a complaint is compared with an agreement."""
    path = data_dir() / "words.toml"
    (words,) = read_items(path)
    if not isinstance(words, WordList):
        raise ContentError(_("%(file)s holds no list of words") % {"file": path.name})
    return lexicon_of(words.same, words.nothing)

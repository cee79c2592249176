"""TOML tables to content values, collecting everything that is wrong instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from app.domain.content import (
    Localised,
    Module,
    Option,
    Phase,
    PlanTemplate,
    PromiseSpec,
    Question,
    ReplyTemplate,
    TemplateRow,
    WordList,
)
from app.domain.content_rules import Problem
from app.domain.toml_lines import KeyPath
from app.text import _

T = TypeVar("T")


class Table:
    """One table being read: a wrong or missing value becomes a problem and a blank stands in for it."""

    def __init__(self, data: Mapping[str, object], path: KeyPath, problems: list[Problem]) -> None:
        self._data = data
        self._path = path
        self._problems = problems
        self._read: set[str] = set()

    def _value(self, key: str) -> object:
        self._read.add(key)
        return self._data.get(key)

    def _wrong(self, what: str, *path: str | int) -> None:
        self._problems.append(Problem((*self._path, *path), what))

    def text(self, key: str, default: str | None = None) -> str:
        """A text; blank counts as missing, and without a default missing is a problem."""
        value = self._value(key)
        if value is not None and not isinstance(value, str):
            self._wrong(_("%(key)s must be a text in quotes") % {"key": key}, key)
            return default or ""
        if isinstance(value, str) and value.strip():
            return value.strip()
        if default is None:
            self._wrong(_("%(key)s is missing") % {"key": key}, *([key] if key in self._data else []))
        return default or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A text or a list of texts; none at all is an empty tuple."""
        value = self._value(key)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        for index, text in enumerate(listed):
            if not isinstance(text, str) or not text.strip():
                self._wrong(_("%(key)s must hold texts in quotes") % {"key": key}, key, index)
        return tuple(text.strip() for text in listed if isinstance(text, str) and text.strip())

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts; none at all is an empty tuple."""
        value = self._value(key)
        listed = value if isinstance(value, list) else []
        found = []
        for index, entry in enumerate(listed):
            texts = (
                [one for one in entry if isinstance(one, str) and one.strip()]
                if isinstance(entry, list)
                else []
            )
            if not isinstance(entry, list) or len(texts) < len(entry):
                self._wrong(_("%(key)s must hold lists of texts in quotes") % {"key": key}, key, index)
            found.append(tuple(texts))
        if value is not None and not isinstance(value, list):
            self._wrong(_("%(key)s must hold lists of texts in quotes") % {"key": key}, key)
        return tuple(found)

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        value = self._value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(_("%(key)s must be a whole number") % {"key": key}, key)
            return default
        return value

    def flag(self, key: str) -> bool:
        """True or false; missing is false."""
        value = self._value(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(_("%(key)s must be true or false, without quotes") % {"key": key}, key)
        return value is True

    def months(self, key: str) -> tuple[int, int] | None:
        """A window as a list of two whole numbers of months."""
        value = self._value(key)
        if value is None:
            return None
        numbers = [n for n in value if type(n) is int] if isinstance(value, list) else []
        if not isinstance(value, list) or len(value) != 2 or len(numbers) != 2:
            self._wrong(_("%(key)s must be two whole numbers, such as [3, 6]") % {"key": key}, key)
            return None
        return numbers[0], numbers[1]

    def tables(self, key: str) -> list[Table]:
        """A list of tables; missing is an empty list."""
        value = self._value(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(_("%(key)s must be a list of tables") % {"key": key}, key)
            return []
        for index, entry in enumerate(value):
            if not isinstance(entry, dict):
                self._wrong(_("%(key)s must be a list of tables") % {"key": key}, key, index)
        path = (*self._path, key)
        return [
            Table(entry, (*path, index), self._problems)
            for index, entry in enumerate(value)
            if isinstance(entry, dict)
        ]

    def localised(self, key: str) -> Localised:
        """A table of one text a language."""
        value = self._value(key)
        if not isinstance(value, dict) or not value:
            self._wrong(_("%(key)s must give a text a language") % {"key": key}, *([key] if value else []))
            return Localised((("en", ""),))
        return Table(value, (*self._path, key), self._problems).languages()

    def languages(self) -> Localised:
        """This table itself as one text a language."""
        if not self._data:
            self._wrong(_("a text is missing"))
            return Localised((("en", ""),))
        return Localised(tuple((language, self.text(language)) for language in self._data))

    def finish(self) -> None:
        """Report the keys that nobody reads: a mistyped key must not be dropped silently."""
        for key in self._data:
            if key not in self._read:
                self._wrong(_("%(key)s is not a key that belongs here") % {"key": key}, key)


def read_module(table: Table) -> Module:
    """A module with its questions."""
    return _done(
        table,
        Module(
            id=table.text("id"),
            title=table.text("title"),
            pass_mark=table.whole("pass_mark", 80),
            themes=table.texts("themes"),
            promises=table.texts("promises"),
            questions=tuple(_question(entry) for entry in table.tables("questions")),
        ),
    )


def _question(table: Table) -> Question:
    return _done(
        table,
        Question(
            id=table.text("id"),
            kind=table.text("kind"),
            text=table.text("text"),
            options=tuple(_option(entry) for entry in table.tables("options")),
            feedback=table.text("feedback", ""),
            answer=table.texts("answer"),
            tolerance=table.text("tolerance", "0"),
            points=table.whole("points", 1),
            theme=table.text("theme", ""),
        ),
    )


def _option(table: Table) -> Option:
    option = Option(table.text("text"), table.flag("right"), table.text("feedback", ""))
    return _done(table, option)


def read_promises(table: Table) -> tuple[PromiseSpec, ...]:
    """The promises of a file."""
    return _done(table, tuple(_promise(entry) for entry in table.tables("promises")))


def _promise(table: Table) -> PromiseSpec:
    return _done(
        table,
        PromiseSpec(
            id=table.text("id"),
            title=table.text("title"),
            trigger=table.text("trigger"),
            duty=table.text("duty"),
            limit=table.text("limit", ""),
            clock=table.text("clock"),
            direction=table.text("direction", "forward"),
            compensation=table.text("compensation", ""),
        ),
    )


def read_plan(table: Table) -> PlanTemplate:
    """A plan template with its phases and rows."""
    plan_id, title = table.text("id"), table.localised("title")
    return _done(
        table, PlanTemplate(plan_id, title, tuple(_phase(entry) for entry in table.tables("phases")))
    )


def _phase(table: Table) -> Phase:
    code, title = table.text("code"), table.localised("title")
    return _done(table, Phase(code, title, tuple(_row(entry, code) for entry in table.tables("rows"))))


def _row(table: Table, phase: str) -> TemplateRow:
    return _done(
        table,
        TemplateRow(
            code=table.text("code"),
            phase=phase,
            titles=tuple(entry.languages() for entry in table.tables("titles")),
            think_about=table.texts("think_about"),
            window_months=table.months("window_months"),
            needs_reason=table.flag("needs_reason"),
        ),
    )


def read_replies(table: Table) -> tuple[ReplyTemplate, ...]:
    """The reply templates of a file."""
    return _done(table, tuple(_reply(entry) for entry in table.tables("replies")))


def _reply(table: Table) -> ReplyTemplate:
    texts = {key: table.text(key) for key in ("id", "language", "use", "title", "text")}
    return _done(table, ReplyTemplate(**texts))


def read_words(table: Table) -> WordList:
    """The words that mean the same, and those that say nothing."""
    return _done(table, WordList(table.lists("same"), table.texts("nothing")))


def _done(table: Table, value: T) -> T:
    table.finish()
    return value

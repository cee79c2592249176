"""The form of a decision, made from its declaration, over the list that it was opened from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Literal

from textual import on
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from app.decisions.checks import HEALTH, health_refusal
from app.decisions.registry import DECISIONS, Field, Instead
from app.desk import BadInput, DatabaseUnavailable, Desk, Outcome, Refused
from app.domain.content import left_open
from app.domain.fields import EMPTIED
from app.domain.kinds import Record
from app.frame.rows import Cell
from app.panes.quoted import quoted
from app.queries import subjects, suggestions
from app.queries.suggestions import Suggestion
from app.text import _
from app.widgets.deciding import Target
from app.widgets.form import Form, FormField
from app.widgets.ink import content
from app.widgets.panel import Panel

FieldKind = Literal["line", "text", "choice", "bool"]
_TEMPLATE = ":template"
"""Ends the name of the choice of a template, which is no field of the decision."""


class DecisionDialog(ModalScreen[Outcome | None]):
    """Asks for a decision's fields; the result is what was taken, or None when it was given up.

    The record's heads are kept from the moment the form opens: what comes in meanwhile is not overwritten.
    """

    AUTO_FOCUS = ""  # the form knows where to begin

    def __init__(
        self,
        desk: Desk,
        name: str,
        target: Target | None,
        given: Mapping[str, Any],
        problem: str = "",
        start: str = "",
        also: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._desk = desk
        self._decision = DECISIONS[name]
        on = self._decision.on
        self._target = target if target is not None and on is not None and on.name == target.kind else None
        self._kind = self._target.kind if self._target else ""
        self._record: Record | None = desk.record(target.kind, target.id) if target else None
        self._also = [(one, found.heads) for one in also if (found := desk.record(self._kind, one))]
        self._given = given
        self._problem = problem
        self._start = start
        self._changes = self._target is not None and name.endswith((".change", ".set"))
        self._offered: dict[str, Suggestion] = {}
        self._standing: frozenset[str] = frozenset()
        self._refused: dict[str, Any] = {}
        self._instead: Instead | None = None
        self.found = ""
        """The id of the record that stood in the way, where the person chose to go there."""

    def compose(self) -> ComposeResult:
        """A panel with what the decision means, what to think of, and its fields."""
        read = partial(suggestions.suggestions, current=self._changes)
        asked = self._desk.ask(self._decision.asked, self._record)
        self._offered = self._desk.ask(read, asked, self._record)
        self._standing = frozenset(one.name for one in asked if self._stands(one))
        fields = [one for field in asked for one in self._asked(field)]
        start = self._start or self._decision.begins or asked[0].name
        yield Panel(
            Static(
                content((Cell(self._decision.summary, "muted"),)),
                classes="dialog-help",
                markup=False,
            ),
            Static(self._desk.ask(quoted, self._record), classes="dialog-quote", markup=False),
            Static(content((Cell(self._warning(), "amber"),)), classes="dialog-warning", markup=False),
            Form(fields, save=self._decision.title, start=start, later=self._later()),
            title=self._title(),
        )

    def on_mount(self) -> None:
        """Shows why the form opened, where something was refused, and the words that it is about."""
        self.query_one(".dialog-warning", Static).display = bool(self._warning())
        self.query_one(".dialog-quote", Static).display = bool(self._desk.ask(quoted, self._record))

    def _title(self) -> str:
        if self._record is None or self._target is None:
            return self._decision.title
        about = self._desk.ask(subjects.subject, self._target.kind, self._target.id)
        if self._also:
            about = _("%(name)s and %(n)d more") % {"name": about, "n": len(self._also)}
        return f"{self._decision.title} · {about}"

    def _later(self) -> tuple[str, ...]:
        """The fields that are asked for once a refusal names them."""
        named = self._decision.once_refused
        return () if self._problem else tuple(name for name in named if not self._given.get(name))

    def _warning(self) -> str:
        warned = self._desk.warning(self._decision.name, self._record) if self._decision.on else None
        return self._problem or (f"▲ {warned}" if warned else "")

    def _asked(self, field: Field) -> Iterator[FormField]:
        """The field; before one with templates, which of them."""
        offered = self._offered[field.name]
        if len(offered.templates) > 1 or (offered.templates and not offered.value):
            titles = tuple((one.id, one.title) for one in offered.templates)
            taken = titles[0][0] if offered.value else ""
            help_ = "" if taken else _("↓ writes one; or write your own below")
            yield FormField(
                field.name + _TEMPLATE, _("Template"), help_, "choice", value=taken, choices=titles
            )
        yield self._field(field, offered)

    @on(Form.Taken)
    def _template_taken(self, event: Form.Taken) -> None:
        name = event.name.removesuffix(_TEMPLATE)
        if name != event.name:
            texts = {one.id: one.text for one in self._offered[name].templates}
            self.query_one(Form).write(name, texts[event.value])

    def _stands(self, field: Field) -> bool:
        """Whether the record has something there that can be emptied by deleting it."""
        own = self._target is not None and (self._changes or field.suggest == "same")
        return field.empties and own and bool(self._offered[field.name].value)

    def _field(self, field: Field, offered: Suggestion) -> FormField:
        value = self._given.get(field.name) or offered.value
        if field.type.name == "yes/no":
            return FormField(field.name, _label(field), field.help, "bool", field.required, value == "yes")
        kind: FieldKind = "choice" if offered.choices else "text" if field.type.long else "line"
        return FormField(
            field.name,
            _label(field),
            field.help,
            kind,
            field.required,
            str(value),
            offered.choices,
            fills=bool(offered.templates),
            example=_("emptied when it is saved")
            if field.name in self._standing
            else _example(field.type.name),
        )

    @on(Form.Saved)
    def _saved(self, event: Form.Saved) -> None:
        sent = {name: self._sent(name, value) for name, value in event.values.items()}
        values = {name: value for name, value in sent.items() if value is not None}
        if left := self._left_open(values):
            self._say(left)
            return
        if self._instead is not None and values == self._refused:
            self._go_on_with(self._instead)
            return
        try:
            outcome = self._take(values)
        except Refused as why:
            self._turned_down(why, values)
        except (BadInput, DatabaseUnavailable) as why:
            self._say(str(why))
        else:
            self.dismiss(outcome)

    def _turned_down(self, why: Refused, values: dict[str, Any]) -> None:
        """Says why, and where there is one the way on: saving the same once more takes it."""
        self._instead, self._refused = why.instead, values
        if any(name in str(why) for name in self._decision.once_refused):
            self.query_one(Form).ask_for_all()
        if why.instead is not None:
            on = why.instead.said or _("shows it")
            self._say(_("%(why)s. Saving again %(on)s") % {"why": why, "on": on})
            return
        self._say(str(why))
        if str(why) == HEALTH:
            self._forget(values)

    def _forget(self, values: Mapping[str, Any]) -> None:
        """What reads like health information does not stay on the screen either (DK-14)."""
        form = self.query_one(Form)
        told = [name for name, text in values.items() if isinstance(text, str) and health_refusal(text)]
        for name in told:
            form.write(name, "")
        form.show_errors(dict.fromkeys(told, HEALTH))

    def _go_on_with(self, instead: Instead) -> None:
        if not instead.decision:
            self.found = instead.id
            self.dismiss(None)
            return
        try:
            self.dismiss(self._desk.take(instead.decision, instead.id, instead.given))
        except (BadInput, Refused, DatabaseUnavailable) as why:
            self._instead = None
            self._say(str(why))

    def _sent(self, name: str, value: str | bool) -> str | bool | None:
        """What a field says to the decision; None for a template's name, and for what a change leaves as it is."""
        if name.endswith(_TEMPLATE):
            return None
        if value == "":
            return EMPTIED if name in self._standing else None
        typed = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        return None if self._changes and typed == self._offered[name].value else value

    def _take(self, values: Mapping[str, Any]) -> Outcome:
        name, target = self._decision.name, self._target
        if target is None:
            return self._desk.take(name, None, values)
        seen = self._record.heads if self._record is not None else None
        if not self._also:
            return self._desk.take(name, target.id, values, seen=seen)
        try:
            return self._desk.take_each(name, [(target.id, seen or {}), *self._also], values)
        except Refused as why:
            raise Refused(f"{self._desk.ask(subjects.subject, self._kind, why.on or '')}: {why}") from why

    def _left_open(self, values: Mapping[str, Any]) -> str:
        """Which field still holds what a template leaves open, and what it is."""
        for name, offered in self._offered.items():
            left = left_open(str(values.get(name, ""))) if offered.templates else ()
            if left := tuple(one for one in left if one[1:-1] not in self._decision.fills):
                return _("%(field)s: still open: %(left)s") % {"field": name, "left": ", ".join(left)}
        return ""

    def _say(self, why: str) -> None:
        """Says what is wrong at the field that it begins with, else at the top of the form."""
        name, _colon, rest = why.partition(": ")
        named = name if any(field.name == name for field in self._decision.fields) else ""
        line = self.query_one(".dialog-warning", Static)
        line.display = not named
        line.update(content((Cell(f"● {why}", "red"),)))
        self.query_one(Form).show_errors({named: rest} if named else {})

    @on(Form.GivenUp)
    def _given_up(self) -> None:
        self.dismiss(None)


def _example(type_: str) -> str:
    """What may be typed, where that is not plain."""
    examples = {
        "time": _("such as 10:30, tomorrow 10, fri, 24/11"),
        "date": _("such as today, fri, 24/11"),
        "list": _("with commas between"),
    }
    return examples.get(type_, "")


def _label(field: Field) -> str:
    return field.name.replace("_", " ").capitalize()

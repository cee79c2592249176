"""A decision, declared once: its fields, who may take it, why not, and what it changes.

From the declaration come the verb on the command line, the dialog, the key, the palette entry, the line in
the history, undo, and docs/COMMANDS.md. A decision's module declares a frozen class::

    @decision("complaint.reject", on=Complaint, roles=SUPERVISOR, title=_("Reject"), key="n")
    class Reject:
        \"\"\"Beyond the agreement: tell the customer why (DK-29, DK-31).\"\"\"

        reason: str = required(TEXT, _("Why is this beyond what was agreed?"))

        def changes(self, complaint: Complaint, view: View) -> Iterator[Set]: ...

A decision that creates a record has ``on=None``; its checks and ``changes`` then get None for it, as those of
one that ``creates`` its record where no id is given.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast, dataclass_transform

from app.domain.change import Body
from app.domain.fields import EMPTIED, BadInput, FieldType, Surroundings, blank
from app.domain.kinds import Kind, Record, attribute, kind_of, outward
from app.domain.view import View
from app.text import _

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Set:
    """Fields to set on a record: the body of one change. ``new`` where this creates the record."""

    kind: str
    id: str
    fields: Body
    new: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a decision: how it is read, what to ask, whether it must be given, whether it can be emptied."""

    name: str
    type: FieldType
    help: str
    required: bool
    suggest: str | None = None
    empties: bool = False

    @property
    def mark(self) -> str:
        """How a list of fields marks it: ``*`` where it must be given, ``-`` where that empties it."""
        return " *" if self.required else " -" if self.empties else ""

    def emptied_by(self, given: Any) -> bool:
        """Whether what is given says that the field shall hold nothing."""
        return self.empties and isinstance(given, str) and given.strip() == EMPTIED

    def read(self, given: Any, around: Surroundings) -> Any:
        """The value given, None for an optional one that is not. BadInput where it cannot be taken."""
        try:
            value = None if blank(given) else self.type.read(given, around)
        except BadInput as error:
            raise BadInput(_("%(field)s: %(why)s") % {"field": self.name, "why": error}) from error
        if not blank(value):
            return value
        if self.required:
            raise BadInput(_("%(field)s is missing: %(help)s") % {"field": self.name, "help": self.help})
        return None


@dataclass(frozen=True, slots=True)
class Instead:
    """The record that stands in the way of a decision, and the decision on it that does what was meant.

    ``said`` is what that does, in a few words. Without a ``decision`` nothing is left to do: the record says it all.
    """

    id: str
    decision: str = ""
    given: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    said: str = ""


class Taken(Protocol):
    """A decision whose fields are filled in.

    Beside ``changes`` its class may have ``refuse(record, view)`` (why it cannot be taken so, in one line, or
    None), ``instead(record, view)`` (the way on where it is refused), and static ``blocked`` and ``warn`` with the
    same parameters: what is known before any field is. Static
    ``without`` gives the names of the fields that a form need not ask for on this record, static ``asks`` the fields
    themselves where they are the record's own.
    """

    def changes(self, record: Any, view: View) -> Iterable[Set]:
        """What it sets; the first is the record that it is about."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A declared decision."""

    name: str
    title: str
    done: str
    help: str
    on: Kind | None
    roles: tuple[str, ...]
    key: str | None
    fields: tuple[Field, ...]
    make: Callable[..., Taken]
    undoable: bool
    creates: bool = False
    others: str | None = None
    several: bool = False
    brief: str = ""

    def read(self, given: Mapping[str, Any], around: Surroundings) -> Taken:
        """The decision with the values given, by outward field name. BadInput for what cannot be taken."""
        known = {field.name: field for field in self.fields}
        unknown = {name: value for name, value in given.items() if name not in known}
        if unknown and self.others is None:
            raise BadInput(
                _("%(decision)s has no field %(field)s") % {"decision": self.name, "field": min(unknown)}
            )
        values: dict[str, Any] = {self.others: unknown} if self.others else {}
        emptied = frozenset(name for name, field in known.items() if field.emptied_by(given.get(name)))
        if emptied:
            values["emptied"] = emptied
        for name, field in known.items():
            if name in emptied:
                continue
            value = field.read(given.get(name), around)
            if value is not None:
                values[attribute(name)] = value
        return self.make(**values)

    def blocked(self, record: Record | None, view: View) -> str | None:
        """Why this cannot be taken on the record whatever its fields say: the greyed key's reason."""
        return self.wrong_role(view) or _ask(self.make, "blocked", record, view)

    def refusal(self, taken: Taken, record: Record | None, view: View) -> str | None:
        """Why it cannot be taken with these fields, in one line, or None."""
        return self.blocked(record, view) or _ask(taken, "refuse", record, view)

    def instead(self, taken: Taken, record: Record | None, view: View) -> Instead | None:
        """The way on where it is refused, if there is one."""
        ask: Callable[[Any, View], Instead | None] | None = getattr(taken, "instead", None)
        return ask(record, view) if ask else None

    def warning(self, record: Record | None, view: View) -> str | None:
        """What should be thought of before it is taken, or None."""
        return _ask(self.make, "warn", record, view)

    def asked(self, view: View, record: Record | None) -> tuple[Field, ...]:
        """The fields that a form asks for on the record."""
        asks: Callable[[Any, View], tuple[Field, ...]] | None = getattr(self.make, "asks", None)
        if asks and record is not None:
            return asks(record, view)
        without: Callable[[Any, View], Iterable[str]] | None = getattr(self.make, "without", None)
        left_out = without(record, view) if without and record is not None else ()
        return tuple(field for field in self.fields if field.name not in left_out)

    @property
    def summary(self) -> str:
        """What it means in one line, for people: without the ids of rules."""
        return _RULE_IDS.sub("", self.help.split("\n")[0])

    @property
    def begins(self) -> str:
        """The field that a form begins at; what stands before it is filled in already. Empty: the first."""
        begins: str = getattr(self.make, "BEGINS", "")
        return begins

    @property
    def once_refused(self) -> tuple[str, ...]:
        """The fields that a form asks for only when a refusal names them."""
        fields: tuple[str, ...] = getattr(self.make, "ONCE_REFUSED", ())
        return fields

    @property
    def fills(self) -> frozenset[str]:
        """The placeholders of a template that the decision fills in itself, from its other fields."""
        fills: frozenset[str] = getattr(self.make, "FILLS", frozenset())
        return fills

    def wrong_role(self, view: View) -> str | None:
        """Why the acting person's role does not take this decision, or None. Roles guide, they do not protect."""
        roles = self.roles_without(view.actor.role)
        return _("%(title)s is for: %(roles)s") % {"title": self.title, "roles": roles} if roles else None

    def roles_without(self, role: str) -> str:
        """Whose decision it is, where it is not that of a role: ``supervisor, office``; else empty."""
        named = () if role in self.roles else self.roles
        return ", ".join(one.replace("_", " ") for one in named)


def _ask(whom: Any, what: str, record: Record | None, view: View) -> str | None:
    check: Callable[[Any, View], str | None] | None = getattr(whom, what, None)
    return check(record, view) if check else None


DECISIONS: dict[str, Decision] = {}
_RULE_IDS = re.compile(r" \((?:DK|SE|FI|NO|DE)[ -][^)]*\)")


def required(type_: FieldType, help_: str, *, suggest: str | None = None) -> Any:
    """A field that must be given."""
    return dataclasses.field(metadata={"decision": (type_, help_, True, suggest)}, kw_only=True)


def optional(type_: FieldType, help_: str, *, suggest: str | None = None, empties: bool = False) -> Any:
    """A field that may be left out: it is None then.

    ``empties``: of a record that is there it can be emptied too (``Emptying``).
    """
    return dataclasses.field(
        metadata={"decision": (type_, help_, False, suggest, empties)}, kw_only=True, default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptying:
    """The base of a decision by which fields can be emptied: on the command line by ``-``, in a form by deleting."""

    emptied: frozenset[str] = frozenset()
    """The outward names of the fields that shall hold nothing any more."""

    def after(self, name: str, record: Record | None) -> Any:
        """What a field will hold: what is given, nothing where it is emptied, else what stands in the record."""
        value = getattr(self, name)
        emptied = value is not None or outward(name) in self.emptied
        return value if emptied else getattr(record, name, None)


def given(taken: Any) -> Body:
    """The fields of a decision that were given, by outward name; those that are emptied with nothing."""
    fields = (item.name for item in dataclasses.fields(taken) if "decision" in item.metadata)
    values = ((outward(name), getattr(taken, name)) for name in fields)
    emptied = taken.emptied if isinstance(taken, Emptying) else ()
    return {name: value for name, value in values if value is not None} | dict.fromkeys(emptied)


def others() -> Any:
    """What is given under any other name, as given: the decision knows which fields its record has."""
    return dataclasses.field(metadata={"others": True}, kw_only=True, default_factory=dict)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(required, optional, others))
def decision(
    name: str,
    *,
    on: type[Record] | None,
    title: str,
    done: str = "",
    roles: tuple[str, ...] = (),
    key: str | None = None,
    undoable: bool = True,
    creates: bool = False,
    several: bool = False,
    brief: str = "",
) -> Callable[[type[T]], type[T]]:
    """Class decorator: declares the decision of that name. Empty ``roles``: anyone may take it.

    ``creates``: on a record where an id is given, else it makes one. ``several``: with ``on=None`` it makes none,
    but decides on several that its fields name.
    ``title`` is what the key does ("Approve"), ``brief`` the same in a word where the line of keys is short, ``done``
    what was done ("Approved"), shown before the record's name.
    """
    kind, done = None if on is None else kind_of(on), done or title

    def register(cls: type[T]) -> type[T]:
        made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        fields, rest, help_ = tuple(_fields(made, kind)), _others(made), inspect.cleandoc(cls.__doc__ or "")
        DECISIONS[name] = Decision(
            name, title, done, help_, kind, roles, key, fields, made, undoable, creates, rest, several, brief
        )
        return cast("type[T]", made)

    return register


def _fields(cls: Any, on: Kind | None) -> Iterator[Field]:
    for item in dataclasses.fields(cls):
        if "decision" in item.metadata:
            type_, help_, needed, suggest, *empties = item.metadata["decision"]
            yield Field(outward(item.name), type_, help_, needed, suggest, on is not None and any(empties))


def _others(cls: Any) -> str | None:
    return next((item.name for item in dataclasses.fields(cls) if "others" in item.metadata), None)

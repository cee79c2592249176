"""How a kind of record is declared: its fields, and how each merges.

A frozen dataclass per kind (app/domain/records/) is the one declaration: the fold, the tables' check, the
command line and the imports read it. Fields that are decided together form one *register*.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from keyword import iskeyword
from typing import Any, TypeVar

from app.domain.fields import FieldType


class Rule(Enum):
    """What concurrent values of a register mean."""

    PLAIN = "plain"
    """Latest (hlc, id) among the causal heads wins; several values are a listed conflict."""
    DECISION = "decision"
    """Differing heads are contested: no automatic winner."""


@dataclass(frozen=True, slots=True)
class Spec:
    """How one field is read and merged; it stands in the dataclass field's metadata."""

    type: FieldType
    register: str
    rule: Rule
    decides: bool
    computed: bool
    entries: str | None


@dataclass(frozen=True, slots=True)
class Register:
    """Fields that merge together; ``deciding`` are those in which heads must agree."""

    name: str
    fields: tuple[str, ...]
    deciding: tuple[str, ...]
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has. ``heads`` is what its reader saw: it becomes the base of what they decide."""

    id: str
    external: str | None = None
    contested: tuple[str, ...] = ()
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)


R = TypeVar("R", bound=Record)


def kept(
    type_: FieldType,
    *,
    register: str = "",
    rule: Rule = Rule.PLAIN,
    decides: bool = True,
    default: Any = dataclasses.MISSING,
) -> Any:
    """A field that changes set. Its register is its own name unless given; ``decides`` False: a mere stamp."""
    return _field(Spec(type_, register, rule, decides, False, None), default)


def computed(type_: FieldType, *, entries: str | None = None, default: Any = None) -> Any:
    """A field that no change sets: derived by a query, or (``entries``) from a growing set of that name."""
    return _field(Spec(type_, "", Rule.PLAIN, False, True, entries), default)


def _field(spec: Spec, default: Any) -> Any:
    if default is dataclasses.MISSING:
        return field(metadata={"spec": spec}, default=None)
    return field(metadata={"spec": spec}, default=default)


@dataclass(frozen=True, slots=True)
class Kind:
    """All that is known of a kind of record. ``one`` is what people call one of them."""

    name: str
    one: str
    record: type[Record]
    specs: Mapping[str, Spec]
    registers: Mapping[str, Register]
    register_of: Mapping[str, str]
    sets: frozenset[str]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields, outward spelling (``from``, not ``from_``)."""
        return tuple(self.specs)


KINDS: dict[str, Kind] = {}
_BY_RECORD: dict[type[Record], Kind] = {}


def kind_of(record: type[Record]) -> Kind:
    """The kind that a record class declares."""
    return _BY_RECORD[record]


def outward(name: str) -> str:
    """A Python attribute's name as it stands in bodies and on the command line."""
    return name.rstrip("_")


def attribute(name: str) -> str:
    """The Python attribute of an outward name."""
    return f"{name}_" if iskeyword(name) else name


def declare(name: str, *, one: str, sets: tuple[str, ...] = (), folded: bool = True) -> Any:
    """Class decorator: the frozen dataclass below declares the records of this kind; ``one`` is one of them.

    ``sets`` are the members of a body that are entries of growing sets, such as replies and signatures. A
    kind that is not ``folded`` is never written: it is read off the records of others, as conflicts are.
    """

    def register(cls: type[R]) -> type[R]:
        kind = _build(name, one, cls, frozenset(sets))
        if folded:
            KINDS[name] = kind
        _BY_RECORD[cls] = kind
        return cls

    return register


def _specs(cls: type[Record]) -> Iterator[tuple[str, Spec]]:
    for item in dataclasses.fields(cls):
        if "spec" in item.metadata:
            yield outward(item.name), item.metadata["spec"]


def _build(name: str, one: str, cls: type[Record], sets: frozenset[str]) -> Kind:
    specs = dict(_specs(cls))
    register_of = {field: spec.register or field for field, spec in specs.items() if not spec.computed}
    register_of["external"] = "external"
    grouped: dict[str, list[str]] = {}
    for field_name, register in register_of.items():
        grouped.setdefault(register, []).append(field_name)
    registers = {
        register: Register(
            register,
            tuple(fields),
            tuple(one for one in fields if one not in specs or specs[one].decides),
            specs[fields[0]].rule if fields[0] in specs else Rule.PLAIN,
        )
        for register, fields in grouped.items()
    }
    return Kind(name, one, cls, specs, registers, register_of, sets)

"""What contends about a record: who wanted what, each side in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.decisions.registry import DECISIONS
from app.desk import View
from app.domain.conflicts import Contest, Side
from app.domain.fields import TEXT
from app.domain.instants import from_text
from app.domain.kinds import KINDS
from app.domain.merge import IMPORT
from app.domain.projection import stored
from app.domain.records import Agreement, Person
from app.frame.rows import Cell
from app.panes.common import Block, Line, facts, moment_words, status_words
from app.queries.contested import contests_of
from app.queries.records import history
from app.queries.subjects import name_of, subject
from app.queries.suggestions import as_typed
from app.text import _

_STAMPS = ("approved_by", "approved_at", "closed_by", "closed_at", "covers_for")


def contested_blocks(view: View, record: str) -> list[Block]:
    """The conflicts about a record with both sides of each; empty where nothing contends."""
    return [block for one in contests_of(view, record) for block in _blocks(view, one)]


def _blocks(view: View, one: Contest) -> list[Block]:
    if one.decided:
        said = _("Both are kept; any decision you take on it settles it.")
        head: Block = (_("Decided differently"), (Cell(said, "amber"),))
    else:
        fields = ", ".join(name.replace("_", " ") for name in one.fields)
        head = (
            _("Two values"),
            (Cell(_("%(fields)s: settle it on Today or Team") % {"fields": fields}, "amber"),),
        )
    bodies = {line.id: line.set for line in history(view, one.record)}
    return [
        head,
        *(
            (decided_line(view, side), side_lines(view, one, {**side.set, **bodies.get(side.change, {})}))
            for side in one.sides
        ),
    ]


def conflict_blocks(view: View, one: Contest) -> list[Block]:
    """What contends: decisions one after the other; of values each field with what every side wants it to be."""
    named, said = contest_words(view, one)
    about = Cell(named, "strong")
    if one.decided:
        sides = ((decided_line(view, side), side_lines(view, one, side.set)) for side in one.sides)
        return [("", (about, Cell(said, "amber"))), *sides]
    fields = ((name.replace("_", " ").capitalize(), tuple(_values(view, one, name))) for name in one.fields)
    return [("", (about, Cell(said, "amber"))), *fields]


def _values(view: View, one: Contest, name: str) -> Iterator[Line]:
    for number, side in enumerate(one.sides, start=1):
        shown = side.change == one.winner.change
        value = value_words(view, one.kind, name, side.set.get(name))
        yield (
            Cell(f"{number}  ", "key"),
            Cell(value, "strong"),
            Cell(_("  shown now") if shown else "", "green"),
        )
        yield Cell("   "), Cell(decided_line(view, side), "muted")


def decided_line(view: View, side: Side) -> str:
    """Who decided what, and when."""
    return f"{writer_words(view, side)} · {_when(view, side)}"


def writer_words(view: View, side: Side) -> str:
    """Whose side it is: the person's, or the office's, whoever read its export."""
    return _("the office's export") if side.decision == IMPORT else name_of(view, Person, side.by)


def _when(view: View, side: Side) -> str:
    when = moment_words(view, from_text(side.at))
    if side.decision == IMPORT:
        return when
    decision = DECISIONS.get(side.decision)
    return f"{when} · {decision.title if decision else side.decision}"


@dataclass(frozen=True, slots=True)
class SideCard:
    """A side as it stands beside the others: the change that is kept, whose it is, when, and what it would set.

    ``shown`` where its values are those that are shown until one is chosen.
    """

    change: str
    who: str
    when: str
    lines: tuple[Line, ...]
    shown: bool


def contest_words(view: View, one: Contest) -> tuple[str, str]:
    """What a conflict is about, and what holds until it is settled."""
    if one.decided:
        said = _("Decided differently: nobody wins until one is chosen.")
    else:
        said = _("Two values: the later is shown until one is chosen.")
    return subject(view, one.kind, one.record) or KINDS[one.kind].one, said


def side_cards(view: View, one: Contest) -> tuple[SideCard, ...]:
    """The sides, each with the same fields in the same order: those in which they differ first and strong."""
    some = [name for side in one.sides for name, value in side.set.items() if value not in (None, "", [])]
    names = [name for name in dict.fromkeys((*one.fields, *some)) if name not in _STAMPS]
    width = max(map(len, names), default=0)
    return tuple(
        SideCard(
            side.change,
            writer_words(view, side),
            _when(view, side),
            tuple(_card_line(view, one, side, name, width) for name in names),
            not one.decided and side.change == one.winner.change,
        )
        for side in one.sides
    )


def _card_line(view: View, one: Contest, side: Side, name: str, width: int) -> Line:
    value = value_words(view, one.kind, name, side.set.get(name))
    ink = "strong" if name in one.fields else ""
    return Cell(f"{name.replace('_', ' '):<{width}}  ", "muted"), Cell(value, ink)


def filled_in(view: View, one: Contest) -> dict[str, str]:
    """What stands in the form of a third way at first: the values that are shown now, as they would be typed."""
    specs = KINDS[one.kind].specs
    return {
        name: as_typed(view, specs[name].type if name in specs else TEXT, value)
        for name, value in one.winner.set.items()
        if value is not None
    }


def side_lines(view: View, one: Contest, values: Mapping[str, Any]) -> tuple[Line, ...]:
    """What a side says, field by field."""
    told = [
        (name, value) for name, value in values.items() if value not in (None, "", []) and name not in _STAMPS
    ]
    return facts((name.replace("_", " "), value_words(view, one.kind, name, value)) for name, value in told)


def value_words(view: View, kind: str, name: str, value: Any) -> str:
    """A field's value as people say it."""
    if value in (None, "", []):
        return "–"
    spec = KINDS[kind].specs.get(name)
    type_ = spec.type if spec else TEXT
    if name == "status":
        return status_words(str(value))
    if type_.name == "time" and (moment := stored(type_, value)):
        return moment_words(view, from_text(moment))
    if type_.kind is not None:
        item = view.get(Agreement, str(value)) if type_.kind == "agreements" else None
        return item.label if item else subject(view, type_.kind, str(value)) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

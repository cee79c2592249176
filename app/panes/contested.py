"""What contends about a record: who wanted what, each side in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.decisions.registry import DECISIONS
from app.desk import View
from app.domain.conflicts import Contest, Side
from app.domain.fields import TEXT
from app.domain.instants import from_text
from app.domain.kinds import KINDS
from app.domain.records import Agreement, Person
from app.frame.rows import Cell
from app.panes.common import Block, Line, labelled, moment_words, status_words
from app.queries.contested import contests_of
from app.queries.records import history
from app.queries.subjects import name_of
from app.queries.suggestions import item_label
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
            (Cell(_("%(fields)s: settle it on Team, key 6") % {"fields": fields}, "amber"),),
        )
    bodies = {line.id: line.set for line in history(view, one.record)}
    return [
        head,
        *(
            (decided_line(view, side), side_lines(view, one, {**side.set, **bodies.get(side.change, {})}))
            for side in one.sides
        ),
    ]


def decided_line(view: View, side: Side) -> str:
    """Who decided what, and when."""
    decision = DECISIONS.get(side.decision)
    when = moment_words(view, from_text(side.at))
    return f"{name_of(view, Person, side.by)} · {when} · {decision.title if decision else side.decision}"


def side_lines(view: View, one: Contest, values: Mapping[str, Any]) -> tuple[Line, ...]:
    """What a side says, field by field."""
    told = [
        (name, value) for name, value in values.items() if value not in (None, "", []) and name not in _STAMPS
    ]
    return tuple(
        labelled(name.replace("_", " "), value_words(view, one.kind, name, value)) for name, value in told
    )


def value_words(view: View, kind: str, name: str, value: Any) -> str:
    """A field's value as people say it."""
    if value in (None, "", []):
        return "–"
    spec = KINDS[kind].specs.get(name)
    type_ = spec.type if spec else TEXT
    if name == "status":
        return status_words(str(value))
    if type_.name == "time":
        return moment_words(view, from_text(str(value)))
    if type_.kind == "people":
        return name_of(view, Person, str(value))
    if type_.kind == "agreements":
        item = view.get(Agreement, str(value))
        return item_label(item) if item else "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

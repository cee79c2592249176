"""Who did what with a record, and when."""

from __future__ import annotations

from collections.abc import Sequence

from app.decisions.registry import DECISIONS
from app.desk import View
from app.domain.history import voids_in
from app.domain.instants import from_text
from app.domain.records import Person
from app.frame.rows import Cell
from app.panes.common import Block, Line, moment_words, snippet
from app.queries import records
from app.queries.records import HistoryLine
from app.queries.subjects import name_of
from app.text import _

_WORDS = ("reason", "plan", "extra_work", "replies", "note")
"""The fields in which people write, the one that says most first."""
_WHEN, _WHO = 10, 16


def history_block(view: View, id_: str, shown: int = 20) -> Block:
    """The last changes of a record, oldest first: when, who, what, and their words."""
    known = records.history(view, id_)
    lines: list[Line] = [_line(view, one, known) for one in known[-shown:]]
    return _("History"), tuple(lines)


def _line(view: View, one: HistoryLine, known: Sequence[HistoryLine]) -> Line:
    when = moment_words(view, from_text(one.at))
    who = name_of(view, Person, one.by)
    words = next((str(one.set[name]) for name in _WORDS if one.set.get(name)), "")
    said = f"  {snippet(words, 80)}" if words else ""
    return (
        Cell(f"{when:<{_WHEN}} ", "muted"),
        Cell(f"{who:<{_WHO}} "),
        Cell(_title(one, known), "strong"),
        Cell(said, "muted"),
    )


def _title(one: HistoryLine, known: Sequence[HistoryLine]) -> str:
    words = {"undo": _("undone: %(what)s"), "redo": _("redone: %(what)s")}
    if one.decision in words:
        return words[one.decision] % {"what": _voided(one, known)}
    if one.decision == "import":
        return _("imported")
    decision = DECISIONS.get(one.decision)
    return decision.done.rstrip(":") if decision else one.decision


def _voided(one: HistoryLine, known: Sequence[HistoryLine]) -> str:
    """What an undo takes back, or a redo restores: through the undos between."""
    before = known[: known.index(one)]
    found = next((other for other in reversed(before) if other.id in voids_in(one.set)), None)
    if found is None:
        return "–"
    return _voided(found, before) if found.decision in ("undo", "redo") else _title(found, before)

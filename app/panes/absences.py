"""The list of absences as rows, and what is behind one: its visits, who covers them, who could."""

from __future__ import annotations

from app.desk import View
from app.domain.records import Absence
from app.frame.rows import Cell, Column, Runs, State, TableRow
from app.panes.common import Block, moment_words, period_words, status_words
from app.panes.contested import contested_blocks
from app.panes.details import absence_blocks
from app.queries import absences
from app.queries.absences import AbsenceLine
from app.queries.wanted import Wanted
from app.queries.words import channel_word, kind_word
from app.text import _, ngettext

COLUMNS = (
    Column("person", _("Who"), least=14),
    Column("kind", _("Kind"), width=10, drop=2),
    Column("when", _("Away"), width=17),
    Column("acute", _("Call"), width=12, drop=1),
    Column("uncovered", _("Uncovered"), width=9),
    Column("reported", _("Reported"), width=16, drop=4, ink="muted"),
    Column("state", _("State"), width=12, drop=3, ink="muted"),
)


def page(view: View, wanted: Wanted, start: int, size: int) -> list[TableRow]:
    """A page of the list."""
    return [_row(view, line) for line in absences.lines(view, wanted, start, size)]


def _row(view: View, line: AbsenceLine) -> TableRow:
    absence = line.absence
    over = absence.until is not None and absence.until <= view.now
    state: State = "red" if line.open else "" if over or absence.status in ("withdrawn", "ended") else "green"
    cells = (
        Cell(line.name, "strong" if line.open else ""),
        kind_word(absence.kind),
        period_words(view, absence.from_, absence.until),
        _call(view, line),
        _uncovered(line.uncovered),
        _reported(view, absence),
        _state(absence),
    )
    return TableRow(absence.id, cells, state, dimmed=not state)


def _call(view: View, line: AbsenceLine) -> Runs:
    if not line.acute:
        return ()
    called = line.absence.called_at
    if called is not None:
        return (
            Cell(_("acute"), "red" if line.open else ""),
            Cell(", " + moment_words(view, called), "muted"),
        )
    return (Cell(_("acute, none"), "red" if line.open else ""),)


def _uncovered(count: int) -> Cell:
    said = ngettext("%(count)d visit", "%(count)d visits", count) % {"count": count}
    return Cell(said if count else "", "red")


def _reported(view: View, absence: Absence) -> str:
    if absence.reported_at is None:
        return ""
    return f"{moment_words(view, absence.reported_at)} {channel_word(absence.reported_by)}"


def _state(absence: Absence) -> Cell:
    return Cell(_("contested"), "red") if absence.contested else Cell(status_words(absence.status))


def blocks(view: View, id_: str) -> list[Block]:
    """All about one absence."""
    absence = view.get(Absence, id_)
    if absence is None:
        return []
    head, *rest = absence_blocks(view, absence)
    return [head, *contested_blocks(view, id_), *rest]

"""The list of absences as rows, and what is behind one: its visits, who covers them, who could."""

from __future__ import annotations

from app.desk import View
from app.domain.absence_rules import first_reported, joined
from app.domain.records import Absence, Person
from app.frame.cells import fit
from app.frame.rows import Cell, Column, Runs, State, TableRow
from app.panes.common import Block, Line, clock_time, moment_words, period_words, status_words
from app.panes.contested import contested_blocks
from app.panes.details import absence_blocks
from app.queries import absences
from app.queries.absences import AbsenceLine
from app.queries.records import history
from app.queries.subjects import name_of
from app.queries.wanted import Wanted
from app.queries.words import channel_word, kind_word
from app.text import _, ngettext

COLUMNS = (
    Column("person", _("Who"), least=14),
    Column("kind", _("Kind"), width=10, drop=2),
    Column("when", _("Away"), width=18),
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
        _who(line),
        kind_word(absence.kind),
        period_words(view, absence.from_, absence.until),
        _call(view, line),
        _uncovered(line.uncovered),
        _reported(view, absence),
        _state(line),
    )
    return TableRow(absence.id, cells, state, dimmed=not state)


def _who(line: AbsenceLine) -> Runs:
    name = Cell(line.name, "strong" if line.open else "")
    return (name, Cell(" ×2", "amber")) if line.twice else (name,)


def _call(view: View, line: AbsenceLine) -> Runs:
    if not line.acute:
        return ()
    called = line.absence.called_at
    if called is not None:
        return (
            Cell(_("acute"), "red" if line.open else ""),
            Cell(", " + clock_time(view, called), "muted"),
        )
    return (Cell(_("acute, none"), "red" if line.open else ""),)


def _uncovered(count: int) -> Cell:
    said = ngettext("%(count)d visit", "%(count)d visits", count) % {"count": count}
    return Cell(said if count else "", "red")


def _reported(view: View, absence: Absence) -> str:
    if absence.reported_at is None:
        return ""
    return f"{moment_words(view, absence.reported_at)} {channel_word(absence.reported_by)}"


def _state(line: AbsenceLine) -> Cell:
    if line.absence.contested:
        return Cell(_("contested"), "red")
    return Cell(_("two reports"), "amber") if line.twice else Cell(status_words(line.absence.status))


def blocks(view: View, id_: str) -> list[Block]:
    """All about one absence."""
    absence = view.get(Absence, id_)
    if absence is None:
        return []
    head, *rest = absence_blocks(view, absence)
    return [head, *contested_blocks(view, id_), *twice_blocks(view, absence), *rest]


_SIDE = 15
"""Cells for what one of two reports says; with the label they fit the narrowest pane."""


def twice_blocks(view: View, absence: Absence) -> list[Block]:
    """Other reports of the same absence, each beside this one, with what making one of them gives."""
    return [_beside(view, absence, other) for other in absences.other_reports(view, absence)]


def _beside(view: View, absence: Absence, other: Absence) -> Block:
    kept, gone = first_reported(absence, other)
    last = joined(kept.until, gone.until)
    told = (
        (_("by"), _reporter(view, kept), _reporter(view, gone)),
        (_("kind"), kind_word(kept.kind), kind_word(gone.kind)),
        (_("away"), *(period_words(view, one.from_, one.until) for one in (kept, gone))),
        (_("reported"), _reported(view, kept), _reported(view, gone)),
        (_("called"), _called(view, kept), _called(view, gone)),
        (_("state"), status_words(kept.status), status_words(gone.status)),
    )
    lines: list[Line] = [
        (Cell(" " * 10), Cell(fit(_("this stays"), _SIDE), "strong"), Cell(_("goes into it"), "muted"))
    ]
    for label, one, two in told:
        differs = one != two
        said = Cell(fit(one, _SIDE), "strong" if differs else ""), Cell(two, "amber" if differs else "muted")
        lines.append((Cell(fit(label, 10), "muted"), *said))
    made = period_words(view, min(kept.from_, gone.from_), last)
    lines.append((Cell(fit("m", 10), "key"), Cell(_("makes one of them: %(period)s") % {"period": made})))
    return _("Reported twice"), tuple(lines)


def _reporter(view: View, absence: Absence) -> str:
    first = next(iter(history(view, absence.id)), None)
    return name_of(view, Person, first.by) if first else "–"


def _called(view: View, absence: Absence) -> str:
    return moment_words(view, absence.called_at) if absence.called_at else "–"

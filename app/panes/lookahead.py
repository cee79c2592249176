"""The week as a line a person: bars for who is away, a point for every visit that nobody covers."""

from __future__ import annotations

from datetime import datetime

from app.desk import View
from app.domain.records import Absence, Shift
from app.frame.cells import fit
from app.frame.grid import GUTTER
from app.frame.rows import Cell, Column, Runs, State, TableRow
from app.panes.absences import blocks as absence_blocks
from app.panes.common import Block, days_words
from app.panes.details import shift_blocks
from app.queries.lookahead import DAYS, Week, WeekLine
from app.queries.words import kind_word
from app.text import _, ngettext

NAME = 16
"""Cells for a person's name; what is left is the week's."""
_GAP = 2
_INKS = {"sick": "accent", "child_sick": "accent", "holiday": "green", "other": ""}
_VISIT = "shift:"

Drawn = list[Cell]
"""A line of the week, a cell of the terminal each."""


def day_width(room: int) -> int:
    """The cells of one day, in a table so many cells wide."""
    return max((room - GUTTER - NAME - _GAP) // DAYS, 4)


def columns(room: int) -> tuple[Column, ...]:
    """The name, and the week as one column: its bars go on from day to day."""
    return Column("who", _("Who"), width=NAME), Column("week", "", width=DAYS * day_width(room))


def title(week: Week, view: View) -> str:
    """Which week it is: ``Week 48 · 23–29 Nov``."""
    first, last = (week.bounds[day].astimezone(view.zone).date() for day in (0, DAYS - 1))
    words = {"number": first.isocalendar().week, "days": days_words(view, first, last)}
    return _("Week %(number)d · %(days)s") % words


def head(week: Week, view: View, room: int) -> tuple[Runs, ...]:
    """The days, today lit, and under each how many are away and how many visits nobody covers."""
    width = day_width(room)
    days: list[Cell] = [Cell(" " * (GUTTER + NAME + _GAP))]
    for day in range(DAYS):
        local = week.bounds[day].astimezone(view.zone)
        today = week.bounds[day] <= view.now < week.bounds[day + 1]
        said = f"{local:%a} {local.day}"
        days += [Cell(f" {said} ", "current"), Cell(" " * max(width - len(said) - 2, 0))] if today else [
            Cell(fit(f" {said}", width), "heading" if local.weekday() < 5 else "faint")
        ]  # fmt: skip
    return (
        tuple(days),
        _counts(_("away"), [week.away(day) for day in range(DAYS)], width, "muted", ""),
        _counts(_("uncovered"), [week.uncovered(day) for day in range(DAYS)], width, "muted", "red"),
    )


def _counts(label: str, counts: list[int], width: int, label_ink: str, ink: str) -> Runs:
    said = [Cell(" " * GUTTER + fit(label, NAME + _GAP), label_ink)]
    for count in counts:
        sign = "●" if ink == "red" and count else ""
        said.append(Cell(fit(f" {sign}{count}" if count else " ·", width), ink if count else "faint"))
    return tuple(said)


def row(view: View, week: Week, line: WeekLine, room: int) -> TableRow:
    """A person's week; red where a visit to come is uncovered or a report waits."""
    coming = any(visit.end > view.now for visit in line.visits)
    waits = any(one.status == "reported" or one.contested for one in line.absences)
    state: State = "red" if coming or waits else "green" if line.absences else ""
    name = Cell(line.name or _("Nobody assigned"), "strong" if state == "red" else "")
    return TableRow(key_of(line), (name, _joined(_drawn(view, week, line, DAYS * day_width(room)))), state)


def key_of(line: WeekLine) -> str:
    """The absence that the line is about, else its first visit behind a word that says so."""
    absence = line.absence
    return absence.id if absence else _VISIT + line.visits[0].id


def visit_of(key: str) -> str | None:
    """The visit that a line without an absence is about."""
    return key.removeprefix(_VISIT) if key.startswith(_VISIT) else None


def detail(view: View, key: str) -> list[Block]:
    """All about the absence or the visit that a line is about."""
    visit = visit_of(key)
    if visit is None:
        return absence_blocks(view, key)
    shift = view.get(Shift, visit)
    return shift_blocks(view, shift) if shift else []


def _drawn(view: View, week: Week, line: WeekLine, width: int) -> Drawn:
    cells = [Cell("·" if place % (width // DAYS) == 0 else " ", "faint") for place in range(width)]
    now = _place(week, view.now, width)
    if 0 <= now < width:
        cells[now] = Cell("┊", "accent")
    spans = [_bar(cells, week, absence) for absence in line.absences]
    taken: set[int] = set()
    for visit in line.visits:
        place = max(_place(week, visit.start, width), 0)
        while place in taken and place < width - 1:
            place += 1
        taken.add(place)
        cells[place] = Cell("●", "red") if visit.end > view.now else Cell("○", "muted")
    for absence, (first, last) in zip(line.absences, spans, strict=True):
        _write(cells, kind_word(absence.kind), range(first + 1, last), taken)
    return cells


def _bar(cells: Drawn, week: Week, absence: Absence) -> tuple[int, int]:
    """A bar from the first to the last hour, dashed while only reported; an arrow at its end says that it goes on."""
    width = len(cells)
    first = max(_place(week, absence.from_, width), 0)
    ends = width if absence.until is None else min(_place(week, absence.until, width), width)
    last = max(ends, first + 1)
    ink = _INKS.get(absence.kind, "")
    sign = "╍" if absence.status == "reported" else "━"
    for place in range(first, last):
        cells[place] = Cell(sign, ink)
    if absence.from_ < week.bounds[0]:
        cells[first] = Cell("◂", ink)
    if absence.until is None or absence.until > week.bounds[-1]:
        cells[last - 1] = Cell("▸", ink)
    return first, last


def _write(cells: Drawn, word: str, span: range, taken: set[int]) -> None:
    """Writes what kind it is into its bar, where there is room beside the visits."""
    for start in range(span.start, span.stop - len(word)):
        if taken.isdisjoint(range(start, start + len(word))):
            for place, letter in enumerate(word, start):
                cells[place] = Cell(letter, cells[place].ink)
            return


def _place(week: Week, moment: datetime, width: int) -> int:
    """The cell of a moment; a day has as many cells whether it has 23 hours, 24 or 25."""
    each = width // DAYS
    if moment >= week.bounds[-1]:
        return width
    for day in range(DAYS):
        start, end = week.bounds[day : day + 2]
        if moment < end:
            return day * each + int((moment - start) / (end - start) * each) if moment >= start else -1
    return width


def _joined(cells: Drawn) -> Runs:
    found: list[Cell] = []
    for text, ink in cells:
        if found and found[-1].ink == ink:
            found[-1] = Cell(found[-1].text + text, ink)
        else:
            found.append(Cell(text, ink))
    return tuple(found)


def uncovered_words(week: Week) -> str:
    """How much of the week nobody covers."""
    count = sum(week.uncovered(day) for day in range(DAYS))
    if not count:
        return _("every visit is covered")
    return ngettext("%(count)d visit uncovered", "%(count)d visits uncovered", count) % {"count": count}

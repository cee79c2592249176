"""The service plan's lines: the matrix of customers and phases, a section's rows, and what to think about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.desk import View
from app.domain.records import Person, PlanRow
from app.frame.format import phase_bar
from app.frame.grid import GUTTER
from app.frame.lines import Part
from app.frame.rows import Cell, Column, Runs, State, TableRow
from app.panes.common import Block, Line, date_words, facts, list_date, moment_words
from app.queries import plans
from app.queries.plans import PlanLine, SectionRow
from app.queries.subjects import name_of
from app.text import _

ROWS = (
    Column("row", _("Row"), width=4),
    Column("todo", _("To do"), least=24),
    Column("responsible", _("Responsible"), width=13, drop=2),
    Column("due", _("Due"), width=8, drop=3),
    Column("done", _("Done"), width=8),
    Column("sign", _("Sign"), width=9, drop=1),
)
_NAME, _FIGURES, _NEXT = 18, 5, 16
"""Cells for a customer's name at least, for a bar's figures with the sign of what is overdue, for what is next."""
_LONG, _LONGEST = 6, 12
"""Cells of a bar from which on there is room for what is next, and that a bar can use at most."""


def bar_width(room: int) -> int:
    """How long a phase's bar may be, in a matrix so many cells wide."""
    return max(min(_bars(room - _NEXT - 2) if _says_next(room) else _bars(room), _LONGEST), 1)


def _bars(room: int) -> int:
    return (room - GUTTER - _NAME) // len(plans.PHASES) - _FIGURES - 2


def _says_next(room: int) -> bool:
    return _bars(room - _NEXT - 2) >= _LONG


def matrix_columns(room: int) -> tuple[Column, ...]:
    """The matrix's columns in so many cells; what is next only where the bars stay long."""
    bars = (Column(phase, phase, width=bar_width(room) + _FIGURES) for phase in plans.PHASES)
    following = (Column("next", _("Next"), width=_NEXT),) if _says_next(room) else ()
    return (Column("customer", _("Customer"), least=12), *bars, *following)


def matrix_row(view: View, line: PlanLine, bar: int) -> TableRow:
    """A customer's plan, a bar a phase, and what is due next; one without a plan says so."""
    if line.plan is None:
        return TableRow(line.customer, (line.name, Cell(_("no plan"), "muted")), dimmed=True)
    state: State = "amber" if line.overdue else "green" if line.done == line.total else ""
    bars = (_bar(line, phase, bar) for phase in plans.PHASES)
    return TableRow(line.customer, (line.name, *bars, _next(view, line)), state)


def _next(view: View, line: PlanLine) -> Cell:
    if line.open_by is None:
        return Cell("")
    due, phase = line.open_by
    late = due < view.now.astimezone(view.zone).date()
    return Cell(f"{phase:<2} {date_words(view, due)}", "amber" if late else "muted")


def _bar(line: PlanLine, phase: str, width: int = 3) -> Runs:
    progress = line.phases.get(phase)
    if progress is None:
        return phase_bar(0, 0, width=width)
    bar = phase_bar(progress.done, progress.total, width=width)
    return (*bar, Cell("▲", "amber")) if progress.overdue else bar


def section_rows(view: View, rows: Iterable[SectionRow], language: str) -> list[TableRow]:
    """The rows of a section."""
    return [_section_row(view, one, language) for one in rows]


def _section_row(view: View, one: SectionRow, language: str) -> TableRow:
    """A row of a section: overdue ones are marked, signed ones say by whom and whether the text differs."""
    row = one.row
    state: State = "amber" if one.overdue or row.differs else "green" if row.done_on else ""
    sign = Cell(_("✓ signed"), "green") if row.signed_by else Cell("")
    if row.differs:
        sign = Cell(_("▲ differs"), "amber")
    cells = (
        Cell(row.row, "strong"),
        " / ".join(plans.titles_in(row, language)),
        one.responsible,
        Cell(list_date(view, row.due) if row.due else "", "amber" if one.overdue else ""),
        list_date(view, row.done_on) if row.done_on else "",
        sign,
    )
    return TableRow(row.id, cells, state)


def sections_line(line: PlanLine, current: str, language: str) -> str:
    """The current section in words, for the panel's title."""
    return f"{line.name} · {current} {plans.phase_title(current, language)}"


def section_tabs(line: PlanLine, current: str) -> Iterator[Part]:
    """The six sections with their progress, the current one lit."""
    for phase in plans.PHASES:
        progress = line.phases.get(phase)
        done = f" {progress.done}/{progress.total}" if progress else " –"
        late = f" ▲{progress.overdue}" if progress and progress.overdue else ""
        name = Cell(f" {phase} ", "current" if phase == current else "strong")
        yield Part(phase, (name, Cell(done, "muted"), Cell(f"{late}  ", "amber")))


def next_step(row: PlanRow) -> str:
    """The decision that a row waits for: someone responsible, then done, then signed; none once it is signed."""
    if row.responsible is None:
        return "plan.assign"
    if row.done_on is None:
        return "plan.done"
    return "plan.sign" if row.signed_by is None or row.differs else ""


def row_blocks(view: View, one: SectionRow, language: str) -> list[Block]:
    """A row whole: its titles, who and when, the points to think about, the notes, what was signed."""
    row = one.row
    titles: tuple[Line, ...] = tuple(Cell(title, "strong") for title in plans.titles_in(row, language))
    between = plans.window(view, row)
    told = (
        (_("responsible"), one.responsible or _("nobody yet")),
        (_("due"), date_words(view, row.due) if row.due else "–"),
        (_("done on"), date_words(view, row.done_on) if row.done_on else "–"),
        (_("window"), " – ".join(date_words(view, day) for day in between) if between else ""),
    )
    blocks: list[Block] = [("", titles), ("", facts(told)), (_("Think about"), _points(row.think_about))]
    if row.notes:
        blocks.append((_("Notes"), _points(row.notes)))
    if row.signed_by and row.signed_at:
        said = f"{name_of(view, Person, row.signed_by)}, {moment_words(view, row.signed_at)}"
        lines: list[Line] = [(Cell("✓ ", "green"), Cell(said))]
        if row.differs:
            lines.append(Cell(_("▲ the row has changed since: the signed text differs"), "amber"))
        blocks.append((_("Signed"), tuple(lines)))
    return blocks


def _points(said: Iterable[str]) -> tuple[Line, ...]:
    return tuple((Cell("· ", "faint"), Cell(one)) for one in said)


def customer_blocks(view: View, line: PlanLine, language: str) -> list[Block]:
    """A customer's plan at a glance: how far it is, what is late and what comes, the phases by name."""
    if line.plan is None:
        return [("", (Cell(line.name, "strong"), Cell(_("No service plan yet."), "muted")))]
    said = _("%(done)d of %(total)d rows done") % {"done": line.done, "total": line.total}
    since = _("contract from %(day)s") % {"day": date_words(view, line.started_on)} if line.started_on else ""
    head: Block = (
        "",
        (Cell(line.name, "strong"), Cell(said, "muted"), *([Cell(since, "muted")] if since else [])),
    )
    rows = plans.coming(view, line.plan)
    late = tuple(_coming(view, one, language) for one in rows if one.overdue)
    others = tuple(_coming(view, one, language) for one in rows if not one.overdue)
    phases: tuple[Line, ...] = tuple(
        (Cell(f"{phase:<3}", "key"), Cell(plans.phase_title(phase, language))) for phase in plans.PHASES
    )
    blocks: list[Block] = [head, (_("Overdue"), late), (_("Next"), others), (_("Phases"), phases)]
    return [block for block in blocks if block[1]]


def _coming(view: View, one: SectionRow, language: str) -> Runs:
    row = one.row
    due = date_words(view, row.due) if row.due else ""
    sign = Cell("▲ ", "amber") if one.overdue else Cell("  ")
    said = f"{' / '.join(plans.titles_in(row, language))}"
    who = f", {one.responsible}" if one.responsible else ""
    return (sign, Cell(f"{row.row:<4} ", "strong"), Cell(f"{due}{who}  ", "muted"), Cell(said))

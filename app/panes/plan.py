"""The service plan's lines: the matrix of customers and phases, a section's rows, and what to think about."""

from __future__ import annotations

from app.desk import View
from app.domain.records import Person
from app.frame.format import phase_bar
from app.frame.rows import Cell, Column, Runs, State, TableRow
from app.panes.common import Block, Line, day_words, labelled, moment_words
from app.queries import plans
from app.queries.plans import PlanLine, SectionRow
from app.queries.subjects import name_of
from app.text import _

MATRIX = (
    Column("customer", _("Customer"), least=18),
    *(
        Column(phase, phase, width=8, drop=drop)
        for phase, drop in zip(plans.PHASES, (5, 4, 3, 1, 2, 6), strict=True)
    ),
)
ROWS = (
    Column("row", _("Row"), width=5),
    Column("todo", _("To do"), least=20, share=3),
    Column("responsible", _("Responsible"), width=14, drop=2),
    Column("due", _("Due"), width=7, drop=3),
    Column("done", _("Done on"), width=8),
    Column("sign", _("Sign"), width=16, drop=1),
)


def matrix_row(line: PlanLine) -> TableRow:
    """A customer's plan, a bar a phase; one without a plan says so."""
    if line.plan is None:
        return TableRow(line.customer, (line.name, Cell(_("no plan"), "muted")), dimmed=True)
    state: State = "amber" if line.overdue else ""
    return TableRow(line.customer, (line.name, *(_bar(line, phase) for phase in plans.PHASES)), state)


def _bar(line: PlanLine, phase: str) -> Runs:
    progress = line.phases.get(phase)
    if progress is None:
        return phase_bar(0, 0, width=3)
    bar = phase_bar(progress.done, progress.total, width=3)
    return (*bar, Cell("▲", "amber")) if progress.overdue else bar


def section_row(one: SectionRow, language: str) -> TableRow:
    """A row of a section: overdue ones are marked, signed ones say by whom and whether the text differs."""
    row = one.row
    state: State = "amber" if one.overdue or row.differs else "green" if row.done_on else ""
    sign: Runs = (Cell("✓ ", "green"), Cell(one.signed_by)) if row.signed_by else (Cell(""),)
    if row.differs:
        sign = (Cell(_("▲ differs"), "amber"),)
    cells = (
        Cell(row.row, "strong"),
        " / ".join(plans.titles_in(row, language)),
        one.responsible,
        Cell(day_words(row.due) if row.due else "", "amber" if one.overdue else ""),
        day_words(row.done_on) if row.done_on else "",
        sign,
    )
    return TableRow(row.id, cells, state)


def sections_line(line: PlanLine, current: str, language: str) -> str:
    """The current section in words, for the panel's title."""
    return f"{line.name} · {current} {plans.phase_title(current, language)}"


def section_tabs(line: PlanLine, current: str) -> Runs:
    """The six sections with their progress, the current one lit."""
    runs: list[Cell] = []
    for phase in plans.PHASES:
        progress = line.phases.get(phase)
        done = f"{progress.done}/{progress.total}" if progress else "–"
        late = f" ▲{progress.overdue}" if progress and progress.overdue else ""
        name = Cell(f" {phase} ", "current" if phase == current else "strong")
        runs += [name, Cell(done, "muted"), Cell(f"{late} ", "amber")]
    return tuple(runs)


def row_blocks(view: View, one: SectionRow, language: str) -> list[Block]:
    """A row whole: its titles, who and when, the points to think about, the notes, what was signed."""
    row = one.row
    head: list[Line] = [*(Cell(title, "strong") for title in plans.titles_in(row, language))]
    head.append(labelled(_("responsible"), one.responsible or "–"))
    head.append(labelled(_("due"), day_words(row.due) if row.due else "–"))
    head.append(labelled(_("done on"), day_words(row.done_on) if row.done_on else "–"))
    if between := plans.window(view, row):
        head.append(labelled(_("window"), f"{day_words(between[0])} – {day_words(between[1])}"))
    blocks: list[Block] = [
        ("", tuple(head)),
        (_("Think about"), tuple(f"· {point}" for point in row.think_about)),
    ]
    if row.notes:
        blocks.append((_("Notes"), row.notes))
    if row.signed_by and row.signed_at:
        said = f"{name_of(view, Person, row.signed_by)}, {moment_words(view, row.signed_at)}"
        lines: list[Line] = [(Cell("✓ ", "green"), Cell(said))]
        if row.differs:
            lines.append(Cell(_("▲ the row has changed since: the signed text differs"), "amber"))
        blocks.append((_("Signed"), tuple(lines)))
    return blocks


def customer_blocks(line: PlanLine) -> list[Block]:
    """A customer's plan at a glance."""
    if line.plan is None:
        return [("", (Cell(line.name, "strong"), Cell(_("has no service plan yet: s starts one"), "muted")))]
    phases: tuple[Line, ...] = tuple(
        (Cell(f"{phase:<3}", "key"), *_bar(line, phase), Cell(f"  {plans.phase_title(phase, 'en')}", "muted"))
        for phase in plans.PHASES
    )
    return [("", (Cell(line.name, "strong"),)), (_("Phases"), phases)]

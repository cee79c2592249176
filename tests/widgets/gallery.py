"""A board of made-up figures that shows every widget; run it to look at them: ``python -m tests.widgets.gallery``."""

from __future__ import annotations

import sys
from datetime import timedelta

from textual.app import ComposeResult
from textual.driver import Driver
from textual.screen import ModalScreen

from app.assets import styles_dir
from app.domain.plain import visible
from app.frame.format import countdown, countdown_ink, phase_bar
from app.frame.lines import KeyHint, Status, Tab
from app.frame.payload import FirstFrame, FrameTable
from app.frame.rows import Cell, Column, ListSource, Runs, TableRow, as_runs
from app.frame.shape import TODAY
from app.widgets.bars import KeyFooter, LastDecision, StatusHeader, TabsLine
from app.widgets.detail import DetailPane, Section
from app.widgets.form import Form, FormField
from app.widgets.panel import Panel, Panes
from app.widgets.queue_table import QueueTable
from app.widgets.repaint import SparingApp
from app.widgets.theme import PLAIN, register_themes

QUEUE = (
    Column("what", "What", width=18),
    Column("title", "Who or where", least=14),
    Column("clock", "Clock", width=11, align="right"),
)
TABS = (
    Tab("1", "Today"),
    Tab("2", "Absences", "Abs.", 3, urgent=True),
    Tab("3", "Complaints", "Compl.", 4, urgent=True),
    Tab("4", "Service plan", "Plan", 5),
    Tab("5", "Onboarding", "Onb.", 1),
    Tab("6", "Team", "Team"),
)
HINTS = (
    KeyHint("Enter", "take Sara Lind"),
    KeyHint("c", "all candidates"),
    KeyHint("C", "cover plan"),
    KeyHint("L", "log contact"),
    KeyHint("U", "redo", enabled=False),
    KeyHint("u", "undo"),
    KeyHint("Space", "mark"),
    KeyHint("/", "filter"),
    KeyHint("?", "help"),
)


def clock(minutes: int) -> Cell:
    left = timedelta(minutes=minutes)
    return Cell(countdown(left), countdown_ink(left))


def rows() -> list[TableRow]:
    return [
        TableRow("s1", ("07:10 uncovered", Cell("Nordhavn School", "strong"), clock(29)), "red"),
        TableRow("a1", ("06:38 sick", Cell("Jonas Berg", "strong"), Cell("acute", "red")), "red"),
        TableRow("a2", ("06:05 sick", Cell("Ana Ruiz", "strong"), ""), "red"),
        TableRow("c1", ("reply by 07:10", Cell("Harbour Hotel", "strong"), clock(-12)), "red"),
        TableRow(
            "c2",
            ("reply by 08:22", Cell("Lund & Co [/b] 日本語 hotel and spa, east wing", "strong"), clock(101)),
            "red",
        ),
        TableRow("c3", ("solve by 12:00", "City Library", clock(319)), "amber"),
        TableRow("r1", ("plan row overdue", "Nordhus B1-2", clock(-3 * 1440)), "amber"),
        TableRow("r2", ("plan row due", "Ravn Dental C-4", clock(5 * 1440)), "amber"),
        TableRow("f1", ("follow up", "Kystvej 12", "today"), "amber"),
        TableRow("c4", ("in hand", "Fjordbank", "extra work"), "green", dimmed=True),
    ]


AREA = [
    TableRow("1", ("Nordhavn School", Cell("1", "red")), "red"),
    TableRow("2", ("City Library", ""), "green"),
    TableRow("3", ("Jonas Berg (1st)", Cell("sick", "muted")), "amber"),
]
COMPLAINTS = [
    TableRow("1", ("waiting on you", "2"), "red"),
    TableRow("2", ("in hand", "6"), "amber"),
    TableRow("3", ("solved today", "3"), "green"),
]
FEW = (Column("t", ""), Column("n", "", width=5, align="right"))
PLAN = (
    Column("customer", "Customer", least=16),
    *(Column(phase, phase, width=14, drop=drop) for drop, phase in enumerate(("A", "B1", "B2", "C", "D"))),
)
DETAIL = (
    Section("", (Cell("Nordhavn School", "strong"), Cell("Mon 07:10–11:10 · kitchen", "muted"))),
    Section("Why", ("Jonas Berg, sick from 06:38, called you 06:40",)),
    Section(
        "Substitutes",
        (
            (
                Cell("1 ", "key"),
                Cell("Sara Lind   ", "strong"),
                Cell("✓ free · knows the site · 2 km", "green"),
            ),
            (Cell("2 ", "key"), Cell("Emil Dahl   ", "strong"), Cell("✓ free · kitchen · 6 km", "green")),
            (Cell("– ", "faint"), Cell("Per Sten    ", "muted"), Cell("11 h rest would be broken", "muted")),
        ),
    ),
    Section(
        "The customer wrote",
        (
            "The [/b] [red]kitchen floor\x1b[31m was sticky again, and nobody had emptied the bin by the door.",
        ),
    ),
)
FIELDS = (
    FormField("reason", "Reason", "The customer reads this.", "text", required=True),
    FormField(
        "assignee",
        "Assignee",
        "Who puts it right.",
        "choice",
        value="",
        choices=(("1", "Sara Lind"), ("2", "Emil Dahl"), ("3", "Per Sten")),
    ),
    FormField("solve_by", "Solve by", "today, tomorrow 10, fri, 24/11", required=True, value="tomorrow 10"),
    FormField("talk", "Needs a talk", "", "bool"),
)


def first_frame(theme: str = "tavle-dark") -> FirstFrame:
    """What the board would keep of the gallery's Today."""
    lines: list[Runs] = []
    for section in DETAIL:
        lines += [()] * bool(lines)
        lines += [(Cell(section.heading, "heading"),)] * bool(section.heading)
        lines += [as_runs(line if isinstance(line, tuple) else visible(line)) for line in section.lines]
    return FirstFrame(
        theme,
        "North",
        "Mette Holm",
        "Mon 23 Nov 06:31",
        TABS,
        FrameTable("Needs you", 9, QUEUE, tuple(rows())),
        "Uncovered shift",
        tuple(lines),
        (FrameTable("Area", None, FEW, tuple(AREA)), FrameTable("Complaints", None, FEW, tuple(COMPLAINTS))),
        HINTS,
    )


class Dialog(ModalScreen[None]):
    """The form over the board."""

    CSS = (
        "Dialog { align: center middle; Panel { width: 76; max-width: 96%; height: auto; max-height: 90%; } }"
    )

    def compose(self) -> ComposeResult:
        yield Panel(Form(FIELDS, save="Accept"), title="Accept the complaint of Harbour Hotel")

    def on_form_given_up(self) -> None:
        self.dismiss(None)


class Gallery(SparingApp):
    CSS_PATH = [styles_dir() / "base.tcss"]
    BINDINGS = [
        ("q", "quit", "Quit"),
        ("f", "form", "Form"),
        ("t", "flip_theme", "Theme"),
        ("p", "plan", "Plan"),
        ("v", "flip", ""),
    ]

    def __init__(
        self, view: str = "today", theme: str = "tavle-dark", driver: type[Driver] | None = None
    ) -> None:
        super().__init__(driver_class=driver, ansi_color=PLAIN or None)
        register_themes(self)
        self.theme = theme
        self.view = view

    def compose(self) -> ComposeResult:
        yield StatusHeader(Status("North", "Mon 23 Nov 06:41", "Mette Holm", "synced 12 s ago"))
        yield TabsLine(TABS, "1" if self.view == "today" else "4")
        if self.view == "plan":
            yield Panel(
                QueueTable(PLAN, ListSource(self.matrix()), header=True), title="Service plan", count=6
            )
        else:
            main = Panel(QueueTable(QUEUE, ListSource(rows()), id="queue"), title="Needs you", count=9)
            detail = Panel(DetailPane(DETAIL), title="Uncovered shift")
            side = (
                Panel(QueueTable(FEW, ListSource(AREA), cursor=False), title="Area"),
                Panel(QueueTable(FEW, ListSource(COMPLAINTS), cursor=False), title="Complaints"),
            )
            yield Panes(main, detail, *side, shape=TODAY)
        yield LastDecision()
        yield KeyFooter(HINTS)

    def on_mount(self) -> None:
        self.query_one(LastDecision).show("Approved Ana Ruiz")
        self.query(QueueTable).first().focus()

    def matrix(self) -> list[TableRow]:
        names = ("Nordhus", "Ravn Dental", "City Library", "Harbour Hotel", "Nordhavn School", "Fjordbank")
        return [
            TableRow(
                name,
                (
                    name,
                    phase_bar(6, 6),
                    phase_bar(i, 8, i % 2),
                    phase_bar(2, 5),
                    phase_bar(0, 7),
                    phase_bar(1, 10, 3),
                ),
                "amber" if i % 2 else "",
            )
            for i, name in enumerate(names)
        ]

    def action_form(self) -> None:
        self.push_screen(Dialog())

    def action_flip_theme(self) -> None:
        self.theme = "tavle-light" if self.theme == "tavle-dark" else "tavle-dark"

    def action_flip(self) -> None:
        self.query_one(Panes).flip()


if __name__ == "__main__":
    Gallery(sys.argv[1] if len(sys.argv) > 1 else "today").run()

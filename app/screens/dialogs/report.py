"""The month's complaints over the board: months to and fro, and away as a spreadsheet or a page (DE-20)."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from app.desk import BadInput, Desk
from app.frame.rows import Cell, Runs
from app.frame.shape import MEDIUM
from app.panes import report as lines
from app.queries import report as months
from app.text import _
from app.widgets.detail import DetailPane, Section
from app.widgets.ink import content
from app.widgets.panel import Panel


class ReportDialog(ModalScreen[None]):
    """The figures on the left, what lies behind them on the right; one below the other where it is narrow."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,R", "close", _("Close"), show=False),
        Binding("left,h", "month(-1)", _("The month before"), show=False),
        Binding("right,l", "month(1)", _("The month after"), show=False),
        Binding("a", "areas", _("All areas, or yours"), show=False),
        Binding("x", "export", _("As a file"), show=False),
        Binding("down,j", "scroll(1)", _("Down"), show=False),
        Binding("up,k", "scroll(-1)", _("Up"), show=False),
        Binding("pagedown,space", "scroll(12)", _("Page down"), show=False),
        Binding("pageup", "scroll(-12)", _("Page up"), show=False),
    ]

    def __init__(self, desk: Desk, *, everywhere: bool) -> None:
        super().__init__()
        self._desk = desk
        self._everywhere = everywhere
        self._first = self._last = desk.ask(months.month_of)

    def compose(self) -> ComposeResult:
        """The two halves, the file's name when it is asked for, and the keys."""
        yield Panel(
            Horizontal(DetailPane(id="figures"), DetailPane(id="reasons")),
            Input(id="file", compact=True),
            Static(id="told"),
            id="report",
        )

    def on_mount(self) -> None:
        """The present month."""
        self.query_one("#file", Input).display = False
        self._show()

    def on_resize(self) -> None:
        """One half or two."""
        self._show()

    def _show(self) -> None:
        report = self._desk.ask(months.month_report, self._first, everywhere=self._everywhere)
        figures = lines.figures(report)
        reasons = self._desk.ask(lines.reasons, report)
        self.query_one(Panel).title = f"{lines.month_words(self._first)} · {months.areas_of(report)}"
        if not self.query_one("#file", Input).display:
            self._tell(self._keys())
        narrow = self.app.size.width < MEDIUM
        self.query_one("#reasons", DetailPane).display = not narrow
        shown = (*figures, *reasons) if narrow else figures
        self.query_one("#figures", DetailPane).show(Section(*one) for one in shown)
        self.query_one("#reasons", DetailPane).show(Section(*one) for one in reasons)

    def _tell(self, said: Runs) -> None:
        self.query_one("#told", Static).update(content(said))

    def action_month(self, step: int) -> None:
        """The month before or after, up to the present one."""
        self._first = min(months.later(self._first, step), self._last)
        self._show()

    def action_areas(self) -> None:
        """The whole team's complaints, or those of the acting person's areas."""
        self._everywhere = not self._everywhere
        self._show()

    def action_scroll(self, step: int) -> None:
        """Both halves by so many lines."""
        for pane in self.query(DetailPane):
            pane.scroll_relative(y=step, animate=False)

    def action_export(self) -> None:
        """Asks where to; the ending says what it becomes."""
        line = self.query_one("#file", Input)
        line.display = True
        line.value = str(Path.home() / f"complaints-{self._first:%Y-%m}.xlsx")
        line.focus()
        self._tell((Cell(_("Enter writes it · .xlsx or .md · Esc does not"), "muted"),))

    @on(Input.Submitted, "#file")
    def _write(self, event: Input.Submitted) -> None:
        from app.exchange.report_file import write_report

        path = Path(event.value.strip()).expanduser()
        report = self._desk.ask(months.month_report, self._first, everywhere=self._everywhere)
        try:
            write_report(path, months.title_of(report), self._desk.ask(months.tables, report))
        except BadInput as why:
            self._tell((Cell(str(why), "red"),))
            return
        self._stop_asking()
        self._tell((Cell("✓ ", "green"), Cell(_("written: %(file)s") % {"file": path})))

    def _stop_asking(self) -> None:
        self.query_one("#file", Input).display = False
        self.set_focus(None)
        self._tell(self._keys())

    def action_close(self) -> None:
        """Gives the file up, or the report."""
        if self.query_one("#file", Input).display:
            self._stop_asking()
        else:
            self.dismiss(None)

    def _keys(self) -> Runs:
        areas = _("your areas") if self._everywhere else _("all areas")
        said = (
            ("← →", _("month")),
            ("a", areas),
            ("x", _("as a file")),
            ("↓", _("further")),
            ("Esc", _("close")),
        )
        return tuple(run for key, what in said for run in (Cell(key, "key"), Cell(f" {what}  ")))

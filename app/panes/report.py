"""The month's complaints as plots of letters: every bar says its number, so nothing hangs on colour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.desk import View
from app.frame.cells import fit
from app.frame.rows import Cell, Runs
from app.panes.common import Block, Line, day_words, moment_words, snippet
from app.queries.report import ActionLine, Breach, Month, Report, Share, breach_word
from app.text import _, ngettext

BAR = 24
"""Cells of the longest bar."""
_LABEL, _MOST = 34, 8
_STEPS = "▁▂▃▄▅▆▇█"


def month_words(first: date) -> str:
    """``November 2026``."""
    return f"{first:%B} {first.year}"


def figures(report: Report) -> list[Block]:
    """The month in figures: how many came, what became of the promises, by day and beside the months before."""
    rows = (
        (_("in time"), report.answered_in_time, "█", "green"),
        (_("late"), report.answered_late, "▓", "amber"),
        (_("no answer yet"), report.waiting, "░", "red"),
    )
    return [
        ("", tuple(_headline(report))),
        (_("First answer"), tuple(_bar(*row, most=report.received) for row in rows)),
        (_("Received, by day"), tuple(_by_day(report))),
        (_("Months"), tuple(_month(one, report) for one in report.months)),
    ]


def reasons(view: View, report: Report) -> list[Block]:
    """What was decided, about what, what came again, and every promise that was broken."""
    told = [
        (_("Outcomes"), tuple(_shares(report.outcomes))),
        (_("Causes: the item that was cited"), tuple(_shares(report.causes))),
        (_("Again, same customer and item"), tuple(_shares(report.repeats)) or _none()),
        (_("Broken promises"), tuple(_breach(view, one) for one in report.breaches) or _none()),
        (_("Corrective actions"), tuple(_action(one) for one in report.actions) or _none()),
    ]
    return told if report.received else told[-2:]


def _none() -> tuple[Line, ...]:
    return (Cell(_("none"), "muted"),)


def _headline(report: Report) -> Iterable[Line]:
    came = ngettext("%(count)d complaint", "%(count)d complaints", report.received) % {
        "count": report.received
    }
    yield Cell(came, "strong")
    if report.percent_in_time is not None:
        yield (Cell(f"{report.percent_in_time} % ", "strong"), Cell(_("answered in time"), "muted"))
    broken = ngettext(
        "a promise was broken at %(count)d of them",
        "promises were broken at %(count)d of them",
        report.broken,
    )
    if report.broken:
        yield (Cell("▲ ", "amber"), Cell(broken % {"count": report.broken}))
    else:
        yield (Cell("✓ ", "green"), Cell(_("no promise was broken")))
    actions = _("corrective actions: %(done)d done, %(open)d open")
    yield Cell(actions % {"done": report.actions_done, "open": report.actions_open}, "muted")


def _bar(label: str, count: int, sign: str, ink: str, *, most: int, width: int = BAR) -> Runs:
    """A bar with its name and number; the sign alone tells it from others."""
    filled = 0 if not count else max(1, round(width * count / max(most, 1)))
    return (Cell(f"{fit(label, 14)} ", "muted"), Cell(sign * filled, ink), Cell(f" {count}"))


def _by_day(report: Report) -> Iterable[Line]:
    """A column for each day, and under it the first, the tenth, the twentieth and the last."""
    most = max(report.days, default=0)
    drawn = "".join(_STEPS[(len(_STEPS) - 1) * one // most] if one else "·" for one in report.days)
    yield (Cell(drawn, "accent"),)
    last = str(len(report.days))
    yield Cell(f"1{'10':>9}{'20':>10}{last:>{len(report.days) - 20}}", "muted")
    if most:
        at = report.days.index(most) + 1
        day = day_words(report.first.replace(day=at))
        yield Cell(_("most on %(day)s: %(count)d") % {"day": day, "count": most}, "muted")


def _month(one: Month, report: Report) -> Runs:
    most = max(month.received for month in report.months)
    full = _bar(f"{one.first:%b} {one.first.year}", one.received, "█", "accent", most=most)
    return (*full, Cell(f" ▲{one.broken}", "amber")) if one.broken else full


def _shares(shares: tuple[Share, ...]) -> Iterable[Line]:
    most = max((one.count for one in shares), default=0)
    for one in shares[:_MOST]:
        filled = max(1, round(12 * one.count / most))
        yield (Cell(f"{fit(one.name, _LABEL)} "), Cell("█" * filled, "accent"), Cell(f" {one.count}"))
    if len(shares) > _MOST:
        rest = sum(one.count for one in shares[_MOST:])
        yield Cell(_("%(count)d of other names") % {"count": rest}, "muted")


def _breach(view: View, one: Breach) -> Runs:
    sign = Cell("● ", "red") if one.open else Cell("▲ ", "amber")
    state = _("still open") if one.open else _("came late")
    said = f" {breach_word(one.clock)} {state}"
    return (
        sign,
        Cell(f"{moment_words(view, one.received_at):<9} ", "muted"),
        Cell(one.customer),
        Cell(said, "muted"),
    )


def _action(one: ActionLine) -> Runs:
    sign = Cell("✓ ", "green") if one.done_on else Cell("· ", "faint")
    day = one.done_on or one.due
    due = (_("done %(day)s") if one.done_on else _("by %(day)s")) % {"day": day_words(day) if day else "–"}
    return (sign, Cell(snippet(one.text, 90)), Cell(f" · {one.owner} · {due}", "muted"))

"""The six screens with how much waits on each."""

from __future__ import annotations

from app.frame.lines import Tab
from app.queries.counts import Counts
from app.text import _, ngettext

NAMES = {
    "1": _("Today"),
    "2": _("Absences"),
    "3": _("Complaints"),
    "4": _("Service plan"),
    "5": _("Onboarding"),
    "6": _("Team"),
}


def tabs(waiting: Counts) -> tuple[Tab, ...]:
    """The line of tabs."""
    return (
        Tab("1", NAMES["1"]),
        Tab("2", NAMES["2"], _("Abs."), waiting.absences, waiting.absences > 0),
        Tab("3", NAMES["3"], _("Compl."), waiting.complaints, waiting.complaints > 0),
        Tab("4", NAMES["4"], _("Plan"), waiting.plan_rows),
        Tab("5", NAMES["5"], _("Onb."), waiting.onboarding),
        Tab("6", NAMES["6"], _("Team"), waiting.conflicts, waiting.conflicts > 0),
    )


def told(waiting: Counts, tab: str) -> str:
    """What a screen's list counts, then what the number on its tab does: beside the count in the panel's title."""
    counted = {"2": _("open"), "3": _("open")}.get(tab, "")
    number, words = _needing(waiting).get(tab, (0, ""))
    return f"{counted} · {words % {'n': number}}".lstrip() if number else counted


def _needing(waiting: Counts) -> dict[str, tuple[int, str]]:
    return {
        "2": (waiting.absences, _("%(n)d to approve")),
        "3": (waiting.complaints, ngettext("%(n)d needs you", "%(n)d need you", waiting.complaints)),
        "4": (waiting.plan_rows, ngettext("%(n)d row due", "%(n)d rows due", waiting.plan_rows)),
        "5": (waiting.onboarding, _("%(n)d to repeat")),
    }

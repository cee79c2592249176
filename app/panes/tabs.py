"""The six screens with how much waits on each."""

from __future__ import annotations

from app.frame.lines import Tab
from app.queries.counts import Counts
from app.text import _

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

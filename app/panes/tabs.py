"""The six screens with how much waits on each."""

from __future__ import annotations

from app.frame.lines import Tab
from app.queries.counts import Counts
from app.text import _


def tabs(waiting: Counts) -> tuple[Tab, ...]:
    """The line of tabs."""
    return (
        Tab("1", _("Today")),
        Tab("2", _("Absences"), _("Abs."), waiting.absences, waiting.absences > 0),
        Tab("3", _("Complaints"), _("Compl."), waiting.complaints, waiting.complaints > 0),
        Tab("4", _("Service plan"), _("Plan"), waiting.plan_rows),
        Tab("5", _("Onboarding"), _("Onb."), waiting.onboarding),
        Tab("6", _("Team"), _("Team"), waiting.conflicts, waiting.conflicts > 0),
    )

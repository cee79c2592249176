"""How a complaint stands: red needs the supervisor, amber is due, green is in hand (DK-03, DK-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.instants import day_bounds
from app.store.view import StoreView
from app.text import _

RED, AMBER, GREEN = "red", "amber", "green"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the state of a complaint depends on; ``due`` is when its running clock runs out."""

    status: str
    read: bool
    contested: bool
    due: datetime | None


def complaint_state(view: StoreView, one: Standing) -> tuple[str, str]:
    """Red, amber or green, and why in a few words."""
    if one.contested:
        return RED, _("contested: decided differently by two")
    if one.status == "waiting":
        return RED, _("read, not answered") if one.read else _("unread")
    if one.status == "solved":
        return RED, _("solved: approve and close")
    if one.status == "rejected":
        return GREEN, _("rejected: close")
    return _running(view, one.status, one.due)


def _running(view: StoreView, status: str, due: datetime | None) -> tuple[str, str]:
    word = _("decide") if status == "acknowledged" else _("solve")
    if due is None:
        return AMBER, _("no date is set")
    if due <= view.now:
        visited = status == "extra_work"
        return RED, _("the visit has been: close") if visited else _("%(what)s: overdue") % {"what": word}
    if due < day_bounds(view.now, view.zone)[1]:
        return AMBER, _("%(what)s today") % {"what": word}
    return (AMBER if status == "acknowledged" else GREEN), word

"""Decisions on a complaint's clock, and on who knows that it is in trouble: pause, resume, escalate, hand back."""

from __future__ import annotations

from collections.abc import Iterator

from app.decisions.complaints import SUPERVISOR, UNDECIDED, resumed
from app.decisions.registry import Set, decision, required
from app.domain.fields import BOOL, TEXT
from app.domain.records import Complaint
from app.domain.view import View
from app.text import _


@decision(
    "complaint.pause",
    on=Complaint,
    roles=SUPERVISOR,
    title=_("Pause the clock"),
    done=_("Paused"),
    key="p",
    brief=_("pause"),
)
class Pause:
    """The solve clock stands still, with a reason: the customer is awaited, not we (FI-20).

    The two hours within which a customer hears from us are never paused (DK-21), nor is the visit of extra work.
    """

    reason: str = required(TEXT, _("What is waited for?"))

    @staticmethod
    def blocked(complaint: Complaint, _view: View) -> str | None:
        if complaint.status == "waiting":
            return _("never before the customer has an answer")
        if complaint.status not in ("acknowledged", "accepted"):
            return _("it is %(status)s: no clock runs") % {"status": complaint.status.replace("_", " ")}
        return _("its clock stands still already") if complaint.paused_at else None

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        yield Set("complaints", complaint.id, {"pauses": self.reason})


@decision(
    "complaint.resume",
    on=Complaint,
    roles=SUPERVISOR,
    title=_("Let it run"),
    done=_("Runs on:"),
    key="P",
    brief=_("run on"),
)
class Resume:
    """The clock goes on; what it stood still is added to it, in the area's working time (FI-20)."""

    @staticmethod
    def blocked(complaint: Complaint, _view: View) -> str | None:
        return None if complaint.paused_at else _("its clock is not paused")

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        yield Set("complaints", complaint.id, resumed(complaint))


@decision(
    "complaint.urgent", on=Complaint, roles=SUPERVISOR, title=_("Urgent?"), done=_("Urgency noted:"), key="i"
)
class Urgent:
    """An urgent complaint of quality: measures with their schedule are promised by P8, one working day, not by P7."""

    urgent: bool = required(BOOL, _("Is it urgent?"), suggest="yes")

    @staticmethod
    def blocked(complaint: Complaint, _view: View) -> str | None:
        if complaint.status in UNDECIDED:
            return None
        return _("it is %(status)s") % {"status": complaint.status.replace("_", " ")}

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        yield Set("complaints", complaint.id, {"urgent": self.urgent})


@decision("complaint.escalate", on=Complaint, title=_("Escalate"), done=_("Escalated"), key="E")
class Escalate:
    """Management shall see it now, and why; a broken promise is with them by itself (DE-20)."""

    reason: str = required(TEXT, _("What shall management know?"))

    @staticmethod
    def blocked(complaint: Complaint, _view: View) -> str | None:
        if complaint.status == "closed":
            return _("it is closed")
        return _("it is with management already") if complaint.escalated_at else None

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        yield Set("complaints", complaint.id, {"escalations": self.reason})


@decision(
    "complaint.deescalate",
    on=Complaint,
    roles=("manager",),
    title=_("Hand back"),
    done=_("Handed back"),
    key="b",
)
class Deescalate:
    """Management has dealt with it: it is the supervisor's again (DE-20)."""

    note: str = required(TEXT, _("What has management decided?"))

    @staticmethod
    def blocked(complaint: Complaint, _view: View) -> str | None:
        return None if complaint.escalated_at else _("nobody has escalated it")

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        fields = {"deescalations": list(complaint.escalations), "deescalation": self.note}
        yield Set("complaints", complaint.id, fields)

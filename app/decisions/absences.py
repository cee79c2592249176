"""Decisions on absences (DK-08 … DK-16). None of them asks why someone is ill, or could hold it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.decisions.absence_reports import END_OR_OPEN, ENDS_FIRST, OPEN_ENDED, not_called_yet
from app.decisions.checks import health_refusal
from app.decisions.registry import Emptying, Set, decision, given, optional, required
from app.domain.absence_rules import OPEN, ends_before_it_begins, is_acute
from app.domain.fields import INSTANT, TEXT
from app.domain.instants import from_text, to_text
from app.domain.records import Absence
from app.domain.view import View
from app.text import _

SUPERVISOR = ("supervisor",)


def _is_open(absence: Absence | None, _view: View) -> str | None:
    if absence is not None and absence.status not in OPEN:
        return _("it is %(status)s already") % {"status": absence.status}
    return None


@decision("absence.approve", on=Absence, roles=SUPERVISOR, title=_("Approve"), done=_("Approved"), key="a")
class Approve:
    """The absence is approved; what it leaves uncovered is next (DK-10). Acute ones need the call's time (DK-09)."""

    called_at: str | None = optional(INSTANT, _("When did they call you?"), suggest="now")

    @staticmethod
    def blocked(absence: Absence, view: View) -> str | None:
        if absence.status == "approved" and not absence.contested:
            return _("it is approved already")
        return _is_open(absence, view)

    def refuse(self, absence: Absence, view: View) -> str | None:
        if absence.called_at is None and self.called_at is None and needs_call(absence, view):
            return _("reported close to the start: approving needs the time of their call (called_at)")
        return not_called_yet(self.called_at, view)

    def changes(self, absence: Absence, view: View) -> Iterator[Set]:
        fields = {"status": "approved", "approved_by": view.actor.id, "approved_at": to_text(view.now)}
        if self.called_at is not None:
            fields["called_at"] = self.called_at
        yield Set("absences", absence.id, fields)


def needs_call(absence: Absence, view: View) -> bool:
    """True for an acute absence (DK-09): the shifts that it takes the person from start too soon."""
    shifts = view.shifts_of_absent(absence.person, absence.from_, absence.until)
    return is_acute(absence, shifts, view.acute_minutes(absence.person))


@decision(
    "absence.change",
    on=Absence,
    roles=SUPERVISOR,
    title=_("Change the time"),
    done=_("Changed"),
    key="e",
    brief=_("change"),
)
class Change(Emptying):
    """Shortened or extended. A covered shift stays with its substitute."""

    from_: str | None = optional(INSTANT, _("From when?"), suggest="same")
    until: str | None = optional(
        END_OR_OPEN, _("Until when? open: nobody knows yet"), suggest="same", empties=True
    )
    called_at: str | None = optional(INSTANT, _("When did they call you?"))

    blocked = staticmethod(_is_open)

    @staticmethod
    def without(_absence: Absence, _view: View) -> tuple[str, ...]:
        """A form for the time asks for the time."""
        return ("called_at",)

    def refuse(self, absence: Absence, view: View) -> str | None:
        if not given(self):
            return _("give from, until or called_at")
        start = from_text(self.from_) if self.from_ else absence.from_
        return (
            ENDS_FIRST
            if ends_before_it_begins(start, self._end(absence))
            else not_called_yet(self.called_at, view)
        )

    def changes(self, absence: Absence, _view: View) -> Iterator[Set]:
        yield Set("absences", absence.id, given(self) | ({"until": None} if self.until == OPEN_ENDED else {}))

    def _end(self, absence: Absence) -> datetime | None:
        if self.until == OPEN_ENDED or "until" in self.emptied:
            return None
        return from_text(self.until) if self.until else absence.until


@decision(
    "absence.end",
    on=Absence,
    roles=SUPERVISOR,
    title=_("Back at work"),
    done=_("Back at work:"),
    key="b",
    brief=_("back"),
)
class End:
    """Back at work: an open-ended absence ends so. Shifts that were covered stay with the substitute."""

    until: str = required(INSTANT, _("Back from when?"), suggest="now")

    blocked = staticmethod(_is_open)

    def refuse(self, absence: Absence, _view: View) -> str | None:
        return ENDS_FIRST if ends_before_it_begins(absence.from_, from_text(self.until)) else None

    def changes(self, absence: Absence, _view: View) -> Iterator[Set]:
        yield Set("absences", absence.id, {"status": "ended", "until": self.until})


@decision("absence.withdraw", on=Absence, roles=SUPERVISOR, title=_("Withdraw"), done=_("Withdrew"), key="w")
class Withdraw:
    """It was reported by mistake: the person is at work. The reason stays in the history."""

    reason: str = required(TEXT, _("Why is it withdrawn? Nothing about health"))

    blocked = staticmethod(_is_open)

    def refuse(self, _absence: Absence, _view: View) -> str | None:
        return health_refusal(self.reason)

    def changes(self, absence: Absence, _view: View) -> Iterator[Set]:
        yield Set("absences", absence.id, {"status": "withdrawn", "reason": self.reason})


@decision(
    "absence.request_certificate",
    on=Absence,
    roles=("hr",),
    title=_("Ask for a certificate"),
    done=_("Asked for a certificate:"),
)
class RequestCertificate:
    """HR alone may ask, in special cases; only that and when it was asked is kept (DK-16)."""

    @staticmethod
    def blocked(absence: Absence, _view: View) -> str | None:
        return _("it was asked for already") if absence.certificate_requested_at else None

    def changes(self, absence: Absence, view: View) -> Iterator[Set]:
        yield Set("absences", absence.id, {"certificate_requested_at": to_text(view.now)})

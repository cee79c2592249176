"""Reports of absences: each once, however many tell of it (DK-08, DK-14). None asks why someone is ill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.decisions.checks import health_refusal
from app.decisions.registry import Instead, Set, decision, optional, required
from app.domain.absence_rules import (
    OPEN,
    Reported,
    ends_before_it_begins,
    first_reported,
    joined,
    other_reports,
    reported,
    same_absence,
)
from app.domain.change import Body
from app.domain.fields import END, INSTANT, TEXT, BadInput, FieldType, Surroundings, choice, ref
from app.domain.instants import from_text, local_iso, to_text
from app.domain.records import Absence, Person
from app.domain.view import View
from app.domain.when import end_told, moment_told
from app.text import _

ENDS_FIRST = _("it would end before it begins")
OPEN_ENDED = "open"
"""What is written for an end that nobody knows yet."""


def not_called_yet(called_at: str | None, view: View) -> str | None:
    """Refuses a call that would be in the future (DK-09)."""
    if called_at is not None and called_at > to_text(view.now):
        return _("called_at: they cannot have called later than now")
    return None


def overlapping(view: View, absence: Absence) -> list[Absence]:
    """The person's other open reports that can be of the same absence, by start."""
    return other_reports(absence, view.absences_between(absence.person, absence.from_, absence.until))


@decision(
    "absence.report",
    on=None,
    roles=("supervisor", "office"),
    title=_("Report an absence"),
    done=_("Reported"),
    key="A",
    brief=_("report"),
)
class Report:
    """Someone is away from a moment, until a moment or open-ended (DK-08)."""

    person: str = required(ref("people"), _("Who is away?"))
    kind: str = required(choice("sick", "child_sick", "holiday", "other"), _("What kind?"), suggest="sick")
    from_: str = required(INSTANT, _("From when?"), suggest="now")
    until: str | None = optional(END, _("Until when? Empty: open-ended"))
    reported_by: str = required(
        choice("system", "phone", "in_person"), _("How was it reported?"), suggest="phone"
    )
    called_at: str | None = optional(INSTANT, _("When did they call you?"))
    note: str | None = optional(TEXT, _("A note for colleagues; nothing about health"))

    def refuse(self, _record: None, view: View) -> str | None:
        start, end = self._span()
        if ends_before_it_begins(start, end):
            return ENDS_FIRST
        if refusal := health_refusal(self.note) or not_called_yet(self.called_at, view):
            return refusal
        known = self._known(view)
        return _known_already(known, view) if known else None

    def instead(self, _record: None, view: View) -> Instead | None:
        """The report that is there, and what this one adds to it, its times as they are typed: in the area's zone."""
        known = self._known(view)
        if known is None:
            return None
        start, end = self._span()
        first, last = min(start, known.from_), joined(end, known.until)
        given: Body = {}
        if first != known.from_:
            given["from"] = local_iso(first, view.zone)
        if last != known.until:
            given["until"] = local_iso(last, view.zone) if last else OPEN_ENDED
        if self.called_at and known.called_at is None:
            given["called_at"] = local_iso(from_text(self.called_at), view.zone)
        if not given or view.actor.role != "supervisor":
            return Instead(known.id)
        return Instead(known.id, "absence.change", given, _adds(given, first, last, view))

    def _span(self) -> tuple[datetime, datetime | None]:
        return from_text(self.from_), from_text(self.until) if self.until else None

    def _known(self, view: View) -> Absence | None:
        """An open report that overlaps this one and can be of the same absence."""
        this = Reported(self.kind, from_text(self.from_))
        found = view.absences_between(self.person, *self._span())
        return next((one for one in found if one.status in OPEN and same_absence(this, reported(one))), None)

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        given = {"until": self.until, "called_at": self.called_at, "note": self.note}
        yield Set(
            "absences",
            view.new_id(),
            {
                "person": self.person,
                "kind": self.kind,
                "from": self.from_,
                "reported_by": self.reported_by,
                "reported_at": to_text(view.now),
                **{name: value for name, value in given.items() if value is not None},
            },
            new=True,
        )


def _known_already(known: Absence, view: View) -> str:
    person = view.get(Person, known.person)
    return _("%(name)s is away then already (%(kind)s): from %(from)s, %(until)s") % {
        "name": person.name if person else "?",
        "kind": known.kind.replace("_", " "),
        "from": moment_told(known.from_, view.zone),
        "until": _until(known.until, view),
    }


def _adds(given: Body, first: datetime, last: datetime | None, view: View) -> str:
    said = []
    if "from" in given:
        said.append(_("lets it begin %(time)s") % {"time": moment_told(first, view.zone)})
    if "until" in given and last:
        said.append(_("extends it until %(time)s") % {"time": end_told(last, view.zone)})
    elif "until" in given:
        said.append(_("leaves it open-ended"))
    if "called_at" in given:
        said.append(_("notes their call"))
    return ", ".join(said)


def _until(moment: datetime | None, view: View) -> str:
    return _("until %(time)s") % {"time": end_told(moment, view.zone)} if moment else _("open-ended")


@decision(
    "absence.merge",
    on=Absence,
    roles=("supervisor",),
    title=_("Make one report of two"),
    done=_("Made one report of"),
    key="m",
    brief=_("merge"),
)
class Merge:
    """Two reports of one absence become one: the first stays, from the earlier start until the later end."""

    other: str | None = optional(ref("absences"), _("The other report; empty: the one that overlaps"))

    @staticmethod
    def blocked(absence: Absence, view: View) -> str | None:
        if absence.status not in OPEN:
            return _("it is %(status)s already") % {"status": absence.status}
        return None if overlapping(view, absence) else _("no other report of theirs overlaps it")

    def refuse(self, absence: Absence, view: View) -> str | None:
        found = overlapping(view, absence)
        if self.other is None and len(found) > 1:
            return _("several reports overlap it: name one (other)")
        if self.other is not None and self.other not in [one.id for one in found]:
            return _("other: that is no open report of the same person that overlaps it")
        return None

    def changes(self, absence: Absence, view: View) -> Iterator[Set]:
        found = overlapping(view, absence)
        other = next(one for one in found if self.other in (None, one.id))
        kept, gone = first_reported(absence, other)
        # First what the decision was taken on: its heads are what the person saw.
        sets = (Set("absences", kept.id, _together(kept, gone)), Set("absences", gone.id, _gone()))
        yield from sets if kept is absence else reversed(sets)


def _gone() -> Body:
    return {"status": "withdrawn", "reason": _("one with another report of the same absence")}


def _together(kept: Absence, gone: Absence) -> Body:
    """What the first report says with the other. Its state is decided anew: a withdrawal elsewhere then contends."""
    last = joined(kept.until, gone.until)
    called = min((one for one in (kept.called_at, gone.called_at) if one), default=None)
    state = gone if gone.status == "approved" != kept.status else kept
    return {
        "from": to_text(min(kept.from_, gone.from_)),
        "until": to_text(last) if last else None,
        "called_at": to_text(called) if called else None,
        "note": kept.note or gone.note,
        "status": state.status,
        "approved_by": state.approved_by,
        "approved_at": to_text(state.approved_at) if state.approved_at else None,
    }


def _read_end(value: object, around: Surroundings) -> str:
    if str(value).strip().lower() == OPEN_ENDED:
        return OPEN_ENDED
    try:
        text: str = END.read(value, around)
    except BadInput as error:
        raise BadInput(_("%(why)s, or open for open-ended") % {"why": error}) from error
    return text


END_OR_OPEN = FieldType(END.name, _read_end)
"""The end of an absence that has one already: it may become open-ended again."""

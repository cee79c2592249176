"""Decisions on complaints (DK-18 … DK-35). There is no delete and no silent close (DK-33).

Which leads from which status to which, and which clock it stops: docs/COMMANDS.md, "A complaint's life".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.decisions.registry import Set, decision, optional, required
from app.domain.absence_rules import LONGEST_SHIFT, ends_before_it_begins
from app.domain.change import Body
from app.domain.content import filled_in
from app.domain.fields import BOOL, END, INSTANT, LINE, START, TEXT, choice, ref
from app.domain.instants import from_text, to_text
from app.domain.kinds import kind_of
from app.domain.language import language_of
from app.domain.plain import one_line
from app.domain.records import CHANNELS, Agreement, Complaint, Contact, Person
from app.domain.site import language_at, time_at
from app.domain.view import View
from app.text import _

SUPERVISOR = ("supervisor",)
ASSIGNEES = ("first_assistant", "service_assistant")
UNDECIDED = ("waiting", "acknowledged")
VISIT = timedelta(hours=2)
"""How long the visit of extra work lasts where nobody says."""
_OUTCOME = kind_of(Complaint).registers["outcome"].fields


def resumed(complaint: Complaint) -> Body:
    """Ends the pauses that stand, where there are any."""
    return {"resumes": list(complaint.pauses)} if complaint.pauses else {}


def _only_from(*statuses: str) -> staticmethod[[Complaint, View], str | None]:
    def blocked(complaint: Complaint, _view: View) -> str | None:
        if complaint.status in statuses:
            return None
        return _("it is %(status)s") % {"status": complaint.status.replace("_", " ")}

    return staticmethod(blocked)


def _talk_first(complaint: Complaint, view: View) -> str | None:
    """Warns of deciding a complaint that names nothing concrete before anyone talked to the customer."""
    if view.find(Contact, complaint=complaint.id):
        return None
    if view.agreed(complaint.customer).names_nothing_concrete(complaint.text):
        return _("it names nothing concrete: talk to the customer and log the contact first")
    return None


def _written(
    reply: str, view: View, complaint: Complaint, moment: str, *, ends: bool = False, **values: str
) -> str:
    """A reply with the time filled in that its template leaves open, as its language writes it."""
    language = language_of(reply) or language_at(view, complaint.customer)
    time = time_at(view, complaint.customer, from_text(moment), language, ends=ends)
    return filled_in(reply, {**values, "time": time})


def _cannot_solve(person: str, view: View) -> str | None:
    """Why someone cannot be given a complaint to solve."""
    found = view.get(Person, person)
    if found is None or found.role not in ASSIGNEES:
        return _("only a first assistant or a service assistant solves a complaint (DK-27)")
    return None if found.active else _("%(name)s no longer works here") % {"name": found.name}


def _afresh(complaint: Complaint) -> Body:
    """Empties what the outcome before has left: an accept and a reject never mix. Its clock no longer stands still."""
    emptied: Body = {name: None for name in _OUTCOME if getattr(complaint, name) is not None}
    return {**emptied, **resumed(complaint)}


@decision(
    "complaint.receive",
    on=None,
    title=_("Receive a complaint"),
    done=_("Received"),
    key="N",
    undoable=False,
    brief=_("receive"),
)
class Receive:
    """A customer complains: it waits, and its two clocks run (DK-18, DK-21)."""

    customer: str = required(ref("customers"), _("Which customer?"))
    channel: str = required(choice(*CHANNELS), _("How did it come?"), suggest="phone")
    text: str = required(TEXT, _("What does the customer say?"))
    received_at: str | None = optional(INSTANT, _("When did it come? Empty: now"))

    def refuse(self, _record: None, view: View) -> str | None:
        if self.received_at is not None and self.received_at > to_text(view.now):
            return _("it cannot have been received in the future")
        return None

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        fields = {
            "customer": self.customer,
            "channel": self.channel,
            "text": self.text,
            "received_at": self.received_at or to_text(view.now),
        }
        yield Set("complaints", view.new_id(), fields, new=True)


@decision("complaint.read", on=Complaint, roles=SUPERVISOR, title=_("Read"), done=_("Read"))
class Read:
    """Seen by a supervisor; opening it on the board takes this (DK-23)."""

    @staticmethod
    def blocked(complaint: Complaint, _view: View) -> str | None:
        if complaint.read_at:
            return _("it has been read")
        if complaint.status != "waiting":
            return _("it is %(status)s") % {"status": complaint.status.replace("_", " ")}
        return None

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        yield Set("complaints", complaint.id, {"read": True})


@decision(
    "complaint.talk",
    on=Complaint,
    roles=SUPERVISOR,
    title=_("Needs a talk?"),
    done=_("Talk noted:"),
    key="t",
    brief=_("talk?"),
)
class Talk:
    """Does this need a talk with the customer? An explicit yes or no (DK-20, DK-34)."""

    talk_needed: bool = required(BOOL, _("Does this need a talk?"), suggest="yes")

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        yield Set("complaints", complaint.id, {"talk_needed": self.talk_needed})


@decision(
    "complaint.acknowledge",
    on=Complaint,
    roles=SUPERVISOR,
    title=_("Acknowledge"),
    done=_("Acknowledged"),
    key="r",
)
class Acknowledge:
    """Tell the customer within two hours that it was seen and that something is done (DK-21, DK-22)."""

    reply: str = required(TEXT, _("What do you answer the customer?"), suggest="reply:acknowledge")

    blocked = _only_from("waiting")

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        yield Set("complaints", complaint.id, {"replies": self.reply})


@decision("complaint.accept", on=Complaint, roles=SUPERVISOR, title=_("Accept"), done=_("Accepted"), key="y")
class Accept:
    """Within the agreement: how it is tackled, by when, and by whom (DK-26 … DK-28)."""

    BEGINS = "plan"
    FILLS = frozenset({"item", "time"})

    agreement: str | None = optional(
        ref("agreements"), _("Which item of the agreement? Empty: no item matches"), suggest="item"
    )
    reply: str | None = optional(TEXT, _("What do you answer the customer?"), suggest="reply:accept")
    plan: str = required(TEXT, _("How will it be tackled?"))
    solve_by: str = required(END, _("By when?"))
    assignee: str = required(
        ref("people"), _("Who does it? A first or service assistant"), suggest="assistant"
    )

    blocked = _only_from(*UNDECIDED)
    warn = staticmethod(_talk_first)

    def refuse(self, complaint: Complaint, view: View) -> str | None:
        if self.reply is None and complaint.reply is None:
            return _("the customer has no answer yet: give the reply")
        if self.solve_by <= to_text(view.now):
            return _("solve_by lies in the past")
        if why := _cannot_solve(self.assignee, view):
            return why
        return self._against_the_item(view.get(Agreement, self.agreement), complaint)

    def _against_the_item(self, item: Agreement | None, complaint: Complaint) -> str | None:
        """What is wrong with the item that is cited, or with citing none."""
        if item is None:
            named = self.reply and "{item}" in self.reply
            return _("reply: it names the item: cite one, or take other words") if named else None
        if item.customer != complaint.customer:
            return _("that item belongs to another customer's agreement")
        return _("that item was withdrawn: nothing is decided on it any more") if item.withdrawn_on else None

    def changes(self, complaint: Complaint, view: View) -> Iterator[Set]:
        item = view.get(Agreement, self.agreement)
        fields: Body = {
            **_afresh(complaint),
            "status": "accepted",
            "plan": self.plan,
            "solve_by": self.solve_by,
            "assignee": self.assignee,
            "agreement": self.agreement,
            "agreement_text": item.label if item else None,
        }
        if self.reply:
            named = {"item": one_line(item.task)} if item else {}
            fields["replies"] = _written(self.reply, view, complaint, self.solve_by, ends=True, **named)
        yield Set("complaints", complaint.id, fields)


@decision(
    "complaint.assign",
    on=Complaint,
    roles=SUPERVISOR,
    title=_("Give to someone else"),
    done=_("Given to someone else:"),
    key="a",
    brief=_("pass on"),
)
class Assign:
    """Someone else solves it, as it was planned and by when it was agreed (DK-27): who had it is away, or has left."""

    assignee: str = required(
        ref("people"), _("Who does it? A first or service assistant"), suggest="assistant"
    )

    blocked = _only_from("accepted")

    def refuse(self, complaint: Complaint, view: View) -> str | None:
        if self.assignee == complaint.assignee:
            return _("it is theirs already")
        return _cannot_solve(self.assignee, view)

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        yield Set("complaints", complaint.id, {"assignee": self.assignee})


@decision("complaint.reject", on=Complaint, roles=SUPERVISOR, title=_("Reject"), done=_("Rejected"), key="n")
class Reject:
    """Beyond the agreement: tell the customer why; the reason is the reply (DK-29 … DK-31)."""

    reason: str = required(TEXT, _("Why is this beyond what was agreed?"), suggest="reply:reject")

    blocked = _only_from(*UNDECIDED)
    warn = staticmethod(_talk_first)

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        outcome: Body = {"status": "rejected", "reason": self.reason, "replies": self.reason}
        yield Set("complaints", complaint.id, {**_afresh(complaint), **outcome})


@decision(
    "complaint.extra_work",
    on=Complaint,
    roles=SUPERVISOR,
    title=_("Extra work"),
    done=_("Extra work:"),
    key="w",
)
class ExtraWork:
    """Beyond the agreement, done as agreed with the customer (DK-32): the visit is planned with it.

    No visit is planned for a time that has passed.
    """

    BEGINS = "extra_work"
    FILLS = frozenset({"item", "time"})

    person: str | None = optional(ref("people"), _("Who goes? Empty: to be covered"), suggest="assistant")
    until: str | None = optional(INSTANT, _("Until when does the visit last? Empty: two hours"))
    reply: str | None = optional(TEXT, _("What do you write to the customer?"), suggest="reply:extra_work")
    extra_work: str = required(TEXT, _("What was agreed?"))
    agreed_with: str = required(LINE, _("With whom at the customer?"))
    when: str = required(START, _("When is the visit? A day alone begins at 08:00"))

    blocked = _only_from(*UNDECIDED)

    def refuse(self, _complaint: Complaint, view: View) -> str | None:
        if self.person is not None and (person := view.get(Person, self.person)) and not person.active:
            return _("%(name)s no longer works here") % {"name": person.name}
        if ends_before_it_begins(from_text(self.when), self._end):
            return _("the visit would end before it begins")
        return (
            _("a shift lasts a month at the most")
            if self._end - from_text(self.when) > LONGEST_SHIFT
            else None
        )

    @property
    def _end(self) -> datetime:
        return from_text(self.until) if self.until else from_text(self.when) + VISIT

    def changes(self, complaint: Complaint, view: View) -> Iterator[Set]:
        fields: Body = {
            **_afresh(complaint),
            "status": "extra_work",
            "extra_work": self.extra_work,
            "agreed_with": self.agreed_with,
            "when": self.when,
        }
        if self.reply:
            fields["replies"] = _written(
                self.reply, view, complaint, self.when, item=one_line(self.extra_work)
            )
        elif complaint.reply is None:
            fields["replies"] = self.extra_work
        yield Set("complaints", complaint.id, fields)
        if from_text(self.when) > view.now:
            visit: Body = {"customer": complaint.customer, "start": self.when, "end": to_text(self._end)}
            person = {"person": self.person} if self.person else {}
            yield Set("shifts", view.new_id(), {**visit, **person}, new=True)


@decision("complaint.solve", on=Complaint, title=_("Solved"), done=_("Solved"), key="s")
class Solve:
    """The assignee, or the supervisor, says that it is done; the supervisor approves it next."""

    note: str | None = optional(TEXT, _("What was done?"))

    @staticmethod
    def blocked(complaint: Complaint, view: View) -> str | None:
        if complaint.status not in ("accepted", "extra_work"):
            return _("it is %(status)s") % {"status": complaint.status.replace("_", " ")}
        if view.actor.role != "supervisor" and view.actor.id != complaint.assignee:
            return _("only the assignee or a supervisor says that it is solved")
        return None

    def changes(self, complaint: Complaint, view: View) -> Iterator[Set]:
        fields = {"status": "solved", "solved_at": to_text(view.now), "note": self.note}
        yield Set("complaints", complaint.id, {**fields, **resumed(complaint)})


@decision(
    "complaint.close", on=Complaint, title=_("Approve and close"), done=_("Closed"), key="d", brief=_("close")
)
class Close:
    """The supervisor approves the solution, never the one who solved it (DK-28)."""

    @staticmethod
    def blocked(complaint: Complaint, view: View) -> str | None:
        if view.actor.id == complaint.assignee:
            return _("the assignee does not approve their own work: the supervisor does")
        if view.actor.role != "supervisor":
            return _("only a supervisor approves and closes")
        if complaint.status == "extra_work" and complaint.when and complaint.when > view.now:
            return _("the visit of the extra work is still to come")
        if complaint.status not in ("solved", "rejected", "extra_work"):
            return _("it is %(status)s") % {"status": complaint.status.replace("_", " ")}
        if complaint.reply is None and complaint.reason is None:
            return _("the customer has no answer yet: take it up again and answer")
        return None

    def changes(self, complaint: Complaint, view: View) -> Iterator[Set]:
        fields = {"status": "closed", "closed_by": view.actor.id, "closed_at": to_text(view.now)}
        yield Set("complaints", complaint.id, fields)


@decision("complaint.reopen", on=Complaint, roles=SUPERVISOR, title=_("Reopen"), done=_("Reopened"), key="o")
class Reopen:
    """The customer is not satisfied: it is taken up again, with a new solve clock."""

    reason: str = required(TEXT, _("Why is it taken up again?"))

    blocked = _only_from("solved", "rejected", "closed")

    def changes(self, complaint: Complaint, _view: View) -> Iterator[Set]:
        outcome: Body = {"status": "acknowledged", "reason": self.reason}
        yield Set("complaints", complaint.id, {**_afresh(complaint), **outcome})

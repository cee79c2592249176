"""Corrective actions: what is changed so that a complaint does not come again, by whom and by when (DE-21)."""

from __future__ import annotations

from collections.abc import Iterator

from app.decisions.masters import NOTHING
from app.decisions.registry import Set, decision, given, optional, required
from app.domain.fields import DAY, TEXT, ref
from app.domain.records import Action, Complaint
from app.domain.view import View
from app.text import _

LEADERS = ("supervisor", "manager")


def _today(view: View) -> str:
    return view.now.astimezone(view.zone).date().isoformat()


def _not_done(action: Action, _view: View) -> str | None:
    return _("it is done") if action.done_on else None


@decision(
    "action.add",
    on=Complaint,
    roles=LEADERS,
    title=_("Corrective action"),
    done=_("Action for"),
    key="A",
    creates=True,
    brief=_("action"),
)
class AddAction:
    """What is changed so that it does not come again; without a complaint it is about a customer, or all (DE-21)."""

    text: str = required(TEXT, _("What is changed?"))
    owner: str = required(ref("people"), _("Who sees to it?"))
    due: str = required(DAY, _("By which day?"))
    customer: str | None = optional(
        ref("customers"), _("About which customer? Empty: all"), suggest="customer"
    )

    @staticmethod
    def without(_complaint: Complaint, _view: View) -> tuple[str, ...]:
        return ("customer",)

    def refuse(self, complaint: Complaint | None, view: View) -> str | None:
        if complaint and self.customer and self.customer != complaint.customer:
            return _("that complaint is another customer's")
        return _("the day is over") if self.due < _today(view) else None

    def changes(self, complaint: Complaint | None, view: View) -> Iterator[Set]:
        fields = given(self)
        if complaint is not None:
            fields |= {"complaint": complaint.id, "customer": complaint.customer}
        yield Set("actions", view.new_id(), fields, new=True)


@decision("action.change", on=Action, roles=LEADERS, title=_("Change the action"), done=_("Changed"))
class ChangeAction:
    """Another wording, owner or day; what is left out stays."""

    text: str | None = optional(TEXT, _("What is changed?"), suggest="same")
    owner: str | None = optional(ref("people"), _("Who sees to it?"), suggest="same")
    due: str | None = optional(DAY, _("By which day?"), suggest="same")

    blocked = staticmethod(_not_done)

    def refuse(self, _action: Action, _view: View) -> str | None:
        return None if given(self) else NOTHING

    def changes(self, action: Action, _view: View) -> Iterator[Set]:
        yield Set("actions", action.id, given(self))


@decision("action.done", on=Action, title=_("Action done"), done=_("Done"), key="D", brief=_("done"))
class Done:
    """It is changed, and what came of it (DE-21)."""

    note: str | None = optional(TEXT, _("What came of it?"))
    done_on: str | None = optional(DAY, _("On which day? Empty: today"))

    @staticmethod
    def blocked(action: Action, view: View) -> str | None:
        if view.actor.role not in LEADERS and view.actor.id != action.owner:
            return _("only its owner, a supervisor or a manager says that it is done")
        return _not_done(action, view)

    def refuse(self, _action: Action, view: View) -> str | None:
        late = self.done_on is not None and self.done_on > _today(view)
        return _("that day is still to come") if late else None

    def changes(self, action: Action, view: View) -> Iterator[Set]:
        day = self.done_on or _today(view)
        yield Set("actions", action.id, {"done_on": day, "note": self.note})

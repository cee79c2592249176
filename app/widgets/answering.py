"""The answer to a customer is ready to copy, from wherever a complaint is decided on."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from app.decisions.registry import Decision
from app.desk import Outcome
from app.domain.records import Complaint
from app.queries import subjects
from app.text import _
from app.widgets.workspace import Workspace

_ANSWERS = (
    "complaint.acknowledge",
    "complaint.accept",
    "complaint.reject",
    "complaint.extra_work",
    "complaint.follow_up",
)
"""They write to the customer."""


class Answering(Workspace):
    """A screen on which customers are answered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("Y", "copy", _("Copy the answer"), show=False, id="complaints.copy"),
    ]

    def answered(self, decision: Decision, outcome: Outcome) -> str:
        """The complaint that was answered just now; nothing where it was none, or several at once."""
        if decision.name not in _ANSWERS:
            return ""
        found = [one for one in dict.fromkeys(outcome.records) if self._complaint(one)]
        return found[0] if len(found) == 1 else ""

    def action_copy(self) -> None:
        """Puts what the customer was told last on the clipboard: of the one answered just now, else of this one."""
        target = self.contact_target()
        here = target.id if target and target.kind == "complaints" else ""
        found = self._complaint(self.office.said.answered or here)
        if found is None or found.reply is None:
            self.office.refuse(_("the customer has no answer yet: nothing to copy"))
            return
        self.app.copy_to_clipboard(found.told or found.reply)
        name = self.desk.ask(subjects.subject, "complaints", found.id)
        self.office.tell(_("Copied the answer to %(name)s") % {"name": name})

    def _complaint(self, id_: str) -> Complaint | None:
        found = self.desk.record("complaints", id_) if id_ else None
        return found if isinstance(found, Complaint) else None

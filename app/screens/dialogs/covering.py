"""What the screens with uncovered visits share: Enter takes the first substitute, c shows everyone."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from app.decisions.registry import Decision
from app.desk import Outcome, View
from app.domain.records import Person, Shift
from app.frame.lines import KeyHint
from app.panes.substitutes import EVERYONE, first_free, offered, visit_words
from app.queries.cover import candidates
from app.queries.subjects import name_of
from app.screens.dialogs.candidates import CandidatesDialog, Pick
from app.text import _
from app.widgets.deciding import Target
from app.widgets.workspace import Workspace


class Covering(Workspace):
    """A screen whose item may stand for an uncovered visit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "candidates", _("All candidates"), show=False, id="shift.assign"),
    ]

    def visit(self) -> str | None:
        """The id of the uncovered visit that the item under the cursor is about."""
        raise NotImplementedError

    def cover_hints(self, visit: str) -> tuple[KeyHint, ...]:
        """Whom Enter would take, and the way to all others."""
        best = self.desk.ask(first_free, visit)
        said = _("take %(name)s") % {"name": best.name} if best else _("nobody is free")
        return KeyHint("Enter", said, best is not None), KeyHint("c", _("all candidates"))

    def take_first(self, visit: str) -> None:
        """Gives the visit to the best candidate that no rule stands against (DK-11)."""
        best = self.desk.ask(first_free, visit)
        if best is None:
            self.office.refuse(_("nobody is free: c shows why, or cancel the visit with the customer"))
        else:
            self.decide("shift.assign", Target("shifts", visit), {"person": best.person})

    def action_candidates(self) -> None:
        """Everyone who could go, to choose from."""
        visit = self.visit()
        if visit is None:
            self.office.refuse(_("no visit here is uncovered"))
            return
        dialog = self.desk.ask(_everyone, visit)
        self.app.push_screen(dialog, lambda pick: self._picked(Target("shifts", visit), pick))

    def sentence(self, decision: Decision, outcome: Outcome) -> str:
        """Who goes is said with the visit: they must be told."""
        said = super().sentence(decision, outcome)
        shift = self.desk.record("shifts", outcome.id) if decision.name == "shift.assign" else None
        if not isinstance(shift, Shift):
            return said
        return f"{said}: {self.desk.ask(name_of, Person, shift.person)}"

    def _picked(self, visit: Target, pick: Pick | None) -> None:
        if pick is None:
            return
        one, given = pick.candidate, {"person": pick.candidate.person}
        if not one.free:
            why = {"name": one.name, "why": one.against}
            problem = _("%(name)s: %(why)s. To send them all the same, say why (override).") % why
            self.ask_for("shift.assign", visit, given, problem, "override")
        elif pick.note:
            self.ask_for("shift.assign", visit, given, start="note")
        else:
            self.decide("shift.assign", visit, given)


def _everyone(view: View, visit: str) -> CandidatesDialog:
    shift = view.get(Shift, visit)
    said = offered(view, shift) if shift else {}
    return CandidatesDialog(visit_words(view, visit), candidates(view, visit, EVERYONE), said)

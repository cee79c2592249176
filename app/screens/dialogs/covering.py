"""What the screens with uncovered visits share: Enter takes the first substitute, c shows everyone."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from app.decisions.registry import DECISIONS, Decision
from app.desk import Outcome
from app.domain.records import Person, Shift
from app.frame.lines import KeyHint
from app.panes.substitutes import first_free
from app.queries.cover import wanted
from app.queries.subjects import name_of
from app.screens.dialogs.candidates import CandidatesDialog, Pick
from app.screens.dialogs.planning import Choose, PlanDialog
from app.text import _
from app.widgets.deciding import Target
from app.widgets.workspace import Workspace


class Covering(Workspace):
    """A screen whose item may stand for an uncovered visit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "candidates", _("All candidates"), show=False, id="shift.assign"),
        Binding("C", "plan", _("The best cover plan"), show=False, id="shift.cover"),
    ]

    def visit(self) -> str | None:
        """The id of the uncovered visit that the item under the cursor is about."""
        raise NotImplementedError

    def cover_hints(self, visit: str) -> tuple[KeyHint, ...]:
        """Whom Enter would take, and the way to all others."""
        best = self.desk.ask(first_free, visit)
        said = _("take %(name)s") % {"name": best.name} if best else _("nobody is free")
        keys = (
            KeyHint("c", _("all candidates"), brief=_("candidates")),
            KeyHint("C", _("cover plan"), brief=_("plan")),
        )
        return KeyHint("Enter", said, best is not None), *keys

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
        else:
            self._choose(visit)

    def _choose(self, visit: str) -> None:
        dialog = CandidatesDialog(self.desk, visit, self._offered)
        self.app.push_screen(dialog, lambda pick: self._picked(Target("shifts", visit), pick))

    def _offered(self, outcome: Outcome) -> None:
        """The board says what was noted, and knows it."""
        self.office.tell(self.sentence(DECISIONS["shift.offer"], outcome), "u")
        self.office.news()

    def action_plan(self) -> None:
        """The best plan for the marked items, else for all that is uncovered."""
        sought = partial(wanted, marked=self.marked(), everywhere=self.everywhere)
        if self.desk.ask(sought):
            self.app.push_screen(PlanDialog(self.desk, sought), self._planned)
        else:
            self.office.refuse(_("nothing is uncovered"))

    def _planned(self, outcome: Outcome | Choose | None) -> None:
        if isinstance(outcome, Choose):
            self._choose(outcome.visit)
        elif outcome is not None:
            self._unmark(outcome.records)
            self._announce(DECISIONS["shift.cover"], outcome)

    def sentence(self, decision: Decision, outcome: Outcome) -> str:
        """Who goes is said with the visit: they must be told."""
        said = super().sentence(decision, outcome)
        one = decision.name in ("shift.assign", "shift.cover") and len(outcome.records) == 1
        shift = self.desk.record("shifts", outcome.id) if one else None
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

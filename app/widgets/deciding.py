"""Decisions as keys: what a screen offers for the item under the cursor, from the registry's declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.binding import Binding

from app.decisions.registry import DECISIONS, Decision
from app.desk import Desk, View
from app.domain.kinds import Record
from app.frame.lines import KeyHint


@dataclass(frozen=True, slots=True)
class Target:
    """The record that a decision would be about."""

    kind: str
    id: str


Find = Callable[[Decision], Target | None]
"""Which record a decision would be about now; None: there is none under the cursor."""


def decision_bindings(*names: str) -> list[Binding]:
    """A key for each of the decisions, as declared; the binding's id makes it rebindable in settings.toml."""
    found = []
    for name in names:
        decision = DECISIONS[name]
        if decision.key:
            found.append(Binding(decision.key, f"decide('{name}')", decision.title, show=False, id=name))
    return found


@dataclass(frozen=True, slots=True)
class Offer:
    """A decision's key in the footer, and why it cannot be taken now."""

    decision: Decision
    target: Target | None
    why_not: str | None

    @property
    def hint(self) -> KeyHint:
        """The key as the footer shows it."""
        declared = self.decision
        return KeyHint(declared.key or "", declared.title.lower(), self.why_not is None, declared.brief)


def offers(desk: Desk, names: Iterable[str], find: Find) -> list[Offer]:
    """What can be decided about the item under the cursor, and why the rest cannot."""
    wanted = [(DECISIONS[name], find(DECISIONS[name])) for name in names]
    return desk.ask(
        _offers, [(decision, target) for decision, target in wanted if target or decision.on is None]
    )


def _offers(view: View, wanted: list[tuple[Decision, Target | None]]) -> list[Offer]:
    seen: dict[str, Record | None] = {}
    found = []
    for decision, target in wanted:
        record = None
        if target is not None and decision.on is not None:
            if target.id not in seen:
                seen[target.id] = view.get(decision.on.record, target.id)
            record = seen[target.id]
        found.append(Offer(decision, target, decision.blocked(record, view)))
    return found

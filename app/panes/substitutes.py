"""Ranked substitutes as lines: who is free and why, and the rule that stands against the others."""

from __future__ import annotations

from app.desk import View
from app.domain.cover import Candidate
from app.frame.rows import Cell
from app.panes.common import Block, Line
from app.queries.cover import candidates
from app.text import _

SHOWN = 7


def first_free(view: View, shift: str) -> Candidate | None:
    """Whom Enter would take: the best candidate no rule stands against."""
    best = candidates(view, shift, 1)
    return best[0] if best and best[0].free else None


def substitutes(view: View, shift: str, shown: int = SHOWN) -> Block:
    """The best candidates for a shift in their order."""
    found = candidates(view, shift, shown)
    lines = tuple(_line(number, one) for number, one in enumerate(found, start=1))
    return _("Substitutes"), lines or (Cell(_("nobody in the team could go"), "muted"),)


def _line(number: int, one: Candidate) -> Line:
    name = f"{one.name:<18} "
    if one.free:
        said = " · ".join(one.reasons)
        return (Cell(f"{number} ", "key"), Cell(name, "strong"), Cell(f"✓ {said}", "green"))
    return (Cell("– ", "faint"), Cell(name, "muted"), Cell("; ".join(one.obstacles), "muted"))

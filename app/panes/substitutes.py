"""Ranked substitutes as lines: who is free and why, and the rule that stands against the others."""

from __future__ import annotations

from app.desk import View
from app.domain.cover import Candidate
from app.domain.records import Customer, Shift
from app.frame.rows import Cell, Column, TableRow
from app.panes.common import Block, Line, span_words
from app.queries.cover import candidates
from app.queries.subjects import name_of
from app.text import _

SHOWN = 7
_NAME = 20
EVERYONE = 2_000
CANDIDATES = (
    Column("name", _("Who"), share=2, least=16),
    Column("why", _("For and against"), share=5, least=20),
)


def first_free(view: View, shift: str) -> Candidate | None:
    """Whom Enter would take: the best candidate no rule stands against."""
    best = candidates(view, shift, 1)
    return best[0] if best and best[0].free else None


def substitutes(view: View, shift: str, shown: int = SHOWN) -> Block:
    """The best candidates for a shift in their order."""
    found = candidates(view, shift, shown)
    visit = view.get(Shift, shift)
    wide = max((len(one.name) for one in found), default=0)
    needed = visit.skills if visit else ()
    lines = tuple(_line(number, one, wide, needed) for number, one in enumerate(found, start=1))
    return _("Substitutes"), lines or (Cell(_("nobody in the team could go"), "muted"),)


def _line(number: int, one: Candidate, wide: int, needed: tuple[str, ...]) -> Line:
    """Without the skills that the visit needs: who is free has them all."""
    name = f"{one.name:<{min(wide, _NAME)}} "
    if one.free:
        said = " · ".join(why for why in one.reasons if why not in needed)
        return (Cell(f"{number} ", "key"), Cell(name, "strong"), Cell(f"✓ {said or _('can go')}", "green"))
    return (Cell("– ", "faint"), Cell(name, "muted"), Cell("; ".join(one.obstacles), "muted"))


def candidate_row(one: Candidate) -> TableRow:
    """A candidate in the list of all: why, or the rule that stands against it, greyed."""
    if one.free:
        said = " · ".join(one.reasons) or _("can go")
        return TableRow(one.person, (Cell(one.name, "strong"), said), "green")
    return TableRow(one.person, (one.name, "; ".join(one.obstacles)), "", dimmed=True)


def visit_words(view: View, shift: str) -> str:
    """A visit in a line: which customer's, and when."""
    found = view.get(Shift, shift)
    if found is None:
        return ""
    return f"{name_of(view, Customer, found.customer)} · {span_words(view, found.start, found.end)}"

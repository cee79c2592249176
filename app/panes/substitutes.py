"""Ranked substitutes as lines: who is free and why, what they were asked, and what stands against the others."""

from __future__ import annotations

from app.desk import View
from app.domain.cover import Candidate
from app.domain.cover.ranking import answer_words
from app.domain.cover.rules import hours_words
from app.domain.instants import from_text
from app.domain.records import Customer, Shift
from app.frame.rows import Cell, Column, Runs, TableRow
from app.panes.common import Block, Line, clock_time, span_words
from app.queries.cover import candidates
from app.queries.subjects import name_of
from app.text import _

SHOWN = 7
_NAME = 20
EVERYONE = 2_000
CANDIDATES = (
    Column("name", _("Who"), share=2, least=16),
    Column("why", _("For and against"), share=5, least=24),
    Column("km", _("Way"), width=6, align="right", ink="muted", drop=1),
    Column("left", _("Week left"), width=9, align="right", ink="muted", drop=2),
)


def first_free(view: View, shift: str) -> Candidate | None:
    """Whom Enter would take: the best candidate no rule stands against, and who has not said no."""
    best = candidates(view, shift, 1)
    return best[0] if best and best[0].willing else None


def substitutes(view: View, shift: str, shown: int = SHOWN) -> Block:
    """The best candidates for a shift in their order."""
    found = candidates(view, shift, shown)
    visit = view.get(Shift, shift)
    wide = max((len(one.name) for one in found), default=0)
    needed = visit.skills if visit else ()
    said = offered(view, visit) if visit else {}
    lines = tuple(_line(number, one, wide, needed, said) for number, one in enumerate(found, start=1))
    return _("Substitutes"), lines or (Cell(_("nobody in the team could go"), "muted"),)


def _line(number: int, one: Candidate, wide: int, needed: tuple[str, ...], said: dict[str, str]) -> Line:
    """Without the skills that the visit needs: who is free has them all."""
    name = f"{one.name:<{min(wide, _NAME)}} "
    if not one.free:
        return (Cell("– ", "faint"), Cell(name, "muted"), Cell(one.against, "muted"))
    why = " · ".join([*(why for why in one.reasons if why not in needed), *way_words(one)])
    if not one.willing:
        return (Cell("– ", "faint"), Cell(name, "muted"), Cell(said.get(one.person, ""), "amber"))
    asked = Cell(f"{said[one.person]} · ", "amber") if one.person in said else Cell("")
    return (
        Cell(f"{number} ", "key"),
        Cell(name, "strong"),
        asked,
        Cell(why, "green"),
    )


def way_words(one: Candidate) -> tuple[str, ...]:
    """The way to the site, where it is known."""
    return () if one.km is None else (_("%(km)d km") % {"km": round(one.km)},)


def candidate_row(one: Candidate, said: dict[str, str]) -> TableRow:
    """A candidate in the list of all: why, or the rule that stands against it, greyed."""
    asked = said.get(one.person, "")
    way = "".join(way_words(one))
    left = "" if one.left is None else _("%(hours)s h") % {"hours": hours_words(one.left)}
    if not one.free:
        why = f"{asked} · {one.against}" if asked else one.against
        return TableRow(one.person, (one.name, why, way, left), "", dimmed=True)
    runs: Runs = (Cell(f"{asked} · ", "amber"),) if asked else ()
    cells = (Cell(one.name, "strong"), (*runs, Cell(" · ".join(one.reasons))), way, left)
    return TableRow(one.person, cells, "green" if one.willing else "", dimmed=not one.willing)


def offered(view: View, shift: Shift) -> dict[str, str]:
    """Person → what came of offering them the shift: ``asked 06:52, said no 06:58``."""
    found: dict[str, list[str]] = {}
    for one in shift.offers:
        if words := answer_words(one.get("answer", "")):
            at = clock_time(view, from_text(one["at"]))
            found.setdefault(one["person"], []).append(f"{words} {at}")
    return {person: ", ".join(words[-2:]) for person, words in found.items()}


def visit_words(view: View, shift: str) -> str:
    """A visit in a line: which customer's, and when."""
    found = view.get(Shift, shift)
    if found is None:
        return ""
    return f"{name_of(view, Customer, found.customer)} · {span_words(view, found.start, found.end)}"

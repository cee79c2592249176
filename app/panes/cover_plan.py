"""The best cover plan before it is taken: who gets which shift and why, and why the others stay uncovered."""

from __future__ import annotations

from app.desk import View
from app.domain.cover.plan import CoverPlan, Given, Left
from app.domain.records import Customer, Person, Shift
from app.frame.rows import Cell, Column, Runs, TableRow
from app.panes.common import Block, span_words
from app.panes.substitutes import way_words
from app.queries.subjects import name_of
from app.text import _, ngettext

PLAN = (
    Column("when", _("When"), width=17),
    Column("where", _("Where"), share=3, least=18),
    Column("who", _("Who"), share=3, least=14),
    Column("why", _("Why"), share=5, least=24, drop=1),
)


def plan_rows(view: View, plan: CoverPlan) -> list[TableRow]:
    """What cannot be covered first, then who gets what, each by start."""
    return [*(_left(view, one) for one in plan.left), *(_given(view, one) for one in plan.given)]


def _given(view: View, one: Given) -> TableRow:
    cells = (
        _when(view, one.shift),
        _where(view, one.shift),
        Cell(one.who.name, "strong"),
        Cell(_why(one), "muted"),
    )
    return TableRow(one.shift.id, cells, "green")


def _left(view: View, one: Left) -> TableRow:
    cells = (_when(view, one.shift), _where(view, one.shift), Cell(_("uncovered"), "red"), one.why)
    return TableRow(one.shift.id, cells, "red")


def _when(view: View, shift: Shift) -> str:
    return span_words(view, shift.start, shift.end)


def _where(view: View, shift: Shift) -> str:
    return name_of(view, Customer, shift.customer)


def plan_title(plan: CoverPlan) -> str:
    """How much of it the plan covers."""
    count = {"covered": len(plan.given), "all": len(plan.given) + len(plan.left)}
    return _("Cover plan · %(covered)d of %(all)d") % count


def plan_note(plan: CoverPlan) -> str:
    """How many must be called, and whether a better plan may exist."""
    people = len({one.who.person for one in plan.given})
    calls = ngettext("%(count)d person to tell", "%(count)d people to tell", people) % {"count": people}
    return calls if plan.proven else f"{calls} · {plan.why_not}"


def plan_blocks(view: View, plan: CoverPlan, shift: str | None) -> list[Block]:
    """All about one shift of the plan: what speaks for who gets it, or what stands against the nearest."""
    for one in plan.given:
        if one.shift.id == shift:
            return [(_head(view, one.shift), (_for(one), *_instead_of(view, one.shift)))]
    for left in plan.left:
        if left.shift.id == shift:
            return [(_head(view, left.shift), _against(left))]
    return []


def _head(view: View, shift: Shift) -> str:
    skills = f" · {', '.join(shift.skills)}" if shift.skills else ""
    return f"{_where(view, shift)} · {_when(view, shift)}{skills}"


def _for(one: Given) -> Runs:
    return (Cell("✓ ", "green"), Cell(f"{one.who.name}  ", "strong"), Cell(_why(one), "green"))


def _why(one: Given) -> str:
    """Without the skills that the visit needs: whoever gets it has them."""
    said = [why for why in one.who.reasons if why not in one.shift.skills]
    return " · ".join([*said, *way_words(one.who)])


def _instead_of(view: View, shift: Shift) -> tuple[Runs, ...]:
    if shift.person is None:
        return ()
    return ((Cell(_("instead of %(name)s") % {"name": name_of(view, Person, shift.person)}, "muted"),),)


def _against(left: Left) -> tuple[Runs, ...]:
    lines: list[Runs] = [(Cell("● ", "red"), Cell(left.why, "red"))]
    lines.extend(
        (Cell("– ", "faint"), Cell(f"{one.name}  "), Cell(one.against or _("said no"), "muted"))
        for one in left.nearest
    )
    for name in left.supervisors:
        said = _("%(name)s could go: c chooses by hand") % {"name": name}
        lines.append((Cell("▸ ", "accent"), Cell(said)))
    return tuple(lines)

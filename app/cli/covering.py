"""The verb ``cover``: the best plan for what is uncovered, shown or taken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from app.cli.call import Call
from app.cli.deciding import share
from app.cli.options import DONE, Parser
from app.cli.output import note, say, say_json, say_table
from app.domain.instants import local_iso
from app.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.desk import Desk, Outcome, View
    from app.domain.cover.plan import CoverPlan
    from app.domain.records import Shift
    from app.queries.cover import Question


def arguments(parser: Parser) -> None:
    """What ``cover`` takes."""
    parser.add_argument(
        "absences",
        nargs="*",
        metavar="ABSENCE",
        help=_("only what these absences leave; without one, all that is uncovered"),
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--plan", action="store_true", help=_("only show it (the default)"))
    how.add_argument("--take", action="store_true", help=_("take it: one decision, undone as one"))


def cover(call: Call) -> int:
    """Shows the best cover plan for the acting person's areas, or takes it."""
    with call.desk() as desk:
        plan = desk.ask(_asked, call.given.absences).answered(perf_counter)
        outcome = shared = None
        if call.given.take and plan.given:
            outcome = desk.take("shift.cover", None, {"plan": plan.choices})
            shared = share(call, desk, outcome)
        if call.json:
            taken = {"change": outcome.change, **shared._asdict()} if outcome and shared else {}
            say_json(_shape(desk, plan) | taken)
        else:
            desk.ask(_say, plan, outcome)
    return DONE


def _asked(view: View, absences: Sequence[str]) -> Question:
    from app.queries.cover import question, wanted

    return question(view, wanted(view, [view.resolve("absences", one) for one in absences]))


def _shape(desk: Desk, plan: CoverPlan) -> dict[str, Any]:
    when = partial(_when, desk)
    covered = [
        {**when(one.shift), "person": one.who.person, "name": one.who.name, "reasons": list(one.who.reasons)}
        for one in plan.given
    ]
    uncovered = [
        {
            **when(one.shift),
            "why": one.why,
            "nearest": [{"name": who.name, "against": who.against} for who in one.nearest],
        }
        for one in plan.left
    ]
    return {"covered": covered, "uncovered": uncovered, "proven": plan.proven}


def _when(desk: Desk, shift: Shift) -> dict[str, str]:
    start, end = (local_iso(one, desk.zone) for one in (shift.start, shift.end))
    return {"shift": shift.id, "customer": shift.customer, "start": start, "end": end}


def _say(view: View, plan: CoverPlan, outcome: Outcome | None) -> None:
    rows = list(_rows(view, plan))
    if not rows:
        say(_("Nothing is uncovered"))
        return
    say_table((_("state"), _("when"), _("where"), _("who"), _("why")), rows, state=0)
    if not plan.proven:
        note(plan.why_not)
    if outcome is not None:
        what = {"count": len(plan.given), "change": outcome.change}
        say(_("Covered %(count)d\nchange %(change)s") % what)


def _rows(view: View, plan: CoverPlan) -> Iterator[tuple[str, ...]]:
    from app.domain.records import Customer
    from app.queries.subjects import name_of

    def place(shift: Shift) -> tuple[str, str]:
        return f"{shift.start.astimezone(view.zone):%a %d %b %H:%M}", name_of(view, Customer, shift.customer)

    for left in plan.left:
        yield ("red", *place(left.shift), _("uncovered"), left.why)
    for one in plan.given:
        yield ("green", *place(one.shift), one.who.name, " · ".join(one.who.reasons))

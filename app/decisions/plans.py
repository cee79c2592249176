"""Decisions on service plans: rows are given to someone, done, and signed (rules.md, "Service plan").

The rows of a plan are not created; they exist when the plan does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.decisions.registry import Emptying, Set, decision, given, optional, required
from app.domain.fields import DAY, LIST, TEXT, ref
from app.domain.ids import derived_id
from app.domain.projection import row_text_hash
from app.domain.records import Plan, PlanRow
from app.domain.view import View
from app.text import _

MANAGER = ("manager",)
MANAGER_OR_SUPERVISOR = ("manager", "supervisor")
TEMPLATE = "service-plan"


@decision("plan.start", on=None, roles=MANAGER, title=_("Start a plan"), done=_("Started a plan:"), key="s")
class Start:
    """A customer's service plan begins; one customer has one plan, whoever starts it."""

    customer: str = required(ref("customers"), _("For which customer?"), suggest="customer")
    started_on: str = required(DAY, _("When does the contract start?"), suggest="today")

    def refuse(self, _record: None, view: View) -> str | None:
        if view.find(Plan, customer=self.customer):
            return _("this customer has a plan already")
        return None

    def changes(self, _record: None, _view: View) -> Iterator[Set]:
        fields = {"customer": self.customer, "template": TEMPLATE, "started_on": self.started_on}
        yield Set("plans", derived_id("plan", self.customer, TEMPLATE), fields, new=True)


@decision("plan.assign", on=PlanRow, roles=MANAGER, title=_("Responsible"), done=_("Assigned"), key="o")
class Assign(Emptying):
    """Who is responsible for the row, and until when it is due."""

    responsible: str = required(ref("people"), _("Who is responsible?"), suggest="same")
    due: str | None = optional(DAY, _("When is it due?"), suggest="same", empties=True)

    def changes(self, row: PlanRow, _view: View) -> Iterator[Set]:
        yield Set("rows", row.id, given(self))


@decision("plan.done", on=PlanRow, roles=MANAGER_OR_SUPERVISOR, title=_("Done"), done=_("Done:"), key="d")
class Done:
    """The row is done on a day.

    The row on a contract's end (E-3) needs the reason of the termination: the plan's ``end_reason``, given here or
    there already. A note does not stand for it.
    """

    done_on: str = required(DAY, _("When was it done?"), suggest="today")
    reason: str | None = optional(TEXT, _("Why did the contract end? Only where the row asks for it (E-3)"))

    @staticmethod
    def without(row: PlanRow, view: View) -> tuple[str, ...]:
        return () if _asks_why(row, view) else ("reason",)

    def refuse(self, row: PlanRow, view: View) -> str | None:
        if self.done_on > _today(view).isoformat():
            return _("it cannot have been done in the future")
        if _asks_why(row, view):
            return None if self.reason else _why_missing(row, view)
        return _("%(row)s takes no reason") % {"row": row.row} if self.reason else None

    def changes(self, row: PlanRow, _view: View) -> Iterator[Set]:
        yield Set("rows", row.id, {"done_on": self.done_on})
        if self.reason:
            yield Set("plans", row.plan, {"end_reason": self.reason})


@decision("plan.sign", on=PlanRow, roles=MANAGER, title=_("Sign"), done=_("Signed"), key="g")
class Sign:
    """Sign what the row says now: it is done on a day, and someone is responsible.

    If its text, who is responsible or the day change later, the row shows that the signed text differs.
    """

    @staticmethod
    def blocked(row: PlanRow, view: View) -> str | None:
        if row.responsible is None:
            return _("nobody is responsible: a row is signed with a responsible person named")
        if row.done_on is None:
            return _("it is not done: a row is signed with the day on which it was done")
        if row.signed_by and not row.differs:
            return _("it is signed already")
        return _why_missing(row, view) if _asks_why(row, view) else None

    def changes(self, row: PlanRow, view: View) -> Iterator[Set]:
        yield Set("rows", row.id, {"signs": {"text": _what_it_says(row, view)}})


@decision("plan.unsign", on=PlanRow, roles=MANAGER, title=_("Take the signature back"),
          done=_("Signature taken back:"), key="G", brief=_("unsign"))  # fmt: skip
class Unsign:
    """Take back every signature that stands on the row; the history keeps them, with the reason."""

    reason: str = required(TEXT, _("Why is the signature taken back?"))

    @staticmethod
    def blocked(row: PlanRow, _view: View) -> str | None:
        return None if row.signed_by else _("it is not signed")

    def changes(self, row: PlanRow, view: View) -> Iterator[Set]:
        yield Set("rows", row.id, {"unsigns": view.signatures(row.id), "reason": self.reason})


@decision("plan.note", on=PlanRow, roles=MANAGER_OR_SUPERVISOR, title=_("Note"), done=_("Noted at"), key="n")
class Note:
    """A note on the row; notes are only ever added."""

    text: str = required(TEXT, _("What should be known about it?"))

    def changes(self, row: PlanRow, _view: View) -> Iterator[Set]:
        yield Set("rows", row.id, {"notes": self.text})


@decision("plan.reword", on=PlanRow, roles=MANAGER, title=_("Reword"), done=_("Reworded"), key="w")
class Reword:
    """Other words for this customer's row; a signature on the former words then differs."""

    titles: list[str] | None = optional(LIST, _("What is to be done?"))
    think_about: list[str] | None = optional(LIST, _("What is to be thought about?"))

    def refuse(self, _row: PlanRow, _view: View) -> str | None:
        if self.titles is None and self.think_about is None:
            return _("give titles, think_about or both")
        return None

    def changes(self, row: PlanRow, _view: View) -> Iterator[Set]:
        given = {"titles": self.titles, "think_about": self.think_about}
        yield Set("rows", row.id, {name: value for name, value in given.items() if value is not None})


def _today(view: View) -> date:
    return view.now.astimezone(view.zone).date()


def _asks_why(row: PlanRow, view: View) -> bool:
    template = view.template_row(row)
    return template is not None and template.needs_reason


def _why_missing(row: PlanRow, view: View) -> str | None:
    plan = view.get(Plan, row.plan)
    if plan is not None and plan.end_reason:
        return None
    return _("%(row)s is done only with the reason of the termination (reason)") % {"row": row.row}


def _what_it_says(row: PlanRow, view: View) -> str:
    plan = view.get(Plan, row.plan)
    return row_text_hash(
        plan.template if plan else TEMPLATE,
        row.row,
        list(row.titles),
        list(row.think_about),
        row.responsible,
        row.done_on.isoformat() if row.done_on else None,
    )

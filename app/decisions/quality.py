"""What is done about complaints that come again (SE C-5)."""

from __future__ import annotations

from collections.abc import Iterator

from app.decisions.registry import Set, decision, optional, required
from app.domain.change import Body
from app.domain.fields import DAY, TEXT, ref
from app.domain.records import Complaint, Plan, PlanRow
from app.domain.view import View
from app.text import _

QUALITY_ROW = "C-5"


@decision(
    "complaint.quality_check",
    on=Complaint,
    roles=("supervisor", "manager"),
    title=_("Quality check"),
    done=_("Quality check:"),
    key="Q",
    brief=_("quality"),
)
class QualityCheck:
    """What comes again calls for a quality check: row C-5 of the customer's plan is due, with the reason (SE C-5)."""

    BEGINS = "due"

    responsible: str = required(ref("people"), _("Who checks?"), suggest="own_id")
    note: str | None = optional(TEXT, _("What is to be looked at? Empty: the customer's words"))
    due: str = required(DAY, _("By when?"))

    @staticmethod
    def blocked(complaint: Complaint, view: View) -> str | None:
        if _quality_row(complaint, view) is None:
            return _("the customer has no service plan with a row %(row)s") % {"row": QUALITY_ROW}
        return None

    def changes(self, complaint: Complaint, view: View) -> Iterator[Set]:
        row = _quality_row(complaint, view)
        if row is not None:
            fields: Body = {
                "responsible": self.responsible,
                "due": self.due,
                "notes": self.note or complaint.text,
            }
            again: Body = {"done_on": None} if row.done_on else {}
            yield Set("rows", row.id, {**fields, **again})


def _quality_row(complaint: Complaint, view: View) -> PlanRow | None:
    plans = view.find(Plan, customer=complaint.customer)
    rows = view.find(PlanRow, plan=plans[0].id, row=QUALITY_ROW) if plans else []
    return rows[0] if rows else None

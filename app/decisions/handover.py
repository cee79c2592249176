"""Handing over: what a supervisor leaves to a colleague, shown until it is acknowledged."""

from __future__ import annotations

from collections.abc import Iterator

from app.decisions.checks import health_refusal
from app.decisions.registry import Set, decision, optional, required
from app.domain.change import Body
from app.domain.fields import TEXT, ref
from app.domain.instants import to_text
from app.domain.records import Area, Handover
from app.domain.view import View
from app.text import _

SUPERVISOR = ("supervisor",)


@decision("handover.give", on=None, roles=SUPERVISOR, title=_("Hand over"), done=_("Handed over"), key="H")
class Give:
    """What whoever takes over must know; it stands on their board until they have acknowledged it."""

    text: str = required(TEXT, _("What must your colleague know? Nothing about health"))
    area: str | None = optional(ref("areas"), _("Of which area? Empty: yours"))

    def refuse(self, _record: None, _view: View) -> str | None:
        return health_refusal(self.text)

    def changes(self, _record: None, view: View) -> Iterator[Set]:
        fields: Body = {"given_by": view.actor.id, "at": to_text(view.now), "text": self.text}
        if area := self.area or _own_area(view):
            fields["area"] = area
        yield Set("handovers", view.new_id(), fields, new=True)


@decision("handover.acknowledge", on=Handover, roles=SUPERVISOR, title=_("Acknowledge the hand-over"),
          done=_("Acknowledged"))  # fmt: skip
class Acknowledge:
    """A colleague has read it and takes over; it leaves the board."""

    text: str | None = optional(TEXT, _("A word back? Nothing about health"))

    @staticmethod
    def blocked(handover: Handover, view: View) -> str | None:
        if handover.acknowledged_by:
            return _("it has been acknowledged")
        return _("it is yours: a colleague acknowledges it") if handover.given_by == view.actor.id else None

    def refuse(self, _handover: Handover, _view: View) -> str | None:
        return health_refusal(self.text)

    def changes(self, handover: Handover, view: View) -> Iterator[Set]:
        fields: Body = {"acknowledged_by": view.actor.id, "acknowledged_at": to_text(view.now)}
        if self.text:
            fields["answer"] = self.text
        yield Set("handovers", handover.id, fields)


def _own_area(view: View) -> str | None:
    """The one area that the acting person runs, else the one they belong to; None: everyone sees it."""
    led = view.find(Area, supervisor=view.actor.id)
    return led[0].id if len(led) == 1 else view.actor.area

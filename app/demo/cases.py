"""One complaint of the demo, from its words to its end: every step gives the act, fields as the decisions have them."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.demo.acts import Act, act
from app.demo.founding import OFFICE
from app.demo.world import Site, Worker, World
from app.domain.change import Body
from app.domain.ids import random_id
from app.domain.instants import to_text
from app.store.demo_content import DemoComplaint

_REPLY_OF = {"en": 0, "da": 1, "sv": 2}
_ONE_MINUTE = timedelta(minutes=1)


class Case:
    """One complaint and what happens to it; every step gives the act."""

    def __init__(self, world: World, site: Site, words: DemoComplaint) -> None:
        self.id = random_id(world.entropy)
        self.site = site
        self._world = world
        self._words = words
        self._lead = world.supervisor(site.area)

    def _by_lead(self, at: datetime, do: str, fields: Body) -> Act:
        return act(at, self._lead.id, do, "complaints", self.id, fields)

    def _about(self, text: str) -> str:
        return text.replace("{item}", self._words.task or "The visit")

    def received(self, at: datetime, channel: str, noted: timedelta = _ONE_MINUTE) -> Act:
        """The customer complains, and the office takes it down."""
        fields = {
            "customer": self.site.id,
            "channel": channel,
            "text": self._words.text,
            "received_at": to_text(at),
        }
        office = self._world.who(OFFICE).id
        return act(at + noted, office, "complaint.receive", "complaints", self.id, fields)

    def read(self, at: datetime) -> Act:
        """The supervisor opens it."""
        return self._by_lead(at, "complaint.read", {"read": True})

    def acknowledged(self, at: datetime) -> Act:
        """The customer hears that it was seen."""
        return self._by_lead(at, "complaint.acknowledge", {"replies": self._reply()})

    def _reply(self) -> str:
        return self._world.content.replies[_REPLY_OF.get(self._words.language, 0)]

    def accepted(self, at: datetime, solve_by: datetime, assignee: Worker, plan: int = 0) -> Act:
        """Within the agreement: how, by when, by whom."""
        return self._by_lead(at, "complaint.accept", self._plan(solve_by, assignee, plan))

    def _plan(self, solve_by: datetime, assignee: Worker, number: int) -> Body:
        plans = self._world.content.plans
        return {
            "status": "accepted",
            "plan": self._about(plans[number % len(plans)]),
            "solve_by": to_text(solve_by),
            "assignee": assignee.id,
            "agreement": self.site.item(self._words.task).id,
        }

    def accepted_at_once(self, at: datetime, solve_by: datetime, assignee: Worker) -> Act:
        """Within the agreement, and the first answer that the customer gets."""
        fields = {**self._plan(solve_by, assignee, 0), "replies": self._reply()}
        return self._by_lead(at, "complaint.accept", fields)

    def rejected(self, at: datetime, reason: int = 0) -> Act:
        """Beyond the agreement, with the reason; it is the reply."""
        words = self._about(self._world.content.reasons[reason % len(self._world.content.reasons)])
        return self._by_lead(
            at, "complaint.reject", {"status": "rejected", "reason": words, "replies": words}
        )

    def extra_work(self, at: datetime, when: datetime, agreed_with: str, number: int = 0) -> Act:
        """Beyond the agreement, done as agreed with the customer."""
        works = self._world.content.extra_works
        words = self._about(works[number % len(works)])
        fields = {
            "status": "extra_work",
            "extra_work": words,
            "agreed_with": agreed_with,
            "when": to_text(when),
            "replies": words,
        }
        return self._by_lead(at, "complaint.extra_work", fields)

    def solved(self, at: datetime, assignee: Worker, note: int = 0) -> Act:
        """Done, says a first assistant; for a service assistant the supervisor says it."""
        by = assignee if assignee.role == "first_assistant" else self._lead
        notes = self._world.content.solve_notes
        fields = {"status": "solved", "solved_at": to_text(at), "note": notes[note % len(notes)]}
        return act(at, by.id, "complaint.solve", "complaints", self.id, fields)

    def closed(self, at: datetime) -> Act:
        """Approved by the supervisor."""
        fields = {"status": "closed", "closed_by": self._lead.id, "closed_at": to_text(at)}
        return self._by_lead(at, "complaint.close", fields)

    def reopened(self, at: datetime, reason: str) -> Act:
        """Taken up again: what was decided is emptied."""
        emptied = ("plan", "solve_by", "assignee", "agreement", "extra_work", "agreed_with", "when")
        fields: Body = dict.fromkeys((*emptied, "solved_at", "note", "closed_by", "closed_at"))
        return self._by_lead(at, "complaint.reopen", {**fields, "status": "acknowledged", "reason": reason})

    def talked(self, at: datetime, follow_up: str | None = None) -> Act:
        """A talk with the customer about it, in keywords (DE-19)."""
        fields: Body = {
            "customer": self.site.id,
            "person": self._lead.id,
            "at": to_text(at),
            "channel": "phone",
            "keywords": ["complaint", "talk"],
            "complaint": self.id,
        }
        if follow_up is not None:
            fields["follow_up"] = follow_up
        id_ = random_id(self._world.entropy)
        return act(at, self._lead.id, "contact.log", "contacts", id_, fields)

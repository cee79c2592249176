"""A complaint as its changes leave it: its first reply, its status, its clocks, pauses and escalations.

Which act stops which clock: command-line.md, "A complaint's life". Pure: promises and working time are handed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Protocol

from app.domain.change import Change
from app.domain.instants import from_text, to_text
from app.domain.kinds import Kind
from app.domain.merge import Folded
from app.domain.projection import Columns, columns, instant_of, said
from app.domain.worktime import Pause

REOPEN = "complaint.reopen"
REPLY, DECIDE, SOLVE, RESULTS = "reply", "decide", "solve", "results"
OUTCOMES = ("accepted", "rejected", "extra_work")
"""What a supervisor decides; it stops the clock of P7, or of P8 where the complaint is urgent."""
FIRST, MEASURES, URGENT, EFFECTS = "P0", "P7", "P8", "P9"
"""The promises that a complaint's clocks run to: feedback, measures with their schedule, results and effects."""


class Promised(Protocol):
    """What the team has promised its customers, and the working time of their areas."""

    def deadline(
        self, promise: str, start: datetime, customer: str | None, pauses: Iterable[Pause] = ()
    ) -> datetime | None:
        """When a promise to a customer runs out; None where there is none, or while its clock stands still."""

    def kept(
        self, promise: str, start: datetime, stopped: datetime, customer: str | None, pauses: Iterable[Pause]
    ) -> bool:
        """True where the promise's clock had not run out when it was stopped."""

    def postponed(
        self, agreed: datetime, since: datetime, customer: str | None, pauses: Iterable[Pause]
    ) -> datetime | None:
        """A moment agreed on, later by the working time that pauses took; None while one stands."""


def complaint_columns(kind: Kind, folded: Folded, promised: Promised) -> Columns:
    """The columns of a complaint."""
    found = columns(kind, folded)
    if read := folded.entries.get("read"):
        found["read_at"], found["read_by"] = instant_of(read[0]), read[0].header.by
    _answer(kind, found, folded)
    if found["received_at"] is None:
        found["received_at"] = instant_of(folded.created)
    clocks = _Clocks(found, folded, promised)
    found["reply_by"] = _text(clocks.reply_by)
    found["clock_due"] = _text(clocks.running)
    found["results_by"] = _text(clocks.results_by)
    found["late"] = json.dumps(list(clocks.late()))
    _standing(found, folded)
    return found


def _answer(kind: Kind, found: Columns, folded: Folded) -> None:
    """The first reply, the last, and the status. What was closed without an answer waits for one still (DK-33)."""
    replies = [one for one in folded.entries.get("replies", ()) if said(one.body["replies"])]
    if not replies:
        if found["status"] == "closed" and not found["reason"]:
            found["status"] = "waiting"
        return
    found["reply"], found["replied_at"] = replies[0].body["replies"], instant_of(replies[0])
    if len(replies) > 1:
        found["told"], found["told_at"] = replies[-1].body["replies"], instant_of(replies[-1])
    if found["status"] == "waiting" and any(_only_answers(kind, one) for one in replies):
        found["status"] = "acknowledged"


def _only_answers(kind: Kind, change: Change) -> bool:
    """True for a reply that is not part of an outcome: an outcome that is contested leaves the complaint waiting."""
    return not any(kind.register_of.get(name) == "outcome" for name in change.body)


class _Clocks:
    """The clocks of one complaint: when each runs out, and which were stopped too late."""

    def __init__(self, found: Columns, folded: Folded, promised: Promised) -> None:
        self._found = found
        self._live = folded.live
        self._promised = promised
        self._pauses = tuple(_spans(folded))
        self._received = from_text(found["received_at"])
        self.reply_by = promised.deadline(FIRST, self._received, found["customer"])

    @property
    def running(self) -> datetime | None:
        """When the clock that runs now runs out; None where none does, or where it stands still."""
        match self._found["status"]:
            case "waiting":
                return self.reply_by
            case "acknowledged":
                return self._decide_by
            case "accepted":
                return self._solve_by
            case "extra_work":
                return _moment(self._found["when"])
        return None

    @property
    def results_by(self) -> datetime | None:
        """When the customer is to know what came of it (P9). A rejection says it all."""
        if self._found["status"] == "rejected":
            return None
        return self._promised.deadline(EFFECTS, self._assessed_from, self._found["customer"], self._pauses)

    @property
    def _reopened(self) -> Change | None:
        return next((one for one in reversed(self._live) if one.header.do == REOPEN), None)

    @property
    def _decide_by(self) -> datetime | None:
        return self._promised.deadline(
            self._measures, self._assessed_from, self._found["customer"], self._pauses
        )

    @property
    def _measures(self) -> str:
        """The promise of measures with their schedule."""
        return URGENT if self._found["urgent"] else MEASURES

    @property
    def _assessed_from(self) -> datetime:
        """When P7, P8 and P9 begin: when the complaint was received, or taken up again."""
        again = self._reopened
        return from_text(instant_of(again)) if again else self._received

    @property
    def _solve_by(self) -> datetime | None:
        agreed = _moment(self._found["solve_by"])
        accepted = next((one for one in reversed(self._live) if one.body.get("status") == "accepted"), None)
        if agreed is None or accepted is None or not self._pauses:
            return agreed
        since = from_text(instant_of(accepted))
        return self._promised.postponed(agreed, since, self._found["customer"], self._pauses)

    def late(self) -> Iterator[str]:
        """The clocks that were stopped after they had run out."""
        if _after(_moment(self._found["replied_at"]), self.reply_by):
            yield REPLY
        status = self._found["status"]
        decided = self._decided_at if status not in ("waiting", "acknowledged") else None
        if decided and not self._kept(self._measures, decided):
            yield DECIDE
        if status in ("solved", "closed") and _after(_moment(self._found["solved_at"]), self._solve_by):
            yield SOLVE
        closed = _moment(self._found["closed_at"]) if status == "closed" and not self._rejected else None
        if closed and not self._kept(EFFECTS, closed):
            yield RESULTS

    @property
    def _rejected(self) -> bool:
        """True for what was rejected and closed: only an acceptance has a plan, only extra work what was agreed."""
        return self._found["plan"] is None and self._found["extra_work"] is None

    def _kept(self, promise: str, stopped: datetime) -> bool:
        customer = self._found["customer"]
        return self._promised.kept(promise, self._assessed_from, stopped, customer, self._pauses)

    @property
    def _decided_at(self) -> datetime | None:
        again = self._reopened
        for one in self._live:
            if one.body.get("status") in OUTCOMES and (again is None or one.key > again.key):
                return from_text(instant_of(one))
        return None


def _spans(folded: Folded) -> Iterator[Pause]:
    """From when until when the clock stood still; a pause ends with the first resume that names it."""
    ends: dict[str, datetime] = {}
    for change in folded.entries.get("resumes", ()):
        at = from_text(instant_of(change))
        for one in _ids(change.body["resumes"]):
            ends[one] = min(at, ends.get(one, at))
    for change in folded.entries.get("pauses", ()):
        start = from_text(instant_of(change))
        end = ends.get(change.id)
        yield start, None if end is None else max(start, end)


def _standing(found: Columns, folded: Folded) -> None:
    """The pauses and escalations that nobody has ended; whoever ended one names its id, so a concurrent one stays."""
    resumed = {one for change in folded.entries.get("resumes", ()) for one in _ids(change.body["resumes"])}
    pauses = [one for one in folded.entries.get("pauses", ()) if one.id not in resumed]
    found["pauses"] = json.dumps([one.id for one in pauses])
    if pauses and found["status"] in ("acknowledged", "accepted"):
        found["paused_at"], found["pause_reason"] = instant_of(pauses[0]), _words(pauses[0].body["pauses"])
    answered = {
        one
        for change in folded.entries.get("deescalations", ())
        for one in _ids(change.body["deescalations"])
    }
    standing = [one for one in folded.entries.get("escalations", ()) if one.id not in answered]
    found["escalations"] = json.dumps([one.id for one in standing])
    if standing:
        first = standing[0]
        found["escalated_at"], found["escalated_by"] = instant_of(first), first.header.by
        found["escalation"] = _words(first.body["escalations"])


def _ids(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _words(value: Any) -> str | None:
    return value if said(value) else None


def _after(moment: datetime | None, due: datetime | None) -> bool:
    return moment is not None and due is not None and moment > due


def _moment(text: Any) -> datetime | None:
    return from_text(text) if isinstance(text, str) else None


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else to_text(instant)

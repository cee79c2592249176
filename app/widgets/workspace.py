"""The base of the six screens: decisions as keys, the form where words are needed, and what comes next.

A screen says which decisions it offers (``DECIDES``), what stands in its body, how it reads its rows
(``reload``), and which record a decision would be about (``target``). All else is here and in ``Framed``, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from app.decisions.registry import DECISIONS, Decision
from app.desk import BadInput, DatabaseUnavailable, Outcome, Refused
from app.frame.lines import KeyHint
from app.frame.rows import Cell
from app.queries import subjects
from app.text import _
from app.widgets.cards import printed
from app.widgets.deciding import Offer, Target, decision_bindings, offers
from app.widgets.decision_dialog import DecisionDialog
from app.widgets.detail import Section
from app.widgets.framed import ALL, Framed
from app.widgets.office import Office

TROUBLE = (Refused, BadInput, DatabaseUnavailable)


class Workspace(Framed):
    """One of the six screens."""

    class Open(Message):
        """Another screen (by its key) shall show a record."""

        def __init__(self, tab: str, id_: str) -> None:
            super().__init__()
            self.tab, self.record = tab, id_

    DECIDES: ClassVar[tuple[str, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("L", "contact", _("Log a contact"), show=False, id="contact.log"),
        Binding("B", "contact('contact.card_left')", _("Leave a card"), show=False, id="contact.card_left"),
        Binding(
            "F", "contact('contact.card_filled')", _("Fill in a card"), show=False, id="contact.card_filled"
        ),
    ]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "DECIDES" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *decision_bindings(*cls.DECIDES)]
        super().__init_subclass__(**kwargs)

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._offers: list[Offer] = []
        self._place: tuple[str | None, tuple[str, ...]] = (None, ())

    # what a screen fills in

    def target(self, decision: Decision) -> Target | None:
        """The record under the cursor that the decision would be about."""
        raise NotImplementedError

    def offered(self, _decision: Decision) -> bool:
        """Whether the footer speaks of a decision here at all."""
        return True

    def decided(self, _decision: Decision, outcome: Outcome) -> None:
        """After a decision: from the item decided, the cursor goes to the next."""
        table = self.main_table()
        if table is not None and table.cursor_key in {self.key_of(one) for one in outcome.records}:
            self.go_on()

    def key_of(self, id_: str) -> str:
        """The key of a record's row in the main table."""
        return id_

    def marked(self) -> tuple[str, ...]:
        """The ids of the marked items."""
        table = self.main_table()
        return table.marked if table is not None else ()

    def contact_target(self) -> Target | None:
        """The record whose customer a contact would be with."""
        return next((offer.target for offer in self._offers if offer.target), None)

    def opening(self, target: Target | None) -> None:
        """Before the form of a decision about a record opens."""

    # where the cursor stands

    def open_elsewhere(self, tab: str, id_: str) -> None:
        """Goes to the screen where the record is at home."""
        self.post_message(self.Open(tab, id_))

    def seek(self, id_: str) -> None:
        """Shows a record that another screen sent the person to: a filter that hides it is lifted, then the area."""
        before = self.filter
        for lifted in ("", ALL, before):
            if self.point_at(id_):
                break
            if lifted != self.filter:
                self.filter_by(lifted)
        else:
            self.office.refuse(_("it is not in this list any more"))
        self.refresh_detail()

    def point_at(self, id_: str) -> bool:
        """Puts the cursor on a record, one that is new is read first; false where the main table has it not."""
        table = self.main_table()
        if table is None or table.move_to(self.key_of(id_)):
            return True
        self.reload()
        return table.move_to(self.key_of(id_))

    def go_on(self) -> None:
        """The cursor goes to the item that stood next when the person came to this one, wherever that is now."""
        if (table := self.main_table()) is not None:
            next((key for key in self._place[1] if table.move_to(key)), None)

    def _keep_place(self) -> None:
        """Remembers what stands next; a second decision on the same item goes on from where it stood at first."""
        table = self.main_table()
        if table is not None and table.cursor_key != self._place[0]:
            self._place = (table.cursor_key, table.following)

    # what can be decided

    def refresh_detail(self) -> None:
        """Shows the item under the cursor and what can be done with it."""
        names = [name for name in self.DECIDES if self.offered(DECISIONS[name])]
        self._offers = offers(self.desk, names, self.target)
        super().refresh_detail()

    def why_not(self, name: str) -> str | None:
        """Why a decision cannot be taken here now, or None."""
        self.catch_up()
        offer = next((one for one in self._offers if one.decision.name == name), None)
        if offer is not None:
            return offer.why_not
        if DECISIONS[name].on is not None:
            return _("not about what is under the cursor")
        return self.desk.blocked(name, None)

    def decision_hints(self) -> Iterable[KeyHint]:
        """The keys of the decisions."""
        for offer in self._offers:
            if offer.decision.key:
                yield offer.hint

    def not_now(self) -> tuple[Section, ...]:
        """The greyed keys by the reason why they do not work: a last section for the detail pane."""
        keys: dict[str, list[str]] = {}
        for offer in self._offers:
            if offer.why_not and offer.decision.key:
                roles = offer.decision.roles_without(self.desk.actor.role)
                why = _("only for: %(roles)s") % {"roles": roles} if roles else offer.why_not
                keys.setdefault(why, []).append(self.key(offer.decision.key))
        lines = tuple((Cell(f"{' '.join(own)}  ", "faint"), Cell(why, "muted")) for why, own in keys.items())
        return (Section(_("Not now"), lines),) if lines else ()

    # deciding

    def action_decide(self, name: str) -> None:
        """Takes the decision on the item under the cursor or on the marked ones; asks for words where needed."""
        decision = DECISIONS[name]
        marks = self.marked()
        if marks and decision.on is not None:
            self._decide_marked(decision, marks)
            return
        target = self.target(decision)
        if target is None and decision.on is not None:
            self.office.refuse(_("nothing here to decide on: %(title)s") % {"title": decision.title.lower()})
            return
        self.decide(name, target)

    def _decide_marked(self, decision: Decision, marks: tuple[str, ...]) -> None:
        found = [one for one in marks if self._record_of(decision, one)]
        if not _asks(decision) or not found or decision.on is None:
            self._take_each(decision, marks)
            return
        first = Target(decision.on.name, found[0])
        if why := self.desk.blocked(decision.name, self._record_of(decision, first.id)):
            self._refuse_marked(decision, Refused(why, first.id))
        else:
            self.ask_for(decision.name, first, also=tuple(found[1:]))

    def decide(self, name: str, target: Target | None, given: Mapping[str, Any] | None = None) -> None:
        """Takes a decision at once where all that it needs is given; otherwise its form opens."""
        decision = DECISIONS[name]
        record = self.desk.record(target.kind, target.id) if target else None
        about = record if decision.on is not None else None
        if why := self.desk.blocked(name, about):
            self.office.refuse(why if why.startswith(decision.title) else f"{decision.title}: {why}")
        elif _asks(decision) and not _complete(decision, given or {}):
            self.ask_for(name, target, given)
        else:
            self._take(decision, target, given or {})

    def ask_for(
        self,
        name: str,
        target: Target | None,
        given: Mapping[str, Any] | None = None,
        problem: str = "",
        start: str = "",
        also: tuple[str, ...] = (),
    ) -> None:
        """Opens a decision's form.

        ``problem`` is why it opens, ``start`` the field to begin at, ``also`` the other marked records.
        """
        self._keep_place()
        self.opening(target)

        def answered(outcome: Outcome | None) -> None:
            if outcome is not None:
                self._unmark(also)
                self._announce(DECISIONS[outcome.decision], outcome)
            elif dialog.found:
                self.point_at(dialog.found)

        dialog = DecisionDialog(self.desk, name, target, given or {}, problem, start, also)
        self.app.push_screen(dialog, answered)

    def _take(self, decision: Decision, target: Target | None, given: Mapping[str, Any]) -> None:
        self._keep_place()
        try:
            outcome = self.desk.take(decision.name, target.id if target else None, given)
        except Refused as why:
            if decision.fields:
                self.ask_for(decision.name, target, given, str(why))
            else:
                self.office.refuse(str(why))
        except TROUBLE as why:
            self.office.refuse(str(why))
        else:
            self._announce(decision, outcome)

    def _take_each(self, decision: Decision, ids: tuple[str, ...]) -> None:
        """One key on the marked ones. Of those that it cannot be taken on, as they stand, the board says why."""
        self._keep_place()
        found = [record for one in ids if (record := self._record_of(decision, one))]
        against = {one.id: why for one in found if (why := self.desk.blocked(decision.name, one))}
        able = [one for one in found if one.id not in against] or found
        try:
            outcome = self.desk.take_each(decision.name, [(one.id, one.heads) for one in able], {})
        except Refused as why:
            self._refuse_marked(decision, why)
            return
        except TROUBLE as why:
            self.office.refuse(str(why))
            return
        self._unmark(ids)
        self._announce(decision, outcome, self._left(decision, against))

    def _left(self, decision: Decision, against: Mapping[str, str]) -> str:
        """Which of the marked were left as they are, and why."""
        if not against or decision.on is None:
            return ""
        first, why = next(iter(against.items()))
        who = self.desk.ask(subjects.subject, decision.on.name, first)
        return (
            f"{who}: {why}"
            if len(against) == 1
            else _("%(count)d not: %(why)s") % {"count": len(against), "why": why}
        )

    def _unmark(self, decided: tuple[str, ...]) -> None:
        table = self.main_table()
        if table is not None and decided:
            table.clear_marks()

    def _refuse_marked(self, decision: Decision, why: Refused) -> None:
        """All or none: says which of the marked it is, and goes there."""
        if why.on is None or decision.on is None:
            self.office.refuse(str(why))
            return
        self.point_at(why.on)
        self.office.refuse(f"{self.desk.ask(subjects.subject, decision.on.name, why.on)}: {why}")

    def _record_of(self, decision: Decision, id_: str) -> Any:
        return self.desk.record(decision.on.name, id_) if decision.on else None

    def _announce(self, decision: Decision, outcome: Outcome, left: str = "") -> None:
        told = " · ".join(filter(None, (self.sentence(decision, outcome), left, printed(self.desk, outcome))))
        self.office.tell(told, self.undo_key(decision), self.answered(decision, outcome))
        self.office.news()
        self.decided(decision, outcome)
        self.refresh_detail()

    def answered(self, _decision: Decision, _outcome: Outcome) -> str:
        """The complaint whose answer is ready to copy now."""
        return ""

    def undo_key(self, decision: Decision) -> str:
        """The key that takes a decision back at once; none for those that stay."""
        return "u" if decision.undoable else ""

    def sentence(self, decision: Decision, outcome: Outcome) -> str:
        """The decision in a line: ``Approved Jonas Berg``, or how many at once."""
        many = set(outcome.records if decision.on is None else outcome.about)
        if len(many) > 1:
            return f"{decision.done} {len(many)}"
        return f"{decision.done} {self.desk.ask(subjects.subject, outcome.kind, outcome.id)}".strip()

    def action_contact(self, name: str = "contact.log") -> None:
        """Logs a contact with the customer of the item under the cursor, or a card for them (DE-19, FI-13, FI-51)."""
        self.catch_up()
        self.ask_for(name, self.contact_target())


def _asks(decision: Decision) -> bool:
    """A form opens where words are needed, where what stands is there to be changed, and where something is made."""
    return decision.creates or any(field.required or field.suggest == "same" for field in decision.fields)


def _complete(decision: Decision, given: Mapping[str, Any]) -> bool:
    required = [field for field in decision.fields if field.required]
    return all(given.get(field.name) for field in required) if required else bool(given)

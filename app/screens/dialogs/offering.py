"""Offering a shift: the message ready to be copied or opened, and what came of it, each by one key."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from app.desk import BadInput, DatabaseUnavailable, Desk, Outcome, Refused
from app.frame.lines import KeyHint
from app.frame.rows import Cell
from app.panes.offers import channel_words, offer_blocks, offer_title
from app.queries.offers import Offer, languages, offer
from app.queries.words import language_word
from app.text import _
from app.widgets.bars import KeyFooter
from app.widgets.detail import DetailPane, Section
from app.widgets.keymap import pressed_key
from app.widgets.panel import Panel

CHANNELS = ("sms", "email", "phone")


class OfferDialog(ModalScreen[Outcome | None]):
    """One person is asked to take one shift; the result is what was noted, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask", _("Copy the message, and note that they were asked"), id="offer.ask"),
        Binding("y", "note('yes')", _("Said yes"), id="offer.yes"),
        Binding("n", "note('no')", _("Said no"), id="offer.no"),
        Binding("x", "note('no_answer')", _("No answer"), id="offer.no_answer"),
        Binding("m", "channel", _("By another channel"), id="offer.channel"),
        Binding("t", "language", _("In another language"), id="offer.language"),
        Binding("escape,q", "give_up", _("Back"), id="offer.back"),
    ]

    def __init__(self, desk: Desk, made: Offer) -> None:
        super().__init__()
        self._desk, self._offer = desk, made
        self._channel = made.channel

    def compose(self) -> ComposeResult:
        """The message, and the keys."""
        yield Panel(DetailPane(), KeyFooter(), title=self._desk.ask(offer_title, self._offer))

    def on_mount(self) -> None:
        """Shows the message."""
        self._show()

    def _show(self) -> None:
        blocks = self._desk.ask(offer_blocks, self._offer, self._channel)
        self.query_one(DetailPane).show([Section(heading, said) for heading, said in blocks])
        asked = _("asked") if self._channel == "phone" else _("copy: asked")
        following = channel_words(_after(self._channel, CHANNELS))
        hints = (
            KeyHint("Enter", asked),
            KeyHint("y", _("yes")),
            KeyHint("n", _("no")),
            KeyHint("x", _("no answer")),
            KeyHint("m", following),
            KeyHint("t", language_word(_after(self._offer.language, self._desk.ask(languages)))),
            KeyHint("Esc", _("back")),
        )
        self.query_one(KeyFooter).show(hints)

    @on(KeyFooter.Pressed)
    def _pressed(self, event: KeyFooter.Pressed) -> None:
        event.stop()
        self.app.simulate_key(pressed_key(event.key))

    def action_ask(self) -> None:
        """The message goes to the clipboard of the terminal, and it is noted that they were asked."""
        if self._channel != "phone":
            self.app.copy_to_clipboard(self._offer.text)
        self.action_note("asked")

    def action_note(self, answer: str) -> None:
        """Notes what came of it."""
        given = {"person": self._offer.person, "channel": self._channel, "answer": answer}
        try:
            outcome = self._desk.take("shift.offer", self._offer.shift, given)
        except (Refused, BadInput, DatabaseUnavailable) as why:
            self.query_one(DetailPane).show([Section("", (Cell(f"● {why}", "red"),))])
        else:
            self.dismiss(outcome)

    def action_channel(self) -> None:
        """By the next channel."""
        self._channel = _after(self._channel, CHANNELS)
        self._show()

    def action_language(self) -> None:
        """In the next language."""
        following = _after(self._offer.language, self._desk.ask(languages))
        self._offer = self._desk.ask(offer, self._offer.shift, self._offer.person, following) or self._offer
        self._show()

    def action_give_up(self) -> None:
        """Back to the list; nothing is noted."""
        self.dismiss(None)


def _after(one: str, all_: tuple[str, ...]) -> str:
    return all_[(all_.index(one) + 1) % len(all_)] if one in all_ else all_[0]

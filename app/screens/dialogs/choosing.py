"""Choosing one of many by typing part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.screen import ModalScreen

from app.widgets.form import Form, FormField
from app.widgets.panel import Panel


class ChoosingDialog(ModalScreen["str | None"]):
    """Asks for one of the (value, label) pairs; the result is the value, or None."""

    AUTO_FOCUS = ""  # the form knows where to begin

    def __init__(
        self, title: str, label: str, choices: Sequence[tuple[str, str]], *, value: str = "", save: str = ""
    ) -> None:
        super().__init__()
        self._title, self._save = title, save or title
        self._field = FormField(
            "chosen", label, kind="choice", required=True, value=value, choices=tuple(choices)
        )

    def compose(self) -> ComposeResult:
        """One field."""
        yield Panel(Form((self._field,), save=self._save), title=self._title)

    @on(Form.Saved)
    def _saved(self, event: Form.Saved) -> None:
        self.dismiss(str(event.values["chosen"]))

    @on(Form.GivenUp)
    def _given_up(self) -> None:
        self.dismiss(None)

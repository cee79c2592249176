"""A text of several lines that goes when its form closes."""

from __future__ import annotations

from typing import Any

from textual.widgets import TextArea


class LongText(TextArea):
    """Leaves by Tab; is let go of by the app when it is gone: Textual would hold it until the theme changes."""

    def __init__(self, text: str, *, placeholder: str = "") -> None:
        super().__init__(
            text, compact=True, tab_behavior="focus", highlight_cursor_line=False, placeholder=placeholder
        )

    def on_unmount(self) -> None:
        """The app tells it of no other theme any more."""
        watchers: dict[str, list[tuple[Any, Any]]] = getattr(self.app, "__watchers", {})
        told = watchers.get("theme", [])
        told[:] = [one for one in told if one[0] is not self]

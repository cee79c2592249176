"""Placeholder screen."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from app.decisions.registry import Decision
from app.widgets.deciding import Target
from app.widgets.detail import DetailPane
from app.widgets.panel import Panel
from app.widgets.workspace import Workspace


class TeamScreen(Workspace):
    """To come."""

    TAB = "6"

    def body(self) -> Iterable[Widget]:
        """One panel."""
        yield Panel(DetailPane(), title="team")

    def reload(self) -> None:
        """Nothing yet."""

    def target(self, decision: Decision) -> Target | None:
        """Nothing yet."""
        return None

"""Panels and how they share the screen.

``Panel(*children, title="Needs you", count=9, note="3 marked")``
    A container with a quiet rounded border that lights up with the focus inside; ``title``, ``count``, ``told``
    (what is counted, beside the count) and ``note`` (bottom right) are reactive.
``Panes(main, detail, *side, shape=Shape())``
    Places the panels by the width there is and the screen's shape. Under 100 columns: one at a time (``flip()``,
    ``pane = "detail"``; the one with the focus is always seen). Under 160: main and detail beside each other, the side
    panels under one of them if there are 30 rows. Else: main, detail, and the side panels stacked in a third column.
"""

from __future__ import annotations

from textual import events
from textual.containers import Container
from textual.geometry import Offset, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.reactive import reactive
from textual.widget import Widget

from app.frame.box import title_runs
from app.frame.rows import Cell, shown
from app.frame.shape import USUAL, Box, Pane, Shape, panes
from app.widgets.ink import content


class Panel(Container):
    """A bordered part of the screen with a title and a count."""

    title: reactive[str] = reactive("", init=False)
    count: reactive[int | None] = reactive(None, init=False)
    told: reactive[str] = reactive("", init=False)
    note: reactive[str] = reactive("", init=False)

    def __init__(
        self,
        *children: Widget,
        title: str = "",
        count: int | None = None,
        note: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(*children, id=id)
        self.set_reactive(Panel.title, title)
        self.set_reactive(Panel.count, count)
        self.set_reactive(Panel.note, note)
        self._retitle()

    def _watch_title(self) -> None:
        self._retitle()

    def _watch_count(self) -> None:
        self._retitle()

    def _watch_told(self) -> None:
        self._retitle()

    def _watch_note(self) -> None:
        self._retitle()

    def _retitle(self) -> None:
        self.border_title = content(title_runs(self.title, self.count, self.told))
        self.border_subtitle = content((Cell(shown(self.note), "muted"),)) if self.note else ""


class _Shape(Layout):
    """Places the children of Panes as ``app.frame.shape`` says."""

    name = "panes"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002
    ) -> ArrangeResult:
        """The children that are seen, each in its box; the others without room, so that they keep the focus."""
        assert isinstance(parent, Panes)
        boxes = parent.boxes(size, parent.pane)
        regions = [Region(*box) if box else Region() for box in boxes]
        return [
            WidgetPlacement(region, Offset(), Spacing(), child)
            for child, region in zip(children, regions, strict=True)
        ]


class Panes(Widget):
    """Main, detail and further panels, placed by the width and height there is."""

    pane: reactive[Pane] = reactive[Pane]("main", init=False)
    shape: reactive[Shape] = reactive(USUAL, init=False)
    layout = _Shape()

    def __init__(
        self,
        main: Widget,
        detail: Widget,
        *side: Widget,
        shape: Shape = USUAL,
        id: str | None = None,
    ) -> None:
        super().__init__(main, detail, *side, id=id)
        self.set_reactive(Panes.shape, shape)

    def _watch_pane(self) -> None:
        # A widget's own refresh keeps the places of its children; a child's does not.
        self.children[0].refresh(layout=True)

    def _watch_shape(self) -> None:
        self._watch_pane()

    def boxes(self, size: Size, pane: Pane) -> tuple[Box | None, ...]:
        """Where the children stand while a pane is the one to be seen."""
        return panes(Box(0, 0, *size), len(self.children) - 2, pane, self.shape)

    def shows(self, widget: Widget) -> bool:
        """Whether the pane that a widget stands in is seen."""
        boxes = zip(self.children, self.boxes(self.size, self.pane), strict=True)
        return any(box is not None and child in widget.ancestors_with_self for child, box in boxes)

    def flip(self) -> None:
        """Shows the next pane of those that there is no room for beside the others."""
        names: tuple[Pane, ...] = ("main", "detail", "side") if len(self.children) > 2 else ("main", "detail")
        start = names.index(self.pane)
        now = self.boxes(self.size, self.pane)
        for name in (*names[start + 1 :], *names[:start]):
            if self.boxes(self.size, name) != now:
                self.pane = name
                return

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What has the focus is seen."""
        names: tuple[Pane, ...] = ("main", "detail")
        inside = [child in event.widget.ancestors_with_self for child in self.children[:2]]
        self.pane = next((name for name, here in zip(names, inside, strict=True) if here), "side")

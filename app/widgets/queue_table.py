"""A table over any number of rows, drawn line by line from pages that are read when they are seen.

``QueueTable(columns, source, empty=("Day clear", "since 07:55"), header=False, cursor=True, id=…)``
    ``header`` shows the columns' titles; without ``cursor`` it is a list to look at and takes no focus. Columns and
    rows are in ``app.frame.rows``: ``Column``, ``TableRow``, ``Cell``, ``RowSource``, ``ListSource``.
``reload(source=None)``
    Takes a new source, or reads the same one again. The cursor stays on its key; when that is gone it stands on
    the item that came next. Only the lines that differ are painted.
``cursor_key``, ``cursor_row``, ``following``, ``marks``, ``move_to(key)``, ``clear_marks()``, ``set_columns()``,
``set_empty()``
Keys: ``j k ↓ ↑ Home End PageUp PageDown`` move, ``Enter`` or a double click selects, ``Space`` marks.
Messages: ``Highlighted(key | None)``, ``Selected(key)``, ``Marked(keys)``; each carries ``table``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from app.frame.cells import fit
from app.frame.grid import Slot, beside_bar, header_line, row_line
from app.frame.rows import Cell, Column, ListSource, RowSource, TableRow
from app.text import _
from app.widgets.ink import draw
from app.widgets.pages import Pages

_AHEAD = 60
"""How many keys after the cursor's are told."""
_DRAWN = 512
"""How many drawn rows are kept, for scrolling."""


class QueueTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows with a cursor, marks, and a sign for each state."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor(1)", _("Down"), show=False, id="table.down"),
        Binding("up,k", "cursor(-1)", _("Up"), show=False, id="table.up"),
        Binding("pagedown", "page(1)", _("Page down"), show=False, id="table.page_down"),
        Binding("pageup", "page(-1)", _("Page up"), show=False, id="table.page_up"),
        Binding("home", "first", _("First"), show=False, id="table.first"),
        Binding("end", "last", _("Last"), show=False, id="table.last"),
        Binding("enter", "select", _("Select"), show=False, id="table.select"),
        Binding("space", "mark", _("Mark"), show=False, id="table.mark"),
    ]

    class Highlighted(Message):
        """The cursor stands on another item; None when there is none. ``by_hand``: the person moved it."""

        def __init__(self, table: QueueTable, key: str | None, *, by_hand: bool = False) -> None:
            super().__init__()
            self.table, self.key, self.by_hand = table, key, by_hand

        @property
        def control(self) -> QueueTable:
            """The table, for ``@on`` with a selector."""
            return self.table

    class Selected(Highlighted):
        """An item was chosen by Enter or a double click."""

    class Marked(Message):
        """The marked set changed."""

        def __init__(self, table: QueueTable, keys: frozenset[str]) -> None:
            super().__init__()
            self.table, self.keys = table, keys

        @property
        def control(self) -> QueueTable:
            """The table, for ``@on`` with a selector."""
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        source: RowSource | None = None,
        *,
        empty: Sequence[str] = (),
        header: bool = False,
        cursor: bool = True,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._laid: tuple[int, tuple[Slot, ...]] = (0, ())
        self._look: tuple[object, ...] = ()
        self._drawn: dict[tuple[TableRow, bool, bool, bool], Strip] = {}
        self._pages = Pages(source or ListSource())
        self._empty = tuple(empty)
        self._header = int(header)
        self._cursor = self.can_focus = cursor
        self.set_reactive(QueueTable.virtual_size, self._extent())
        self._index = 0
        self.typed_into = False
        """True beside a line that is typed in: its keys move here, so the cursor is lit without the focus."""
        self.marks: frozenset[str] = frozenset()

    def on_mount(self) -> None:
        """Says what the cursor stands on."""
        self._announce()

    async def handle_key(self, event: events.Key) -> bool:
        """Takes a key of its own at once, without asking the panels around it first."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                return True
        return await super().handle_key(event)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._pages.count

    @property
    def cursor_row(self) -> TableRow | None:
        """The row under the cursor."""
        return self._pages.row(self._index)

    @property
    def cursor_key(self) -> str | None:
        """The key under the cursor."""
        row = self.cursor_row
        return row.key if row else None

    @property
    def following(self) -> tuple[str, ...]:
        """The keys after the cursor's, as far as they have been read."""
        places = range(self._index + 1, min(self._index + _AHEAD, self.count))
        return tuple(row.key for place in places if (row := self._pages.cached(place)))

    @property
    def marked(self) -> tuple[str, ...]:
        """The marked keys in the order of the rows, as far as they have been read."""
        last = self.count
        return tuple(sorted(self.marks, key=lambda key: (self._pages.place_of((key,), last), key)))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Shows other columns."""
        self._columns = tuple(columns)
        self._laid = (0, ())
        self.refresh()

    def set_empty(self, *lines: str) -> None:
        """What stands there when there are no rows: the first line strong, the rest muted."""
        self._empty = lines
        self.refresh()

    def reload(self, source: RowSource | None = None) -> None:
        """Reads the rows again, from a new source if one is given; cursor and marks stay with their keys."""
        old, before = self._pages, self.cursor_key
        self._pages = Pages(source or old.source)
        self._index = self._pages.place_of(old.keys_from(self._index), self._index)
        if self.marks and (known := self._pages.all_keys()) is not None:
            self.marks &= known
        if old.count != self._pages.count or not self._pages.count:
            self.virtual_size = self._extent()
            self.refresh()
        else:
            self._repaint_changed(old, before)
        self._follow()
        if before != self.cursor_key:
            self._announce()

    def move_to(self, key: str) -> bool:
        """Puts the cursor on a key; false where it is not found near."""
        place = self._pages.place_of((key,), -1)
        if place >= 0:
            self._go(place, by_hand=False)
        return place >= 0

    def clear_marks(self) -> None:
        """Takes all marks away."""
        self._mark_set(frozenset())
        self.refresh()

    def _mark_set(self, marks: frozenset[str]) -> None:
        self.marks = marks
        self.post_message(self.Marked(self, marks))

    def _extent(self) -> Size:
        return Size(0, self._pages.count + self._header)

    def _repaint_changed(self, old: Pages, before: str | None) -> None:
        top = int(self.scroll_offset.y)
        for index in range(top, min(top + self.size.height, self.count)):
            row = self._pages.row(index)
            was, now = old.cached(index), self._pages.cached(index)
            if was != now or (row and row.key in (before, self.cursor_key)):
                self.refresh_line(index + self._header)

    def _announce(self, *, by_hand: bool = False) -> None:
        # past the panels around it: each would be another round before the cursor is seen to move
        self.screen.post_message(self.Highlighted(self, self.cursor_key, by_hand=by_hand))

    def _go(self, index: int, *, by_hand: bool = True) -> None:
        """Moves the cursor, painting only the two lines that change unless it scrolls."""
        index = max(0, min(index, self.count - 1))
        if index == self._index or not self.count:
            return
        self.refresh_line(self._index + self._header)
        self._index = index
        self.refresh_line(index + self._header)
        self._follow()
        self._announce(by_hand=by_hand)

    def _follow(self) -> None:
        """Scrolls so that the cursor is seen."""
        top, shown = int(self.scroll_offset.y), self.size.height - self._header
        target = min(self._index, max(top, self._index - shown + 1))
        if target != top and shown > 0:
            self.scroll_to(y=target, animate=False, force=True)

    def action_cursor(self, step: int) -> None:
        """Moves by rows."""
        self._go(self._index + step)

    def action_page(self, step: int) -> None:
        """Moves by what is seen at once."""
        self._go(self._index + step * max(self.size.height - self._header - 1, 1))

    def action_first(self) -> None:
        """Goes to the first row."""
        self._go(0)

    def action_last(self) -> None:
        """Goes to the last row."""
        self._go(self.count - 1)

    def action_select(self) -> None:
        """Chooses the item under the cursor."""
        if self.cursor_key is not None:
            self.post_message(self.Selected(self, self.cursor_key))

    def action_mark(self) -> None:
        """Marks the item or takes its mark away; the cursor stays."""
        if self.cursor_key is not None:
            self._mark_set(self.marks ^ {self.cursor_key})
            self.refresh_line(self._index + self._header)

    def on_click(self, event: events.Click) -> None:
        """Moves the cursor to the row under the mouse; twice selects it."""
        place = event.get_content_offset(self)
        if place is None or place.y < self._header:
            return
        index = place.y - self._header + int(self.scroll_offset.y)
        if index < self.count:
            self._go(index)
            if event.chain == 2:
                self.action_select()

    def on_resize(self) -> None:
        """Keeps the cursor in sight."""
        self._follow()

    def on_focus(self) -> None:
        """The cursor lights up."""
        self.refresh_line(self._index + self._header)

    def on_blur(self) -> None:
        """The cursor rests."""
        self.refresh_line(self._index + self._header)

    def _slots(self) -> tuple[Slot, ...]:
        """The columns, laid out beside the scroll bar."""
        width = self.outer_size.width
        if self._laid[0] != width:
            self._laid = (width, beside_bar(self._columns, width))
        return self._laid[1]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a repaint; those drawn before are taken again while the look is the same."""
        look = (self.rich_style, self.app.theme, self.size.width, self._columns)
        if look != self._look or len(self._drawn) > _DRAWN:
            self._look = look
            self._drawn.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A line of the table as it stands on the screen."""
        width = self.size.width
        if not self.count:
            return self._empty_line(y, width)
        if self._header and y == 0:
            return draw(self, header_line(self._slots(), width))
        index = y - self._header + int(self.scroll_offset.y)
        row = self._pages.row(index)
        if row is None:
            return draw(self, ())
        cursor = index == self._index and self._cursor
        state = (row, cursor, cursor and (self.has_focus or self.typed_into), row.key in self.marks)
        strip = self._drawn.get(state)
        if strip is None:
            strip = self._drawn[state] = self._row_strip(*state)
        return strip

    def _row_strip(self, row: TableRow, cursor: bool, focus: bool, marked: bool) -> Strip:
        runs = row_line(self._slots(), row, self.size.width, cursor=cursor, marked=marked)
        return draw(self, runs, "cursor" if focus else "resting" if cursor else "", bold=focus)

    def _empty_line(self, y: int, width: int) -> Strip:
        line = y - max((self.size.height - len(self._empty)) // 2, 0)
        if not 0 <= line < len(self._empty):
            return draw(self, ())
        cell = Cell(fit(self._empty[line], width, "center"), "muted" if line else "strong")
        return draw(self, (cell,))

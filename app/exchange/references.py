"""Whom and what a file refers to: by the office's own id, by ours, or by exact name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.domain.change import Body
from app.domain.fields import MAX_LINE_TEXT, BadInput
from app.domain.ids import keyed_id
from app.domain.kinds import KINDS
from app.text import _

_NAMED = ("areas", "people", "customers")


@dataclass(slots=True)
class References:
    """Looks up what rows refer to, once each. What ``create`` names and is not there is made: see ``take_made``.

    A beginning of one of our ids is not enough here: an employee number could look like one.
    """

    key: str
    source: str = ""
    create: Collection[str] = ()
    conn: Connection | None = None
    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    _made: dict[str, tuple[str, Body]] = field(default_factory=dict)
    _of_row: list[tuple[tuple[str, str], str]] = field(default_factory=list)

    def next_row(self) -> None:
        """What is made from here on is made for one row."""
        self._of_row = []

    def refuse_row(self) -> None:
        """The row is rejected: nothing is made for its sake."""
        for asked, made in self._of_row:
            self._known.pop(asked, None)
            self._made.pop(made, None)

    def resolve(self, kind: str, text: str) -> str:
        """The id of the one record meant. BadInput where none or several are."""
        known = self._known.get((kind, text))
        if known is None:
            known = self._known[kind, text] = self._found(kind, text) or self._make(kind, text)
        return known

    def take_made(self) -> dict[str, tuple[str, Body]]:
        """Record id → kind and fields of what was made since the last call: to be written before the rows."""
        made, self._made = self._made, {}
        return made

    def _found(self, kind: str, text: str) -> str | None:
        assert self.conn is not None
        own = keyed_id(self.key, self.source, kind, text)
        tries = [("id = ?", own), ("external = ?", text), ("id = ?", text.lower())]
        if kind in _NAMED:
            tries.append(("name = ?", text))
        for clause, value in tries:
            rows = self.conn.exec_driver_sql(
                f'SELECT id FROM "{kind}" WHERE {clause} LIMIT 2', (value,)
            ).all()
            if len(rows) > 1:
                what = {"text": text, "one": KINDS[kind].one}
                raise BadInput(_("%(text)s means more than one %(one)s: give the id") % what)
            if rows:
                return str(rows[0][0])
        return None

    def _make(self, kind: str, text: str) -> str:
        if kind not in self.create or len(text) > MAX_LINE_TEXT:
            raise BadInput(_("there is no %(one)s %(text)s") % {"one": KINDS[kind].one, "text": text})
        body: Body = {"name": " ".join(text.split())}
        if kind == "people":
            body["role"] = "service_assistant"  # the role that may decide least
        made = keyed_id(self.key, self.source, kind, text)
        self._made[made] = (kind, body)
        self._of_row.append(((kind, text), made))
        return made

"""Rows become changes that everyone who reads the same export makes alike.

The ids of a row's record and of its change follow from the team's key, the source, the row and the export's time:
two importers make one change, and a second run makes none. A change holds all fields that the map gives, null
where the cell is blank, so it does not hang on what its importer knew before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.change import Body, Change
from app.domain.column_map import Map
from app.domain.fields import BadInput
from app.domain.ids import keyed_id
from app.domain.instants import to_text
from app.domain.kinds import Kind
from app.domain.merge import IMPORT
from app.domain.projection import defaults, stored
from app.exchange.reading import Row
from app.exchange.references import References
from app.exchange.report import Tally, reason
from app.exchange.rows import RowReader
from app.store.door import Write, Writer
from app.store.exported import last_told, note_told
from app.store.feeds import note_held
from app.store.log import changes_by_record
from app.store.rejected import RejectedLine, set_aside
from app.store.view import StoreView
from app.text import _

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_NAMED = ("people", "customers")
_MOST = 200_000
"""Bytes of a row's fields: a change must fit its line."""


@dataclass(frozen=True, slots=True)
class _Record:
    """A row as the record that it is about. ``ours``: it named the record by our id."""

    row: Row
    id: str
    body: Body
    ours: bool


@dataclass(slots=True)
class Intake:
    """One import under way: what it goes by, and what it has counted. ``feed``: the id of the feed that it is of."""

    kind: Kind
    map: Map
    reader: RowReader
    references: References
    key: str
    as_of: datetime
    file: str
    feed: str | None = None
    tally: Tally = field(default_factory=Tally)
    _seen: dict[str, tuple[int, Body]] = field(default_factory=dict)

    def take(self, view: StoreView, rows: Sequence[Row], *, write: bool) -> None:
        """Reads some of the rows and, if told to, writes what is new in them in the view's transaction."""
        aside: list[RejectedLine] = []
        there: set[str] = set()
        read = self._read(view, rows, aside, there)
        records = [one.id for one in read]
        known = changes_by_record(view.conn, records)
        told = last_told(view.conn, records)
        news = [(one, self._news(view, one, known[one.id], told)) for one in read]
        writes = [new for _one, new in news if new is not None]
        self._note_alike(view, [one.body.get("name") for one, new in news if new and not known[one.id]])
        made = [self._write(kind, id_, body) for id_, (kind, body) in self.references.take_made().items()]
        for one in made:
            self.tally.make(one.kind)
        if write:
            set_aside(view.conn, aside)
            note_told(view.conn, self.map.source, self.kind.name, to_text(self.as_of), records)
            if self.feed is not None:
                note_held(view.conn, self.feed, to_text(self.as_of), there.union(records))
            if made or writes:
                Writer(view.conn, view.actor.id, view.now).write(IMPORT, [*made, *writes], grouped=False)

    def _read(
        self, view: StoreView, rows: Sequence[Row], aside: list[RejectedLine], there: set[str]
    ) -> list[_Record]:
        """The rows that can be taken; the others are set aside, and their records, where known, are ``there``."""
        self.references.conn = view.conn
        closed = set(view.conn.exec_driver_sql("SELECT record FROM readonly").scalars())
        read = []
        for row in rows:
            given = self.reader.given(row)
            self.references.next_row()
            try:
                body = self.reader.body(row, given)
                self._refuse_what_is_to_come(view, body)
                found = self._record(view, row, body, closed)
            except BadInput as error:
                self.references.refuse_row()
                aside.append(self._rejected(view, row, given, error))
                self.tally.reject(aside[-1])
                if (external := self.reader.external(given)) is not None:
                    there.add(self._id_of(external))
            else:
                read.extend(found)
        return read

    def _refuse_what_is_to_come(self, view: StoreView, body: Body) -> None:
        """No complaint is from later than its export and now: its reply clock would begin in the future (DK-21)."""
        latest = to_text(max(view.now, self.as_of))
        if self.kind.name == "complaints" and (body.get("received_at") or "") > latest:
            raise BadInput(
                _("received_at: it lies in the future; are the day, the month and the zone right?")
            )

    def _rejected(self, view: StoreView, row: Row, given: Mapping[str, Any], error: BadInput) -> RejectedLine:
        cells = self.reader.kept_aside(given)
        return RejectedLine(self.file, self.kind.name, row.number, reason(error), cells, to_text(view.now))

    def _record(self, view: StoreView, row: Row, body: Body, closed: Collection[str]) -> list[_Record]:
        """The record that a row is about; none where an earlier row said the very same."""
        ours = body.pop("id", None)
        if ours is not None:
            self._check_ours(view, ours.lower())
        canonical = _canonical(body)
        if len(canonical.encode()) > _MOST:
            raise BadInput(_("its texts are too long"))
        natural = body.get("external") or canonical
        id_ = ours.lower() if ours else self._id_of(natural)
        if id_ in closed:
            raise BadInput(_("a newer Tavle has written to this record: update this one"))
        first, there = self._seen.setdefault(id_, (row.number, body))
        if first == row.number:
            return [_Record(row, id_, body, ours is not None)]
        if there != body:
            what = {"id": ours or natural, "row": first}
            raise BadInput(_("%(id)s stands in row %(row)d already, with other values") % what)
        self.tally.unchanged += 1
        return []

    def _id_of(self, natural: str) -> str:
        return keyed_id(self.key, self.map.source, self.kind.name, natural)

    def _check_ours(self, view: StoreView, id_: str) -> None:
        """An id of ours must look like one and, where it is known, be of a record of this kind."""
        if not _UUID.match(id_):
            raise BadInput(
                _("id: %(text)s is not one of our ids; theirs are called external") % {"text": id_}
            )
        kinds = view.conn.exec_driver_sql("SELECT DISTINCT kind FROM log WHERE record = ?", (id_,)).scalars()
        if other := [kind for kind in kinds if kind != self.kind.name]:
            raise BadInput(_("id: this is the id of one of the %(kind)s") % {"kind": other[0]})

    def _news(
        self, view: StoreView, row: _Record, changes: Sequence[Change], told: Mapping[str, str]
    ) -> Write | None:
        """The change that a row makes; None where the exports have said it all before, or a newer one has spoken."""
        write = self._write(self.kind.name, row.id, row.body)
        exports = sorted((one for one in changes if one.header.do == IMPORT), key=lambda one: one.key)
        said = {name: value for change in exports for name, value in change.body.items()}
        same = all(name in said and said[name] == value for name, value in row.body.items())
        superseded = to_text(self.as_of) < told.get(row.id, "") and row.body.keys() <= said.keys()
        returned = row.ours and not exports and self._stands(view, row)
        if same or superseded or returned or any(change.id == write.id for change in exports):
            self.tally.unchanged += 1
            return None
        if changes:
            self.tally.updated += 1
        else:
            self.tally.created += 1
        return write

    def _note_alike(self, view: StoreView, names: Sequence[Any]) -> None:
        """Notes which of the records created are called as one is that people wrote by hand."""
        if self.kind.name not in _NAMED or not names:
            return
        rows = view.conn.exec_driver_sql(f'SELECT name FROM "{self.kind.name}" WHERE external IS NULL')
        self.tally.alike.extend(sorted(set(names).intersection(rows.scalars())))

    def _stands(self, view: StoreView, one: _Record) -> bool:
        """True for a row of our own export that nobody has edited: the record is as it says."""
        found = view.conn.exec_driver_sql(f'SELECT * FROM "{self.kind.name}" WHERE id = ?', (one.id,))
        there = found.mappings().first()
        if there is None:
            return False
        plain = defaults(self.kind)
        for name, value in one.body.items():
            spec = self.kind.specs.get(name)
            told = value if spec is None else stored(spec.type, value)
            if there[name] != (plain.get(name) if told is None else told):
                return False
        return True

    def _write(self, kind: str, id_: str, body: Body) -> Write:
        change = keyed_id(self.key, id_, _canonical(body), to_text(self.as_of))
        return Write(kind, id_, body, base=(), id=change, as_of=self.as_of)


def _canonical(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

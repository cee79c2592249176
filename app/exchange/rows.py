"""From a row of a file to the fields of a record: joined, translated, read by each field's own type.

Deterministic: what a value means hangs on the file, its map and the team, never on who reads it or when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.absence_rules import LONGEST_SHIFT
from app.domain.change import Body
from app.domain.column_map import Map, required, settable
from app.domain.fields import LINE, LIST, BadInput, FieldType, blank
from app.domain.health import reads_like_health
from app.domain.instants import from_text
from app.exchange.headers import tidy
from app.exchange.private_columns import is_private
from app.exchange.reading import Row
from app.text import _

Resolve = Callable[[str, str], str]
_NOT_ABOUT_HEALTH = {
    "absences": ("note",),
    "shifts": ("note", "override", "cancel_reason"),
}
_IN_ORDER = {"absences": ("from", "until"), "shifts": ("start", "end")}
_CLOCK_SIGNS = ("%H", "%I", "%c", "%X")


@dataclass(frozen=True, slots=True)
class Around:
    """What reading a value may look up. ``now`` is the export's time, so ``fri`` means the same to everyone."""

    now: datetime
    zone: ZoneInfo
    resolve: Resolve


def private_columns(header: Sequence[str], kind: str) -> tuple[str, ...]:
    """The columns of a file that are dropped unread, in its order."""
    return tuple(dict.fromkeys(name for name in header if name and is_private(name, kind)))


class RowReader:
    """Reads the rows of one file by one map. BadInput where the file lacks a column that the map names."""

    def __init__(self, map_: Map, header: Sequence[str], around: Around) -> None:
        self._map = map_
        self._around = around
        self._width = len(header)
        self._required = required(map_.kind)
        self._private = set(private_columns(header, map_.kind.name))
        self.columns = {name: self._places(theirs, header) for name, theirs in map_.columns.items()}
        self._types = {
            name: map_.kind.specs[name].type if name in map_.kind.specs else LINE
            for name in ("id", "external", *settable(map_.kind))
            if name in map_.constants or self.columns.get(name)
        }

    def _places(self, names: tuple[str, ...], header: Sequence[str]) -> tuple[int, ...]:
        found = []
        for name in names:
            places = [at for at, theirs in enumerate(header) if theirs == name]
            if not places:
                there = ", ".join(theirs for theirs in header if theirs)
                raise BadInput(
                    _("there is no column %(name)s; there are: %(there)s") % {"name": name, "there": there}
                )
            if len(places) > 1:
                raise BadInput(_("there is more than one column %(name)s") % {"name": name})
            if name not in self._private:
                found.append(places[0])
        return tuple(found)

    def given(self, row: Row) -> dict[str, Any]:
        """The row's values by our fields, not read yet: joined, translated, constants where nothing stands."""
        found = {}
        for name, type_ in self._types.items():
            value = self._value(name, type_, row)
            found[name] = self._map.constants.get(name) if blank(value) else value
        return found

    def _value(self, name: str, type_: FieldType, row: Row) -> Any:
        cells = [row.cells[at] for at in self.columns.get(name, ()) if at < len(row.cells)]
        there = [cell for cell in cells if not blank(cell)]
        if name == "location" and len(there) < len(self._map.columns.get(name, ())):
            return None  # half a place is another place
        value = self._joined(name, type_, there)
        meanings = self._map.values.get(name)
        if meanings and not blank(value):
            return meanings.get(self._text(value), value)
        return value

    def _joined(self, name: str, type_: FieldType, cells: list[Any]) -> Any:
        if len(cells) == 1:
            return cells[0]
        if len(cells) == 2 and type(cells[0]) is date and type(cells[1]) is time:
            return datetime.combine(cells[0], cells[1])
        texts = [self._text(cell) for cell in cells]
        if name == "location":
            return ",".join(text.replace(self._map.decimal, ".") for text in texts)
        return ("\n" if type_.long else ", " if type_ is LIST else " ").join(texts)

    def _text(self, value: Any) -> str:
        if isinstance(value, float):
            return repr(value).replace(".", self._map.decimal)
        if isinstance(value, date | time):
            return value.isoformat()
        return str(value).strip()

    def body(self, row: Row, given: Mapping[str, Any]) -> Body:
        """The fields that the row sets; null where its cell is blank. BadInput says all that is wrong with it."""
        if any(not blank(cell) for cell in row.cells[self._width :]):
            raise BadInput(_("it has more cells than the header"))
        if missing := [self._missing(name) for name in self._required if blank(given.get(name))]:
            raise BadInput("; ".join(missing))
        body: Body = {}
        wrong = []
        for name, type_ in self._types.items():
            try:
                body[name] = None if blank(given[name]) else self._read(name, type_, given[name])
            except BadInput as error:
                wrong.append(
                    _("%(field)s: %(why)s") % {"field": name, "why": self._discreet(given[name], error)}
                )
        wrong = wrong or self._contradictions(body)
        if wrong:
            raise BadInput("; ".join(wrong))
        return body

    def _missing(self, name: str) -> str:
        if self.columns.get(name):
            return _("%(field)s is missing") % {"field": name}
        if name in self.columns:
            return _("%(field)s is missing: its column is private and was dropped") % {"field": name}
        return _("%(field)s is missing: no column of the file gives it") % {"field": name}

    def _discreet(self, value: Any, error: BadInput) -> str:
        """Why a value cannot be taken; one that names an illness is not repeated."""
        if self._map.kind.name == "absences" and reads_like_health(str(value)):
            return _("its value cannot be taken; say under [values] what it means")
        return str(error)

    def _read(self, name: str, type_: FieldType, value: Any) -> Any:
        if type_.name in ("time", "date"):
            value = self._moment(name, value)
        elif not isinstance(value, bool | list | dict):
            value = self._text(value)
        if type_.kind is not None and not _is_text(value):
            raise BadInput(_("this is not valid text"))
        if type_.choices and isinstance(value, str):
            word = value.casefold().replace(" ", "_")
            value = word if word in type_.choices else value
        return type_.read(value, self._around)

    def _moment(self, name: str, value: Any) -> Any:
        """A date or time as its field's type takes it; a pattern without a clock gives a whole day."""
        pattern = self._map.formats.get(name)
        if isinstance(value, str) and pattern is not None:
            text = tidy(value)
            try:
                found = datetime.strptime(text, pattern)  # noqa: DTZ007 - the field's type adds the zone
            except ValueError as error:
                what = {"text": text, "pattern": pattern}
                raise BadInput(_("%(text)s is not written as %(pattern)s says") % what) from error
            clock = any(sign in pattern for sign in _CLOCK_SIGNS)
            value = found if clock else found.date()
        if isinstance(value, date):
            if not 1900 < value.year < 2100:
                raise BadInput(_("the year %(year)d cannot be right") % {"year": value.year})
            return value
        return self._text(value)

    def _contradictions(self, body: Body) -> list[str]:
        kind = self._map.kind.name
        wrong = []
        first, last = _IN_ORDER.get(kind, ("", ""))
        if body.get(last) and body[last] <= body[first]:
            wrong.append(_("it ends before it begins"))
        if (
            kind == "shifts"
            and body.get(last)
            and from_text(body[last]) - from_text(body[first]) > LONGEST_SHIFT
        ):
            wrong.append(_("a shift lasts a month at the most"))
        wrong.extend(
            _("%(field)s reads like health information: it is neither asked for nor kept") % {"field": name}
            for name in _NOT_ABOUT_HEALTH.get(kind, ())
            if body.get(name) and reads_like_health(body[name])
        )
        return wrong

    def external(self, given: Mapping[str, Any]) -> str | None:
        """Their id of the row, whatever else is wrong with it; None where it has none."""
        if blank(given.get("external")):
            return None
        try:
            return str(self._read("external", LINE, given["external"]))
        except BadInput:
            return None

    def kept_aside(self, given: Mapping[str, Any]) -> dict[str, str]:
        """What is kept of a rejected row: the named columns, without any text that reads like health."""
        texts = {name: self._text(value) for name, value in given.items() if not blank(value)}
        if self._map.kind.name not in _NOT_ABOUT_HEALTH:
            return texts
        return {name: text for name, text in texts.items() if not reads_like_health(text)}


def _is_text(value: Any) -> bool:
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True

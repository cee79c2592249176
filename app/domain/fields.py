"""Field types: how a value typed by a person or found in a file becomes the value of a change's body.

A body holds JSON without floats: text, whole numbers, true/false, null, lists of text, and for answers an
object. Instants are UTC text, references are record ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from app.domain.change import LARGEST
from app.domain.instants import plausible, start_of_day, to_text
from app.domain.when import parse_day, parse_instant
from app.text import _

_T = TypeVar("_T")
EMPTIED = "-"
"""What is given for a field that shall hold nothing any more; what is empty or blank is not given at all."""
MAX_TEXT = 20_000
MAX_LINE_TEXT = 400
_MORNING = time(8)
"""When a visit begins of which only the day was named: nobody means midnight."""
_JSON_LIST = re.compile(r'\s*\[\s*["\d\[\]{]')
"""How a JSON list begins; other words in brackets are someone's words, as in "[urgent], kitchen"."""


class BadInput(ValueError):
    """A value that cannot be taken; the text is one line for the person who gave it."""


class Surroundings(Protocol):
    """What reading a value may need to know."""

    @property
    def now(self) -> datetime:
        """The present instant."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone that times without an offset are in."""

    def resolve(self, kind: str, text: str) -> str:
        """The id of the one record that an id, unique prefix or exact name means. BadInput otherwise."""


@dataclass(frozen=True, slots=True)
class FieldType:
    """One type of value: its name in docs, and how to read it."""

    name: str
    read: Callable[[Any, Surroundings], Any]
    choices: tuple[str, ...] = ()
    kind: str | None = None
    long: bool = False


def blank(value: Any) -> bool:
    """True for what counts as not given: null, empty or blank text, an empty list."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _text(value: Any, limit: int) -> str:
    if not isinstance(value, str):
        value = str(value)
    text: str = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > limit:
        raise BadInput(
            _("too long: %(size)d characters, at most %(limit)d") % {"size": len(text), "limit": limit}
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadInput(_("this is not valid text")) from error
    return text


def _read_text(value: Any, _around: Surroundings) -> str:
    return _text(value, MAX_TEXT)


def _read_line(value: Any, _around: Surroundings) -> str:
    return " ".join(_text(value, MAX_LINE_TEXT).split("\n"))


def _read_instant(value: Any, around: Surroundings) -> str:
    return _begun(value, around, time())


def _read_end(value: Any, around: Surroundings) -> str:
    moment = _moment(value, around)
    if not isinstance(moment, datetime):
        moment = start_of_day(moment + timedelta(days=1), around.zone)
    return to_text(moment)


def _read_start(value: Any, around: Surroundings) -> str:
    return _begun(value, around, _MORNING)


def _begun(value: Any, around: Surroundings, clock: time) -> str:
    """The instant meant; of a day alone, that clock time."""
    moment = _moment(value, around)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, clock, around.zone)
    return to_text(moment)


def _moment(value: Any, around: Surroundings) -> datetime | date:
    """The instant meant, or the day where only a day is named."""
    if isinstance(value, datetime):
        moment: datetime | date = value if value.tzinfo else value.replace(tzinfo=around.zone)
    elif isinstance(value, date):
        moment = value
    else:
        moment = _or_bad(lambda: parse_instant(str(value), around.now, around.zone))
    _check_year(moment)
    return moment


def _check_year(moment: date) -> None:
    if not plausible(moment):
        raise BadInput(_("the year %(year)d cannot be meant") % {"year": moment.year})


def _read_day(value: Any, around: Surroundings) -> str:
    if isinstance(value, datetime):
        value = (value.astimezone(around.zone) if value.tzinfo else value).date()
    if isinstance(value, date):
        _check_year(value)
        return value.isoformat()
    return _or_bad(lambda: parse_day(str(value), around.now, around.zone)).isoformat()


def _or_bad(read: Callable[[], _T]) -> _T:
    try:
        return read()
    except ValueError as error:
        raise BadInput(str(error)) from error


_YES = {"true", "yes", "y", "1", "ja", "on"}
_NO = {"false", "no", "n", "0", "nej", "off"}


def _read_bool(value: Any, _around: Surroundings) -> bool:
    word = str(value).strip().lower()
    if word not in _YES | _NO:
        raise BadInput(_("%(value)s is neither yes nor no") % {"value": value})
    return word in _YES


def _read_int(value: Any, _around: Surroundings) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        number = int(str(value).strip())
    except ValueError as error:
        raise BadInput(_("%(value)s is not a whole number") % {"value": value}) from error
    if abs(number) > LARGEST:
        raise BadInput(_("%(value)s is too large") % {"value": value})
    return number


def _read_list(value: Any, around: Surroundings) -> list[str]:
    if isinstance(value, str):
        value = _json(value) if _JSON_LIST.match(value) else value.split(",")
    if not isinstance(value, list | tuple):
        raise BadInput(_("give a list: JSON, or words with commas between"))
    return [line for item in value if (line := _read_line(item, around))]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(_("this is not JSON: %(why)s") % {"why": error}) from error


def _read_object(value: Any, _around: Surroundings) -> dict[str, Any]:
    found = _json(value) if isinstance(value, str) else value
    if not isinstance(found, dict):
        raise BadInput(_("give a JSON object: {…}"))
    try:
        return {str(key): _whole(item) for key, item in found.items()}
    except RecursionError as error:
        raise BadInput(_("this is nested too deeply")) from error


def _whole(value: Any) -> Any:
    """The value as a body can hold it: a number that is not whole becomes its text."""
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > LARGEST):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return value


LINE = FieldType("line", _read_line)
TEXT = FieldType("text", _read_text, long=True)
INSTANT = FieldType("time", _read_instant)
END = FieldType("time", _read_end)
START = FieldType("time", _read_start)
DAY = FieldType("date", _read_day)
BOOL = FieldType("yes/no", _read_bool)
INT = FieldType("number", _read_int)
LIST = FieldType("list", _read_list)
OBJECT = FieldType("object", _read_object)


def choice(*options: str) -> FieldType:
    """One of a few fixed words."""

    def read(value: Any, _around: Surroundings) -> str:
        word = str(value).strip()
        if word not in options:
            raise BadInput(
                _("%(value)s is not one of: %(options)s") % {"value": word, "options": ", ".join(options)}
            )
        return word

    return FieldType("choice", read, choices=options)


def refs(kind: str) -> FieldType:
    """A list of references to records of a kind: ids, unique prefixes, or exact names."""

    def read(value: Any, around: Surroundings) -> list[str]:
        return list(dict.fromkeys(around.resolve(kind, one) for one in _read_list(value, around)))

    return FieldType("list", read)


def ref(kind: str) -> FieldType:
    """A reference to a record of a kind: id, unique prefix, or exact name."""

    def read(value: Any, around: Surroundings) -> str:
        return around.resolve(kind, str(value).strip())

    return FieldType("reference", read, kind=kind)

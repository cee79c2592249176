"""MAP.toml: which column of an office's export is which field of ours (docs/COMMANDS.md, "MAP.toml")."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import app.domain.records  # noqa: F401 - declares every kind
from app.domain.fields import BadInput, blank
from app.domain.instants import zone_of
from app.domain.kinds import KINDS, Kind, Spec, outward
from app.text import _

IMPORTABLE = ("people", "customers", "agreements", "shifts", "absences", "complaints")
ENDINGS = (".csv", ".xlsx", ".ods", ".xls", ".json")
"""The formats that an export can have, by the end of its file's name."""
CREATABLE = ("areas", "people", "customers")
"""What ``[create]`` can make: a name is all that is known of it."""

_PARTS = ("source", "as_of", "timezone", "decimal", "columns", "formats", "values", "constants", "create")


@dataclass(frozen=True, slots=True)
class Map:
    """How the rows of a file become records of a kind.

    ``columns``: field → names of theirs, joined in this order. ``id`` is our own id, as our exports have it;
    ``external`` is theirs.
    """

    kind: Kind
    source: str
    columns: Mapping[str, tuple[str, ...]]
    as_of: datetime | None = None
    zone: ZoneInfo | None = None
    decimal: str = "."
    formats: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    create: frozenset[str] = frozenset()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The names of the columns that the file must have."""
        return tuple(dict.fromkeys(name for names in self.columns.values() for name in names))


def kind_named(name: str) -> Kind:
    """The kind that an import of this name fills. BadInput for one that cannot be imported."""
    if name not in IMPORTABLE:
        raise BadInput(
            _("%(kind)s cannot be imported; what can: %(kinds)s")
            % {"kind": name, "kinds": ", ".join(IMPORTABLE)}
        )
    return KINDS[name]


def settable(kind: Kind) -> dict[str, Spec]:
    """The fields that a file may fill: all that are not computed."""
    return {name: spec for name, spec in kind.specs.items() if not spec.computed}


def required(kind: Kind) -> tuple[str, ...]:
    """The fields without which there is no such record, as its declaration has them."""
    return tuple(
        outward(item.name)
        for item in fields(kind.record)
        if "spec" in item.metadata
        and not item.metadata["spec"].computed
        and item.default in (None, MISSING)
        and "None" not in str(item.type)
    )


def parse_map(text: str, kind: Kind) -> Map:
    """The map that a TOML text holds. BadInput for anything wrong in it."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(_("it is not TOML: %(why)s") % {"why": error}) from error
    if unknown := sorted(table.keys() - set(_PARTS)):
        what = {"name": unknown[0], "known": ", ".join(_PARTS)}
        raise BadInput(_("there is no %(name)s in a map; there are: %(known)s") % what)
    zone = _zone(table)
    return Map(
        kind,
        _line(table, "source", kind.name),
        _columns(table, kind),
        _as_of(table, zone),
        zone,
        _decimal(table),
        _formats(table, kind),
        _values(table, kind),
        _constants(table, kind),
        _create(table, kind),
    )


def checked_as_of(moment: datetime) -> datetime:
    """The export's time to the second. BadInput for one that no clock of a change can show."""
    whole = moment.astimezone(UTC).replace(microsecond=0)
    if not 1970 < whole.year < 2100:
        raise BadInput(_("as_of: %(year)d is no year of an export") % {"year": whole.year})
    return whole


def _part(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise BadInput(_("%(part)s must be a table: [%(part)s]") % {"part": name})
    return found


def _line(table: Mapping[str, Any], name: str, default: str) -> str:
    found = table.get(name, default)
    if not isinstance(found, str) or blank(found):
        raise BadInput(_("%(part)s must be a text") % {"part": name})
    return found.strip()


def _zone(table: Mapping[str, Any]) -> ZoneInfo | None:
    if "timezone" not in table:
        return None
    try:
        return zone_of(_line(table, "timezone", ""))
    except ValueError as error:
        raise BadInput(str(error)) from error


def _as_of(table: Mapping[str, Any], zone: ZoneInfo | None) -> datetime | None:
    found = table.get("as_of")
    if found is None:
        return None
    if isinstance(found, str):
        try:
            found = datetime.fromisoformat(found.strip())
        except ValueError:
            found = None
    if not isinstance(found, datetime):
        raise BadInput(_("as_of must be a time such as 2026-11-23T05:00+01:00"))
    return checked_as_of(found if found.tzinfo else found.replace(tzinfo=zone or zone_of(None)))


def _decimal(table: Mapping[str, Any]) -> str:
    found = table.get("decimal", ".")
    if found not in (".", ","):
        raise BadInput(_('decimal must be "," or "."'))
    return str(found)


def _field(name: str, kind: Kind, part: str) -> None:
    if name == "external" or name in settable(kind) or (name == "id" and part == "columns"):
        return
    if name in kind.specs:
        raise BadInput(_("[%(part)s] %(field)s is worked out, not imported") % {"part": part, "field": name})
    raise BadInput(
        _("[%(part)s] %(kind)s have no field %(field)s; they have: %(fields)s")
        % {"part": part, "kind": kind.name, "field": name, "fields": ", ".join(("external", *settable(kind)))}
    )


def _columns(table: Mapping[str, Any], kind: Kind) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, theirs in _part(table, "columns").items():
        _field(name, kind, "columns")
        names = [theirs] if isinstance(theirs, str) else theirs
        if not isinstance(names, list) or not names or not all(isinstance(one, str) and one for one in names):
            raise BadInput(
                _("[columns] %(field)s must be a column's name, or a list of them") % {"field": name}
            )
        found[name] = tuple(" ".join(one.split()) for one in names)
    if not found:
        raise BadInput(_("[columns] is missing: it says which column is which field"))
    return found


def _formats(table: Mapping[str, Any], kind: Kind) -> dict[str, str]:
    found = _part(table, "formats")
    for name, pattern in found.items():
        _field(name, kind, "formats")
        if name not in kind.specs or kind.specs[name].type.name not in ("time", "date"):
            raise BadInput(_("[formats] %(field)s is neither a time nor a date") % {"field": name})
        if not isinstance(pattern, str) or not _is_pattern(pattern):
            raise BadInput(
                _("[formats] %(field)s is no pattern such as %(example)s")
                % {"field": name, "example": "%d-%m-%Y %H:%M"}
            )
    return found


def _is_pattern(pattern: str) -> bool:
    """True where a pattern gives back at least the day that it wrote."""
    moment = datetime(2026, 11, 24, 13, 45, tzinfo=UTC)
    try:
        read = datetime.strptime(moment.strftime(pattern), pattern).replace(tzinfo=UTC)
    except ValueError:
        return False
    return read.date() == moment.date()


def _values(table: Mapping[str, Any], kind: Kind) -> dict[str, dict[str, Any]]:
    found = _part(table, "values")
    for name, pairs in found.items():
        _field(name, kind, "values")
        if not isinstance(pairs, dict):
            raise BadInput(_("[values] %(field)s must be a table: theirs = ours") % {"field": name})
    return {name: {theirs.strip(): ours for theirs, ours in pairs.items()} for name, pairs in found.items()}


def _constants(table: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    found = _part(table, "constants")
    for name, value in found.items():
        _field(name, kind, "constants")
        if not isinstance(value, str | bool | int | list | date):
            raise BadInput(_("[constants] %(field)s has no value that can be used") % {"field": name})
    return found


def _create(table: Mapping[str, Any], kind: Kind) -> frozenset[str]:
    found = _part(table, "create")
    for name, wanted in found.items():
        if name not in CREATABLE or not isinstance(wanted, bool):
            what = {"kinds": ", ".join(CREATABLE)}
            raise BadInput(_("[create] takes %(kinds)s, each true or false") % what)
    referred = {spec.type.kind for spec in settable(kind).values()}
    if useless := sorted(found.keys() - referred):
        raise BadInput(
            _("[create] %(kind)s refer to no %(other)s") % {"kind": kind.name, "other": useless[0]}
        )
    return frozenset(name for name, wanted in found.items() if wanted)

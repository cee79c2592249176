"""The records as anyone may list them, computed fields filled in, and the history of one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, select

from app.domain.change import Body, Change
from app.domain.conflicts import Contest
from app.domain.fields import BadInput, blank
from app.domain.history import UNDO, History, voids_of
from app.domain.kinds import KINDS, Kind, Record, attribute, kind_of
from app.domain.projection import said_at, stored
from app.domain.records import Absence, Plan, Training
from app.queries.manning import acute, manned, uncovered_ids
from app.queries.repeats import Repeats
from app.queries.scope import in_scope, my_areas
from app.store.log import changes_of
from app.store.reading import to_record
from app.store.schema import Base
from app.store.tables import ModuleRow, PlanLineRow
from app.store.view import StoreView
from app.text import _

_BATCH = 500


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a record: its name, when (local time with offset), by whom, which decision, what it set."""

    change: str
    at: str
    by: str
    decision: str
    set: Body
    id: str


def rows(
    view: StoreView,
    kind_name: str,
    where: Mapping[str, str] | None = None,
    *,
    limit: int | None = None,
    mine: bool = False,
) -> Iterator[Record]:
    """The records of a kind, ordered by id, computed fields included; only valid within the transaction.

    ``where`` is field → value as typed. ``mine`` keeps to the acting person's areas. BadInput for an unknown
    kind or field, or a value that the field cannot have.
    """
    kind = _known(kind_name)
    columns, computed = _conditions(view, kind, where or {})
    query = _select(view, kind, columns, mine=mine)
    if not computed and limit is not None:
        query = query.limit(limit)
    found = _filled(view, kind, query)
    if computed:
        found = (one for one in found if all(_fits(one, name, value) for name, value in computed.items()))
    return islice(found, limit)


def record(view: StoreView, kind_name: str, id_: str) -> Record | None:
    """One record with its computed fields; a conflict too, which no list of records has."""
    if kind_name == kind_of(Contest).name:
        return view.get(Contest, id_)
    kind = _known(kind_name)
    table = _table(kind)
    return next(_filled(view, kind, _columns(kind).where(table.id == id_)), None)


def history(view: StoreView, id_: str) -> tuple[HistoryLine, ...]:
    """Every change of a record in order of their clocks; one that several made alike, as imports do, once."""
    changes = History(changes_of(view.conn, id_)).ordered
    undos = {change.id for change in changes if change.header.do == UNDO}
    return tuple(_line(change, undos) for change in changes)


def _line(change: Change, undos: set[str]) -> HistoryLine:
    header = change.header
    again = header.do == UNDO and undos.intersection(voids_of(change))
    return HistoryLine(
        change.name, said_at(change), header.by, "redo" if again else header.do, change.body, change.id
    )


def _known(kind_name: str) -> Kind:
    if kind_name not in KINDS:
        raise BadInput(
            _("there are no %(kind)s; there are: %(kinds)s") % {"kind": kind_name, "kinds": ", ".join(KINDS)}
        )
    return KINDS[kind_name]


_tables: dict[str, Any] = {}


def _table(kind: Kind) -> Any:
    if not _tables:
        _tables.update({mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers})
    return _tables[kind.name]


def _conditions(
    view: StoreView, kind: Kind, where: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    columns: dict[str, Any] = {}
    computed: dict[str, Any] = {}
    table = Base.metadata.tables[kind.name]
    for name, text in where.items():
        if name in ("id", "external"):
            columns[name] = text
            continue
        if name not in kind.specs:
            raise BadInput(_("%(kind)s have no field %(field)s") % {"kind": kind.name, "field": name})
        type_ = kind.specs[name].type
        try:
            value = None if blank(text) else type_.read(text, view)
        except BadInput as error:
            raise BadInput(_("%(field)s: %(why)s") % {"field": name, "why": error}) from error
        if name in table.columns:
            columns[name] = stored(type_, value)
        else:
            computed[name] = value
    return columns, computed


def _columns(kind: Kind) -> Select[Any]:
    columns = list(Base.metadata.tables[kind.name].columns)
    if kind.name == "shifts":
        return select(*columns, manned().label("manned"))
    return select(*columns)


def _select(view: StoreView, kind: Kind, where: Mapping[str, Any], *, mine: bool) -> Select[Any]:
    table = Base.metadata.tables[kind.name]
    query = _columns(kind).order_by(table.c.id)
    for name, value in where.items():
        query = query.where(table.c[name].is_(None) if value is None else table.c[name] == value)
    scope = in_scope(_table(kind), kind.name, my_areas(view)) if mine else None
    return query if scope is None else query.where(scope)


def _filled(view: StoreView, kind: Kind, query: Select[Any]) -> Iterator[Any]:
    fill = _FILL[kind.name](view) if kind.name in _FILL else None
    for row in view.conn.execute(query).mappings().yield_per(_BATCH):
        found = to_record(kind.record, row)
        yield fill(found) if fill else found


def _fits(found: Record, name: str, value: Any) -> bool:
    have = getattr(found, attribute(name))
    return bool(have == (tuple(value) if isinstance(value, list) else value))


def with_cover(view: StoreView, absence: Absence) -> Absence:
    """The absence with whether it is acute, and the shifts that it leaves uncovered."""
    return dataclasses.replace(absence, acute=acute(view, absence), uncovered=uncovered_ids(view, absence))


def with_progress(view: StoreView, plan: Plan) -> Plan:
    """The plan with phase → [done, total]."""
    counted = (
        select(PlanLineRow.phase, func.count(PlanLineRow.done_on), func.count())
        .where(PlanLineRow.plan == plan.id)
        .group_by(PlanLineRow.phase)
        .order_by(PlanLineRow.phase)
    )
    found = {str(phase): [done, total] for phase, done, total in view.conn.execute(counted)}
    return dataclasses.replace(plan, progress=found)


def with_validity(view: StoreView, training: Training) -> Training:
    """The entry of the register with whether the module's content is still what was held (FI-48)."""
    version = view.conn.execute(select(ModuleRow.version).where(ModuleRow.id == training.module)).scalar()
    return dataclasses.replace(training, valid=version is not None and version == training.version)


_FILL: dict[str, Callable[[StoreView], Callable[[Any], Record]]] = {
    "absences": lambda view: partial(with_cover, view),
    "complaints": lambda view: Repeats(view).filled,
    "plans": lambda view: partial(with_progress, view),
    "register": lambda view: partial(with_validity, view),
}

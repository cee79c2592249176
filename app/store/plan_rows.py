"""The rows of plans: they are not created, they exist when their plan does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from app.domain.ids import derived_id
from app.domain.projection import RowText
from app.store.content import plan_template


def plan_row_id(plan: str, code: str) -> str:
    """The id of a plan's row: everyone derives the same."""
    return derived_id(plan, code)


def rows_to_fold(conn: Connection, by_kind: Mapping[str, set[str]]) -> dict[str, RowText | None]:
    """Row id → its template text for every row to fold; None where its plan is gone or not here yet."""
    rows: dict[str, RowText | None] = {}
    for record in by_kind.get("rows", ()):
        found = conn.exec_driver_sql(
            'SELECT plans.id, plans.template, "rows".row FROM "rows" JOIN plans ON plans.id = "rows".plan '
            'WHERE "rows".id = ?',
            (record,),
        ).first()
        rows[record] = _text(*found) if found else None
    for plan in by_kind.get("plans", ()):
        rows |= _of_plan(conn, plan)
    return rows


def _of_plan(conn: Connection, plan: str) -> dict[str, RowText | None]:
    there = conn.exec_driver_sql('SELECT id FROM "rows" WHERE plan = ?', (plan,))
    rows: dict[str, RowText | None] = dict.fromkeys(row[0] for row in there)
    found = conn.exec_driver_sql("SELECT template FROM plans WHERE id = ?", (plan,)).first()
    if found is not None:
        rows |= {plan_row_id(plan, text.code): text for text in _texts(plan, found[0])}
    return rows


def _text(plan: str, template_id: str, code: str) -> RowText | None:
    return next(_texts(plan, template_id, code), None)


def _texts(plan: str, template_id: str, code: str | None = None) -> Iterator[RowText]:
    """The rows of a plan by its template; only that of a code, if one is given."""
    try:
        template = plan_template(template_id)
    except KeyError:
        return
    for row in template.rows:
        if code in (None, row.code):
            titles = tuple(title.text("en") for title in row.titles)
            yield RowText(plan, row.code, row.phase, template.id, titles, row.think_about)

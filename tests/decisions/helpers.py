"""What the tests of decisions share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.desk import BadInput, Desk, Refused
from app.domain.ids import random_id
from app.domain.records import Absence
from app.store import local
from tests.support import make_desk, seeded, tables


def refused(desk: Desk, decision: str, on: str | None = None, **given: Any) -> str:
    """The one line that says which rule stands against it; nothing is changed."""
    return turned_down(desk, lambda: desk.take(decision, on, given), (Refused,))


def bad_input(desk: Desk, decision: str, on: str | None = None, **given: Any) -> str:
    """The one line that says why the input cannot be taken; nothing is changed."""
    return turned_down(desk, lambda: desk.take(decision, on, given), (BadInput,))


def turned_down(
    desk: Desk, how: Callable[[], object], kinds: tuple[type[Exception], ...] = (Refused, BadInput)
) -> str:
    """The one line of a refusal that changed nothing."""
    before = tables(desk, log_too=True)
    with pytest.raises(kinds) as caught:
        how()
    assert tables(desk, log_too=True) == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def shown(desk: Desk) -> dict[str, Any]:
    """What people see: every table without what only the next decision needs to know."""
    found = tables(desk)
    with desk.database.read() as conn:
        for kind in ("absences", "complaints", "shifts", "plans", "rows"):
            rows = [
                dict(row) for row in conn.exec_driver_sql(f'SELECT * FROM "{kind}" ORDER BY id').mappings()
            ]
            found[kind] = [{name: value for name, value in row.items() if name != "heads"} for row in rows]  # type: ignore[misc]
    return found


def absence(desk: Desk, id_: str) -> Absence:
    found = desk.ask(lambda view: view.get(Absence, id_))
    assert found is not None
    return found


def second_home(tmp_path: Path, person: str) -> Desk:
    """Another home of the same person, with a lane of its own."""
    desk = make_desk(tmp_path / "second", person)
    with desk.database.write() as conn:
        local.put(conn, lane=random_id(seeded(f"second lane of {person}")))
    return desk

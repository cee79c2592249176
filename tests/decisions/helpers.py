"""What the tests of decisions share."""

from pathlib import Path
from typing import Any

import pytest

from app.desk import BadInput, Desk, Refused
from app.domain.ids import random_id
from app.store import local
from tests.support import make_desk, seeded, tables


def refused(desk: Desk, decision: str, on: str | None = None, **given: Any) -> str:
    """The one line that says which rule stands against it; nothing is changed."""
    return _turned_down(Refused, desk, decision, on, given)


def bad_input(desk: Desk, decision: str, on: str | None = None, **given: Any) -> str:
    """The one line that says why the input cannot be taken; nothing is changed."""
    return _turned_down(BadInput, desk, decision, on, given)


def _turned_down(
    how: type[Exception], desk: Desk, decision: str, on: str | None, given: dict[str, Any]
) -> str:
    before = tables(desk, log_too=True)
    with pytest.raises(how) as caught:
        desk.take(decision, on, given)
    assert tables(desk, log_too=True) == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def second_home(tmp_path: Path, person: str) -> Desk:
    """Another home of the same person, with a lane of its own."""
    desk = make_desk(tmp_path / "second", person)
    with desk.database.write() as conn:
        local.put(conn, lane=random_id(seeded(f"second lane of {person}")))
    return desk

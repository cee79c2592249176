"""What ``tavle list`` says is what a client reads that was written from docs/TEAM-FILE.md alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Tavle
from tests.sync import independent_fold as page
from tests.sync.independent import Client

RECORDS = page.kinds(Path("docs/COMMANDS.md").read_text("utf-8"))
_Rows = dict[str, dict[str, Any]]
Read = Callable[[str], tuple[_Rows, dict[str, page.State]]]


@pytest.fixture(scope="module")
def changes(demo_file: Path) -> list[dict[str, Any]]:
    """All that the other client reads."""
    return list(Client(demo_file, "").read().values())


@pytest.fixture
def read(demo: Tavle, changes: list[dict[str, Any]]) -> Read:
    """A kind's records as ours lists them and as the page folds them, by id."""
    lacking = page.incomplete(changes)

    def both(kind: str) -> tuple[_Rows, dict[str, page.State]]:
        of_record: dict[str, list[dict[str, Any]]] = {}
        for one in changes:
            if one["on"][0] == kind:
                of_record.setdefault(one["on"][1], []).append(one)
        folded = {id_: page.fold(RECORDS[kind], found, lacking) for id_, found in of_record.items()}
        return {row["id"]: row for row in demo("list", kind)}, {
            id_: one for id_, one in folded.items() if one
        }

    return both


@pytest.mark.parametrize(
    "kind",
    [
        *("areas", "people", "customers", "agreements", "shifts", "absences", "complaints", "contacts"),
        *("promises", "plans", "rows", "modules", "questions", "attempts", "register", "handovers"),
    ],
)
def test_every_record_that_somebody_changed_field_by_field(kind: str, read: Read) -> None:
    rows, states = read(kind)
    assert states
    assert states.keys() <= rows.keys() if kind == "rows" else states.keys() == rows.keys()
    for id_, state in states.items():
        said = RECORDS[kind].first | {name: one for name, one in state.values.items() if one is not None}
        said |= page.read_off(kind, state) | {"contested": state.contested}
        for name in said.keys() - {"titles", "think_about"}:
            assert _alike(rows[id_][name]) == _alike(said[name]), (id_, name)


def test_rows_have_the_ids_and_signatures_that_everyone_derives(read: Read) -> None:
    signed = 0
    for id_, row in read("rows")[0].items():
        assert id_ == page.derived(row["plan"], row["row"])
        if row["signed_by"]:
            signed += 1
            assert row["differs"] == (page.signed_text("service-plan", row) != row["signed_text"])
    assert signed


def _alike(value: Any) -> Any:
    """A time as an instant, whatever its offset; anything else as it is."""
    if isinstance(value, str) and len(value) > 18 and value[10] == "T":
        return datetime.fromisoformat(value)
    return value

"""Which of the office's exports the team reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.records import ROLES, Feed
from tests.decisions.helpers import bad_input, refused
from tests.support import PEOPLE, make_desk

MAP = 'source = "roster"\n[columns]\ncustomer = "Kunde"\nstart = "Fra"\nend = "Til"\n'
GIVEN = {"kind": "shifts", "path": "office/roster.csv", "map": MAP}


def feeds(desk: Desk) -> list[tuple[str, bool]]:
    return [(one.path, one.active) for one in desk.ask(lambda view: view.find(Feed))]


def test_a_feed_is_added_once_removed_and_brought_back(desk: Desk) -> None:
    feed = desk.take("feed.add", None, GIVEN).id
    (found,) = desk.ask(lambda view: view.find(Feed))
    assert (found.kind, found.source, found.map) == ("shifts", "roster", MAP.strip())
    assert refused(desk, "feed.add", None, **GIVEN) == "office/roster.csv is a feed already"
    desk.take("feed.add", None, {**GIVEN, "path": "other.csv"})
    desk.take("feed.remove", feed)
    assert refused(desk, "feed.remove", feed) == "it has been removed"
    assert sorted(feeds(desk)) == [("office/roster.csv", False), ("other.csv", True)]
    desk.undo()
    assert sorted(feeds(desk)) == [("office/roster.csv", True), ("other.csv", True)]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"map": "columns = 3"}, "map: columns must be a table: [columns]"),
        ({"map": "[columns]\nname = 'Navn'"}, "map: [columns] shifts have no field name"),
        ({"map": "[columns"}, "map: it is not TOML"),
        ({"map": " "}, "map is missing"),
        ({"kind": "weather"}, "kind: weather is not one of: people, customers"),
        ({"path": "roster.pdf"}, "roster.pdf is no export that can be read; its ending must be one of .csv"),
        ({"path": ""}, "path is missing"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(desk: Desk, wrong: dict[str, str], why: str) -> None:
    assert bad_input(desk, "feed.add", None, **{**GIVEN, **wrong}).startswith(why)


@pytest.mark.parametrize("role", ROLES)
def test_the_office_supervisors_and_managers_configure_feeds(tmp_path: Path, role: str) -> None:
    desk = make_desk(tmp_path, next(name for name, has, *_rest in PEOPLE if has == role))
    if role in ("office", "supervisor", "manager"):
        desk.take("feed.remove", desk.take("feed.add", None, GIVEN).id)
        assert feeds(desk) == [("office/roster.csv", False)]
    else:
        assert "is for: " in refused(desk, "feed.add", None, **GIVEN)
    desk.close()

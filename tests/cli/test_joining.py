"""``init`` and ``sync``: founding a team, joining it, and joining later."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import progress
from app.clock import fixed_clock
from app.settings import Settings, save
from app.store.database import Database
from app.sync import loading
from app.sync.teams import create_team
from tests.cli.conftest import Run, Tavle
from tests.support import NOW


@pytest.fixture
def home(run: Run, tmp_path: Path) -> Callable[[str], Tavle]:
    """An empty home."""
    return lambda name: Tavle(run, tmp_path / f"home-{name}")


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return tmp_path / "share" / "north.tavle"


@pytest.fixture
def founder(home: Callable[[str], Tavle], team: Path) -> Tavle:
    """The home that created the team North."""
    team.parent.mkdir()
    founder = home("founder")
    founder("init", "--team", team, "--name", "North", "--as", "Mette Holm")
    return founder


def settings_of(tavle: Tavle) -> dict[str, Any]:
    return tomllib.loads((tavle.home / "settings.toml").read_text("utf-8"))


def test_founding_makes_the_team_its_area_and_what_is_shipped(
    home: Callable[[str], Tavle], team: Path
) -> None:
    team.parent.mkdir()
    tavle = home("founder")
    done = tavle(
        "init",
        "--team",
        team,
        "--name",
        "North",
        "--country",
        "fi",
        "--area",
        "Harbour",
        "--as",
        "Mette Holm",
    )
    assert done.keys() == {"team", "person", "lane", "created"}
    assert (done["team"], done["created"]) == (str(team), True)
    (person,) = tavle("list", "people")
    (area,) = tavle("list", "areas")
    assert (person["id"], person["name"], person["role"]) == (done["person"], "Mette Holm", "supervisor")
    assert person["area"] == area["id"]
    assert (area["name"], area["country"], area["timezone"]) == ("Harbour", "FI", "Europe/Helsinki")
    assert area["supervisor"] == person["id"]
    assert {"P0", "P7", "P16"} <= {one["external"] for one in tavle("list", "promises")}
    assert len(tavle("list", "modules")) == 2
    assert tavle("list", "changes", "--where", "state=waiting") == []
    assert settings_of(tavle) == {"team": str(team), "person": done["person"]}


def test_joining_registers_a_person_in_the_first_area(
    founder: Tavle, home: Callable[[str], Tavle], team: Path
) -> None:
    founder("do", "area.add", "name=South")
    tavle = home("ole")
    done = tavle("init", "--team", team, "--as", "Ole Dam", "--role", "trainer")
    assert done["created"] is False
    me = tavle("show", done["person"])
    assert (me["name"], me["role"]) == ("Ole Dam", "trainer")
    assert tavle("show", me["area"])["name"] == "North"
    founder("sync")
    assert founder("list", "people") == tavle("list", "people")


def test_an_area_that_is_not_there_is_made(founder: Tavle, home: Callable[[str], Tavle], team: Path) -> None:
    founder("sync")
    ole, ida = home("ole"), home("ida")
    ole("init", "--team", team, "--as", "Ole Dam", "--area", "South")
    ida("init", "--team", team, "--as", "Ida Krogh", "--area", "South", "--role", "hr")
    areas = {one["name"]: one for one in ida("list", "areas")}
    assert areas.keys() == {"North", "South"}
    people = {one["name"]: one for one in ida("list", "people")}
    assert people["Ida Krogh"]["area"] == people["Ole Dam"]["area"] == areas["South"]["id"]
    assert areas["South"]["supervisor"] == people["Ole Dam"]["id"]


def test_an_exact_name_is_that_person_and_says_what_it_ignores(
    founder: Tavle, home: Callable[[str], Tavle], team: Path
) -> None:
    known = founder("list", "people")[0]
    tavle = home("again")
    ended = tavle.ends(
        "--json", "init", "--team", team, "--as", "Mette Holm", "--role", "hr", "--area", "South"
    )
    assert (ended.code, ended.json["person"]) == (0, known["id"])
    assert ended.json["lane"] != ""
    assert "Mette Holm is in the team already (supervisor, North)" in ended.line
    assert len(tavle("list", "people")) == 1
    assert len(tavle("list", "areas")) == 1


def test_two_of_one_name_must_be_told_apart(founder: Tavle, home: Callable[[str], Tavle], team: Path) -> None:
    for role in ("hr", "office"):
        founder("do", "person.add", "name=Ole Dam", f"role={role}")
    tavle = home("ole")
    line = tavle.refused(2, "init", "--team", team, "--as", "Ole Dam")
    ids = [one["id"] for one in founder("list", "people", "--where", "name=Ole Dam")]
    assert all(id_ in line for id_ in ids)
    assert not (tavle.home / "settings.toml").exists()
    assert "nobody is acting" in tavle.refused(2, "today")
    assert tavle("init", "--team", team, "--as", ids[0])["person"] == ids[0]


@pytest.mark.usefixtures("founder")
def test_a_team_file_that_is_not_there_is_joined_by_the_first_sync_that_finds_it(
    home: Callable[[str], Tavle], team: Path
) -> None:
    team.parent.rename(team.parent.with_name("away"))
    tavle = home("ole")
    assert "not there" in tavle.refused(
        3, "init", "--team", team, "--as", "Ole Dam", "--role", "hr", "--area", "East"
    )
    assert settings_of(tavle) == {
        "team": str(team),
        "join": {"name": "Ole Dam", "role": "hr", "area": "East"},
    }
    assert not (tavle.home / "tavle.sqlite3").exists()
    assert "tavle sync joins it" in tavle.refused(3, "today")
    assert "not there" in tavle.refused(3, "sync")
    team.parent.with_name("away").rename(team.parent)
    report = tavle("sync")
    assert report["pulled"] > 20
    assert report["pushed"] == 2
    assert {one["name"] for one in tavle("list", "people")} == {"Mette Holm", "Ole Dam"}
    assert settings_of(tavle).keys() == {"team", "person"}
    assert tavle("list", "areas", "--where", "name=East")


def test_init_never_replaces_anything(
    founder: Tavle, home: Callable[[str], Tavle], team: Path, tmp_path: Path
) -> None:
    before = team.read_bytes()
    assert "already" in home("other").refused(2, "init", "--team", team, "--name", "South", "--as", "Ole Dam")
    other = tmp_path / "other.tavle"
    home("other")("init", "--team", other, "--name", "South", "--as", "Ole Dam")
    for words in (("--team", other), ("--team", tmp_path / "third.tavle", "--name", "Third")):
        assert "belongs to" in founder.refused(2, "init", *words, "--as", "Mette Holm")
    assert not (tmp_path / "third.tavle").exists()
    assert team.read_bytes() == before
    assert settings_of(founder)["team"] == str(team)
    assert founder("sync")["offline"] is False


def test_a_member_who_inits_again_stays_who_they_are(founder: Tavle, team: Path) -> None:
    lanes = founder("init", "--team", team, "--as", "Mette Holm")["lane"]
    assert founder("init", "--as", "Mette Holm")["lane"] == lanes
    assert len(founder("list", "people")) == 1


def test_a_member_keeps_their_settings_while_the_share_is_away(founder: Tavle, team: Path) -> None:
    team.parent.rename(team.parent.with_name("away"))
    before = settings_of(founder)
    founder.refused(3, "init", "--team", team, "--as", "Somebody Else")
    assert settings_of(founder) == before


def test_founding_that_was_ended_early_goes_on(home: Callable[[str], Tavle], team: Path) -> None:
    """As a kill between the team file and its first records leaves it."""
    team.parent.mkdir()
    tavle = home("founder")
    tavle.home.mkdir()
    db = Database(tavle.home / "tavle.sqlite3")
    create_team(db, team, "North", "DK", fixed_clock(NOW))
    db.close()
    tavle("init", "--team", team, "--name", "North", "--as", "Mette Holm")
    assert tavle("list", "people")[0]["name"] == "Mette Holm"


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (("--as", "Ole Dam"), 2, "--team FILE"),
        (("--team", "x.tavle", "--as", "Ole Dam", "--offline"), 2, "--offline"),
        (("--team", "x.tavle"), 2, "--as NAME"),
        (("--team", "x.tavle", "--as", "Ole Dam", "--role", "king"), 2, "king"),
        (("--team", "x.tavle", "--as", "Ole Dam", "--country", "DK"), 2, "--name"),
        (
            ("--team", "x.tavle", "--as", "Ole Dam", "--name", "N", "--country", "Atlantis"),
            2,
            "'ATLANTIS': write DK",
        ),
        (("--team", "x.tavle", "--as", "Ole Dam", "--name", " "), 2, "name"),
        (("--team", "x.tavle", "--as", "O" * 500, "--name", "N"), 2, "too long"),
        (("--team", "gone/x.tavle", "--as", "Ole Dam", "--name", "N"), 3, "cannot be created"),
        (("--team", ".", "--as", "Ole Dam"), 3, "cannot be read"),
    ],
)
def test_what_stands_against_it(
    home: Callable[[str], Tavle],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    what: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert what in home("x").refused(code, "init", *words)
    assert not list(tmp_path.glob("*.tavle"))


def test_sync_counts_and_says_when_it_cannot(founder: Tavle, team: Path) -> None:
    founder("--offline", "do", "person.add", "name=Ole Dam", "role=hr")
    report = founder("sync")
    assert report.keys() == {
        "pulled",
        "pushed",
        "healed",
        "quarantined",
        "conflicts",
        "offline",
        "waiting",
        "problem",
    }
    assert (report["pushed"], report["offline"]) == (1, False)
    assert founder.ends("sync").out.startswith("pulled 0, pushed 0")
    ended = founder.ends("--json", "--offline", "sync")
    assert (ended.code, ended.json["offline"]) == (3, True)
    team.parent.rename(team.parent.with_name("away"))
    ended = founder.ends("--json", "sync")
    assert (ended.code, ended.json["offline"]) == (3, True)
    assert "not there" in ended.line


def test_sync_says_what_keeps_it_from_writing_where_it_can_read(founder: Tavle, team: Path) -> None:
    """Fault 25: not offline, since colleagues' decisions come in; what waits, and why, is told to scripts too."""
    lanes = team.with_name(f"{team.name}.d") / "lanes"
    lanes.rename(lanes.with_name("aside"))
    lanes.write_bytes(b"")
    done = founder.ends("--json", "do", "person.add", "name=Ole Dam", "role=hr")
    assert (done.code, done.json["offline"]) == (0, False)
    assert "Not a directory" in done.json["problem"]
    ended = founder.ends("--json", "sync")
    assert (ended.code, ended.json["offline"]) == (3, False)
    assert ended.json["waiting"] >= 1
    assert "Not a directory" in ended.json["problem"]


def test_another_teams_file_is_never_merged(
    founder: Tavle, home: Callable[[str], Tavle], tmp_path: Path
) -> None:
    other = tmp_path / "other.tavle"
    home("other")("init", "--team", other, "--name", "South", "--as", "Ole Dam")
    assert "another team" in founder.refused(3, "--team", other, "sync")
    done = founder.ends("--json", "--team", other, "do", "person.add", "name=Ida Krogh", "role=hr")
    assert (done.code, done.json["offline"]) == (0, True)
    assert "another team" in done.line


def test_a_home_that_never_joined(run: Run, tmp_path: Path) -> None:
    tavle = Tavle(run, tmp_path / "home")
    assert "no team" in tavle.refused(2, "sync")
    save(Settings(tavle.home, team=str(tmp_path / "x.tavle")))
    assert "no team" in tavle.refused(2, "list", "people")


def test_a_terminal_is_shown_how_far_it_is(
    founder: Tavle, home: Callable[[str], Tavle], team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    founder("sync")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(loading, "MUCH", 1)
    ended = home("ole").ends("init", "--team", team, "--as", "Ole Dam")
    assert (ended.code, ended.out) == (0, f"Joined {team}\n")
    assert " changes" in ended.err
    assert ended.err.split("\r")[-2].strip() == ""

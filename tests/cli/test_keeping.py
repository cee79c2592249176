"""Damaged settings, locked and damaged databases, ``doctor`` and ``rebuild``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.cli.verbs import VERBS
from app.store import database
from tests.cli.conftest import Run, Tavle

WORDS = {
    "list": ("people",),
    "show": ("abcd",),
    "do": ("complaint.read", "abcd"),
    "card": ("abcd", "x.html"),
    "import": ("people", "x.csv"),
    "export": ("people", "x.csv"),
    "check": ("x.toml",),
    "publish": ("x.toml",),
    "due": ("2h", "2026-11-23T10:00"),
    "feed": ("list",),
    "demo": ("x.tavle",),
    "init": ("--name", "North"),
}
RUNNING = [verb.name for verb in VERBS if verb.run]
HOMELY = [verb for verb in RUNNING if verb not in ("demo", "init", "check", "due")]


@pytest.fixture
def locked(mette: Tavle, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tavle]:
    """A home whose database another program is writing to."""
    monkeypatch.setattr(database.Database.__init__, "__kwdefaults__", {"busy_seconds": 0.01})
    with closing(sqlite3.connect(mette.home / "tavle.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield mette
        other.execute("ROLLBACK")


@pytest.mark.parametrize("verb", RUNNING)
def test_damaged_settings_end_every_verb_in_2(
    mette: Tavle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (mette.home / "settings.toml").write_text('team = "', "utf-8")
    for options in ((), ("--team", tmp_path / "x.tavle", "--as", "Mette Holm")):
        line = mette.refused(2, verb, *WORDS.get(verb, ()), *options)
        assert "settings.toml is damaged" in line
    assert not list(tmp_path.glob("x.*"))


@pytest.mark.parametrize(
    "content", [b"\xff", b"team = 3", b"acute_minutes = true", b"[join]\nname = 3", b"join = 3"]
)
def test_settings_of_the_wrong_kind_are_damaged_too(mette: Tavle, content: bytes) -> None:
    (mette.home / "settings.toml").write_bytes(content)
    assert "settings.toml" in mette.refused(2, "today")


def test_settings_that_name_a_hub_of_later(mette: Tavle) -> None:
    (mette.home / "settings.toml").write_text(
        'team = "postgresql://host/team"\nperson = "Mette Holm"\n', "utf-8"
    )
    assert "not there yet" in mette.refused(2, "today")


@pytest.mark.parametrize("verb", [verb for verb in HOMELY if verb not in ("doctor", "import", "publish")])
def test_a_locked_database_ends_in_3(locked: Tavle, verb: str) -> None:
    line = locked.refused(3, verb, *WORDS.get(verb, ()))
    assert "in use by another program" in line


@pytest.mark.parametrize("verb", [verb for verb in HOMELY if verb not in ("doctor", "import", "publish")])
def test_a_damaged_database_ends_in_3(mette: Tavle, verb: str) -> None:
    (mette.home / "tavle.sqlite3").write_bytes(b"This is no database. " * 500)
    assert "cannot be used" in mette.refused(3, verb, *WORDS.get(verb, ()))


def test_doctor_finds_a_sound_home_sound(demo: Tavle) -> None:
    found = demo("doctor")
    assert all(one.keys() == {"what", "severity", "mend"} for one in found)
    assert {one["severity"] for one in found if "conflicts" not in one["what"]} == {"ok"}
    assert len(demo.ends("doctor").out.splitlines()) == len(found) + 1


def test_doctor_finds_what_is_wrong(mette: Tavle) -> None:
    mette("do", "contact.log", "customer=Solgaarden", "channel=phone", "keywords=keys")
    (mette.home / "tavle.sqlite3").chmod(0o644)
    found = {one["what"]: one for one in mette("doctor") if one["severity"] != "ok"}
    said = " · ".join(found)
    assert "others can read" in said
    assert "wait to be written to the team file: 1" in said
    assert "is not there" in said
    assert all(one["mend"] for one in found.values())
    assert "others can read" not in str(mette("doctor", "--repair"))
    assert (mette.home / "tavle.sqlite3").stat().st_mode & 0o777 == 0o600


def test_doctor_says_that_a_clock_is_wrong(mette: Tavle) -> None:
    mette.now = "2020-01-01T06:00+01:00"
    assert any("in what is the future here" in one["what"] for one in mette("doctor"))


def test_doctor_on_a_database_that_cannot_be_used(mette: Tavle, locked: Tavle) -> None:
    assert "in use" not in str(locked("doctor"))
    (mette.home / "tavle.sqlite3-wal").unlink(missing_ok=True)
    (mette.home / "tavle.sqlite3").write_bytes(b"This is no database. " * 500)
    for words in ((), ("--repair",)):
        ended = mette.ends("--json", "doctor", *words)
        assert ended.code == 3
        (said,) = (one for one in ended.json if "cannot be used" in one["what"])
        assert said["severity"] == "error"
        assert "move it away and join the team again" in said["mend"]


def test_doctor_before_anything_is_there(run: Run, tmp_path: Path) -> None:
    tavle = Tavle(run, tmp_path / "home")
    for words in ((), ("--repair",)):
        assert [one["mend"] for one in tavle("doctor", *words)] == ["tavle init --team FILE --as NAME"] * 2
    assert not tavle.home.exists()


def test_rebuild_changes_nothing(mette: Tavle) -> None:
    mette("do", "complaint.receive", "customer=Solgaarden", "channel=phone", "text=Dirty")
    before = [mette("list", kind) for kind in ("people", "shifts", "complaints", "changes")]
    assert mette("rebuild") == {"changes": len(before[-1])}
    assert [mette("list", kind) for kind in ("people", "shifts", "complaints", "changes")] == before
    assert mette.ends("rebuild").out == f"folded anew from {len(before[-1])} changes\n"

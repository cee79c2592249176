"""``feed``, and what ``sync``, ``doctor`` and ``list rejected`` say of the office's exports."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Tavle
from tests.support import NOW

MAP = """
source = "payroll"
[columns]
external = "Nr"
name = "Navn"
role = "Rolle"
"""
ROWS = "Nr;Navn;Rolle;Diagnose\n7;Nanna Wulff;trainer;flu\n8;Bo;boss;\n"

Two = tuple[Tavle, Tavle]


def exported(path: Path, text: str, minutes: int) -> None:
    """The office writes an export, so many minutes ago."""
    path.write_text(text, "cp1252")
    os.utime(path, (NOW.timestamp() - 60 * minutes,) * 2)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """Where the team file lies, an export and its map beside it."""
    folder = tmp_path / "share"
    (folder / "office").mkdir(parents=True)
    exported(folder / "office" / "people.csv", ROWS, 300)
    (tmp_path / "map.toml").write_text(MAP, "utf-8")
    return folder


@pytest.fixture
def two(run: Run, tmp_path: Path, share: Path) -> Two:
    mette, ole = (Tavle(run, tmp_path / name) for name in ("mette", "ole"))
    mette("init", "--team", share / "north.tavle", "--name", "North", "--as", "Mette Holm")
    ole("init", "--team", share / "north.tavle", "--as", "Ole Dam")
    return mette, ole


def add(tavle: Tavle, share: Path, *words: object) -> str:
    path = share / "office" / "people.csv"
    return str(tavle("feed", "add", "people", path, "--map", share.parent / "map.toml", *words)["id"])


def test_one_adds_it_and_another_reads_it(two: Two, share: Path) -> None:
    mette, ole = two
    feed = add(mette, share, "--offline")
    (listed,) = mette("feed", "list")
    assert (listed["id"], listed["path"], listed["state"]) == (feed, "office/people.csv", "waiting")
    mette("--offline", "feed", "remove", feed)
    assert mette("feed", "list") == []
    mette("--offline", "undo")
    (share / "office" / "people.csv").rename(share / "late.csv")
    ended = mette.ends("sync")
    assert ended.code == 0
    assert ended.line == "feed office/people.csv: there is no such file now"
    (share / "late.csv").rename(share / "office" / "people.csv")
    ended = ole.ends("sync")
    assert ended.code == 0
    assert ended.out.startswith("pulled 3, pushed 1,")
    assert ended.line == "feed office/people.csv: rows set aside: 1; tavle list rejected shows them"
    mette("sync")
    assert [one["name"] for one in mette("list", "people", "--where", "external=7")] == ["Nanna Wulff"]
    assert len(mette("list", "changes", "--where", "decision=import")) == 1


def test_the_list_says_what_became_of_it(two: Two, share: Path) -> None:
    mette, _ole = two
    add(mette, share)
    (listed,) = mette("feed", "list")
    time = listed.pop("as_of")
    assert listed == {
        "id": listed["id"], "kind": "people", "path": "office/people.csv", "source": "payroll",
        "state": "read", "why": "", "looked_at": "2026-11-23T06:40:00+01:00", "accepted": 1, "rejected": 1,
        "dropped_columns": ["Diagnose"], "gone": [],
    }  # fmt: skip
    ended = mette.ends("feed", "list")
    _head, line = ended.out.splitlines()
    assert line.split()[1:] == ["people", "office/people.csv", "read", time[:10], time[11:16], "1", "1", "0"]
    assert "private columns, dropped unread: Diagnose" in ended.err
    (aside,) = mette("list", "rejected")
    assert (aside["file"], aside["row"], aside["cells"]["name"]) == ("office/people.csv", 3, "Bo")
    assert mette("list", "rejected", "--where", "row=2") == []
    assert mette("list", "rejected", "--where", "kind=people") == [aside]
    assert "office/people.csv:3" in mette.ends("list", "rejected").out
    assert [one["path"] for one in mette("list", "feeds", "--where", "active=yes")] == ["office/people.csv"]


def test_the_doctor_lists_what_is_not_read_set_aside_or_gone(two: Two, share: Path) -> None:
    mette, _ole = two
    add(mette, share)
    path = share / "office" / "people.csv"
    exported(path, "Nr;Navn;Rolle\n8;Bo;hr\n", 100)
    ended = mette.ends("sync")
    assert ended.line == "feed office/people.csv: rows gone from it: 1; tavle feed list --json names them"
    (gone,) = mette("feed", "list")[0]["gone"]
    assert mette("show", gone)["name"] == "Nanna Wulff"
    exported(path, "nothing\n", 60)
    mette("sync")
    found = {one["what"]: one for one in mette("doctor") if one["severity"] == "warning"}
    said = " · ".join(found)
    assert "the feed office/people.csv is not read: there is no column Nr" in said
    assert "gone from the feed office/people.csv and still count here: 1" in said
    assert all(one["mend"] for one in found.values())
    mette("do", "person.change", gone, "active=no")
    exported(path, ROWS, 30)
    mette("sync")
    said = " · ".join(one["what"] for one in mette("doctor"))
    assert "rows of the office's files that were set aside: 1" in said
    assert "gone from" not in said


def test_what_is_no_feed_is_refused_and_nothing_is_written(two: Two, share: Path, tmp_path: Path) -> None:
    mette, _ole = two
    path, map_ = share / "office" / "people.csv", tmp_path / "map.toml"
    bad = tmp_path / "bad.toml"
    bad.write_text('[columns]\nname = "Navn"\nweight = "Vægt"\n', "utf-8")
    other = tmp_path / "other.toml"
    other.write_text('[columns]\nname = "Titel"\n', "utf-8")
    for words, what in (
        (("feed", "add", "people", path, "--map", bad), "people have no field weight"),
        (("feed", "add", "people", path, "--map", other), "there is no column Titel"),
        (("feed", "add", "people", path, "--map", tmp_path / "gone.toml"), "gone.toml: it cannot be read"),
        (("feed", "add", "weather", path, "--map", map_), "weather cannot be imported"),
        (("feed", "add", "people", "later.pdf", "--map", map_), "its ending must be one of"),
        (("feed", "add", "people", path), "write: feed add KIND PATH --map MAP.toml"),
        (("feed", "add", path, "--map", map_), "write: feed add"),
        (("feed", "list", "--map", map_), "write: feed add"),
        (("feed", "remove"), "write: feed add"),
        (("feed", "remove", "abcd1234"), "there is no feed abcd1234"),
        (("feed", "mend"), "invalid choice"),
        (("feed",), "is missing"),
    ):
        assert what in mette.refused(2, *words)
    assert mette("list", "feeds") == []
    add(mette, share)
    assert "is a feed already" in mette.refused(1, "feed", "add", "people", path, "--map", map_)


def test_a_fixed_time_in_a_feeds_map_is_warned_of(two: Two, share: Path, tmp_path: Path) -> None:
    mette, _ole = two
    map_ = tmp_path / "fixed.toml"
    map_.write_text('as_of = "2026-11-23T05:00+01:00"\n' + MAP, "utf-8")
    ended = mette.ends("feed", "add", "people", share / "later.csv", "--map", map_)
    assert ended.code == 0
    assert "the map fixes as_of" in ended.err
    assert ended.out.startswith("Added the feed later.csv\nchange ")

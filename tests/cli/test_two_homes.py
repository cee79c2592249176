"""Two installations, one team file: what the morning is for (issue: "It must show")."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from app.domain.kinds import KINDS
from app.queries.listing import CHANGES, CONFLICTS
from tests.cli.conftest import Run, Tavle


@pytest.fixture
def share(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the demo's team file on a share of one's own."""
    folder = tmp_path / "share"
    shutil.copytree(demo_file.parent, folder)
    return folder


Two = tuple[Tavle, Tavle]


def joined(run: Run, team: Path, name: str, home: Path) -> Tavle:
    """The home of someone in the team."""
    tavle = Tavle(run, home, "2026-11-23T06:41+01:00")
    tavle("init", "--team", team, "--as", name)
    return tavle


@pytest.fixture
def two(run: Run, tmp_path: Path) -> Two:
    """The homes of Mette Holm and Ole Dam in a small team with a complaint that waits."""
    team = tmp_path / "share" / "north.tavle"
    team.parent.mkdir()
    mette = Tavle(run, tmp_path / "mette", "2026-11-23T06:40+01:00")
    mette("init", "--team", team, "--name", "North", "--as", "Mette Holm")
    mette("--offline", "do", "person.add", "name=Jonas Berg", "role=first_assistant")
    mette("--offline", "do", "customer.add", "name=Harbour Hotel")
    mette("do", "complaint.receive", "customer=Harbour Hotel", "channel=phone", "text=The windows are dirty")
    return mette, joined(run, team, "Ole Dam", tmp_path / "ole")


def sync(*homes: Tavle) -> None:
    for tavle in homes:
        tavle("sync")


def everything(tavle: Tavle) -> dict[str, Any]:
    """Every record of a home, and the changes but for how far each home knows them to have come."""
    found = {kind: tavle("list", kind) for kind in (*KINDS, CONFLICTS, CHANGES)}
    for change in found[CHANGES]:
        del change["state"]
    return found


def waiting(tavle: Tavle) -> str:
    """A complaint that waits and is nobody else's."""
    return str(
        tavle("list", "complaints", "--where", "status=waiting", "--where", "read_at=", "--limit", 1)[0]["id"]
    )


def test_the_morning_on_two_homes(run: Run, share: Path, tmp_path: Path) -> None:
    team = share / "north.tavle"
    mette, ole = (joined(run, team, name, tmp_path / name) for name in ("Mette Holm", "Ole Dam"))
    absence = next(
        one
        for one in mette("list", "absences", "--where", "status=reported")
        if one["called_at"] and one["uncovered"]
    )
    shift, complaint = absence["uncovered"][0], waiting(ole)
    mette("--offline", "do", "absence.approve", absence["id"])
    taken = free_hand(mette, shift)
    ole("--offline", "do", "complaint.reject", complaint, "reason=Windows are not in the agreement")
    sync(mette, ole, mette)
    assert everything(mette) == everything(ole)
    for id_ in (absence["id"], shift, complaint):
        assert mette("show", id_) == ole("show", id_)
    assert ole("show", absence["id"])["status"] == "approved"
    assert ole("show", shift)["person"] == taken
    assert mette("show", complaint)["reply"] == "Windows are not in the agreement"
    assert not mette("list", "changes", "--where", "state=waiting")
    before = everything(mette)
    assert mette("rebuild")["changes"] >= len(before[CHANGES])
    assert everything(mette) == before


def free_hand(tavle: Tavle, shift: str) -> str:
    """Assigns someone against whom no rule stands."""
    for person in tavle("list", "people", "--where", "role=service_assistant"):
        if tavle.ends("--offline", "do", "shift.assign", shift, f"person={person['id']}").code == 0:
            return str(person["id"])
    raise AssertionError("nobody is free")


def test_accept_and_reject_each_made_offline_are_contested_until_one_decides(
    two: Two,
) -> None:
    mette, ole = two
    complaint = waiting(mette)
    assignee = mette("list", "people", "--where", "role=first_assistant")[0]["id"]
    accepted = mette(
        "--offline", "do", "complaint.accept", complaint, "reply=We come back", "plan=Clean again",
        "solve_by=2026-11-25T12:00+01:00", f"assignee={assignee}",
    )  # fmt: skip
    rejected = ole("--offline", "do", "complaint.reject", complaint, "reason=Not agreed")
    sync(mette, ole, mette, ole)
    for tavle in two:
        shown = tavle("show", complaint)
        assert set(shown["contested"]) == {accepted["change"], rejected["change"]}
        assert shown["status"] == "waiting"
        said = str([one["set"] for one in shown["history"]])
        assert "We come back" in said
        assert "Not agreed" in said
        (conflict,) = tavle("list", "conflicts", "--where", f"record={complaint}")
        assert {head["change"] for head in conflict["heads"]} == set(shown["contested"])
    settled = ole("do", "conflict.settle", complaint, f"keep={accepted['change']}")
    assert (settled["status"], settled["contested"]) == ("accepted", [])
    sync(mette)
    assert mette("show", complaint) == ole("show", complaint)
    assert mette("list", "conflicts", "--where", f"record={complaint}") == []


def test_undo_is_refused_once_someone_decided_on_top(two: Two) -> None:
    mette, ole = two
    complaint = waiting(mette)
    done = mette("do", "complaint.acknowledge", complaint, "reply=We look into it")
    sync(ole)
    ole.now = "2026-11-23T06:45+01:00"
    ole("do", "complaint.reject", complaint, "reason=Not agreed")
    sync(mette)
    assert "on top" in mette.refused(1, "undo", done["change"])


def test_what_was_decided_while_the_share_was_away_arrives(two: Two, tmp_path: Path) -> None:
    mette, ole = two
    share = tmp_path / "share"
    away = share.with_name("away")
    share.rename(away)
    done = mette("do", "contact.log", "customer=Harbour Hotel", "channel=phone", "keywords=lost keys")
    assert done["offline"] is True
    assert not share.exists()
    away.rename(share)
    assert mette("sync")["pushed"] == 1
    sync(ole)
    assert ole("show", done["id"])["keywords"] == ["lost keys"]


def test_one_name_in_two_homes_is_one_person(run: Run, two: Two, tmp_path: Path) -> None:
    again = joined(run, tmp_path / "share" / "north.tavle", "Mette Holm", tmp_path / "again")
    assert len(again("list", "people")) == 3
    assert again("today") == two[0]("today")


def test_the_same_words_write_the_same_demo(run: Run, tmp_path: Path) -> None:
    def written(folder: str, *words: str) -> dict[str, bytes]:
        path = tmp_path / folder
        path.mkdir()
        sizes = ("--people", 24, "--customers", 11, "--days", 2)
        ended = run("demo", path / "d.tavle", *sizes, *words, "--json")
        assert ended.json == {"team": str(path / "d.tavle"), "changes": ended.json["changes"]}
        return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()}

    first = written("a")
    assert written("b") == first
    assert written("c", "--seed", "2") != first
    assert written("d", "--now", "2026-11-24T06:40+01:00") != first


def test_a_demo_that_cannot_be(run: Run, demo_file: Path, tmp_path: Path) -> None:
    for words in ((demo_file,), (tmp_path / "x.tavle", "--people", "0"), (tmp_path / "gone" / "x.tavle",)):
        ended = run("demo", *words)
        assert (ended.code, ended.out) == (2, "")
        assert ended.line
    assert not list(tmp_path.iterdir())


def test_the_demo_for_people(run: Run, tmp_path: Path) -> None:
    ended = run("demo", tmp_path / "d.tavle", "--people", "24", "--customers", "11", "--days", "2")
    assert ended.out.endswith(f"changes in {tmp_path / 'd.tavle'}\n")


def test_lanes_tell_whose_they_are_and_what_they_have(two: Two) -> None:
    mette, ole = two
    ole("do", "contact.log", "customer=Harbour Hotel", "channel=phone", "keywords=keys")
    mette("sync")
    own, other = mette("list", "lanes")
    assert (own["own"], other["own"]) == (True, False)
    assert other["person"] == mette("list", "people", "--where", "name=Ole Dam")[0]["id"]
    assert other["acknowledged"] == other["written"] == own["written"]
    assert mette("list", "lanes", "--where", "person=Ole Dam") == [other]
    assert mette("list", "quarantine") == []
    mette("--offline", "do", "contact.log", "customer=Harbour Hotel", "channel=phone", "keywords=bins")
    (waiting,) = mette("list", "changes", "--where", "state=waiting")
    assert waiting["set"]["keywords"] == ["bins"]

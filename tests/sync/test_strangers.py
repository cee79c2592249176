"""What else lies in the folder: other teams' lines, junk, packs, and parts of lanes in any order."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from app.domain.change import Change
from app.store.sources import quarantined
from app.sync.layout import TeamPaths
from tests.sync.damage import at_the_third_question, put_aside, rewrite
from tests.sync.team import Home, assert_agree, rounds


def test_a_line_of_another_team_is_put_aside(tmp_path: Path, mette: Home, ole: Home) -> None:
    other = Home(tmp_path / "other", tmp_path / "other.tavle", 9).found()
    stranger = other.decide()
    ours = mette.decide()
    mette.sync()
    with mette.segments()[0].open("ab") as file:
        file.write(stranger.raw + b"\n")
    report = ole.sync()
    assert (report.pulled, report.quarantined) == (1, 1)
    with ole.db.read() as conn:
        kept = quarantined(conn)[0]
    assert (kept.why, kept.line) == ("a change of another team", stranger.raw)
    assert ole.hashes() == {ours.hash}
    mette.decide()
    rounds([mette, ole])
    assert_agree([mette, ole])


def test_junk_of_the_system_does_no_harm(mette: Home, ole: Home) -> None:
    mette.decide()
    mette.sync()
    folder = TeamPaths(mette.team).folder
    (folder / ".DS_Store").write_bytes(b"\x00\x00\x00\x01Bud1" + bytes(range(256)) * 20)
    (folder / "desktop.ini").write_text("[.ShellClassInfo]\r\n", "utf-16")
    (folder / "keys").mkdir()
    (folder / "keys" / "secret").write_bytes(b"never read\n")
    (folder / "lanes" / ".tmp-left").write_bytes(b"never read either\n")
    (folder / os.fsdecode(b"n\xffme.jsonl")).write_bytes(b"")
    (folder / "loop").symlink_to(folder)
    report = ole.sync()
    assert (report.pulled, report.complete) == (1, True)
    with ole.db.read() as conn:
        assert all(b"never read" not in one.line for one in quarantined(conn))


@pytest.mark.parametrize(("depth", "pulled"), [(12, 1), (13, 0)])
def test_a_folder_has_a_bottom(mette: Home, ole: Home, depth: int, pulled: int) -> None:
    """Twelve folders deep, the team's own among them."""
    change = mette.decide()
    above = TeamPaths(mette.team).folder.joinpath(*"abcdefghijklm"[: depth - 1])
    above.mkdir(parents=True)
    (above / "stray.jsonl").write_bytes(change.raw + b"\n")
    assert ole.sync().pulled == pulled


def test_a_pack_is_read_and_half_a_pack_too(mette: Home, ole: Home) -> None:
    made = mette.decide_many(300)
    packs = TeamPaths(mette.team).folder / "packs"
    packs.mkdir(parents=True)
    whole = gzip.compress(b"".join(one.raw + b"\n" for one in made))
    pack = packs / "some name.gz"
    pack.write_bytes(whole[: len(whole) // 2])
    report = ole.sync()
    assert 0 < report.pulled < 300
    assert [why for _offset, why in put_aside(ole)] == ["the pack is not whole"]
    assert not ole.sync().pulled
    rewrite(pack, lambda _data: whole)
    assert ole.sync().pulled > 0
    assert not put_aside(ole)
    assert ole.hashes() == {one.hash for one in made}


def test_the_order_of_arrival_does_not_matter(tmp_path: Path, mette: Home) -> None:
    """P3–P5, fault 37: bases come later than what names them."""
    record = mette.new_id()
    made: list[Change] = [mette.decide(record, name=f"Name {number}", status="on") for number in range(12)]
    mette.sync()
    folder = TeamPaths(mette.team).folder
    mette.segments()[0].unlink()
    homes = []
    for seed in range(4):
        home = Home(tmp_path / f"home{seed}", mette.team, seed).join()
        order = made[:]
        home.random.shuffle(order)
        for start in range(0, 12, 3 + seed):
            part = folder / f"part {seed} {start}.jsonl"
            part.write_bytes(b"".join(one.raw + b"\n" for one in order[start : start + 3 + seed]))
            home.sync()
        for part in folder.glob("part *"):
            part.unlink()
        homes.append(home)
    for home in homes:
        assert home.tables() == mette.tables()
        assert home.tables_rebuilt() == mette.tables()


def test_a_pack_stopped_in_the_middle_is_read_whole_later(mette: Home, ole: Home) -> None:
    made = mette.decide_many(900)
    packs = TeamPaths(mette.team).folder / "packs"
    packs.mkdir(parents=True)
    (packs / "x.gz").write_bytes(gzip.compress(b"".join(one.raw + b"\n" for one in made)))
    report = ole.sync(should_stop=at_the_third_question())
    assert report.stopped
    assert 0 < report.pulled < 900
    assert ole.sync().quarantined == 0
    assert ole.hashes() == {one.hash for one in made}

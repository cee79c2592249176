"""Folders, pipes, links and odd packs where the team file's own files should be: nobody waits, and nothing is lost."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from app.store import local
from app.store.exchange_log import lane_members
from app.sync.anchors import is_lost
from app.sync.files import Files
from app.sync.layout import TeamPaths
from tests.sync.damage import put_aside, rewrite
from tests.sync.team import Home, assert_agree, rounds
from tests.sync.test_newer import line

Put = Callable[[Path], None]


def linked(to: str) -> Put:
    return lambda path: path.symlink_to(to or path.name)


PLACED: dict[str, Put] = {
    "folder": Path.mkdir,
    "pipe": os.mkfifo,
    "link to nothing": linked("nothing"),
    "link to itself": linked(""),
    "link to a folder": linked("/"),
}


@pytest.mark.parametrize("what", PLACED)
def test_the_own_file_is_none_any_more(tmp_path: Path, mette: Home, what: str) -> None:
    """Fault 13: it is as gone as a deleted one; all of it is written again under another name."""
    made = mette.decide_many(3)
    mette.sync()
    segment = mette.segments()[0]
    segment.unlink()
    PLACED[what](segment)
    made.append(mette.decide())
    assert (mette.sync().waiting, mette.sync().healed) == (0, 0)
    late = Home(tmp_path / "late", mette.team, 9)
    late.sync()
    assert late.hashes() == {one.hash for one in made}
    assert mette.sync(thorough=True).problem == ""


@pytest.mark.parametrize("what", ["file", "link to a folder", "link to its old folder"])
def test_the_own_folder_is_none_any_more(tmp_path: Path, mette: Home, what: str) -> None:
    """Fault 13: what lies behind a link is found by nobody, so it goes on in a lane whose folder is one."""
    made = mette.decide_many(3)
    mette.sync()
    folder, aside = mette.lane_folder, tmp_path / "aside"
    folder.rename(aside)
    if what == "file":
        folder.write_bytes(b"")
    else:
        folder.symlink_to(aside if "old" in what else tmp_path)
    made.append(mette.decide())
    report = mette.sync()
    assert (report.new_lane, report.waiting, report.problem) == (True, 0, "")
    late = Home(tmp_path / "late", mette.team, 9)
    late.sync()
    assert late.hashes() == {one.hash for one in made}
    rounds([mette, late])
    assert_agree([mette, late])
    assert not mette.sync().new_lane


def test_a_place_for_all_lanes_that_is_none(mette: Home) -> None:
    """Fault 25: nobody can write; every decision waits, in the lane where it was taken."""
    lane = mette.lane
    (TeamPaths(mette.team).folder).mkdir()
    (TeamPaths(mette.team).folder / "lanes").write_bytes(b"")
    mette.decide()
    for _time in range(2):
        report = mette.sync()
        assert (report.waiting, report.new_lane, mette.lane) == (1, False, lane)
        assert "Not a directory" in report.problem


def test_links_that_lead_in_circles_hide_nothing(mette: Home, ole: Home) -> None:
    """Fault 28: one stray link in a folder, and all the rest of it is read and written as ever."""
    mette.decide()
    mette.sync()
    for folder in (TeamPaths(mette.team).folder, mette.lane_folder):
        (folder / "loop").symlink_to("loop")
    mette.decide()
    assert (mette.sync().pushed, ole.sync().pulled, ole.sync().problem) == (1, 2, "")


@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_an_anchor_that_is_no_file_is_offline(mette: Home, ole: Home, what: str) -> None:
    """Fault 14: whoever opens a pipe to read waits for ever."""
    mette.decide()
    mette.sync()
    mette.team.unlink()
    PLACED[what](mette.team)
    report = ole.sync()
    assert report.offline
    assert "it is not a file" in report.problem


def test_an_anchor_nested_without_end_is_lost(mette: Home) -> None:
    """Fault 14."""
    mette.decide()
    mette.sync()
    mette.team.write_bytes(b"[" * 60_000)
    with mette.db.read() as conn:
        member = local.membership(conn)
    assert member
    assert is_lost(Files(), TeamPaths(mette.team), member)


def packed(mette: Home, data: Callable[[list[bytes]], bytes]) -> Path:
    folder = TeamPaths(mette.team).folder
    folder.mkdir()
    path = folder / "some.gz"
    path.write_bytes(data([gzip.compress(one.raw + b"\n") for one in mette.decide_many(3)]))
    return path


@pytest.mark.parametrize("between", [b"", b"\x00" * 700], ids=["nothing", "zeros"])
def test_packs_one_after_the_other_in_one_file_are_all_read(mette: Home, ole: Home, between: bytes) -> None:
    """Faults 9, 15: someone joined them, or a drive filled the file up with zeros."""
    packed(mette, lambda packs: b"".join(one + between for one in packs))
    assert ole.sync().pulled == 3
    assert not put_aside(ole)


def test_a_pack_with_rubbish_behind_it_takes_no_memory(mette: Home, ole: Home) -> None:
    """Fault 32."""
    rubbish = random.Random(32).randbytes(20 * 1024 * 1024)
    packed(mette, lambda packs: packs[0] + rubbish)
    tracemalloc.start()
    try:
        report = ole.sync()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (report.pulled, report.quarantined) == (1, 1)
    assert peak < 12 * 1024 * 1024


@pytest.mark.parametrize("number", ["true", "-5", "1.5", "1" * 50, '"7"', "null"])
def test_an_acknowledgement_of_no_number_says_nothing(mette: Home, ole: Home, number: str) -> None:
    """Fault 33: a faulty client's line does not end everybody's exchange for good."""
    first = ole.decide()
    rounds([ole, mette], 1)
    told = f'{{"seen":{{"{ole.lane}":{number},"{mette.lane}":1}}}}'.encode()
    odd = line(first, told, do="ack", on=["lane", first.header.lane], seq=2, id=mette.new_id())
    (TeamPaths(mette.team).folder / "odd.jsonl").write_bytes(odd + b"\n")
    mette.decide()
    rounds([mette, ole])
    with mette.db.read() as conn:
        seen = {one.lane: one.seen for one in lane_members(conn)}
    assert seen[ole.lane].keys() == {mette.lane}
    assert_agree([mette, ole])


@pytest.mark.parametrize("seen", ["null", "[1]", "7", '"x"'])
def test_an_acknowledgement_of_another_shape_says_nothing(mette: Home, ole: Home, seen: str) -> None:
    """Fault 33."""
    first = ole.decide()
    ole.sync()
    told = f'{{"seen":{seen}}}'.encode()
    odd = line(first, told, do="ack", on=["lane", ole.lane], seq=2, id=mette.new_id())
    (TeamPaths(mette.team).folder / "odd.jsonl").write_bytes(odd + b"\n")
    assert mette.sync().pulled == 1
    with mette.db.read() as conn:
        assert {one.lane: one.seen for one in lane_members(conn)}[ole.lane] == {}


@pytest.mark.parametrize("name", ["999999999-1.jsonl", "1-999999999.jsonl"])
def test_numbers_of_files_have_no_end(
    mette: Home, ole: Home, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults 11, 28: someone else's file of a very high number in the own folder, full and then damaged."""
    monkeypatch.setattr("app.sync.publish.SEGMENT_BYTES", 10)
    mette.decide()
    mette.sync()
    shutil.copy(mette.segments()[0], mette.lane_folder / name)
    mette.decide()
    assert mette.sync().waiting == 0
    rewrite(mette.lane_folder / name, lambda _data: b"")
    mette.decide()
    assert (mette.sync().waiting, mette.sync().problem) == (0, "")
    rounds([mette, ole])
    assert_agree([mette, ole])

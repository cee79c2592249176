"""The demo's team file: the format line by line, the same bytes every time, exactly as many changes as asked."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.demo import DEMO_NOW, DemoError, write_demo
from app.domain.change import GENESIS, Change, decode
from app.sync.files import Files
from app.sync.layout import SEGMENT_BYTES, TeamPaths, read_anchor, segment_of


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def lanes_of(path: Path) -> dict[str, list[Change]]:
    """Lane → its changes, in the order of its segments."""
    folder = TeamPaths(path).folder
    segments = sorted(
        (segment, file)
        for file in folder.rglob("*")
        if file.is_file() and (segment := segment_of(file.relative_to(folder).as_posix()))
    )
    found: dict[str, list[Change]] = {}
    for (lane, _gen, _seg), file in segments:
        data = file.read_bytes()
        assert data.endswith(b"\n")
        found.setdefault(lane, []).extend(decode(line) for line in data[:-1].split(b"\n"))
    return found


def test_the_same_options_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write_demo(tmp_path / "a" / "north.tavle", changes=1_500, seed=4)
    code = "import sys, pathlib, app.demo as d; d.write_demo(pathlib.Path(sys.argv[1]), changes=1500, seed=4)"
    target = str(tmp_path / "b" / "north.tavle")
    subprocess.run([sys.executable, "-c", code, target], check=True, env={"PYTHONHASHSEED": "5"})
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("south.tavle", {}),
        ("north.tavle", {"seed": 2}),
        ("north.tavle", {"people": 41}),
        ("north.tavle", {"now": DEMO_NOW + timedelta(hours=1)}),
    ],
)
def test_another_name_option_or_now_is_another_team(
    demo_team: Path, tmp_path: Path, name: str, options: dict[str, int | datetime]
) -> None:
    write_demo(tmp_path / name, **options)  # type: ignore[arg-type]
    one, other = (read_anchor(Files(), TeamPaths(path)) for path in (demo_team, tmp_path / name))
    assert one.team != other.team
    assert one.id_key != other.id_key


def test_every_lane_is_a_chain_of_valid_changes(tmp_path: Path) -> None:
    path = tmp_path / "north.tavle"
    report = write_demo(path)
    anchor = read_anchor(Files(), TeamPaths(path))
    lanes = lanes_of(path)
    assert report.team == str(path)
    assert report.changes == sum(map(len, lanes.values()))
    assert anchor.founder in lanes
    for lane, changes in lanes.items():
        assert [one.header.seq for one in changes] == list(range(1, len(changes) + 1))
        assert [one.header.prev for one in changes] == [GENESIS, *(one.hash for one in changes[:-1])]
        assert {(one.header.lane, one.header.team) for one in changes} == {(lane, anchor.team)}
        assert len({one.header.by for one in changes}) == 1
        times = [datetime.fromisoformat(one.header.at) for one in changes]
        assert times == sorted(times)
        assert times[-1] <= DEMO_NOW


def test_every_base_was_written_before_and_on_the_same_record(demo_team: Path) -> None:
    changes = [one for lane in lanes_of(demo_team).values() for one in lane]
    by_id = {one.id: one for one in changes}
    assert len(by_id) == len(changes)
    for one in changes:
        for base in one.header.base:
            assert by_id[base].header.on == one.header.on
            assert by_id[base].header.hlc < one.header.hlc


def test_full_segments_are_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = SEGMENT_BYTES // 64
    monkeypatch.setattr("app.demo.lanes.SEGMENT_BYTES", limit)
    path = tmp_path / "north.tavle"
    write_demo(path, changes=1_000)
    assert sum(map(len, lanes_of(path).values())) == 1_000
    sizes: dict[str, list[int]] = {}
    for file in sorted(TeamPaths(path).folder.rglob("*.jsonl")):
        sizes.setdefault(file.parent.name, []).append(file.stat().st_size)
    assert max(map(len, sizes.values())) > 1
    for segments in sizes.values():
        assert all(size >= limit for size in segments[:-1])
        assert all(size < limit + 256 * 1024 for size in segments)


@pytest.mark.parametrize("changes", [600, 1_000, 3_700])
def test_exactly_as_many_changes_as_asked_for(tmp_path: Path, changes: int) -> None:
    path = tmp_path / "north.tavle"
    assert write_demo(path, changes=changes).changes == changes
    assert sum(map(len, lanes_of(path).values())) == changes


@pytest.mark.parametrize(
    "options",
    [
        {"changes": 0},
        {"changes": 500},
        {"changes": -1},
        {"people": 0},
        {"customers": -2},
        {"days": 0},
        {"people": 10**9},
    ],
)
def test_what_makes_no_working_area_is_refused(tmp_path: Path, options: dict[str, int]) -> None:
    with pytest.raises(DemoError):
        write_demo(tmp_path / "north.tavle", **options)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_team_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "north.tavle"
    write_demo(path, changes=700)
    before = bytes_of(tmp_path)
    with pytest.raises(DemoError, match="already"):
        write_demo(path, changes=700)
    path.unlink()
    with pytest.raises(DemoError, match="already"):
        write_demo(path, changes=700)
    before.pop("north.tavle")
    assert bytes_of(tmp_path) == before


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match="cannot be written"):
        write_demo(tmp_path / "nowhere" / "north.tavle", changes=700)
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_where_the_anchor_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.demo.writing.write_anchor", full)
    with pytest.raises(DemoError, match="No space left"):
        write_demo(tmp_path / "north.tavle", changes=700)
    assert not list(tmp_path.iterdir())


def test_other_sizes_are_written_too(demo_team: Path, tmp_path: Path) -> None:
    larger = write_demo(tmp_path / "large.tavle", people=120, customers=60, days=21)
    usual = sum(map(len, lanes_of(demo_team).values()))
    smaller = write_demo(tmp_path / "small.tavle", people=5, customers=3, days=1)
    assert smaller.changes < usual < larger.changes
    assert (smaller.size.people, smaller.size.customers, smaller.size.days) == (24, 11, 1)


@pytest.mark.parametrize(
    "now",
    ["2027-03-28T03:10+02:00", "2026-10-25T02:30+01:00", "2024-02-29T23:55-05:00", "2026-08-01T00:00+00:00"],
)
def test_nothing_has_happened_after_now(tmp_path: Path, now: str) -> None:
    """Whatever the hour, the weekday or a change of the clocks."""
    path = tmp_path / "north.tavle"
    moment = datetime.fromisoformat(now)
    write_demo(path, changes=1_000, now=moment)
    changes = [one for lane in lanes_of(path).values() for one in lane]
    assert max(datetime.fromisoformat(one.header.at) for one in changes) <= moment

"""What drives, clients and people do to files: nothing is lost, everyone ends up with the same."""

from __future__ import annotations

import shutil
import tracemalloc
from pathlib import Path

import pytest

from app.domain.change import MAX_LINE
from app.store.sources import quarantined
from app.sync.layout import TeamPaths
from tests.sync.damage import at_the_third_question, put_aside, rewrite
from tests.sync.team import Home, assert_agree, ids_in, lines_of, rounds, team_bytes


@pytest.mark.parametrize(
    "name",
    [
        "1-1 (Mette Holm's conflicted copy 2026-11-23).jsonl",
        "1-1-LAPTOP-4F2K.jsonl",
        "1-1 (conflicted copy 2026-11-23 064012).jsonl",
        "1-1.sync-conflict-20261123-064012-ABCDEFG.jsonl",
        "1-1 (Konfliktkopie von Ole).jsonl",
        "1-1 (1).jsonl",
        "1-1.jsonl.bak",
        "deep/er/still/1-1 (copy of a copy).jsonl",
    ],
)
def test_a_conflict_copy_under_any_name_is_taken_in(mette: Home, ole: Home, name: str) -> None:
    """Faults 11, 12, 15: the drive rolled the file back and put the newer one aside under a name of its own."""
    mette.decide_many(3)
    mette.sync()
    whole = mette.segments()[0].read_bytes()
    old = whole[: whole.index(b"\n") + 1]
    copy = mette.lane_folder / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(whole)
    rewrite(mette.segments()[0], lambda _data: old)
    assert ole.sync().pulled == 3
    rounds([mette, ole])
    assert_agree([mette, ole])
    assert not put_aside(ole)


def test_one_line_under_many_roofs_counts_once(mette: Home, ole: Home) -> None:
    """Faults 15 and 16: copies of copies, lines repeated and in any order."""
    made = mette.decide_many(6)
    mette.sync()
    raw = [one.raw for one in made]
    folder = TeamPaths(mette.team).folder
    (folder / "stray.jsonl").write_bytes(b"\n".join([*raw[::-1], *raw, raw[3], b""]))
    report = ole.sync()
    assert report.pulled == 6
    assert (folder / "stray.jsonl").exists()
    (folder / "stray.jsonl").unlink()
    before = team_bytes(mette.team)
    rounds([mette, ole])
    assert team_bytes(mette.team).keys() == before.keys() | {f"lanes/{ole.lane}/1-1.jsonl"}, (
        "nothing was only in the stray file, so nothing is written again"
    )
    assert_agree([mette, ole])


@pytest.mark.parametrize("cut", [0, 1, 100, 700, -1, -2, -200])
def test_the_own_file_truncated(mette: Home, ole: Home, cut: int) -> None:
    """Fault 11: everything again under a new name; the damaged file is left as it is."""
    mette.decide_many(4)
    mette.sync()
    first = mette.segments()[0]
    rewrite(first, lambda data: data[:cut])
    damaged = first.read_bytes()
    report = mette.sync()
    again = mette.segments()
    assert first.read_bytes().startswith(damaged)
    if cut == -1:
        assert len(again) == 1, "only the line end was gone: the last line still says that it is whole"
    else:
        assert (report.healed, [path.name for path in again]) == (4, ["1-1.jsonl", "2-1.jsonl"])
        assert len(lines_of(again[1])) == 4
    mette.decide()
    rounds([mette, ole])
    assert len(ole.hashes()) == 5
    assert_agree([mette, ole])


@pytest.mark.parametrize("lost", ["file", "lane", "everything"])
def test_the_own_lane_deleted(mette: Home, ole: Home, lost: str) -> None:
    """Fault 13: nothing is lost locally, and all of it is written again."""
    mette.decide_many(3)
    ole.decide_many(3)
    rounds([mette, ole])
    folder = TeamPaths(mette.team).folder
    if lost == "file":
        mette.segments()[0].unlink()
    else:
        shutil.rmtree(mette.lane_folder if lost == "lane" else folder)
    rounds([mette, ole])
    ids = set(ids_in(folder))
    with mette.db.read() as conn:
        assert ids == {row[0] for row in conn.exec_driver_sql("SELECT id FROM log")}
    assert_agree([mette, ole])


def test_an_older_version_restored_and_the_newer_back_again(mette: Home, ole: Home) -> None:
    """Fault 12."""
    mette.decide_many(2)
    rounds([mette, ole])
    segment = mette.segments()[0]
    old = segment.read_bytes()
    mette.decide_many(2)
    rounds([mette, ole], 1)
    new = segment.read_bytes()
    rewrite(segment, lambda _data: old)
    ole.sync()
    mette.decide()
    rounds([mette, ole])
    rewrite(segment, lambda _data: new)
    rounds([mette, ole])
    assert len(ole.hashes()) == 5
    assert_agree([mette, ole])


def test_crlf_bom_blanks_and_nuls_are_tolerated(mette: Home, ole: Home) -> None:
    """Fault 30: and what is relayed is the line as it was."""
    made = mette.decide_many(4)
    mette.sync()
    raw = [one.raw for one in made]
    text = (
        b"\xef\xbb\xbf"
        + raw[0]
        + b"\r\n\r\n\n \t\n\x00\x00\n\xef\xbb\xbf"
        + raw[1]
        + b"\n\x00\x00\x00"
        + raw[2]
    )
    rewrite(mette.segments()[0], lambda _data: text + b"\x00\r\n" + raw[3] + b"\r\n\x00\x00")
    assert ole.sync().pulled == 4
    assert not put_aside(ole)
    with ole.db.read() as conn:
        assert {row[0] for row in conn.exec_driver_sql("SELECT raw FROM log WHERE kind != 'lane'")} == set(
            raw
        )
    rounds([mette, ole])
    assert_agree([mette, ole])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"h":{"v":1', "not a whole change"),
        (b"\xff\xfe\x00garbage", "not a whole change"),
        (b"half \x00\x00\x00 hole", "not a whole change"),
        (b"x" * 300 * 1024, "longer than 256 KiB"),
        (b"x" * (MAX_LINE + 1), "longer than 256 KiB"),
        (b"[" * 100_000, "not a whole change"),
    ],
)
def test_a_bad_line_is_put_aside_and_reading_goes_on(mette: Home, ole: Home, line: bytes, why: str) -> None:
    """Faults 8, 31, 32."""
    made = mette.decide_many(2)
    mette.sync()
    text = made[0].raw + b"\n" + line + b"\n" + made[1].raw + b"\n"
    rewrite(mette.segments()[0], lambda _data: text)
    report = ole.sync()
    assert (report.pulled, report.quarantined) == (2, 1)
    assert put_aside(ole) == [(len(made[0].raw) + 1, why)]
    with ole.db.read() as conn:
        kept = quarantined(conn)[0].line
        assert kept == line.strip(b"\x00")[: len(kept)]
        assert len(kept) <= 4096
    assert ole.sync().quarantined == 1


def test_a_long_line_takes_no_memory(mette: Home, ole: Home) -> None:
    """Fault 32: 40 MiB without a line end, then a change."""
    change = mette.decide()
    mette.sync()
    big = TeamPaths(mette.team).folder / "big.jsonl"
    with big.open("wb") as file:
        file.write(b"x" * 5000)
        file.seek(40 * 1024 * 1024)
        file.write(b"\n" + change.raw + b"\n")
    tracemalloc.start()
    try:
        assert ole.sync().pulled == 1
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 * 1024 * 1024
    assert put_aside(ole) == [(0, "longer than 256 KiB")]


def test_a_torn_tail_is_waited_for(mette: Home, ole: Home) -> None:
    """Faults 8 and 9: half a line, then zeros, then the rest of it."""
    made = mette.decide_many(2)
    mette.sync()
    segment = mette.segments()[0]
    whole = segment.read_bytes()
    half = len(made[0].raw) + 1 + 200
    rewrite(segment, lambda _data: whole[:half])
    assert ole.sync().pulled == 1
    rewrite(segment, lambda _data: whole[:half] + b"\x00" * (len(whole) - half))
    assert ole.sync().pulled == 0
    assert not put_aside(ole)
    rewrite(segment, lambda _data: whole)
    assert ole.sync().pulled == 1
    assert not put_aside(ole)


RUBBISH = b"#" * 99 + b"\n"


@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("fill", [b"\x00", b"#", RUBBISH], ids=["zeros", "rubbish", "lines of it"])
def test_zeros_filled_later_behind_the_old_size_and_time(
    mette: Home, ole: Home, fill: bytes, end: bytes
) -> None:
    """Faults 9, 10: nothing but the zeros, or the rubbish, tells that there is something to come."""
    made = mette.decide_many(3)
    mette.sync()
    segment = mette.segments()[0]
    whole = segment.read_bytes()
    read = len(made[0].raw) + 1
    rewrite(segment, lambda _data: whole[:read] + (fill * len(whole))[: len(whole) - read - len(end)] + end)
    assert ole.sync().pulled == 1
    rewrite(segment, lambda _data: whole, keep_time=True)
    ole.wait(minutes=9)
    assert ole.sync().pulled == 0, "not in every pull"
    ole.wait(minutes=2)
    assert (ole.sync().pulled, put_aside(ole)) == (2, [])


def test_rubbish_that_fills_a_part_of_its_own_is_looked_at_again(
    mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.reading._MAX_BAD", 1)
    test_zeros_filled_later_behind_the_old_size_and_time(mette, ole, RUBBISH, b"\n")


def with_a_hole(home: Home) -> tuple[Path, bytes]:
    """A lane's file of three changes with zeros in its second, and its bytes without them."""
    made = home.decide_many(3)
    home.sync()
    segment = home.segments()[0]
    whole = segment.read_bytes()
    start = len(made[0].raw) + 100
    rewrite(segment, lambda data: data[:start] + b"\x00" * 300 + data[start + 300 :])
    return segment, whole


@pytest.mark.parametrize("keep_time", [True, False])
def test_a_hole_filled_later_is_read_again(mette: Home, ole: Home, keep_time: bool) -> None:
    """Fault 10: the lane has a gap, so its files are read again."""
    segment, whole = with_a_hole(mette)
    report = ole.sync()
    assert (report.pulled, report.quarantined) == (2, 1)
    rewrite(segment, lambda _data: whole, keep_time=keep_time)
    if keep_time:
        ole.wait(minutes=11)
    report = ole.sync()
    assert (report.pulled, report.quarantined) == (1, 0)
    assert ole.hashes() == mette.hashes()


def test_a_hole_filled_while_the_file_grew_is_read_at_once(mette: Home, ole: Home) -> None:
    """Fault 10: nothing before the offset has to be looked at but for the gap."""
    segment, whole = with_a_hole(mette)
    assert ole.sync().pulled == 2
    later = mette.decide_many(1)[0]
    rewrite(segment, lambda _data: whole + later.raw + b"\n")
    assert (ole.sync().pulled, put_aside(ole)) == (2, [])


def test_bad_lines_stay_put_aside_while_the_file_grows(mette: Home, ole: Home) -> None:
    """What stands before the offset is not read again, so what was said of it holds."""
    folder = TeamPaths(mette.team).folder
    folder.mkdir()
    made = mette.decide_many(3)
    stray = folder / "stray.jsonl"
    for number, one in enumerate(made):
        with stray.open("ab") as file:
            file.write(b"rubbish\n" + one.raw + b"\n")
        report = ole.sync()
        assert (report.pulled, report.quarantined) == (1, number + 1)


def test_an_offset_rests_only_after_a_valid_change(mette: Home, ole: Home) -> None:
    """Fault 10: a bad last line leaves no gap to tell of it: healed in place, it is read with what came after."""
    made = mette.decide_many(3)
    mette.sync()
    raw = [one.raw + b"\n" for one in made]
    hole = raw[1][:100] + b"\x00" * 100 + raw[1][200:]
    rewrite(mette.segments()[0], lambda _data: raw[0] + hole)
    report = ole.sync()
    assert (report.pulled, report.quarantined) == (1, 1)
    rewrite(mette.segments()[0], lambda _data: b"".join(raw))
    report = ole.sync()
    assert (report.pulled, report.quarantined) == (2, 0)


def test_a_loss_is_seen_though_the_reading_was_stopped(mette: Home, ole: Home) -> None:
    mette.decide_many(900)
    mette.sync()
    mette.wait(hours=24)
    assert mette.sync().healed == 0, "the daily look at the own lane finds all of it"
    assert len(mette.segments()) == 1
    rewrite(mette.segments()[0], lambda data: b"".join(data.splitlines(keepends=True)[:700]))
    report = mette.sync(should_stop=at_the_third_question())
    assert report.stopped
    assert mette.sync().healed == 900
    ole.sync()
    assert_agree([mette, ole])


def test_a_file_replaced_by_a_longer_one_is_read_from_its_beginning(mette: Home, ole: Home) -> None:
    """The fingerprint before the offset tells that it is not the file that was read."""
    made = mette.decide_many(9)
    folder = TeamPaths(mette.team).folder
    folder.mkdir()
    stray = folder / "stray.jsonl"
    stray.write_bytes(b"".join(one.raw + b"\n" for one in made[:2]))
    assert ole.sync().pulled == 2
    rewrite(stray, lambda _data: b"".join(one.raw + b"\n" for one in made[2:]))
    assert ole.sync().pulled == 7


@pytest.mark.parametrize("position", [0, 60, 250, 400, 470])
def test_one_byte_changed_is_written_again(mette: Home, ole: Home, position: int) -> None:
    """Fault 34: the checksum refuses the line, its owner writes it again."""
    made = mette.decide_many(3)
    mette.sync()
    at = len(made[0].raw) + 1 + position

    def flip(data: bytes) -> bytes:
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    rewrite(mette.segments()[0], flip)
    report = ole.sync()
    assert report.pulled == 2
    assert report.quarantined == 1
    assert mette.sync().healed == 3
    assert ole.sync().pulled == 1
    rounds([mette, ole])
    assert_agree([mette, ole])


def test_a_flipped_byte_with_the_old_time_is_found_within_a_day(mette: Home, ole: Home) -> None:
    made = mette.decide_many(3)
    mette.sync()
    at = len(made[0].raw) + 50
    rewrite(mette.segments()[0], lambda data: data[:at] + b"#" + data[at + 1 :], keep_time=True)
    ole.sync()
    assert mette.sync().healed == 0
    mette.wait(hours=24)
    assert mette.sync().healed == 3
    ole.sync()
    assert_agree([mette, ole])


def test_a_clock_that_was_ahead_puts_no_look_off(mette: Home) -> None:
    """Fault 22: what was last done in a year to come is due."""
    mette.decide_many(3)
    mette.wait(days=400)
    mette.sync()
    mette.wait(days=-400)
    rewrite(mette.segments()[0], lambda data: data.replace(b'"Site 1"', b'"Site 9"'), keep_time=True)
    assert mette.sync().healed == 3


def test_thorough_reads_everything(mette: Home, ole: Home) -> None:
    mette.decide_many(3)
    rounds([mette, ole])
    rewrite(mette.segments()[0], lambda data: data.replace(b'"Site 1"', b'"Site 9"'), keep_time=True)
    assert mette.sync().healed == 0
    assert mette.sync(thorough=True).healed == 3

"""The parts that reading and writing are made of, each by its own law."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.domain.change import MAX_LINE
from app.sync.files import Files
from app.sync.layout import TeamPaths, segment_of, segment_path, source_name
from app.sync.lines import Line, Lines
from app.sync.ranges import Covers, Ranges
from tests.sync.faulty import Faulty
from tests.sync.team import Home, rounds

NUMBERS = st.sets(st.integers(1, 60))


def ranges(numbers: set[int]) -> Ranges:
    found = Ranges()
    for number in sorted(numbers, key=lambda one: one * 37 % 61):
        found.add(number)
    return found


@given(NUMBERS, NUMBERS)
def test_ranges_are_sets(one: set[int], other: set[int]) -> None:
    both = ranges(one)
    both.update(ranges(other))
    for found, expected in (
        (ranges(one), one),
        (both, one | other),
        (ranges(one).minus(ranges(other)), one - other),
    ):
        assert {number for number in range(62) if number in found} == expected
        assert len(found) == len(expected)
        pairs = list(found)
        assert all(last + 1 < first for (_, last), (first, _) in itertools.pairwise(pairs))


@given(NUMBERS, NUMBERS)
def test_what_a_file_holds_survives_being_kept(one: set[int], other: set[int]) -> None:
    covers = Covers()
    covers.of("a").update(ranges(one))
    covers.of("b/hash").update(ranges(other))
    again = Covers(covers.text())
    assert again.text() == covers.text()
    assert again.lanes() == {"a", "b"}
    assert again.holds_all_of(covers)
    assert Covers().holds_all_of(covers) is not bool(one or other)


def split(text: bytes, sizes: list[int]) -> list[Line]:
    lines = Lines(7)
    found: list[Line] = []
    start = 0
    for size in [*sizes, len(text)]:
        found += lines.feed(text[start : start + size])
        start += size
    rest = lines.rest()
    return [*found, *([rest] if rest else [])]


@given(
    st.binary(max_size=200).map(lambda raw: raw.replace(b"a", b"\n")),
    st.lists(st.integers(0, 9), max_size=40),
)
def test_lines_do_not_depend_on_the_chunks(text: bytes, sizes: list[int]) -> None:
    found = split(text, sizes)
    assert found == split(text, [])
    assert [line.start for line in found] == [7, *(line.end for line in found)][: len(found)]
    pieces = text.split(b"\n")
    assert [line.raw.rstrip(b"\n").lstrip(b"\x00") for line in found] == [
        piece.lstrip(b"\x00") for piece in (pieces if pieces[-1] else pieces[:-1])
    ]


def test_a_hole_of_zeros_before_a_line_takes_no_memory() -> None:
    lines = Lines(0)
    found = [line for _chunk in range(50) for line in lines.feed(b"\x00" * 100_000)]
    found += lines.feed(b"{}\n" + b"x" * (MAX_LINE + 5000) + b"\nlast\n")
    assert [(line.start, line.text[:5], line.too_long) for line in found] == [
        (0, b"{}", False),
        (5_000_003, b"xxxxx", True),
        (5_000_003 + MAX_LINE + 5001, b"last", False),
    ]


@pytest.mark.parametrize(
    "name",
    ["1-1 (1).jsonl", "1-1-PC.jsonl", "01-1.jsonl", "0-1.jsonl", "1-1.jsonl.gz", "a-1.jsonl", "1-1.JSONL"],
)
def test_only_the_owner_names_files_so(name: str) -> None:
    assert segment_of(segment_path("lane", 3, 12)) == ("lane", 3, 12)
    assert segment_of(f"lanes/lane/{name}") is None
    assert segment_of("packs/lane/1-1.jsonl") is None
    assert segment_of("lanes/lane/deeper/1-1.jsonl") is None


def test_names_of_any_bytes_can_be_kept() -> None:
    name = source_name(os.fsdecode(b"\xff\xc3\xa6.jsonl"))
    assert name.encode("utf-8")
    assert name != source_name(os.fsdecode(b"\xfe\xc3\xa6.jsonl"))


class _Busy(PermissionError):
    """As Windows tells that another program has the file open."""

    winerror = 32


def test_a_sharing_violation_is_waited_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 28."""
    path = tmp_path / "file"
    path.write_bytes(b"x")
    real = os.open
    slept: list[float] = []
    fails = [3]

    def opened(*arguments: Any) -> int:
        if fails[0]:
            fails[0] -= 1
            raise _Busy
        return real(*arguments)

    monkeypatch.setattr("os.open", opened)
    files = Files(sleep=slept.append)
    files.close(files.open_to_read(path))
    assert len(slept) == 3
    fails[0] = 99
    with pytest.raises(PermissionError):
        files.open_to_read(path)
    assert sum(slept[3:]) == pytest.approx(2.5)


def test_a_file_that_its_server_has_leased_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 28: whoever opens without waiting, so that no pipe holds him up, is turned down by a lease."""
    path = tmp_path / "file"
    path.write_bytes(b"x")
    real = os.open

    def opened(path: Path, how: int) -> int:
        if how & os.O_NONBLOCK:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return real(path, how)

    monkeypatch.setattr("os.open", opened)
    files = Files()
    handle = files.open_to_append(path)
    assert files.read(handle, 0, 9) == b"x"
    files.close(handle)


def test_what_is_written_is_flushed_closed_and_read_back_before_it_counts(mette: Home) -> None:
    """Steps 3 to 5 of writing, in their order."""
    mette.decide()
    mette.sync()
    mette.decide()
    mette.files = files = Faulty(since="open_to_append")
    mette.sync()
    assert files.calls[:10] == [
        "open_to_append", "size", "read", "write", "sync", "close",
        "open_to_read", "size", "read", "close",
    ]  # fmt: skip


def test_a_new_file_is_made_aside_flushed_and_named(mette: Home) -> None:
    mette.decide()
    mette.files = files = Faulty(since="open_new")
    mette.sync()
    assert files.calls[:6] == ["open_new", "write", "sync", "close", "rename", "sync_folder"]
    assert [path.name for path in mette.lane_folder.iterdir()] == ["1-1.jsonl"]


def test_what_reads_back_differently_is_not_written(mette: Home, ole: Home) -> None:
    """Fault 29: a drive that says yes and keeps something else."""

    class Lies(Files):
        def write(self, handle: int, data: bytes) -> int:
            super().write(handle, b"#" * len(data))
            return len(data)

    change = mette.decide()
    mette.files = Lies()
    report = mette.sync()
    assert (report.pushed, report.waiting) == (0, 1)
    assert "differently" in report.problem
    mette.files = Files()
    assert mette.sync().pushed == 1
    ole.sync()
    assert ole.hashes() == {change.hash}


def test_a_pack_that_reads_back_differently_is_not_written(mette: Home, ole: Home) -> None:
    """Fault 29: what lies under its name is left, the next try takes another."""

    class Lies(Files):
        def write(self, handle: int, data: bytes) -> int:
            super().write(handle, b"#" * len(data) if data.startswith(b"\x1f\x8b") else data)
            return len(data)

    mette.decide_many(3)
    rounds([mette, ole])
    mette.segments()[0].unlink()
    ole.files = Lies()
    rounds([ole])
    report = ole.sync()
    assert report.healed == 0
    assert "differently" in report.problem
    ole.files = Files()
    assert ole.sync().healed == 3


@pytest.mark.parametrize("times", [1, 9])
def test_a_segment_that_grew_since_the_pull_is_read_first(mette: Home, times: int) -> None:
    """Step 3 of writing: back to 1; where it grows again and again, the change waits for the next exchange."""
    left = iter(range(times))

    class Grows(Files):
        def open_to_append(self, path: Path) -> int:
            if next(left, None) is not None:
                path.write_bytes(path.read_bytes() + b"\n")
            return super().open_to_append(path)

    mette.decide()
    mette.sync()
    mette.decide()
    mette.files = Grows()
    report = mette.sync()
    assert (report.pushed, report.waiting) == ((1, 0) if times == 1 else (0, 1))
    assert ("keeps changing" in report.problem) is (times != 1)
    mette.files = Files()
    assert mette.sync().waiting == 0


class Watched(Files):
    """Fails where the network is touched while a transaction is open; counts stats and bytes read."""

    def __init__(self, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.open = 0
        self.stats = 0
        self.bytes = 0
        for name in ("read", "write"):
            monkeypatch.setattr(home.db, name, self.watched(getattr(home.db, name)))

    def watched(self, door: Callable[[], Any]) -> Callable[[], Any]:
        @contextmanager
        def opened() -> Iterator[Connection]:
            self.open += 1
            try:
                with door() as conn:
                    yield conn
            finally:
                self.open -= 1

        return opened

    def __getattribute__(self, name: str) -> Any:
        if name in (
            "listdir",
            "stat",
            "open_to_read",
            "open_to_append",
            "open_new",
            "write",
            "sync",
            "rename",
        ):
            assert not self.open, "the network is never touched inside a transaction"
        return super().__getattribute__(name)

    def stat(self, path: Path) -> Any:
        self.stats += 1
        return super().stat(path)

    def read(self, handle: int, offset: int, count: int) -> bytes:
        assert not self.open
        data = super().read(handle, offset, count)
        self.bytes += len(data)
        return data


def test_no_transaction_waits_for_the_network(
    mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    mette.decide_many(5)
    ole.decide_many(5)
    mette.files = Watched(mette, monkeypatch)
    rounds([mette, ole])
    mette.segments()[0].unlink()
    rounds([mette, ole])
    assert len(mette.hashes()) == 10


def test_a_poll_reads_what_is_new_and_little_else(
    mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealed segments are left alone; of the newest, only the end is read."""
    monkeypatch.setattr("app.sync.publish.SEGMENT_BYTES", 20_000)
    monkeypatch.setattr("app.sync.publish._BATCH_BYTES", 5_000)
    mette.decide_many(300)
    rounds([mette, ole])
    assert len(mette.segments()) > 5
    ole.files = files = Watched(ole, monkeypatch)
    ole.sync()
    anchor = len(ole.team.read_bytes())
    assert (files.stats, files.bytes) == (2, anchor), "the newest segment and the own one; the anchor"
    change = mette.decide()
    mette.sync()
    files.bytes = 0
    assert ole.sync().pulled == 1
    assert files.bytes <= anchor + 64 + 2 + len(change.raw) + 1


def test_a_year_later_sealed_segments_are_looked_at_again(
    mette: Home, ole: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.publish.SEGMENT_BYTES", 5_000)
    monkeypatch.setattr("app.sync.publish._BATCH_BYTES", 5_000)
    mette.decide_many(40)
    rounds([mette, ole])
    sealed = mette.segments()[0]
    sealed.write_bytes(sealed.read_bytes()[:100])
    ole.sync()
    files = Watched(ole, monkeypatch)
    ole.files = files
    ole.wait(hours=24)
    ole.sync()
    assert files.stats >= len(mette.segments())


def test_the_folder_is_where_the_anchor_says() -> None:
    paths = TeamPaths(Path("/share/north.tavle"))
    assert paths.folder == Path("/share/north.tavle.d")
    assert paths.file("lanes/a/1-1.jsonl") == Path("/share/north.tavle.d/lanes/a/1-1.jsonl")

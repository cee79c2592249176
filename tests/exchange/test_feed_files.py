"""The file of a feed as the office leaves it: in any encoding, half-written, locked, missing, of no use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.fields import BadInput
from app.exchange.feeding import read_feeds
from app.exchange.reading import Table, read_table
from tests.exchange.files import write_csv, write_xlsx
from tests.exchange.imports import listed
from tests.exchange.offices import PEOPLE, Team, add, dated, export, line, sync, visit, visits
from tests.support import NOW, HandClock, id_of
from tests.sync.team import team_bytes

READING = "app.exchange.feeding.read_table"


@pytest.mark.parametrize(
    ("encoding", "end"), [("cp1252", "\r\n"), ("utf-16", "\r\n"), ("utf-8-sig", "\n"), ("cp1252", "\r")]
)
def test_exports_as_excel_saves_them(two: Team, share: Path, encoding: str, end: str) -> None:
    mette, _ole = two
    add(mette, "people.csv", "people", PEOPLE)
    rows = ("Nr;Navn;Rolle;Sygdom", "7;Jørgen Åkær;trainer;ond ryg")
    dated(write_csv(share / "people.csv", *rows, encoding=encoding, end=end), NOW)
    sync(mette)
    assert [one.name for one in listed(mette, "people", external="7")] == ["Jørgen Åkær"]
    assert line(mette).dropped_columns == ("Sygdom",)
    assert b"ryg" not in b"".join(team_bytes(share / "north.tavle").values())


def test_a_workbook_below_the_share(two: Team, share: Path) -> None:
    mette, _ole = two
    add(mette, "office/people.xlsx", "people", PEOPLE)
    (share / "office").mkdir()
    dated(write_xlsx(share / "office" / "people.xlsx", ["Nr", "Navn", "Rolle"], [7, "Anna", "hr"]), NOW)
    sync(mette)
    assert [one.name for one in listed(mette, "people", external="7")] == ["Anna"]


def test_a_file_that_has_not_changed_is_not_opened(
    two: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mette, _ole = two
    add(mette)
    path = export(share / "roster.csv", visit(1, "Sara Lind"))
    sync(mette)

    def never_read(*_given: Any, **_named: Any) -> Table:
        raise AssertionError("it was read again")

    with monkeypatch.context() as patch:
        patch.setattr(READING, never_read)
        sync(mette)
    export(path, visit(1, "Emil Dahl"), at=NOW)
    sync(mette)
    assert visits(mette)["1"].person == id_of(mette, "people", "Emil Dahl")


def test_a_file_that_is_being_written_waits_for_the_next_time(
    two: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mette, _ole = two
    add(mette)
    path = export(share / "roster.csv", visit(1, "Sara Lind"))

    def while_written(*given: Any, **named: Any) -> Table:
        found = read_table(*given, **named)
        export(path, visit(1, "Sara Lind"), visit(2, "Emil Dahl"))
        return found

    def while_torn(*_given: Any, **_named: Any) -> Table:
        export(path, visit(1, "Sara Lind"))
        raise BadInput("torn")

    for halfway in (while_written, while_torn):
        with monkeypatch.context() as patch:
            patch.setattr(READING, halfway)
            sync(mette)
        assert visits(mette) == {}
        assert (line(mette).state, line(mette).why) == ("changing", "it is being written")
    sync(mette)
    assert visits(mette).keys() == {"1"}
    assert (line(mette).state, line(mette).why) == ("read", "")


def test_a_file_read_as_it_was_written_is_read_once_more(two: Team, share: Path, clock: HandClock) -> None:
    """Some disks count time in steps of two seconds: another of that size may lie there under the same time."""
    mette, _ole = two
    add(mette)
    path = export(share / "roster.csv", visit(1, "Sara Lind"), at=NOW)
    sync(mette)
    export(path, visit(2, "Sara Lind"), at=NOW)
    clock.advance(minutes=1)
    sync(mette)
    assert visits(mette).keys() == {"1", "2"}


def test_what_is_not_there_or_of_no_use_says_so_until_it_is(two: Team, share: Path) -> None:
    mette, ole = two
    add(mette)
    assert line(mette).state == "waiting"
    path = share / "roster.csv"
    sync(mette)
    assert (line(mette).state, line(mette).why) == ("missing", "there is no such file now")
    path.mkdir()
    sync(mette)
    assert (line(mette).state, line(mette).why) == ("unreadable", "this is no file")
    path.rmdir()
    dated(write_csv(path, "Nr,Kunde", "1,Solgaarden"), NOW - timedelta(hours=2))
    sync(mette)
    assert line(mette).state == "unreadable"
    assert line(mette).why == "there is no column Hvem; there are: Nr, Kunde"
    export(path, visit(1, "Sara Lind"))
    sync(mette, ole)
    assert (line(mette).state, line(mette).why) == ("read", "")
    path.unlink()
    sync(mette)
    assert line(mette).state == "missing"
    assert visits(mette).keys() == {"1"}
    export(path, visit(1, "Sara Lind"))
    sync(mette)
    assert line(mette).state == "read"


def test_an_export_from_the_future_is_left_until_then(two: Team, share: Path, clock: HandClock) -> None:
    """Faults 20, 40: a server's clock years ahead; once read, every right export would count as older."""
    mette, ole = two
    add(mette)
    path = export(share / "roster.csv", visit(1, "Sara Lind"), at=NOW + timedelta(days=3))
    sync(mette)
    assert (line(mette).state, line(mette).why.partition(":")[0]) == (
        "unreadable",
        "its time lies in the future",
    )
    assert visits(mette) == {}
    export(path, visit(1, "Emil Dahl"), at=NOW - timedelta(hours=1))
    sync(mette, ole)
    assert (line(mette).state, set(visits(ole))) == ("read", {"1"})
    export(path, visit(1, "Sara Lind"), visit(2, "Sara Lind"), at=NOW + timedelta(days=3))
    sync(mette)
    clock.advance(days=3)
    sync(mette)
    assert (line(mette).state, set(visits(mette))) == ("read", {"1", "2"})


def test_a_path_that_no_disk_knows(two: Team) -> None:
    mette, _ole = two
    add(mette, "a\0b.csv")
    sync(mette)
    assert line(mette).why == "its path cannot be used here"


def test_a_huge_file_is_left_alone(two: Team, share: Path) -> None:
    mette, _ole = two
    add(mette)
    with (share / "roster.csv").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    sync(mette)
    assert line(mette).why == "it is too large to be read at every sync"


def test_a_locked_file_is_tried_again_a_useless_one_only_when_it_changes(
    two: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mette, _ole = two
    add(mette)
    path = export(share / "roster.csv", visit(1, "Sara Lind"))
    plain_open: Callable[..., Any] = Path.open

    def locked(self: Path, *given: Any, **named: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return plain_open(self, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", locked)
        sync(mette)
        assert line(mette).state == "unreadable"
        assert line(mette).why == "it cannot be read: Permission denied"
    sync(mette)
    assert line(mette).state == "read"
    dated(write_csv(path, "Nr,Kunde", "1,Solgaarden"), NOW - timedelta(hours=2))
    reads = []

    def counted(*given: Any, **named: Any) -> Table:
        reads.append(given)
        return read_table(*given, **named)

    monkeypatch.setattr(READING, counted)
    sync(mette)
    sync(mette)
    assert line(mette).state == "unreadable"
    assert len(reads) == 1


def test_a_reading_that_is_stopped_goes_on_the_next_time(
    two: Team, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mette, _ole = two
    monkeypatch.setattr("app.exchange.importing.CHUNK", 1)
    add(mette)
    export(share / "roster.csv", *(visit(nr, "Sara Lind") for nr in range(3)))
    asked = iter([False, False, True])
    assert read_feeds(mette, share / "north.tavle", lambda: next(asked))
    assert len(visits(mette)) == 1
    assert line(mette).state == "waiting"
    sync(mette)
    assert len(visits(mette)) == 3
    assert not read_feeds(mette, share / "north.tavle", lambda: True)

"""The office's exports, read by whoever syncs next: what the team gets of them (fault 40 of the team file)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk
from app.exchange.feeding import path_for, place_of, read_feeds
from app.queries.records import history
from app.store.rejected import rejected_lines
from app.sync.report import never
from tests.exchange.files import write_csv
from tests.exchange.offices import (
    PEOPLE,
    ROSTER,
    Team,
    add,
    conflicts,
    dated,
    export,
    imports,
    line,
    sync,
    visit,
    visits,
)
from tests.support import NOW, HandClock, id_of, tables
from tests.sync.team import team_bytes


def test_whoever_syncs_next_reads_it_and_the_others_find_it_said(two: Team, share: Path) -> None:
    mette, ole = two
    add(mette)
    sync(mette)
    export(share / "roster.csv", visit(1, "Sara Lind"), visit(2, "Emil Dahl"))
    report = ole.sync()
    assert (report.pulled, report.pushed) == (1, 2)
    assert visits(ole)["1"].person == id_of(ole, "people", "Sara Lind")
    sync(mette, ole, mette)
    assert len(imports(mette)) == len(imports(ole)) == 2
    assert {one.by for one in imports(mette)} == {ole.actor.id}
    assert (line(mette).state, line(mette).accepted) == ("read", 2)
    assert tables(mette) == tables(ole)


def test_two_who_read_one_export_apart_make_one_change(two: Team, share: Path, clock: HandClock) -> None:
    """Fault 40."""
    mette, ole = two
    add(mette)
    sync(mette, ole)
    path = export(share / "roster.csv", visit(1, "Sara Lind"))
    assert read_feeds(mette, share / "north.tavle", never)
    clock.advance(hours=2)
    assert read_feeds(ole, share / "north.tavle", never)
    sync(mette, ole, mette, ole)
    for desk in two:
        (made,) = imports(desk)
        shown: Any = desk.ask(history, made.on[1])
        assert [one.id for one in shown] == [made.id]
        assert conflicts(desk) == []
    assert imports(mette)[0].by == imports(ole)[0].by
    assert tables(mette) == tables(ole)
    dated(path, NOW + timedelta(hours=1))
    sync(mette, ole, mette)
    assert len(imports(mette)) == len(imports(ole)) == 1


def test_at_rest_no_byte_is_written(two: Team, share: Path, clock: HandClock) -> None:
    mette, ole = two
    add(mette)
    export(share / "roster.csv", visit(1, "Sara Lind"), "2,Nobody,,x,y")
    sync(mette, ole, mette, ole)
    team = share / "north.tavle"
    before = team_bytes(team)
    for _minute in range(6):
        clock.advance(minutes=10)
        sync(mette, ole)
    assert team_bytes(team) == before


def test_an_older_export_that_comes_later_undoes_nothing(two: Team, share: Path) -> None:
    """Fault 40."""
    mette, ole = two
    add(mette)
    path = share / "roster.csv"
    export(path, visit(1, "Emil Dahl"), at=NOW - timedelta(days=1))
    sync(mette, ole)
    export(path, visit(1, "Sara Lind"), at=NOW - timedelta(days=2))
    sync(ole, mette)
    for desk in two:
        assert visits(desk)["1"].person == id_of(desk, "people", "Emil Dahl")
    assert line(mette).as_of == NOW - timedelta(days=1)


def test_this_mornings_roster_does_not_take_last_nights_substitute_away(
    two: Team, share: Path, clock: HandClock
) -> None:
    mette, ole = two
    add(mette)
    path, five = share / "roster.csv", NOW.replace(hour=5, minute=0)
    export(path, visit(1, "Sara Lind"), at=five - timedelta(days=1))
    clock.now = five - timedelta(hours=7)
    sync(mette)
    mette.take("shift.assign", visits(mette)["1"].id, {"person": "Aksel Toft"})
    clock.now = NOW
    export(path, visit(1, "Sara Lind", end="13:00"), at=five)
    sync(ole, mette, ole)
    aksel = id_of(mette, "people", "Aksel Toft")
    for desk in two:
        shift = visits(desk)["1"]
        assert (shift.person, shift.end.hour) == (aksel, 12)
        assert conflicts(desk) == []
    export(path, visit(1, "Emil Dahl"), at=five + timedelta(hours=1))
    sync(ole, mette, ole)
    emil = id_of(mette, "people", "Emil Dahl")
    for desk in two:
        assert visits(desk)["1"].person == aksel
        (found,) = conflicts(desk)
        assert {side["set"]["person"] for side in found.heads} == {aksel, emil}
    (conflict,) = conflicts(mette)
    mette.take("conflict.settle", conflict.id, {"keep": conflict.heads[0]["change"]})
    sync(mette, ole)
    assert conflicts(ole) == []


def test_rows_that_are_gone_are_told_while_they_count_and_never_deleted(two: Team, share: Path) -> None:
    mette, _ole = two
    add(mette)
    path = share / "roster.csv"
    over = visit(3, "Emil Dahl", day="11-20")
    export(path, visit(1, "Sara Lind"), visit(2, "Sara Lind"), over, at=NOW - timedelta(days=1))
    sync(*two)
    export(path, visit(1, "Nobody"))
    sync(*two)
    second = visits(mette)["2"].id
    for desk in two:
        assert line(desk).gone == (second,)
        assert line(desk).rejected == 1
        assert visits(desk).keys() == {"1", "2", "3"}
    mette.take("shift.cancel", second, {"reason": "not ordered", "agreed_with": "the customer"})
    assert line(mette).gone == ()
    mette.undo()
    export(path, visit(1, "Sara Lind"), visit(2, "Sara Lind"), at=NOW)
    sync(mette)
    assert line(mette).gone == ()


def test_a_rejected_row_is_read_again_when_what_it_refers_to_is_there(two: Team, share: Path) -> None:
    mette, ole = two
    add(mette)
    export(share / "roster.csv", visit(1, "Nanna Wulff"))
    sync(mette, ole)
    assert (line(mette).accepted, line(mette).rejected) == (0, 1)
    (aside,) = mette.ask(lambda view: rejected_lines(view.conn))
    assert (aside.file, aside.row) == ("roster.csv", 2)
    ole.take("person.add", None, {"name": "Nanna Wulff"})
    sync(ole, mette)
    assert (line(mette).accepted, line(mette).rejected) == (1, 0)
    assert mette.ask(lambda view: rejected_lines(view.conn)) == []


def test_what_others_refer_to_is_read_first(two: Team, share: Path) -> None:
    mette, ole = two
    for kind, path, map_ in (("shifts", "roster.csv", ROSTER), ("people", "people.csv", PEOPLE)):
        add(mette, path, kind, map_)
    export(share / "roster.csv", visit(1, "7"))
    write_csv(share / "people.csv", "Nr,Navn,Rolle", "7,Nanna Wulff,service_assistant")
    sync(mette, ole)
    assert visits(ole)["1"].person == id_of(ole, "people", "Nanna Wulff")


def test_feeds_of_one_name_keep_their_rejected_rows_apart(two: Team, share: Path) -> None:
    mette, _ole = two
    for place in ("a", "b"):
        (share / place).mkdir()
        add(mette, f"{place}/roster.csv")
        export(share / place / "roster.csv", visit(place, "Nobody"))
    sync(mette)
    aside = mette.ask(lambda view: rejected_lines(view.conn))
    assert [one.file for one in aside] == ["a/roster.csv", "b/roster.csv"]


def test_a_removed_feed_is_read_no_longer_until_that_is_undone(two: Team, share: Path) -> None:
    mette, ole = two
    feed = add(mette)
    sync(mette, ole)
    mette.take("feed.remove", feed)
    sync(mette)
    export(share / "roster.csv", visit(1, "Sara Lind"))
    sync(ole)
    assert visits(ole) == {}
    mette.undo()
    sync(mette, ole)
    assert visits(ole).keys() == {"1"}


def test_a_feed_that_a_newer_program_set_up_is_left_to_it(two: Team, share: Path) -> None:
    mette, _ole = two
    feed = add(mette)
    export(share / "roster.csv", visit(1, "Sara Lind"))
    with mette.database.write() as conn:
        conn.exec_driver_sql("UPDATE feeds SET kind = 'weather' WHERE id = ?", (feed,))
    sync(mette)
    assert line(mette).state == "unreadable"
    assert line(mette).why.startswith("weather cannot be imported")
    assert visits(mette) == {}


def test_a_home_from_before_there_were_feeds(two: Team, share: Path) -> None:
    mette, ole = two
    with mette.database.write() as conn:
        for table in ("feeds", "feed_states", "feed_records"):
            conn.exec_driver_sql(f"DROP TABLE {table}")
        conn.exec_driver_sql("UPDATE local SET value = '3' WHERE key = 'fold'")
        conn.exec_driver_sql("PRAGMA user_version = 1")
    mette.close()
    add(ole)
    export(share / "roster.csv", visit(1, "Sara Lind"))
    sync(ole)
    later = Desk(mette.settings, clock=mette.clock, team=mette.team_file)
    sync(later)
    assert line(later).state == "read"
    later.close()


def test_each_member_sees_the_share_under_another_name(two: Team, share: Path, tmp_path: Path) -> None:
    mette, ole = two
    mount = tmp_path / "mount"
    mount.symlink_to(share, target_is_directory=True)
    add(mette, path_for(mount / "roster.csv", mette.team_file))
    export(share / "roster.csv", visit(1, "Sara Lind"))
    sync(mette)
    ole.team_file = mount / "north.tavle"
    sync(ole)
    assert [line(desk).path for desk in two] == ["roster.csv"] * 2
    assert [line(desk).state for desk in two] == ["read"] * 2


def test_a_path_is_relative_where_it_lies_beside_the_team_file_or_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = tmp_path / "share" / "north.tavle"
    monkeypatch.chdir(tmp_path)
    assert path_for(Path("share/x.csv"), team) == "x.csv"
    assert path_for(tmp_path / "share" / "office" / "x.csv", team) == "office/x.csv"
    assert path_for(Path("share/../other/x.csv"), team) == str(tmp_path / "share" / ".." / "other" / "x.csv")
    assert path_for(Path("other/../share/x.csv"), team) == "x.csv"
    assert path_for(Path("x.csv"), None) == str(tmp_path / "x.csv")
    assert place_of("office/x.csv", team) == tmp_path / "share" / "office" / "x.csv"
    assert place_of("/elsewhere/x.csv", team) == Path("/elsewhere/x.csv")
    assert place_of("C:\\exports\\x.csv", team) == Path("C:\\exports\\x.csv")

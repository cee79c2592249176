"""What the doctor finds, what would mend it, and what ``--repair`` mends: never by deleting what is not ours."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app import doctor
from app.clock import Clock, fixed_clock
from app.desk import Desk
from app.doctor.findings import Finding
from app.domain.change import GENESIS, Change, decode, seal
from app.domain.ids import derived_id
from app.joining import found, join
from app.settings import DATABASE, Joining, Settings, load
from app.store import checking, local
from app.store.database import Database, DatabaseUnavailable
from app.sync.layout import TeamPaths
from app.sync.locking import one_at_a_time
from tests.support import NOW, HandClock, tables


class Patient:
    """A home with a team file in a folder, and what the doctor says of it."""

    def __init__(self, folder: Path, team: Path, name: str, clock: Clock) -> None:
        self.clock = clock
        self.team = team
        self.home = folder / name.split(maxsplit=1)[0].lower()
        who = Joining(name, "supervisor")
        if self.home.exists():
            pass  # a copy
        elif team.exists():
            join(Settings(self.home), team, who, clock)
        else:
            found(Settings(self.home), team, "North", "DK", who, clock)
        self.settings = load(self.home)

    def findings(self) -> list[Finding]:
        return doctor.examine(self.settings, self.team, self.clock)

    def wrong(self) -> str:
        """What is not as it should be; each says what would mend it."""
        bad = [one for one in self.findings() if one.severity != doctor.OK]
        assert all(one.mend for one in bad)
        return " · ".join(one.what for one in bad)

    def repair(self) -> str:
        return " · ".join(one.what for one in doctor.repair(self.settings, self.team, self.clock))

    def desk(self) -> Desk:
        return Desk(self.settings, clock=self.clock, team=self.team)

    def log_call(self, text: str) -> str:
        desk = self.desk()
        given = {"channel": "phone", "keywords": text, "customer": self.customer(desk)}
        change = desk.take("contact.log", None, given).change
        desk.sync()
        desk.close()
        return change

    def customer(self, desk: Desk) -> str:
        return desk.take("customer.add", None, {"name": f"Site {desk.actor.name}"}).id

    def on_database(self, *statements: str) -> None:
        database = Database(self.home / DATABASE)
        with database.write() as conn:
            for statement in statements:
                conn.exec_driver_sql(statement)
        database.close()

    def lane(self) -> str:
        database = Database(self.home / DATABASE)
        with database.read() as conn:
            member = local.membership(conn)
        database.close()
        assert member is not None
        return member.lane


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    (folder / "share").mkdir()
    mette = Patient(folder, folder / "share" / "north.tavle", "Mette Holm", fixed_clock(NOW))
    mette.log_call("keys")
    return folder


@pytest.fixture
def mette(sound: Path, tmp_path: Path) -> Patient:
    """A home that has logged a call; it was copied, so it goes on in a lane of its own."""
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    patient = Patient(tmp_path, tmp_path / "share" / "north.tavle", "Mette Holm", fixed_clock(NOW))
    patient.log_call("doors")
    return patient


def state(patient: Patient) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    desk = patient.desk()
    yield tables(desk)
    desk.close()


def test_a_sound_home_is_sound_and_stays_as_it_was_under_repair(mette: Patient) -> None:
    before = (*state(mette), {path: path.read_bytes() for path in mette.team.parent.rglob("*.jsonl")})
    assert mette.wrong() == ""
    assert mette.repair() == ""
    assert (*state(mette), {path: path.read_bytes() for path in mette.team.parent.rglob("*.jsonl")}) == before


def test_while_another_program_exchanges_the_team_file_is_left_alone(
    mette: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.doctor.mending._SECONDS", 0.0)
    with closing(Database(mette.home / DATABASE)) as database, one_at_a_time(database, 0.0):
        assert "another Tavle is exchanging" in mette.repair()
    assert mette.repair() == ""


DAMAGE: dict[str, str] = {
    "a row that nobody decided": "UPDATE customers SET name = 'Forged'",
    "a row gone": "DELETE FROM contacts",
    "a table gone": "DROP TABLE promises",
    "a table of another shape": "ALTER TABLE people ADD COLUMN shoe_size INTEGER",
    "an older fold": "UPDATE local SET value = '1' WHERE key = 'fold'",
}


@pytest.mark.parametrize("what", DAMAGE)
def test_folded_tables_are_found_damaged_and_folded_anew(mette: Patient, what: str) -> None:
    before = list(state(mette))
    mette.on_database(DAMAGE[what])
    assert "tables" in mette.wrong()
    mette.repair()
    assert mette.wrong() == ""
    assert list(state(mette)) == before


def test_every_table_as_it_is_folded_is_sound(mette: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check itself: nothing that the shipped promises and modules make is told as damage."""
    monkeypatch.setattr(checking, "_SOME", 10_000)
    desk = mette.desk()
    with desk.database.read() as conn:
        assert checking.damaged_tables(conn) == []
    desk.close()


def overwrite(path: Path, share: float, pages: int) -> None:
    """Pages of a database are garbage from a share of its length on."""
    size = path.stat().st_size // 4096
    with path.open("r+b") as file:
        file.seek(int(size * share) * 4096)
        file.write(b"\xaa" * 4096 * pages)


@pytest.mark.parametrize("share", [0.5, 0.9])  # beside the schema, without which no table can be read
def test_a_damaged_database_is_replaced_by_what_is_whole_of_it(mette: Patient, share: float) -> None:
    """What is lost of it comes back from the team file; the damaged one is kept, and no number is used twice."""
    lane, before = mette.lane(), list(state(mette))
    overwrite(mette.home / DATABASE, share, 3)
    assert "is damaged" in mette.wrong() or "cannot be used" in mette.wrong()
    ended = mette.repair()
    assert "changes saved from it" in ended
    assert mette.wrong() == ""
    assert list(state(mette)) == before
    assert mette.lane() != lane
    assert list(mette.home.glob("tavle-damaged-1.sqlite3"))
    mette.log_call("on we go")
    assert mette.wrong() == ""


@pytest.mark.parametrize("table", ["customers", "outbox"])
def test_decisions_that_nobody_else_has_are_saved(mette: Patient, table: str) -> None:
    """The share is away, and the damage is beside the log."""
    away = mette.team.parent.rename(mette.home.parent / "away")
    mette.log_call("alone")
    before = list(state(mette))
    with closing(sqlite3.connect(mette.home / DATABASE)) as conn:
        page = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    with (mette.home / DATABASE).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xaa" * 4096)
    assert "not readable: 0" in mette.repair()
    assert list(state(mette)) == before
    away.rename(mette.team.parent)
    mette.repair()
    ole = Patient(mette.home.parent, mette.team, "Ole Dam", mette.clock)
    assert next(state(ole))["contacts"] == before[0]["contacts"]
    assert (ole.wrong(), mette.wrong()) == ("", "")


def test_a_database_that_tells_nothing_is_left_alone(mette: Patient) -> None:
    garbage = b"This is no database. " * 500
    (mette.home / DATABASE).write_bytes(garbage)
    with pytest.raises(DatabaseUnavailable):
        mette.repair()
    assert (mette.home / DATABASE).read_bytes() == garbage


@pytest.mark.parametrize("damage", [None, b"\x00\x00"])
def test_a_lost_team_file_is_written_again(mette: Patient, damage: bytes | None) -> None:
    """Fault 14; by a member who did not found it."""
    ole = Patient(mette.home.parent, mette.team, "Ole Dam", mette.clock)
    whole = mette.team.read_bytes()
    mette.team.unlink()
    if damage is not None:
        mette.team.write_bytes(damage)
    assert "is lost or damaged" in ole.wrong()
    assert "is written again" in ole.repair()
    assert mette.team.read_bytes() == whole
    assert (ole.wrong(), mette.wrong()) == ("", "")


def test_a_share_that_is_not_there_is_left_alone(mette: Patient) -> None:
    shutil.rmtree(mette.team.parent)
    mette.team.parent.mkdir()
    assert "is not there" in mette.wrong()
    assert mette.repair() == ""
    assert list(mette.team.parent.iterdir()) == []


def test_a_share_that_may_only_be_read_is_told(mette: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 25; root may write anywhere but on a read-only mount, so what the system answers is put in its place."""
    assert mette.wrong() == ""
    monkeypatch.setattr("os.access", lambda path, _mode: path.name != "lanes")
    assert "may only be read" in mette.wrong()


@pytest.mark.parametrize("what", ["north.tavle.d", "lanes", "a link"])
def test_what_stands_in_a_folders_place_is_named(mette: Patient, what: str) -> None:
    """Fault 13: a file or a link in its place; once that has another name, everything is written again."""
    folder = TeamPaths(mette.team).folder
    place = folder / "lanes" if what != "north.tavle.d" else folder
    aside = place.rename(mette.team.with_name("aside"))
    if what == "a link":
        place.symlink_to(aside)
    else:
        place.write_bytes(b"")
    assert f"{place} is no folder" in mette.wrong()
    place.rename(mette.team.with_name("in the way"))
    mette.repair()
    assert "is no folder" not in mette.wrong()
    assert list((folder / "lanes" / mette.lane()).iterdir())


def test_leftovers_of_the_own_lane_alone_are_removed(mette: Patient) -> None:
    """Fault 6: what a killed program began in its own lane."""
    lanes = TeamPaths(mette.team).folder / "lanes"
    own, other = (lanes / lane / ".tmp-1234-1-1.jsonl" for lane in (mette.lane(), "another"))
    for path in (own, other):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
    assert "began to write and did not end: 1" in mette.wrong()
    assert "is removed" in mette.repair()
    assert (own.exists(), other.exists(), mette.wrong()) == (False, True, "")


def test_lines_set_aside_go_when_their_cause_is_gone(mette: Patient) -> None:
    bad = TeamPaths(mette.team).folder / "bad.jsonl"
    bad.write_bytes(b"no change\nnor this\n")
    mette.repair()
    assert "cannot be read: 2" in mette.wrong()
    assert any("copies that a drive made" in one.what for one in mette.findings())
    bad.write_bytes(b"no change\n")
    mette.repair()
    assert "cannot be read: 1" in mette.wrong()
    assert any(
        "nothing is lost" in one.mend and "tavle list quarantine" in one.mend
        for one in mette.findings()
        if one.mend and "cannot be read" in one.what
    )
    bad.unlink()
    mette.repair()
    assert mette.wrong() == ""


def test_a_change_made_after_one_that_a_copied_home_never_wrote_is_told(mette: Patient) -> None:
    """Fault 18: of an exact clone only the second change has come, and the first has the other's number."""
    folder = TeamPaths(mette.team).folder
    own = decode(next(folder.rglob("*.jsonl")).read_bytes().splitlines()[0])

    def numbered(seq: int, prev: str, name: str) -> Change:
        place = {"lane": derived_id("clones"), "seq": seq, "prev": prev, "id": derived_id(name)}
        header = msgspec.structs.replace(own.header, grp=None, on=("customers", derived_id(name)), **place)
        return seal(header, {"name": name})

    theirs, lost = (numbered(1, GENESIS, name) for name in ("Havnen", "Solgaarden"))
    follows = numbered(2, lost.hash, "Kajen")
    clones = folder / "clones.jsonl"
    clones.write_bytes(theirs.raw + b"\n" + follows.raw + b"\n")
    mette.repair()
    assert "went on from a change that has not come, another has its number: 1" in mette.wrong()
    (held,) = state(mette)
    assert all(name in str(held["customers"]) for name in ("Havnen", "Kajen")), "nothing is refused for it"
    clones.write_bytes(clones.read_bytes() + lost.raw + b"\n")
    mette.repair()
    assert "went on from a change" not in mette.wrong()
    assert "homes that were copied and wrote as one: 1" in mette.wrong()


def test_a_home_that_others_can_read_is_closed(mette: Patient) -> None:
    for path in (mette.home / DATABASE, mette.home / "settings.toml", mette.home):
        path.chmod(0o755)
    assert mette.wrong().count("others can read") == 3
    mette.repair()
    assert mette.wrong() == ""


def test_a_home_on_a_drive_and_a_person_nobody_knows(folder: Path) -> None:
    where = folder / "OneDrive - Firm"
    where.mkdir()
    mette = Patient(where, folder / "share" / "north.tavle", "Mette Holm", fixed_clock(NOW))
    assert "a drive seems to carry elsewhere" in mette.wrong()
    mette.settings = Settings(mette.home, str(mette.team), "Nobody At All")
    assert "not known to the team" in mette.wrong()


def founded_twice(folder: Path) -> tuple[Patient, Patient]:
    """Two who found North on their own copies of a cloud folder; the drive then gives Ole's the name."""
    clock = HandClock()
    mette = Patient(folder, folder / "share" / "north.tavle", "Mette Holm", clock)
    clock.advance(minutes=2)
    (folder / "apart").mkdir()
    ole = Patient(folder, folder / "apart" / "north.tavle", "Ole Dam", clock)
    for patient in (mette, ole):
        patient.log_call("keys")
    return mette, ole


def conflict_copy(mette: Patient, ole: Patient) -> None:
    mette.team.rename(mette.team.with_name("north (Mette Holm's conflicted copy 2026-11-23).tavle"))
    shutil.copy(ole.team, mette.team)


def no_copy(mette: Patient, ole: Patient) -> None:
    shutil.copy(ole.team, mette.team)


@pytest.mark.parametrize("drive", [conflict_copy, no_copy])
def test_two_foundings_at_once_are_told_and_made_one(
    folder: Path, drive: Callable[[Patient, Patient], None]
) -> None:
    """The earlier is the team, though its file has lost the name; the later moves under it, ids and all."""
    mette, ole = founded_twice(folder)
    drive(mette, ole)
    shutil.copytree(TeamPaths(ole.team).folder, TeamPaths(mette.team).folder, dirs_exist_ok=True)
    ole.team = mette.team
    assert "this home's is the earlier" in mette.wrong()
    if drive is no_copy:
        assert "is shown to all" in mette.repair()
    change = mette.log_call("on we go")
    assert "this home belongs to the later one" in ole.wrong()
    assert "decisions brought there" in ole.repair()
    assert ole.wrong() == ""
    late = ole.log_call("I too")
    mette_desk, ole_desk = mette.desk(), ole.desk()
    for desk in (mette_desk, ole_desk, mette_desk):
        desk.sync()
    assert tables(mette_desk) == tables(ole_desk)
    ids = set(ole_desk.ask(lambda view: [row[0] for row in view.conn.exec_driver_sql("SELECT id FROM log")]))
    assert {change, late} <= ids
    for desk in (mette_desk, ole_desk):
        desk.close()
    for patient in (mette, ole):
        assert patient.wrong() == ""
    kept = sorted(path.name for path in mette.team.parent.glob("north*.tavle"))
    assert len(kept) == 3, "the name, the earlier's copy, and the later founding's file"

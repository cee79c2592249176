"""The desk: who acts, what cannot be opened, and several threads at one home."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.clock import fixed_clock
from app.demo.writing import DEMO_NOW, DEMO_PERSON
from app.desk import BadInput, DatabaseUnavailable, Desk, Progress
from app.domain.records import Absence, Complaint
from app.joining import join
from app.settings import Joining, Settings
from tests.support import make_desk, receive_complaint, report_absence, tables


def test_a_home_that_has_joined_no_team(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="joined no team"):
        Desk(Settings(tmp_path, person="Mette Holm"))


@pytest.mark.parametrize(
    ("person", "why"),
    [(None, "nobody is acting"), ("", "nobody is acting"), ("Nobody", "there is no person")],
)
def test_nobody_who_is_known_is_acting(tmp_path: Path, person: str | None, why: str) -> None:
    make_desk(tmp_path).close()
    with pytest.raises(BadInput, match=why):
        Desk(Settings(tmp_path / "home-mette", person=person))


def test_who_acts_is_said_on_the_command_line_first(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    other = Desk(desk.settings, acting="Ole Dam", clock=desk.clock)
    assert (desk.actor.name, other.actor.name) == ("Mette Holm", "Ole Dam")
    desk.close()
    other.close()


def test_a_database_that_is_locked_or_damaged_says_so(tmp_path: Path) -> None:
    """Exit code 3; what was there stays."""
    desk = make_desk(tmp_path)
    desk.close()
    desk.database.path.write_bytes(b"no database" * 1000)
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        Desk(desk.settings)
    assert desk.database.path.read_bytes() == b"no database" * 1000


def test_a_decision_that_cannot_be_saved_changes_nothing(tmp_path: Path) -> None:
    """Fault 24."""
    desk = make_desk(tmp_path)
    id_ = report_absence(desk, "Sara Lind")
    before = tables(desk, log_too=True)
    other = sqlite3.connect(desk.database.path, isolation_level=None)
    other.execute(
        "CREATE TRIGGER full BEFORE INSERT ON absences BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    )
    with pytest.raises(DatabaseUnavailable, match="disk is full"):
        desk.take("absence.approve", id_)
    other.execute("DROP TRIGGER full")
    other.close()
    assert tables(desk, log_too=True) == before
    desk.take("absence.approve", id_)
    desk.close()


def test_threads_decide_and_look_at_once(tmp_path: Path) -> None:
    """The board's exchange works beside its keys: every decision is there, none twice."""
    desk = make_desk(tmp_path)

    def work(number: int) -> int:
        receive_complaint(desk, text=f"The kitchen, {number}")
        return len(desk.ask(lambda view: view.find(Complaint)))

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(12)))
    assert max(counts) == 12
    found = desk.ask(lambda view: view.find(Complaint))
    assert {one.text for one in found} == {f"The kitchen, {number}" for number in range(12)}
    before = tables(desk)
    desk.rebuild()
    assert tables(desk) == before
    desk.close()


def test_why_a_key_is_grey_and_what_to_think_of(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    id_ = report_absence(desk, "Sara Lind")
    record = desk.record("absences", id_)
    assert isinstance(record, Absence)
    assert desk.blocked("absence.approve", record) is None
    assert desk.blocked("absence.approve", replace(record, status="approved")) == "it is approved already"
    assert desk.blocked("absence.request_certificate", record) is not None
    complaint = desk.record("complaints", receive_complaint(desk, text="I am so tired of it all"))
    assert "talk to the customer" in (desk.warning("complaint.accept", complaint) or "")
    desk.close()


def test_without_a_team_file_an_exchange_is_offline(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    report = desk.sync()
    assert report.offline
    assert "tavle init" in (report.problem or "")
    desk.close()


def test_a_clock_from_2100_on_decides_nothing(tmp_path: Path) -> None:
    """Everyone else would quarantine it."""
    desk = make_desk(tmp_path)
    id_ = report_absence(desk, "Sara Lind")
    before = tables(desk, log_too=True)
    desk.clock = fixed_clock(datetime(2101, 1, 1, tzinfo=UTC))
    with pytest.raises(BadInput, match="2100"):
        desk.take("absence.approve", id_)
    with pytest.raises(BadInput, match="2100"):
        desk.undo()
    assert tables(desk, log_too=True) == before
    desk.close()


def test_what_is_asked_while_looking_is_of_one_moment_until_something_is_decided(desk: Desk) -> None:
    absence = report_absence(desk, called_at="06:35")

    def status() -> str:
        found = desk.record("absences", absence)
        assert isinstance(found, Absence)
        return found.status

    with ThreadPoolExecutor(1) as colleague:
        with desk.looking():
            assert status() == "reported"
            colleague.submit(desk.take, "absence.approve", absence).result()
            assert colleague.submit(status).result() == "approved"
            assert status() == "reported"
        assert status() == "approved"
        with desk.looking():
            assert status() == "approved"
            desk.undo()
            assert status() == "reported"


@pytest.mark.parametrize("runs", [True, False])
def test_much_is_exchanged_by_another_process_or_else_by_this_one(
    demo_team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs: bool
) -> None:
    """What comes of it is the same, also where no other process can be run."""
    team = tmp_path / demo_team.name
    shutil.copytree(f"{demo_team}.d", f"{team}.d")
    shutil.copy(demo_team, team)
    longest = max(Path(f"{team}.d").rglob("*.jsonl"), key=lambda one: one.stat().st_size)
    lines = longest.read_bytes().splitlines(keepends=True)
    longest.write_bytes(b"".join(lines[:50]))
    settings = join(
        Settings(tmp_path / "home"), team, Joining(DEMO_PERSON, "supervisor"), fixed_clock(DEMO_NOW)
    ).settings
    desk = Desk(settings, clock=fixed_clock(DEMO_NOW))
    longest.write_bytes(b"".join(lines))
    monkeypatch.setattr("app.sync.pull.MUCH", 1)
    if not runs:
        monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    shown: list[Progress] = []
    report = desk.sync(aside=True, progress=shown.append)
    assert (report.pulled, report.complete, bool(shown)) == (len(lines) - 50, True, True)
    assert not desk.sync(aside=True).pulled
    desk.close()

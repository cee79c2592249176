"""What reads like health information is refused and then nowhere: every place that could hold it is searched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.board import BoardApp
from app.clock import fixed_clock
from app.desk import Desk
from app.domain import health
from app.joining import join
from app.settings import Joining, Settings
from tests.cli.conftest import Run, Tavle
from tests.screens.support import press, settle, text
from tests.support import NOW

WORDS = (b"zebrapox", b"fever", b"39,4", b"migr", b"penicil", b"pneumon", b"feber")
"""Every note below holds one of them, and no word of the demo or of the product does."""
NOTE = "Zebrapox, a fever of 39,4"


@pytest.fixture
def tavle(demo_file: Path, run: Run, tmp_path: Path) -> Tavle:
    """The home of the demo's supervisor, on a copy of its team file."""
    team = tmp_path / "team"
    shutil.copytree(demo_file.parent, team)
    join(
        Settings(tmp_path / "home"),
        team / demo_file.name,
        Joining("Mette Holm", "supervisor"),
        fixed_clock(NOW),
    )
    return Tavle(run, tmp_path / "home")


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder as bytes: database, -wal and -shm, team file, exports."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes().lower()


def found(said: bytes) -> list[bytes]:
    return [word for word in WORDS if word in said.lower()]


def attempts(tavle: Tavle) -> Iterator[tuple[object, ...]]:
    """A word about health in every field that takes words on absences and shifts, and where none is asked for."""
    absence = next(one["id"] for one in tavle("list", "absences") if one["status"] == "reported")
    shift = next(one["id"] for one in tavle("list", "shifts") if one["status"] == "planned")
    person = next(one["id"] for one in tavle("list", "people") if one["role"] == "service_assistant")
    note = tavle.home / "note.txt"
    report = ("do", "absence.report", f"person={person}", "kind=sick", "from=fri", "reported_by=phone")
    yield (*report, f"note={NOTE}")
    yield (*report, "note=hat Migräne")
    yield (*report, f"reason={NOTE}")
    yield ("do", "absence.withdraw", absence, "reason=the pneumonia has passed")
    yield ("do", "absence.change", absence, f"note={NOTE}")
    yield ("do", "shift.assign", shift, f"person={person}", "note=barnet har feber")
    yield ("do", "shift.assign", shift, f"person={person}", "override=got penicillin")
    yield ("do", "shift.cancel", shift, "reason=feber", "agreed_with=Lene")
    yield ("do", "handover.give", f"text={NOTE}")
    note.write_text(NOTE, "utf-8")
    yield (*report, f"note=@{note}")
    note.unlink()


def test_refused_by_the_command_line_it_is_in_no_file_and_in_no_line(tavle: Tavle, tmp_path: Path) -> None:
    said = b""
    for words in attempts(tavle):
        for options in ((), ("--json",)):
            ended = tavle.ends(*options, *words)
            assert ended.code in (1, 2), words
            assert ended.out == ""
            said += ended.err.encode()
    for ending in ("csv", "json", "md"):
        for kind in ("absences", "shifts", "handovers"):
            tavle("export", kind, tmp_path / f"{kind}.{ending}")
    said += json.dumps([tavle("list", "changes"), tavle("doctor"), tavle("sync")]).encode()
    assert found(said) == []
    assert [(name, found(data)) for name, data in files(tmp_path) if found(data)] == []
    *report, _note = next(attempts(tavle))
    tavle(*report, "note=the zebrafinch has its key")
    tavle("export", "absences", tmp_path / "again.csv")
    holding = {name for name, data in files(tmp_path) if b"zebrafinch" in data}
    assert {"again.csv", "tavle.sqlite3"} <= holding, "the search finds what is there"
    assert any(name.endswith(".jsonl") for name in holding)


async def test_refused_on_the_board_it_is_in_no_file_and_no_longer_on_the_screen(
    tavle: Tavle, tmp_path: Path
) -> None:
    """The database is open meanwhile: what a -wal file could hold is there to be found."""
    tavle("sync")
    desk = Desk(Settings(tavle.home, team=str(tmp_path / "team" / "north.tavle"), person="Mette Holm"),
                clock=fixed_clock(NOW))  # fmt: skip
    app = BoardApp(desk, courier=False)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "w", f"'{NOTE}", "tab", "enter")
        shown = text(pilot)
        assert "reads like health information" in shown
        assert found(shown.encode()) == []
        await press(pilot, "escape")
        desk.sync()
        found_in = [(name, found(data)) for name, data in files(tmp_path) if found(data)]
        assert {name for name, _data in files(tavle.home)} >= {"tavle.sqlite3", "tavle.sqlite3-wal"}
        assert found_in == []
        assert found(app.export_screenshot().encode()) == []
    desk.close()


def test_a_program_that_breaks_on_it_does_not_print_it(
    tavle: Tavle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(note: str) -> bool:
        raise RuntimeError(note)

    assert health.reads_like_health(NOTE)
    monkeypatch.setattr(health, "reads_like_health", breaks)
    ended = tavle.ends(*next(attempts(tavle)))
    assert ended.code == 3
    assert "this should not have happened (RuntimeError" in ended.line
    assert found((ended.out + ended.err).encode()) == []
    assert [name for name, data in files(tmp_path) if found(data)] == []


async def withdraw(app: BoardApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "w", f"'{NOTE}", "tab", "enter")


async def test_a_board_that_breaks_on_it_ends_without_it(
    tavle: Tavle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(note: str) -> bool:
        raise RuntimeError(note)

    monkeypatch.setattr(health, "reads_like_health", breaks)
    desk = Desk(Settings(tavle.home, person="Mette Holm"), clock=fixed_clock(NOW))
    app = BoardApp(desk, courier=False)
    with pytest.raises(RuntimeError):
        await withdraw(app)
    desk.close()
    app._print_error_renderables()
    out, err = capsys.readouterr()
    assert found((out + err).encode()) == []
    assert [name for name, data in files(tmp_path) if found(data)] == []

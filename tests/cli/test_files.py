"""``import``, ``export``, ``check`` and ``publish``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from app.assets import data_dir
from tests.cli.conftest import Tavle

MAP = """
source = "clemata"
[columns]
external = "Id"
customer = "Kunde"
text = "Tekst"
received_at = "Oprettet"
[constants]
channel = "phone"
"""
ROWS = """Id,Kunde,Tekst,Oprettet,Diagnose
1,Solgaarden,"The windows
are dirty",2026-11-23T06:00+01:00,flu
2,Klinik Nord,The floor is wet,2026-11-23T06:10+01:00,none
3,Nobody,What?,2026-11-23T06:20+01:00,
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A file of complaints and its map."""
    rows, map_ = tmp_path / "rows.csv", tmp_path / "map.toml"
    rows.write_text(ROWS, "utf-8")
    map_.write_text(MAP, "utf-8")
    return rows, map_


def test_an_import_reports_and_changes_nothing_the_second_time(
    mette: Tavle, files: tuple[Path, Path]
) -> None:
    rows, map_ = files
    report = mette("import", "complaints", rows, "--map", map_, "--dry-run")
    assert (report["created"], mette("list", "complaints")) == (2, [])
    report = mette("import", "complaints", rows, "--map", map_)
    assert (report["created"], report["updated"], report["unchanged"]) == (2, 0, 0)
    assert [(one["row"], "Nobody" in one["why"]) for one in report["rejected"]] == [(4, True)]
    assert "Diagnose" not in str(mette("list", "complaints"))
    report = mette("import", "complaints", rows, "--map", map_)
    assert (report["created"], report["unchanged"]) == (0, 2)
    assert {one["text"] for one in mette("list", "complaints")} == {
        "The windows\nare dirty",
        "The floor is wet",
    }


def test_an_import_for_people(mette: Tavle, files: tuple[Path, Path]) -> None:
    ended = mette.ends("import", "complaints", files[0], "--map", files[1])
    assert ended.code == 0
    assert "created    2" in ended.out
    assert "row 4: " in ended.err


def test_a_dry_run_shows_what_would_be_and_proposes_a_map(mette: Tavle, tmp_path: Path) -> None:
    path, map_ = tmp_path / "sites.csv", tmp_path / "map.toml"
    path.write_text("Kundenr;Kunde;Distrikt\n1;Hotel Vest;Vest\n2;Hotel Nord;North\n", "utf-8")
    ended = mette.ends("import", "customers", path, "--dry-run")
    assert (ended.code, ended.line) == (0, "row 2: area: there is no area Vest")
    counts, proposed = ended.out.split("\n\n", 1)
    assert counts.splitlines()[:4] == ["created    1", "updated    0", "unchanged  0", "rejected   1"]
    assert "nothing was changed" in counts
    map_.write_text(proposed.partition(":\n")[2] + "[create]\nareas = true\n", "utf-8")
    ended = mette.ends("import", "customers", path, "--map", map_)
    assert (ended.code, ended.err) == (0, "")
    assert "made because rows refer to them: areas 1" in ended.out
    assert "no map was given" not in ended.out
    assert "dry run" not in ended.out


def test_none_accepted_is_2(mette: Tavle, tmp_path: Path) -> None:
    path = tmp_path / "absences.csv"
    path.write_text("ID,Reason for absence,Hours\n1,23,4\n2,7,2\n", "utf-8")
    ended = mette.ends("--json", "import", "absences", path)
    assert ended.code == 2
    assert len(ended.json["rejected"]) == 2
    assert "Reason for absence" in ended.json["dropped_columns"]
    assert "no row was accepted" in ended.line


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("import", "complaints", "gone.csv"), "gone.csv"),
        (("import", "dragons", "rows.csv"), "dragons"),
        (("import", "complaints", "rows.csv", "--map", "gone.toml"), "gone.toml"),
        (("import", "complaints", "rows.doc"), "rows.doc"),
        (("export", "dragons", "out.csv"), "dragons"),
        (("export", "people", "out.doc"), ".csv"),
        (("export", "people", "gone/out.csv"), "gone/out.csv"),
        (("export", "people", "out.csv", "--where", "colour=red"), "colour"),
    ],
)
def test_what_cannot_be_read_or_written(
    mette: Tavle,
    files: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    what: str,
) -> None:
    monkeypatch.chdir(files[0].parent)
    Path("rows.doc").write_text("x", "utf-8")
    assert what in mette.refused(2, *words)
    assert not list(Path().glob("out.*"))


def test_an_export_has_the_rows_asked_for(mette: Tavle, tmp_path: Path) -> None:
    assert mette("export", "people", tmp_path / "all.csv") == {"rows": 11}
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 11
    ended = mette.ends("export", "people", tmp_path / "some.json", "--where", "role=supervisor")
    assert ended.out == f"2 rows in {tmp_path / 'some.json'}\n"
    found = json.loads((tmp_path / "some.json").read_text("utf-8"))
    assert {one["name"] for one in found} == {"Mette Holm", "Ole Dam"}


def test_a_sound_file_is_checked_and_a_flawed_one_is_told_by_line(mette: Tavle, tmp_path: Path) -> None:
    assert mette("check", data_dir() / "promises.toml") == []
    assert mette.ends("check", data_dir() / "promises.toml").out == "nothing to mend\n"
    flawed = tmp_path / "promises.toml"
    flawed.write_text('[[promises]]\nid = "P1"\ntitle = "x"\nlimit = "soon"\nclock = "elapsed"\n', "utf-8")
    for verb in ("check", "publish"):
        ended = mette.ends("--json", verb, flawed)
        assert ended.code == 2
        assert all(one.keys() == {"line", "what"} and one["line"] > 0 for one in ended.json)
        assert "line " in ended.err
    assert mette("list", "promises") == []
    assert "cannot be read" in mette.ends("check", tmp_path / "gone.toml").err


def test_publishing_shares_promises_and_modules_once(mette: Tavle) -> None:
    promises = data_dir() / "promises.toml"
    assert mette("publish", promises) == []
    assert "P7" in {one["external"] for one in mette("list", "promises")}
    assert "already" in mette.refused(1, "publish", promises)
    module = next((data_dir() / "modules").glob("*.toml"))
    assert "trainer" in mette.refused(1, "publish", module)
    ended = mette.ends("--as", "Peter Juhl", "publish", module)
    assert ended.code == 0
    assert ended.out.startswith("Shared with the team\nchange ")
    assert len(mette("list", "modules")) == 1
    template = next((data_dir() / "plans").glob("*.toml"))
    assert "plan templates are read from data/" in mette.refused(2, "publish", template)


def test_what_is_no_record_is_not_exported(mette: Tavle, tmp_path: Path) -> None:
    why = mette.refused(2, "export", "changes", tmp_path / "a.csv")
    assert why == "changes are no records to export: tavle --json list changes gives them"


def test_an_imported_person_of_a_name_that_is_there_is_told_and_not_merged(
    mette: Tavle, tmp_path: Path
) -> None:
    rows = tmp_path / "people.csv"
    rows.write_text("external,name,role\n17,Sara Lind,hr\n18,Pia Lund,hr\n", "utf-8")
    for options in (["--dry-run"], []):
        ended = mette.ends("import", "people", rows, *options)
        assert "Sara Lind is there already, written by hand" in ended.err
        assert "Pia Lund" not in ended.err
    assert len(mette("list", "people", "--where", "name=Sara Lind")) == 2
    again = mette("import", "people", rows)
    assert (again["unchanged"], again["alike"]) == (2, [])


def test_one_persons_shifts_are_exported_as_a_calendar(mette: Tavle, tmp_path: Path) -> None:
    path = tmp_path / "jonas.ics"
    assert mette("export", "shifts", path, "--where", "person=Jonas Berg") == {"rows": 2}
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "a calendar holds shifts" in mette.refused(2, "export", "people", tmp_path / "people.ics")
    assert "no person Nobody" in mette.refused(2, "export", "shifts", path, "--where", "person=Nobody")
    assert path.read_bytes().count(b"BEGIN:VEVENT") == 2

"""What leaves: the same values in every format, harmless in a spreadsheet, whole or not at all."""

from __future__ import annotations

import csv
import json
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.desk import Desk
from app.domain.fields import BadInput
from app.domain.kinds import Record
from app.domain.records import Absence, Complaint, Person
from app.exchange.exporting import export_file, export_rows
from app.exchange.reading import read_table
from app.queries import records
from app.store.view import StoreView
from tests.exchange.imports import changes, counts, listed, take
from tests.support import ZONE, id_of, make_desk, receive_complaint, report_absence

ODD = '[/b] [red]x \x1b[31m "; DROP'
ENDINGS = (".csv", ".xlsx", ".json")


def all_of(kind: str) -> Callable[[StoreView], list[Record]]:
    return lambda view: list(records.rows(view, kind))


def complaint(text: str) -> Complaint:
    return Complaint(id="c", customer="k", received_at=datetime(2026, 11, 23, 5, 40, tzinfo=UTC), text=text)


def cells(path: Path, row: int = 0) -> dict[str, Any]:
    table = read_table(path)
    return dict(zip(table.header, table.rows[row].cells, strict=False))


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufffe\uffff"), min_size=1
).map(str.strip)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=5))
@example(
    [ODD, "=1+1", "'=1+1", "''@x", "a\nb", "+45 20 30 40 50", "-", '"', ";", "_x001B_", "=cmd|' /C calc'!A0"]
)
@pytest.mark.parametrize("ending", ENDINGS)
def test_odd_texts_come_back_as_they_were(folder: Path, ending: str, texts: list[str]) -> None:
    path = folder / f"a{ending}"
    assert export_rows(map(complaint, texts), "complaints", path, zone=ZONE) == len(texts)
    found = [cells(path, row)["text"] for row in range(len(texts))]
    # what looks like a number or a date is text in our files: nothing may have been guessed
    assert found == texts


@pytest.mark.parametrize("ending", ENDINGS)
def test_another_team_gets_equal_values(desk: Desk, tmp_path: Path, ending: str) -> None:
    for number, text in enumerate((ODD, "=2+2", "two\nlines; and, so")):
        desk.take("complaint.reject", receive_complaint(desk, text=text), {"reason": f"{number}: {text}"})
    path = tmp_path / f"a{ending}"
    assert export_file(desk, "complaints", path, all_of("complaints")) == 3
    other = make_desk(tmp_path / "another team")
    assert counts(take(other, "complaints", path)) == (3, 0, 0, 0)
    fields = ("id", "customer", "text", "channel", "status", "reason", "received_at")
    assert [tuple(getattr(one, name) for name in fields) for one in listed(other, "complaints")] == [
        tuple(getattr(one, name) for name in fields) for one in listed(desk, "complaints")
    ]
    other.close()


@pytest.mark.parametrize("kind", ["people", "customers", "agreements", "shifts", "absences", "complaints"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_our_own_export_read_again_says_nothing_new(
    desk: Desk, tmp_path: Path, kind: str, ending: str
) -> None:
    report_absence(desk, until="2026-11-25")
    receive_complaint(desk)
    path = tmp_path / f"a{ending}"
    rows = export_file(desk, kind, path, all_of(kind))
    before = changes(desk)
    assert counts(take(desk, kind, path)) == (0, 0, rows, 0)
    assert changes(desk) == before


def test_what_was_edited_in_an_export_changes_that_record(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    export_file(desk, "customers", path, all_of("customers"))
    text = path.read_text("utf-8-sig").replace("Solgaarden,North,,", "Solgaarden,North,Strandvej 1,")
    path.write_text(text, "utf-8")
    report = take(desk, "customers", path)
    assert counts(report) == (0, 1, 3, 0)
    assert listed(desk, "customers", name="Solgaarden")[0].address == "Strandvej 1"


def test_an_export_of_one_kind_is_not_taken_for_another(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = export_file(desk, "people", path, all_of("people"))
    before = changes(desk)
    report = take(desk, "customers", path)
    assert counts(report) == (0, 0, 0, rows)
    assert {one.why for one in report.rejected} == {"id: this is the id of one of the people"}
    assert changes(desk) == before


def test_people_read_names_and_local_times_scripts_read_ids(desk: Desk, tmp_path: Path) -> None:
    report_absence(desk, "Sara Lind", until="2026-11-24")
    for ending in ENDINGS:
        export_file(desk, "absences", tmp_path / f"a{ending}", all_of("absences"))
    sheet = cells(tmp_path / "a.xlsx")
    assert (sheet["person"], sheet["from"]) == ("Sara Lind", datetime(2026, 11, 23, 6, 40))  # noqa: DTZ001
    assert sheet["until"] == "2026-11-25T00:00:00+01:00"
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["person"], line["from"]) == ("Sara Lind", "2026-11-23T06:40:00+01:00")
    (found,) = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert found["person"] == id_of(desk, "people", "Sara Lind")
    assert (found["contested"], found["acute"], found["until"]) == (
        [],
        found["acute"],
        "2026-11-25T00:00:00+01:00",
    )
    assert list(found)[:3] == ["id", "external", "contested"]


def test_two_of_one_name_are_told_apart_by_their_ids(desk: Desk, tmp_path: Path) -> None:
    report_absence(desk, "Sara Lind")
    desk.take("shift.assign", listed(desk, "shifts")[0].id, {"person": "Aksel Toft"})
    (tmp_path / "p.json").write_text(json.dumps([{"name": "Sara Lind", "role": "office"}]), "utf-8")
    take(desk, "people", tmp_path / "p.json")
    export_file(desk, "absences", tmp_path / "a.csv", all_of("absences"))
    assert cells(tmp_path / "a.csv")["person"] == listed(desk, "absences")[0].person


def test_a_spreadsheet_calculates_nothing(tmp_path: Path) -> None:
    texts = ["=1+1", "+cmd", "-2+3+cmd|'x'!A", "@SUM(A1)", "\t=1", "'=1", "+45 20 30 40 50", "-12,5"]
    people = [Person(id=str(number), name=text, role="hr") for number, text in enumerate(texts)]
    export_rows(people, "people", tmp_path / "a.csv", zone=ZONE)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [line["name"] for line in csv.DictReader(file)]
    assert written == [*("'" + text for text in texts[:6]), *texts[6:]]
    export_rows(people, "people", tmp_path / "a.xlsx", zone=ZONE)
    assert [cells(tmp_path / "a.xlsx", row)["name"] for row in range(len(texts))] == texts


def test_markdown_is_one_table_that_nothing_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    export_rows([complaint(ODD + "\n| <b> \\| \u202ex")], "complaints", path, zone=ZONE)
    header, rule, line = path.read_text("utf-8").splitlines()
    assert header.startswith("| id | external | customer | received_at |")
    assert set(rule) == {"|", "-", " "}
    assert '[/b] [red]x ␛[31m "; DROP<br>\\| \\<b> \\\\\\| <U+202E>x' in line.replace("\\<U", "<U")
    assert header.count("|") == rule.count("|") == line.count("|") - line.count("\\|")


def test_signs_that_xml_forbids_and_texts_too_long_never_crash(tmp_path: Path) -> None:
    everything = "".join(map(chr, (*range(1, 0x20), 0x7F, 0xFFFE, 0xFFFF))) + "x"
    for ending in (*ENDINGS, ".md"):
        export_rows([complaint("\x00" + everything)], "complaints", tmp_path / f"a{ending}", zone=ZONE)
    assert cells(tmp_path / "a.xlsx")["text"].endswith("\x7f\ufffd\ufffdx")
    assert cells(tmp_path / "a.csv")["text"].startswith("␀\x01")
    long = Absence(id="a", person="p", kind="sick", from_=datetime(2026, 1, 1, tzinfo=UTC), note="x" * 40_000)
    with pytest.raises(BadInput, match="too long for a workbook's cell"):
        export_rows([long], "absences", tmp_path / "b.xlsx", zone=ZONE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.json", "a.md", "a.xlsx"]


def test_lists_with_commas_in_them_are_json(tmp_path: Path) -> None:
    skills = (("a", "b c"), ("a, b", "c"), ("[x]",), ())
    people = [Person(id=str(number), name="A", role="hr", skills=some) for number, some in enumerate(skills)]
    export_rows(people, "people", tmp_path / "a.csv", zone=ZONE)
    written = [cells(tmp_path / "a.csv", row)["skills"] for row in range(4)]
    assert written == ["a, b c", '["a, b", "c"]', '["[x]"]', ""]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a.ics", r"^a calendar holds shifts: tavle export shifts a\.ics$"),
        ("a.gift", "cannot be written yet"),
        ("a.pdf", r"^\.pdf cannot be written; what can: \.csv \.xlsx \.json \.md \.ics$"),
        ("a", "^a cannot be written; what can"),
        ("gone/a.csv", "a.csv cannot be written: No such file or directory$"),
        ("folder.csv", "folder.csv cannot be written: Is a directory$"),
    ],
)
def test_what_cannot_be_written_is_one_clear_line(desk: Desk, tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(BadInput, match=why) as error:
        export_file(desk, "people", tmp_path / name, all_of("people"))
    assert "\n" not in str(error.value)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".tavle")]


def test_a_file_is_its_owners_alone_and_replaced_whole(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old " * 10_000)
    path.chmod(0o644)
    assert export_file(desk, "people", path, all_of("people")) == 11
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,external,name")


def test_a_csv_holds_no_sign_that_steers_a_terminal_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    texts = ["\x1b[2Jgone", "=cmd|' /C calc'!A0", "a\x9b31m\x07b", "_x001B_", "\x7f", "+45 70 10"]
    export_rows(map(complaint, texts), "complaints", path, zone=ZONE)
    data = path.read_bytes().decode("utf-8-sig")
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", data)
    assert ",'=cmd" in data
    assert "_x001B_[2Jgone" in data
    assert [cells(path, row)["text"] for row in range(len(texts))] == texts

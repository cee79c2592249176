"""Why someone is ill never gets in: not by a column, not by a note, not with a rejected row."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.desk import Desk
from app.store.rejected import RejectedLine, forget, rejected_lines, set_aside
from tests.exchange.files import write_csv, write_xlsx
from tests.exchange.imports import bytes_of, counts, listed, map_file, take
from tests.support import NOW


def test_a_workbook_with_diagnoses_comes_in_without_them(desk: Desk, tmp_path: Path) -> None:
    header = ("External", "Person", "Kind", "From", "Until", "Diagnosis")
    rows = [
        ("1", "Sara Lind", "sick", date(2026, 11, 23), date(2026, 11, 24), "Zebrapox"),
        ("2", "Nobody", "sick", date(2026, 11, 23), None, "Zebrapox"),
    ]
    report = take(desk, "absences", write_xlsx(tmp_path / "absences.xlsx", header, *rows))
    assert counts(report) == (1, 0, 0, 1)
    assert report.dropped_columns == ("Diagnosis",)
    assert listed(desk, "absences")[0].kind == "sick"
    assert b"zebrapox" not in bytes_of(tmp_path / "homes").lower()


def test_a_private_column_is_dropped_even_when_the_map_names_it(desk: Desk, tmp_path: Path) -> None:
    text = '[columns]\nperson = "Hvem"\nkind = "Sygdom"\nfrom = "Fra"\nnote = ["Note", "Diagnose"]\n'
    path = write_csv(
        tmp_path / "a.csv", "Hvem,Sygdom,Fra,Note,Diagnose", "Sara Lind,sick,2026-11-23,Ring,Zebrapox"
    )
    report = take(desk, "absences", path, map_file(tmp_path, text))
    assert report.dropped_columns == ("Sygdom", "Diagnose")
    assert report.rejected[0].why == "kind is missing: its column is private and was dropped"
    text += '[constants]\nkind = "sick"\n'
    assert counts(take(desk, "absences", path, map_file(tmp_path, text))) == (1, 0, 0, 0)
    assert listed(desk, "absences")[0].note == "Ring"
    assert b"zebrapox" not in bytes_of(tmp_path / "homes").lower()


@pytest.mark.parametrize(
    ("kind", "header", "line"),
    [
        ("absences", "person,kind,from,note", "Sara Lind,sick,2026-11-23,zebra fever 39 C"),
        ("absences", "person,kind,from", "Sara Lind,zebra influenza,2026-11-23"),
        ("absences", "person,kind,from,note", "Nobody,sick,2026-11-23,zebra diagnosis"),
        ("shifts", "customer,start,end,note", "Solgaarden,2026-11-23T08:00,2026-11-23T09:00,zebra fever"),
        ("shifts", "customer,start,end,cancel_reason", "Solgaarden,2026-11-23,2026-11-24,zebra fever"),
    ],
)
def test_a_text_that_reads_like_health_is_rejected_and_not_repeated(
    desk: Desk, tmp_path: Path, kind: str, header: str, line: str
) -> None:
    report = take(desk, kind, write_csv(tmp_path / "a.csv", header, line))
    assert counts(report) == (0, 0, 0, 1)
    assert "zebra" not in report.rejected[0].why
    assert b"zebra" not in bytes_of(tmp_path / "homes")


def test_a_customers_words_are_not_searched_for_health(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        "customer,text,received_at",
        "Klinik Nord,Our patients get ill and have fever,2026-11-20",
    )
    assert counts(take(desk, "complaints", path)) == (1, 0, 0, 0)


def test_rejected_rows_are_set_aside_until_their_file_is_read_again(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", "name,role,Weight,Shoe size", "Anna,boss,80,41", "Bo,hr,90,44")
    take(desk, "people", path)
    assert desk.ask(lambda view: rejected_lines(view.conn)) == [
        RejectedLine(
            "a.csv", "people", 2, listed_why(desk), {"name": "Anna", "role": "boss"}, "2026-11-23T05:40:00Z"
        )
    ]
    write_csv(tmp_path / "a.csv", "name,role,Weight,Shoe size", "Anna,office,80,41", "Bo,hr,90,44")
    take(desk, "people", path)
    assert desk.ask(lambda view: rejected_lines(view.conn)) == []


def listed_why(desk: Desk) -> str:
    (line,) = desk.ask(lambda view: rejected_lines(view.conn))
    assert line.why.startswith("role: boss is not one of: supervisor")
    return line.why


def test_rejected_rows_neither_stay_for_ever_nor_fill_the_disk(desk: Desk) -> None:
    line = RejectedLine("old.csv", "people", 2, "why", {"name": "Anna"}, "2026-11-01T00:00:00Z")
    more = [RejectedLine("new.csv", "people", row, "why", {}, "2026-11-23T00:00:00Z") for row in range(1_200)]
    with desk.database.write() as conn:
        set_aside(conn, [line])
        set_aside(conn, more)
        assert len(rejected_lines(conn)) == 1_000
        forget(conn, "other.csv", "people", NOW)
        assert len(rejected_lines(conn)) == 1_000
        forget(conn, "other.csv", "people", NOW + timedelta(days=20))
        assert {one.file for one in rejected_lines(conn)} == {"new.csv"}


def test_reasons_are_one_safe_line(desk: Desk, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", "name,role", 'Anna,"\x1b[31mboss\nof all"')
    why = take(desk, "people", path).rejected[0].why
    assert why.startswith("role: ␛[31mboss of all is not one of")

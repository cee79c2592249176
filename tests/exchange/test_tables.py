"""Reading any table that an office writes."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fields import BadInput
from app.exchange.delimited import decoded, lines_of
from app.exchange.reading import read_table
from tests.exchange.files import write_csv, write_ods, write_xlsx

TEXT = "Navn;By\r\nÆrø Åberg;Tårnby\r\nJürgen Größe;Malmö\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman"]
)
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_encoding_and_line_end_that_excel_writes(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.replace("\r\n", end).encode(encoding))
    table = read_table(path)
    assert table.header == ("Navn", "By")
    assert [row.cells for row in table.rows] == [("Ærø Åberg", "Tårnby"), ("Jürgen Größe", "Malmö")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_found_by_what_most_rows_agree_on(tmp_path: Path, sign: str) -> None:
    rows = [["Id", "Text", "Amount"], ["1", "a, b; c", "12,50"], ["2", "d;e, f", "3,10"]]
    path = write_csv(tmp_path / "a.csv", *(sign.join(f'"{cell}"' for cell in row) for row in rows))
    assert [list(row.cells) for row in read_table(path).rows] == rows[1:]


def test_decimal_commas_do_not_pass_for_separators(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", "Id;Timer;Løn", "1;7,5;180,25", "2;8,0;175,00")
    assert read_table(path).header == ("Id", "Timer", "Løn")


def test_excels_own_separator_line_is_obeyed_and_counted(tmp_path: Path) -> None:
    table = read_table(write_csv(tmp_path / "a.csv", "sep=|", "Id|Text", "1|a,b"))
    assert table.header == ("Id", "Text")
    assert (table.rows[0].number, table.rows[0].cells) == (3, ("1", "a,b"))


def test_cells_of_several_lines_and_odd_quoting() -> None:
    text = 'Id,Text\r\n1,"two\r\nlines, and ""quoted"""\r\n2,5" pipe\r\n3,"a "wrong" b"\r\n'
    found = list(lines_of(text))
    assert found[1] == (2, ["1", 'two\r\nlines, and "quoted"'])
    assert found[2] == (3, ["2", '5" pipe'])
    assert found[3][1][1].startswith("a ")


@pytest.mark.parametrize("tail", ["", "\n", "\r\n", "\r"])
def test_a_quotation_mark_that_is_never_closed_swallows_nothing_silently(tail: str) -> None:
    with pytest.raises(BadInput, match="never closed"):
        list(lines_of(f'Id,Text\n1,fine\n2,"open\n3,lost{tail}'))


def test_a_huge_cell_is_told_by_its_line() -> None:
    with pytest.raises(BadInput, match=r"^line 3 cannot be read"):
        list(lines_of('Id,Text\n1,fine\n2,"' + "long\n" * 30_000))


def test_blank_rows_are_skipped_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    table = read_table(write_csv(tmp_path / "a.csv", "Id,Text", "", "1,a", " , ", "2,b"))
    assert [row.number for row in table.rows] == [3, 5]


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    lines = ("Fravær november;;;", ";;;", "Nr;Navn;Fra;Til", "1;Anna;a;b")
    table = read_table(write_csv(tmp_path / "a.csv", *lines))
    assert table.header == ("Nr", "Navn", "Fra", "Til")
    wide = ("Udtræk;fra;lønsystem;2026;v2", "Nr;Navn", "1;Anna")
    assert read_table(write_csv(tmp_path / "b.csv", *wide), wanted=["Navn"]).header[:2] == ("Nr", "Navn")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_one_clear_line(data: bytes) -> None:
    try:
        rows = list(lines_of(decoded(data)))
    except BadInput as error:
        said = str(error)
    else:
        said = ""
        assert all(any(cell.strip() for cell in cells) for _number, cells in rows)
    assert "\n" not in said


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_whatever_is_quoted_well_is_read_as_it_was(rows: list[list[str]], sign: str) -> None:
    quoted = ["id", "text", "note"], *rows
    text = "".join(sign.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in quoted)
    expected = [[_unguarded(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]
    assert [cells for _number, cells in lines_of(text)][1:] == expected


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in set("=+-@\t") else cell


def test_a_workbook_gives_whole_numbers_dates_times_and_truth(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 23, 6, 59, 59)  # noqa: DTZ001 - a workbook knows no zone
    cells = ["=1+1", 1042, 12.5, moment, date(2026, 11, 23), time(6, 30), True, "http://x"]
    path = write_xlsx(tmp_path / "a.xlsx", [f"c{number}" for number in range(8)], [], cells)
    table = read_table(path)
    assert [(row.number, list(row.cells)) for row in table.rows] == [(3, cells)]


def test_the_sheet_is_the_one_asked_for(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ["Id", "Text"], [1, "a"], sheets=["Info", "Data"])
    assert read_table(path, sheet="Data").header == ("Id", "Text")
    with pytest.raises(BadInput, match=r"^a\.xlsx: there is no sheet Q; there are: Info, Data$"):
        read_table(path, sheet="Q")


def test_objects_may_have_different_members(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"id": 1, "skills": ["a", "b"]}, {"id": 2, "name": None}]), "utf-16")
    table = read_table(path)
    assert table.header == ("id", "skills", "name")
    assert [row.cells for row in table.rows] == [(1, ["a", "b"], None), (2, None, None)]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"x", "its ending is none of"),
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"\r\n \r\n", "it is empty"),
        ("a.csv", b"1,2\r\n3,4\r\n", "its first row must name the columns"),
        ("a.csv", b"PK\x03\x04\x00\x00\x00\x00\x00\x00", "this is not a text file"),
        ("a.csv", b"\xff\xfea", "damaged at byte"),
        ("a.xlsx", b"", "not a workbook"),
        ("a.xlsx", b"Id,Text\r\n1,a\r\n", "not a workbook"),
        ("a.ods", b"PK\x03\x04", "not a workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not a workbook"),
        ("a.json", b"[1", "this is not JSON"),
        ("a.json", b"[" * 100_000, "this is not JSON"),
        ("a.json", b'{"id": 1}', "a list of objects"),
        ("a.json", b"[1]", "a list of objects"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput, match=why) as error:
        read_table(path)
    assert str(error.value).startswith(f"{name}: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["gone.csv", "gone.xlsx", "gone.json"])
def test_a_missing_file_is_one_clear_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=f"^{name}: it cannot be read: No such file or directory$"):
        read_table(tmp_path / name)
    (tmp_path / name).mkdir()
    with pytest.raises(BadInput, match=r"Is a directory$"):
        read_table(tmp_path / name)


def test_an_opendocument_sheet_reads_like_a_workbook(tmp_path: Path) -> None:
    rows = (
        ["Nr", "Navn", "Start"],
        [7, "Åse & Bo", date(2026, 11, 24)],
        ["8a", "", date(2026, 12, 1)],
    )
    ods = read_table(write_ods(tmp_path / "a.ods", *rows))
    assert ods == read_table(write_xlsx(tmp_path / "a.xlsx", *rows))
    assert ods.header == ("Nr", "Navn", "Start")
    assert ods.rows[0].cells[1:] == ("Åse & Bo", date(2026, 11, 24))

"""Files of the office become changes that everyone makes alike."""

from __future__ import annotations

import itertools
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.desk import Desk
from app.domain.fields import BadInput
from app.exchange import importing
from app.exchange.report import Rejected
from tests.exchange.files import write_csv
from tests.exchange.imports import changes, counts, listed, map_file, take
from tests.support import NOW, ZONE, exchange_all, id_of, make_desk, report_absence, shift_of, tables

HEADER = "Nr,Name,Role,Phone,Area"
ANNA = "7,Anna Krogh,service_assistant,+45 20 30 40 50,North"
BO = "8,Bo Lund,trainer,,"
ROSTER = """
source = "roster"
as_of = "{as_of}"
[columns]
external = "Nr"
customer = "Kunde"
person = "Hvem"
start = "Fra"
end = "Til"
"""


def people_file(folder: Path, *lines: str, name: str = "people.csv") -> Path:
    return write_csv(folder / name, HEADER, *lines)


def roster(folder: Path, day: int, *lines: str) -> tuple[Path, Path]:
    map_ = map_file(folder, ROSTER.format(as_of=f"2026-11-{day}T05:00:00+01:00"), f"map{day}.toml")
    return write_csv(folder / f"roster{day}.csv", "Nr,Kunde,Hvem,Fra,Til", *lines), map_


def test_rows_become_records_and_a_second_run_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = people_file(tmp_path, ANNA, BO)
    report = take(desk, "people", path)
    assert counts(report) == (2, 0, 0, 0)
    (anna,) = listed(desk, "people", external="7")
    assert (anna.name, anna.role, anna.phone) == ("Anna Krogh", "service_assistant", "+45 20 30 40 50")
    assert anna.area == id_of(desk, "areas", "North")
    before = tables(desk, log_too=True)
    assert counts(take(desk, "people", path)) == (0, 0, 2, 0)
    assert tables(desk, log_too=True) == before


def test_only_what_changed_is_written_and_a_blank_cell_takes_a_value_away(desk: Desk, tmp_path: Path) -> None:
    path = people_file(tmp_path, ANNA, BO)
    take(desk, "people", path)
    before = changes(desk)
    people_file(tmp_path, ANNA.replace("+45 20 30 40 50", ""), BO)
    os.utime(path, (1_800_000_000, 1_800_000_000))
    assert counts(take(desk, "people", path)) == (0, 1, 1, 0)
    assert changes(desk) == before + 1
    assert listed(desk, "people", external="7")[0].phone is None


def test_two_importers_of_one_export_make_one_change(tmp_path: Path) -> None:
    mette, ole = make_desk(tmp_path), make_desk(tmp_path, "Ole Dam", NOW + timedelta(days=3))
    path = people_file(tmp_path, ANNA, BO)
    assert counts(take(mette, "people", path)) == counts(take(ole, "people", path)) == (2, 0, 0, 0)
    ids = []
    for desk in (mette, ole):
        with desk.database.read() as conn:
            ids.append(set(conn.exec_driver_sql("SELECT id FROM log").scalars()))
    assert ids[0] == ids[1]
    folded = tables(mette)
    exchange_all(mette, ole)
    assert tables(mette) == tables(ole) == folded
    assert counts(take(ole, "people", path)) == (0, 0, 2, 0)
    mette.close()
    ole.close()


@pytest.mark.parametrize("order", list(itertools.permutations((20, 21, 22))))
def test_an_old_export_never_beats_a_newer_one(desk: Desk, tmp_path: Path, order: tuple[int, ...]) -> None:
    """The middle one differs: read last, it must not undo what the newest said again."""
    line = "1,Solgaarden,{who},2026-11-25T08:00,2026-11-25T12:00"
    files = {
        day: roster(tmp_path, day, line.format(who=who))
        for day, who in ((20, "Sara Lind"), (21, "Aksel Toft"), (22, "Sara Lind"))
    }
    for day in (*order, *order):
        path, map_ = files[day]
        assert not take(desk, "shifts", path, map_).rejected
    (shift,) = listed(desk, "shifts", external="1")
    assert shift.person == id_of(desk, "people", "Sara Lind")


def test_this_mornings_roster_does_not_take_last_nights_substitute_away(desk: Desk, tmp_path: Path) -> None:
    line = "1,Solgaarden,{who},2026-11-25T08:00,2026-11-25T12:00"
    take(desk, "shifts", *roster(tmp_path, 21, line.format(who="Sara Lind")))
    (shift,) = listed(desk, "shifts", external="1")
    desk.take("shift.assign", shift.id, {"person": "Aksel Toft"})
    take(desk, "shifts", *roster(tmp_path, 24, line.format(who="Sara Lind")))
    aksel = id_of(desk, "people", "Aksel Toft")
    with desk.database.read() as conn:
        conflicts = "SELECT count(*) FROM conflicts"
        assert conn.exec_driver_sql(conflicts).scalar_one() == 0
    assert listed(desk, "shifts", external="1")[0].person == aksel
    take(desk, "shifts", *roster(tmp_path, 25, line.format(who="Emil Dahl")))
    assert listed(desk, "shifts", external="1")[0].person == aksel
    with desk.database.read() as conn:
        assert conn.exec_driver_sql(conflicts).scalar_one() == 1


def test_rows_of_a_file_without_ids_are_known_by_what_they_say(desk: Desk, tmp_path: Path) -> None:
    lines = (
        "customer,text,received_at",
        "Solgaarden,Dust,2026-11-20T10:00",
        "Solgaarden,Dust,2026-11-20T10:00",
    )
    path = write_csv(tmp_path / "a.csv", *lines)
    assert counts(take(desk, "complaints", path)) == (1, 0, 1, 0)
    assert counts(take(desk, "complaints", path)) == (0, 0, 2, 0)


def test_one_id_with_two_meanings_is_told(desk: Desk, tmp_path: Path) -> None:
    report = take(desk, "people", people_file(tmp_path, ANNA, BO, ANNA.replace("Anna", "Anne"), BO))
    assert counts(report) == (2, 0, 1, 1)
    assert report.rejected == (Rejected(4, "7 stands in row 2 already, with other values"),)


def test_references_by_office_id_by_id_and_by_exact_name(desk: Desk, tmp_path: Path) -> None:
    take(desk, "people", people_file(tmp_path, "1042,Jonas Berg,service_assistant,,", ANNA))
    other = id_of(desk, "people", "Sara Lind")
    whole = [
        f"{number},{who},sick,2026-11-23" for number, who in enumerate(("1042", "Sara Lind", other.upper()))
    ]
    wrong = ["3,Jonas Berg,sick,2026-11-23", f"4,{other[:8]},sick,2026-11-23", "5,sara lind,sick,2026-11-23"]
    report = take(
        desk, "absences", write_csv(tmp_path / "a.csv", "external,person,kind,from", *whole, *wrong)
    )
    assert counts(report) == (3, 0, 0, 3)
    assert [one.why for one in report.rejected] == [
        "person: Jonas Berg means more than one person: give the id",
        f"person: there is no person {other[:8]}",
        "person: there is no person sara lind",
    ]
    assert listed(desk, "absences", external="0")[0].person == listed(desk, "people", external="1042")[0].id
    assert {one.person for one in listed(desk, "absences")} >= {other}


def test_what_is_referred_to_and_not_there_is_made_if_the_map_says_so(desk: Desk, tmp_path: Path) -> None:
    text = '[columns]\nname = "Navn"\narea = "Distrikt"\n[create]\nareas = true\n'
    lines = ("Navn,Distrikt,Fra", "Hotel Vest,Vest,", "Hotel Nord,North,", "Hotel Fjern,Vest,", ",Fjern,")
    path, map_ = write_csv(tmp_path / "a.csv", *lines), map_file(tmp_path, text)
    preview = take(desk, "customers", path, map_, dry_run=True)
    report = take(desk, "customers", path, map_)
    assert preview == report
    assert (counts(report), report.made) == ((3, 0, 0, 1), {"areas": 1})
    assert sorted(one.name for one in listed(desk, "areas")) == ["North", "South", "Vest"]
    again = take(desk, "customers", path, map_)
    assert (counts(again), again.made) == ((0, 0, 3, 1), {})


def test_a_dry_run_says_what_would_be_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = people_file(tmp_path, ANNA, "9,,trainer,,")
    before = tables(desk, log_too=True)
    preview = take(desk, "people", path, dry_run=True)
    assert tables(desk, log_too=True) == before
    with desk.database.read() as conn:
        for table in ("rejected", "exported"):
            assert conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0
    assert preview == take(desk, "people", path)
    assert preview.proposed is not None
    assert preview.proposed.splitlines()[:4] == ['source = "people"', "", "[columns]", 'external = "Nr"']


def test_an_import_that_was_killed_is_run_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    path = people_file(tmp_path, *(f"{number},Person {number},trainer,," for number in range(5)))

    class Killed(Exception):
        pass

    class Dying:
        def __init__(self) -> None:
            self.left = 2
            self.ask = desk.ask

        def within(self, work: object) -> object:
            def until(view: object) -> object:
                done = work(view)  # type: ignore[operator]
                self.left -= 1
                if self.left < 0:
                    raise Killed
                return done

            return desk.within(until)

    with pytest.raises(Killed):
        importing.import_file(Dying(), "people", path)  # type: ignore[arg-type]
    assert len([one for one in listed(desk, "people") if one.external]) == 2
    assert counts(take(desk, "people", path)) == (3, 0, 2, 0)


def test_times_are_in_the_maps_zone_dates_end_with_their_day(desk: Desk, tmp_path: Path) -> None:
    text = """
        timezone = "Europe/Helsinki"
        [columns]
        person = "Hvem"
        kind = "Type"
        from = ["Dag", "Klokken"]
        until = "Til"
        [formats]
        from = "%d.%m.%Y %H.%M"
        until = "%d.%m.%Y"
        [values.kind]
        S = "sick"
        [constants]
        reported_by = "system"
    """
    lines = ("Hvem;Type;Dag;Klokken;Til", "Sara Lind;S;23.11.2026;08.00;24.11.2026")
    report = take(desk, "absences", write_csv(tmp_path / "a.csv", *lines), map_file(tmp_path, text))
    assert counts(report) == (1, 0, 0, 0)
    (absence,) = listed(desk, "absences")
    assert absence.from_ == datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    assert absence.until == datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    assert absence.reported_by == "system"


def test_words_for_days_mean_the_exports_day_not_the_readers(desk: Desk, tmp_path: Path) -> None:
    text = 'as_of = "2026-03-02T05:00+01:00"\n[columns]\nperson = "p"\nkind = "k"\nfrom = "f"\n'
    path = write_csv(tmp_path / "a.csv", "p,k,f", "Sara Lind,sick,fri 14:30")
    take(desk, "absences", path, map_file(tmp_path, text))
    assert listed(desk, "absences")[0].from_ == datetime(2026, 3, 6, 14, 30, tzinfo=ZONE)


def test_decimal_commas_and_two_columns_make_a_place(desk: Desk, tmp_path: Path) -> None:
    text = (
        'decimal = ","\n[columns]\nname = "Navn"\nlocation = ["Bredde", "Længde"]\naddress = ["Vej", "By"]\n'
    )
    path = write_csv(tmp_path / "a.csv", "Navn;Bredde;Længde;Vej;By", "Hotel;55,67;12,56;Gaden 1;Roskilde")
    take(desk, "customers", path, map_file(tmp_path, text))
    (hotel,) = listed(desk, "customers", name="Hotel")
    assert (hotel.location, hotel.address) == ("55.67,12.56", "Gaden 1 Roskilde")


@pytest.mark.parametrize(
    ("kind", "line", "why"),
    [
        ("people", {"name": "A"}, "role is missing: no column of the file gives it"),
        ("people", {"name": "A", "role": "boss"}, "role: boss is not one of: supervisor, first_assistant"),
        ("shifts", {"customer": "Solgaarden", "start": "2026-11-23T10:00", "end": "2026-11-23T09:00"},
         "it ends before it begins"),
        ("shifts", {"customer": "Solgaarden", "start": "soon", "end": "2026-11-23"}, "start: soon is not a time"),
        ("shifts", {"customer": "Solgaarden", "start": "1026-11-23", "end": "x"},
         "start: 1026-11-23 is not a time"),
        ("complaints", {"customer": "Solgaarden", "text": "Dust"}, "received_at is missing: no column"),
        ("complaints", {"customer": "Solgaarden", "text": "Dust", "channel": "web", "received_at": "2099-12-05"},
         "received_at: it lies in the future"),
        ("agreements", {"customer": "Nobody", "task": "Mop"}, "customer: there is no customer Nobody"),
        ("people", {"id": "7", "external": "x", "name": "A", "role": "hr"}, "id: 7 is not one of our ids"),
        ("complaints", {"customer": "Solgaarden", "text": "x" * 20_001, "received_at": "2026-11-23"},
         "text: too long"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_says_why(
    desk: Desk, tmp_path: Path, kind: str, line: dict[str, str], why: str
) -> None:
    report = take(desk, kind, write_csv(tmp_path / "a.csv", ",".join(line), ",".join(line.values())))
    assert counts(report) == (0, 0, 0, 1)
    assert report.rejected[0].why.startswith(why)


def test_more_cells_than_the_header_are_not_lost_in_silence(desk: Desk, tmp_path: Path) -> None:
    report = take(desk, "people", people_file(tmp_path, BO + ",,,x", BO + ",,,"))
    assert counts(report) == (1, 0, 0, 1)
    assert report.rejected == (Rejected(2, "it has more cells than the header"),)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ('name = "Navn"', r"^people\.csv: there is no column Navn; there are: Nr, Name, Role, Phone, Name$"),
        ('name = "Name"', r"^people\.csv: there is more than one column Name$"),
    ],
)
def test_a_map_that_does_not_fit_its_file(desk: Desk, tmp_path: Path, columns: str, why: str) -> None:
    path = write_csv(tmp_path / "people.csv", "Nr,Name,Role,Phone,Name", "1,A,hr,,B")
    with pytest.raises(BadInput, match=why):
        take(desk, "people", path, map_file(tmp_path, "[columns]\n" + columns))


def test_a_record_that_a_newer_program_wrote_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    path = people_file(tmp_path, ANNA)
    take(desk, "people", path)
    with desk.database.write() as conn:
        conn.exec_driver_sql("INSERT INTO readonly SELECT id, 'people' FROM people WHERE external = '7'")
    people_file(tmp_path, ANNA.replace("Anna", "Anne"))
    assert take(desk, "people", path).rejected[0].why.startswith("a newer Tavle has written")


def test_imported_absences_and_shifts_work_together(desk: Desk, tmp_path: Path) -> None:
    """What an import brings is what the desk decides on: a shift of the export is left uncovered."""
    report_absence(desk, "Jonas Berg")
    path = write_csv(tmp_path / "a.csv", "person,kind,from,until", "Sara Lind,sick,2026-11-23,2026-11-23")
    take(desk, "absences", path)
    (sara,) = listed(desk, "absences", person="Sara Lind")
    assert sara.uncovered == (shift_of(desk, "Sara Lind"),)
    assert desk.take("absence.approve", sara.id, {"called_at": "now"}).decision == "absence.approve"


@pytest.mark.parametrize(("header", "cells"), [("Bredde;Længde", "55,67;12,56"), ("Bredde;Oest", "55,67;")])
def test_half_a_place_is_none(desk: Desk, tmp_path: Path, header: str, cells: str) -> None:
    """A person's column Længde is dropped, since it may be a body's; what is left would be another place."""
    names = ", ".join(f'"{name}"' for name in header.split(";"))
    map_ = map_file(
        tmp_path,
        f'decimal = ","\n[columns]\nexternal = "Nr"\nname = "Navn"\nrole = "Rolle"\nlocation = [{names}]\n',
    )
    path = write_csv(tmp_path / "a.csv", f"Nr;Navn;Rolle;{header}", f"1;Anna;hr;{cells}")
    assert counts(take(desk, "people", path, map_)) == (1, 0, 0, 0)
    assert listed(desk, "people", external="1")[0].location is None

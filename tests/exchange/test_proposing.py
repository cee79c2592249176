"""Without a map, one is proposed from the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.column_map import Map, kind_named, parse_map
from app.exchange.headers import plain
from app.exchange.proposing import as_toml, propose
from app.exchange.reading import Row, Table
from app.exchange.rows import Around
from app.exchange.synonyms import FIELDS, VALUES

AROUND = Around(datetime(2026, 11, 23, tzinfo=UTC), ZoneInfo("Europe/Copenhagen"), lambda _kind, text: text)


def proposed(kind: str, header: Sequence[str], *rows: Sequence[Any]) -> Map:
    table = Table(tuple(header), tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 2)))
    return propose(kind_named(kind), table, AROUND)


@pytest.mark.parametrize(
    "header",
    [
        ("Fraværsnr", "Medarbejder", "Fraværstype", "Fra", "Til", "Bemærkning"),
        ("Frånvaro-ID", "Anställningsnummer", "Frånvarotyp", "Från", "Till", "Anmärkning"),
        ("Nr.", "Ansattnummer", "Type", "Startdato", "Sluttdato", "Merknad"),
        ("Numero", "Työntekijä", "Poissaolotyyppi", "Alkaa", "Päättyy", "Huomautus"),
        ("Poissaolotunnus", "Henkilönumero", "Poissaolon tyyppi", "Alkaa", "Päättyy", "Huomautus"),
        ("Nr", "Mitarbeiter", "Abwesenheitsart", "Von", "Bis", "Bemerkung"),
        ("Absence ID", "Employee", "Absence type", "From", "Until", "Comment"),
        ("external", "person", "kind", "from", "until", "note"),
    ],
)
def test_six_languages(header: tuple[str, ...]) -> None:
    fields = ("external", "person", "kind", "from", "until", "note")
    assert proposed("absences", header).columns == {
        field: (name,) for field, name in zip(fields, header, strict=True)
    }


@pytest.mark.parametrize(
    "header",
    [
        ("Kunde", "Emne", "Oprettet den", "Kanal"),
        ("Kund", "Ärende", "Inkommen", "Kanal"),
        ("Kunde", "Henvendelse", "Mottatt dato", "Kanal"),
        ("Asiakas", "Aihe", "Saapunut", "Kanava"),
        ("Kunde", "Betreff", "Eingegangen am", "Kanal"),
        ("Customer", "Subject", "Received on", "Channel"),
    ],
)
def test_complaints_in_six_languages(header: tuple[str, ...]) -> None:
    fields = ("customer", "text", "received_at", "channel")
    found = proposed("complaints", header).columns
    assert found == {field: (name,) for field, name in zip(fields, header, strict=True)}
    described = proposed("complaints", (*header, "Description")).columns
    assert described["text"] == ("Description",), "what says more goes before the subject"


def test_private_columns_are_never_proposed() -> None:
    assert proposed("absences", ("Medarbejder", "Sygdom", "Årsag", "Type")).columns == {
        "person": ("Medarbejder",),
        "kind": ("Type",),
    }


def test_our_own_name_goes_before_what_others_call_it() -> None:
    assert proposed("people", ("Name", "Medarbejder", "Id", "External")).columns == {
        "id": ("Id",),
        "external": ("External",),
        "name": ("Name",),
    }


@pytest.mark.parametrize(
    ("cells", "pattern"),
    [
        (("23-11-2026 06:40", "01-12-2026 07:00"), "%d-%m-%Y %H:%M"),
        (("23.11.2026 06:40:00",), "%d.%m.%Y %H:%M:%S"),
        (("23.11.26",), "%d.%m.%y"),
        (("11/23/2026 06:40:00 AM",), "%m/%d/%Y %I:%M:%S %p"),
        (("20261123",), None),
        (("2026-11-23T06:40", "23/11/2026"), None),
        (("2026-11-23 06:40", "23-11-2026 06:40"), None),
        ((datetime(2026, 11, 23, 6, 40, tzinfo=UTC), ""), None),
    ],
)
def test_how_dates_are_written_is_seen_in_the_cells(cells: tuple[Any, ...], pattern: str | None) -> None:
    map_ = proposed("shifts", ("Start",), *((cell,) for cell in cells))
    assert map_.formats == ({"start": pattern} if pattern else {})


def test_their_words_for_a_few_fixed_ones() -> None:
    words = ("Sygdom", "Barns 1. sygedag", "Ferie", "Sykmelding", "sick", "Orlov", None)
    assert proposed("absences", ("Type",), *((word,) for word in words)).values == {
        "kind": {"Sygdom": "sick", "Barns 1. sygedag": "child_sick", "Ferie": "holiday", "Sykmelding": "sick"}
    }
    assert proposed("people", ("Aktiv",), ("Nein",), ("ja",)).values == {"active": {"Nein": False}}


def test_a_proposal_is_a_map_to_start_from() -> None:
    map_ = proposed("absences", ("Id", "Type", "Fra"), ("1", "Ferie", "23-11-2026 06:40"))
    again = parse_map(as_toml(map_), kind_named("absences"))
    assert (again.columns, again.formats, again.values) == (map_.columns, map_.formats, map_.values)


def test_the_word_lists_are_in_the_plain_spelling_and_name_real_fields() -> None:
    for kind, fields in FIELDS.items():
        assert fields.keys() <= {"external", *kind_named(kind).specs}
    for name, words in VALUES.items():
        kind, field = name.split(".")
        choices = kind_named(kind).specs[field].type.choices
        assert not choices or words.keys() <= set(choices)
    every = [text for fields in (*FIELDS.values(), *VALUES.values()) for text in fields.values()]
    assert [word for text in every for word in text.split() if plain(word) != word] == []


@pytest.mark.parametrize(
    ("day", "clocks", "pattern"),
    [
        ("24-11-2026", ("07:00", "11:00"), "%d-%m-%Y %H:%M"),
        ("24.11.2026", ("7.00", "11.00"), None),
        (date(2026, 11, 24), (time(7), time(11)), None),
        (date(2026, 11, 24), ("07:00", "11:00"), None),
    ],
)
def test_the_day_of_a_shift_is_joined_to_its_clocks(
    day: Any, clocks: tuple[Any, Any], pattern: str | None
) -> None:
    map_ = proposed("shifts", ("Kunde", "Dato", "Fra", "Til"), ("Hotel", day, *clocks))
    assert (map_.columns["start"], map_.columns["end"]) == (("Dato", "Fra"), ("Dato", "Til"))
    assert map_.formats == ({"start": pattern, "end": pattern} if pattern else {})


def test_a_day_beside_whole_times_is_left_alone() -> None:
    map_ = proposed("shifts", ("Dato", "Start", "Slut"), ("x", "2026-11-24 07:00", "2026-11-24 11:00"))
    assert map_.columns["start"] == ("Start",)


def test_what_a_proposal_leaves_out_and_lacks_is_said_in_it_but_nothing_private() -> None:
    header = ("Id", "Beskrivelse", "Region\x1b", "Diagnose")
    said = as_toml(proposed("complaints", header), header).split("\n")
    assert said[0] == "# must be given: customer, received_at"
    assert said[1] == "# columns not read: Region␛"
    assert "Diagnose" not in "".join(said)

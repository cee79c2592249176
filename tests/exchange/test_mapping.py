from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.column_map import IMPORTABLE, kind_named, parse_map, required
from app.domain.fields import BadInput
from app.domain.kinds import KINDS
from app.exchange.importing import load_map

CONTRACT = """
source = "clemata"
as_of = "2026-11-23T05:00+01:00"
timezone = "Europe/Copenhagen"
decimal = ","
[columns]
external = "Id"
customer = "Kunde"
text = ["Emne", "Beskrivelse"]
received_at = "Oprettet"
[formats]
received_at = "%d-%m-%Y %H:%M"
[values.channel]
"E-post" = "email"
[constants]
channel = "phone"
[create]
customers = true
"""


def test_the_contracts_own_example() -> None:
    map_ = parse_map(CONTRACT, kind_named("complaints"))
    assert map_.source == "clemata"
    assert map_.as_of == datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    assert map_.zone is not None
    assert map_.zone.key == "Europe/Copenhagen"
    assert map_.decimal == ","
    assert map_.columns["text"] == ("Emne", "Beskrivelse")
    assert map_.wanted == ("Id", "Kunde", "Emne", "Beskrivelse", "Oprettet")
    assert map_.formats == {"received_at": "%d-%m-%Y %H:%M"}
    assert map_.values == {"channel": {"E-post": "email"}}
    assert map_.constants == {"channel": "phone"}
    assert map_.create == {"customers"}


def test_what_is_left_out_has_its_default() -> None:
    map_ = parse_map('[columns]\nname = "Navn"', kind_named("people"))
    assert (map_.source, map_.as_of, map_.zone, map_.decimal) == ("people", None, None, ".")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-23T05:00:07.9+01:00", datetime(2026, 11, 23, 4, 0, 7, tzinfo=UTC)),
        ('"2026-11-23T05:00"', datetime(2026, 11, 23, 3, 0, tzinfo=UTC)),
        ("2026-11-23T05:00:00Z", datetime(2026, 11, 23, 5, 0, tzinfo=UTC)),
    ],
)
def test_as_of_is_a_time_of_toml_or_a_text(text: str, instant: datetime) -> None:
    map_text = f'as_of = {text}\ntimezone = "Europe/Helsinki"\n[columns]\nname = "Navn"'
    if text.startswith("2026-11-23T05:00:07"):
        map_text = f'as_of = {text}\n[columns]\nname = "Navn"'
    assert parse_map(map_text, kind_named("people")).as_of == instant


COLUMNS = '[columns]\ncustomer = "Kunde"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[columns]\nx = ", "it is not TOML: .*"),
        ("", r"\[columns\] is missing"),
        ("[columns]\n", r"\[columns\] is missing"),
        ('columns = "Id"', r"columns must be a table: \[columns\]"),
        ("[rows]\n" + COLUMNS, "there is no rows in a map; there are: source, as_of"),
        ("source = 1\n" + COLUMNS, "source must be a text"),
        ('source = " "\n' + COLUMNS, "source must be a text"),
        ('as_of = "yesterday"\n' + COLUMNS, "as_of must be a time such as"),
        ("as_of = 2026-11-23\n" + COLUMNS, "as_of must be a time such as"),
        ("as_of = 2200-01-01T00:00:00Z\n" + COLUMNS, "2200 is no year of an export"),
        ('timezone = "Mars/Olympus"\n' + COLUMNS, "unknown time zone: Mars/Olympus"),
        ('decimal = "x"\n' + COLUMNS, 'decimal must be "," or "."'),
        (
            '[columns]\nkunde = "Kunde"',
            r"\[columns\] complaints have no field kunde; they have: external, customer",
        ),
        ('[columns]\nreply_by = "Frist"', r"\[columns\] reply_by is worked out, not imported"),
        ("[columns]\ncustomer = 1", "customer must be a column's name, or a list of them"),
        ("[columns]\ntext = []", "text must be a column's name, or a list of them"),
        (COLUMNS + '[formats]\ncustomer = "%Y"', r"\[formats\] customer is neither a time nor a date"),
        (
            COLUMNS + '[formats]\nreceived_at = "%H:%M"',
            r"\[formats\] received_at is no pattern such as %d-%m-%Y",
        ),
        (COLUMNS + '[formats]\nreceived_at = "%Q"', r"\[formats\] received_at is no pattern"),
        (COLUMNS + '[values]\nchannel = "x"', r"\[values\] channel must be a table"),
        (COLUMNS + "[constants]\nchannel = {}", r"\[constants\] channel has no value"),
        (
            COLUMNS + "[create]\ncustomers = 1",
            r"\[create\] takes areas, people, customers, each true or false",
        ),
        (COLUMNS + "[create]\ncomplaints = true", r"\[create\] takes areas, people, customers"),
        (COLUMNS + "[create]\nareas = true", r"\[create\] complaints refer to no areas"),
    ],
)
def test_what_is_wrong_with_a_map_is_one_clear_line(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=why) as error:
        load_map(path, kind_named("complaints"))
    assert str(error.value).startswith("map.toml: ")
    assert "\n" not in str(error.value)
    with pytest.raises(BadInput, match=why):
        parse_map(text, kind_named("complaints"))


def test_a_map_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"^map\.toml: it cannot be read: No such file or directory$"):
        load_map(tmp_path / "map.toml", kind_named("people"))
    (tmp_path / "map.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"^map\.toml: it is not UTF-8 text$"):
        load_map(tmp_path / "map.toml", kind_named("people"))


def test_only_what_an_office_sends_can_be_imported() -> None:
    assert [kind_named(name).name for name in IMPORTABLE] == list(IMPORTABLE)
    for name in ("changes", "areas", "nonsense"):
        with pytest.raises(BadInput, match=f"^{name} cannot be imported; what can: people, "):
            kind_named(name)


def test_what_a_record_needs_follows_from_its_declaration() -> None:
    assert {name: required(KINDS[name]) for name in IMPORTABLE} == {
        "people": ("name", "role"),
        "customers": ("name",),
        "agreements": ("customer", "task"),
        "shifts": ("customer", "start", "end"),
        "absences": ("person", "kind", "from"),
        "complaints": ("customer", "received_at", "text"),
    }

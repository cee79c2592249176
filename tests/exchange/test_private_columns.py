from __future__ import annotations

import pytest

from app.domain.column_map import IMPORTABLE, settable
from app.domain.kinds import KINDS
from app.exchange.private_columns import is_private

HEALTH = """
Reason for absence|Diagnosis|Diagnose|Diagnos|Diagnoosi|Diagnosekode|ICD-10|Body mass index|BMI|Weight|Height|Weight_kg
Social drinker|Social smoker|Alcohol|Smoking status|Sygdom|Sygdomsårsag|Sjukdom|Sykdom|Krankheit|Krankheitsgrund|Sairaus
Sairauden nimi|Illness|Disease type|Symptomer|Medicin|Medisinering|Medikamente|Lääkitys|Gravid|Graviditet|Pregnant
Schwangerschaft|Raskaus|Handicap|Disability|Behinderung|Fraværsårsag|Fraværsgrund|Frånvaroorsak|Fraværsgrunn
Poissaolon syy|Abwesenheitsgrund|Grund der Abwesenheit|Fehlgrund|Reason for leave|Kropsvægt|Vægt|Vikt|Vekt|Gewicht|Paino
Højde|Höjd længde|Längd|Pituus|Körpergröße|Ryger|Rökare|Røyker|Raucher|Tupakointi|Alkoholforbrug|Blodtryk|Blutdruck
Psykisk helbred|Mental health|bodyWeight|REASON_FOR_ABSENCE|Type of sickness|Lægens navn læge|Arzt|Covid test|Allergier
"""
HARMLESS = """
Medarbejder|Navn|Fra|Til|Type|Fraværstype|Frånvarotyp|Absence type|Poissaolotyyppi|Sygemeldt fra
Sick from|Sairausloma alkaa|Krankmeldung ab|Sjukanmälan|Bemærkning|Status|Age|Service time
Transportation expense|Education|Son|Pet|Seasons|Work load|Disciplinary failure
Absenteeism time in hours|Kundenummer|Environmental zone|Departmental code|Telefon|Godkendt af
"""


def names(text: str) -> list[str]:
    return [name for line in text.split("\n") for name in line.split("|") if name]


@pytest.mark.parametrize("name", names(HEALTH))
def test_what_looks_like_health_body_or_habits_is_dropped(name: str) -> None:
    assert is_private(name, "absences")


@pytest.mark.parametrize("name", names(HARMLESS))
def test_what_an_absence_needs_is_not(name: str) -> None:
    assert not is_private(name, "absences")


def test_a_reason_is_private_only_where_someone_is_away() -> None:
    assert is_private("Reason", "absences")
    assert is_private("Årsag", "absences")
    assert not is_private("Reason", "complaints")
    assert not is_private("Årsag til klage", "complaints")
    assert is_private("Årsag til fravær", "people")


@pytest.mark.parametrize("kind", IMPORTABLE)
def test_our_own_fields_are_never_private(kind: str) -> None:
    assert [name for name in settable(KINDS[kind]) if is_private(name, kind)] == []

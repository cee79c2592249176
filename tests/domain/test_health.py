"""Notes that read like health information are known in six languages; ordinary ones pass (DK-14, DK-15)."""

from __future__ import annotations

import pytest

from app.domain.health import reads_like_health

OF_HEALTH = {
    "en": (
        "He has the flu", "a fever of 39", "38.5 °C this morning", "broke his leg", "migraine again", "pregnant",
        "at the doctor's", "in hospital until Friday", "has a bad back", "stress", "diagnosed with diabetes",
        "knee surgery", "stomach bug", "COVID", "vomiting all night", "depression", "headache",
    ),
    "da": (
        "influenza", "barnet har feber", "ondt i ryggen", "migræne", "brækket benet", "skal opereres",
        "skal til operation", "gravid i 7. måned", "hos lægen", "lungebetændelse", "omgangssyge", "forkølet",
        "hovedpine", "tandlæge kl. 10", "39,5 grader", "kræft", "opkast", "sygdom i maven", "hjernerystelse",
    ),
    "sv": (
        "har ont i halsen", "förkyld", "magsjuka", "huvudvärk", "hos läkaren", "feber och hosta", "utbränd",
        "sjukdom", "kräks", "ångest", "graviditet", "på sjukhus",
    ),
    "nb": (
        "vondt i ryggen", "omgangssyke", "forkjølet", "hodepine", "brukket, på sykehus", "til lege", "kreft",
        "utbrent", "sykdom", "lungebetennelse",
    ),
    "fi": (
        "flunssa", "kuumetta", "päänsärky", "selkäkipu", "lääkärissä", "raskaana", "leikkauksessa", "vatsatauti",
        "syöpä", "oksentaa", "sairaus",
    ),
    "de": (
        "Grippe", "hat Fieber", "Rückenschmerzen", "Durchfall", "beim Arzt", "schwanger", "erkältet", "Übelkeit",
        "Bandscheibenvorfall", "im Krankenhaus", "Krankheit", "Kopfschmerzen",
    ),
}  # fmt: skip
ORDINARY = (
    "takes the van", "call back at 10", "key under the mat", "the lock is broken", "the car has broken down",
    "operations manager has the key", "the lift is out of operation", "paint stains in the hallway",
    "a hostel on the corner", "the gripper is in the cupboard", "back on Monday", "bad weather", "room 38 C",
    "back door", "hand over the keys", "left arm of the sofa", "arm the alarm", "parental leave",
    "agreed with the influencer upstairs", "wash the mops at 40 degrees", "36 windows", "38 Main Street",
    "nøglen hænger i skuret", "vi samler kræfter til forårsrengøring", "vaskes ved 60 grader", "på ferie",
    "kan ikke komme før kl. 9", "børnehaven lukker", "lege med hunden", "alarm på bagdøren", "tager bussen",
    "moppar tvättas i 40 grader", "nyckeln ligger under mattan", "kunden har avbokat", "semester till fredag",
    "nøkkelen ligger under matta", "legehuset åpner kl. 7", "avtalt med kunden",
    "avain on maton alla", "nurmikon leikkaus tiistaina", "loma perjantaihin", "asiakas perui",
    "Schlüssel liegt unter der Matte", "Urlaub bis Freitag", "Kunde hat abgesagt", "desinfizieren",
    "tager over for Jonas Kragh", "wohnt in Krakow", "", "  ", "10", "\x1b[31m",
)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "note"), [(one, note) for one, notes in OF_HEALTH.items() for note in notes]
)
def test_dk_14_health_information_is_known(language: str, note: str) -> None:
    assert reads_like_health(note), language
    assert reads_like_health(f"Jonas: {note.upper()}!")


@pytest.mark.parametrize("note", ORDINARY)
def test_an_ordinary_note_passes(note: str) -> None:
    assert not reads_like_health(note)

"""Notes that read like health information are known in six languages; ordinary ones pass (DK-14, DK-15)."""

from __future__ import annotations

import pytest

from app.domain.health import reads_like_health
from tests.domain.health_notes import KNOWN, UNSEEN, Notes

OF_HEALTH = {
    "en": (
        "He has the flu", "a fever of 39", "38.5 °C this morning", "broke his leg", "migraine again",
        "pregnant",
        "at the doctor's", "in hospital until Friday", "has a bad back", "stress",
        "diagnosed with diabetes",
        "knee surgery", "stomach bug", "COVID", "vomiting all night", "depression", "headache",
    ),
    "da": (
        "influenza", "barnet har feber", "ondt i ryggen", "migræne", "brækket benet", "skal opereres",
        "skal til operation", "gravid i 7. måned", "hos lægen", "lungebetændelse", "omgangssyge",
        "forkølet",
        "hovedpine", "tandlæge kl. 10", "39,5 grader", "kræft", "opkast", "sygdom i maven",
        "hjernerystelse",
    ),
    "sv": (
        "har ont i halsen", "förkyld", "magsjuka", "huvudvärk", "hos läkaren", "feber och hosta", "utbränd",
        "sjukdom", "kräks", "ångest", "graviditet", "på sjukhus",
    ),
    "nb": (
        "vondt i ryggen", "omgangssyke", "forkjølet", "hodepine", "brukket, på sykehus", "til lege",
        "kreft",
        "utbrent", "sykdom", "lungebetennelse",
    ),
    "fi": (
        "flunssa", "kuumetta", "päänsärky", "selkäkipu", "lääkärissä", "raskaana", "leikkauksessa",
        "vatsatauti",
        "syöpä", "oksentaa", "sairaus",
    ),
    "de": (
        "Grippe", "hat Fieber", "Rückenschmerzen", "Durchfall", "beim Arzt", "schwanger", "erkältet",
        "Übelkeit",
        "Bandscheibenvorfall", "im Krankenhaus", "Krankheit", "Kopfschmerzen",
    ),
}  # fmt: skip
ORDINARY = (
    "takes the van", "call back at 10", "key under the mat", "the lock is broken",
    "the car has broken down",
    "operations manager has the key", "the lift is out of operation", "paint stains in the hallway",
    "a hostel on the corner", "the gripper is in the cupboard", "back on Monday", "bad weather",
    "room 38 C",
    "back door", "hand over the keys", "left arm of the sofa", "arm the alarm", "parental leave",
    "agreed with the influencer upstairs", "wash the mops at 40 degrees", "36 windows", "38 Main Street",
    "nøglen hænger i skuret", "vi samler kræfter til forårsrengøring", "vaskes ved 60 grader", "på ferie",
    "kan ikke komme før kl. 9", "børnehaven lukker", "lege med hunden", "alarm på bagdøren", "tager bussen",
    "moppar tvättas i 40 grader", "nyckeln ligger under mattan", "kunden har avbokat",
    "semester till fredag",
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


def figures(notes: Notes) -> tuple[float, float]:
    """The share of notes about health that are known, and of harmless ones that are taken for such."""
    of_health = [reads_like_health(note) for told, _harmless in notes.values() for note in told]
    harmless = [reads_like_health(note) for _told, calm in notes.values() for note in calm]
    return sum(of_health) / len(of_health), sum(harmless) / len(harmless)


@pytest.mark.parametrize(
    ("name", "notes", "recall", "false"), [("known", KNOWN, 0.98, 0.0), ("unseen", UNSEEN, 0.95, 0.02)]
)
def test_of_labelled_notes_nearly_all_on_health_are_known_and_hardly_a_harmless_one_is_refused(
    name: str, notes: Notes, recall: float, false: float, capsys: pytest.CaptureFixture[str]
) -> None:
    found, refused = figures(notes)
    with capsys.disabled():
        print(
            f"\nhealth notes, {name}: {found:.1%} of those on health known, {refused:.1%} of harmless ones refused"
        )
    assert found >= recall
    assert refused <= false


def test_the_norwegian_noun_is_known_as_its_verb_is() -> None:
    assert reads_like_health("oppkast i natt")


def test_the_labelled_notes_are_many_half_of_them_harmless() -> None:
    for notes, least in ((KNOWN, 150), (UNSEEN, 60)):
        told = sum(len(of_health) for of_health, _harmless in notes.values())
        calm = sum(len(harmless) for _told, harmless in notes.values())
        assert told + calm >= least
        assert told == calm
    assert not {note for pair in KNOWN.values() for notes in pair for note in notes}.intersection(
        note for pair in UNSEEN.values() for notes in pair for note in notes
    )


@pytest.mark.parametrize(
    "note",
    ["hoved pine", "mi græne", "influ enza", "f l u", "39°C", "39 ° c", "38,5 C", "HALS-BETÆNDELSE",
     "Rücken schmerzen",
     "penicillin-kur", "tem\u00adperatur 39", "Temp. 38.4", "Ru\u0308ckenschmerzen", "doctor’s at 9",
     "Magen - Darm"],
)  # fmt: skip
def test_a_blank_a_hyphen_or_a_mark_in_it_hides_no_word(note: str) -> None:
    assert reads_like_health(note)


@pytest.mark.parametrize(
    "note",
    ["tager Klinik Nord i dag", "Desinfektionsmittel ist alle", "Infektionsschutz-Kurs am Freitag",
     "hand dryer broken",
     "the broken leg of the table", "broke the lock, back on Monday",
     "the lift is broken, back stairs only",
     "it is too cold in the store", "migrationsverket är ny kund", "röntgenrummet städas sist",
     "for kold til vinduerne",
     "Spülmaschinentabletten nachbestellen", "39 grader i serverrummet", "gastronomy cleaning",
     "mursi lukon",
     "gebrochenes Schloss an der Tür", "Rückenlehne gebrochen", "hold i gang", "handen over nøglen",
     "Arztpraxis um 9"],
)  # fmt: skip
def test_a_thing_that_is_broken_or_a_place_that_is_cleaned_is_nobodys_health(note: str) -> None:
    assert not reads_like_health(note)

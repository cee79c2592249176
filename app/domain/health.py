"""Does a note read like health information? Such a note is refused, and nothing of it is kept (DK-14, DK-15)."""

from __future__ import annotations

import re
import unicodedata

_WORDS = frozenset(
    """
    flu fever cough diagnos illness disease doctor hospital surgery migraine depress anxiety stress burnout
    pregnan cancer covid corona vomit nausea diarrh infection injur broken pain ache asthma diabet medicin
    influenza feber hoste sygdom laege sygehus operation migraene angst udbraendt gravid kraeft opkast kvalme
    smerte ondt hovedpine sjukdom lakare sjukhus graviditet illamaende varker sykdom lege sykehus utbrent kreft
    kuume flunssa sairaus laakari sairaala leikkaus raskaus syopa pahoinvointi kipu paansarky
    grippe fieber husten krankheit arzt krankenhaus schwanger krebs ubelkeit schmerz kopfschmerz
    """.split()  # noqa: SIM905 - a list of 90 lines says no more
)
_TEMPERATURE = re.compile(r"\b(3[5-9]|4[0-2])([.,]\d)?\s*(°|º|grad|degree|c\b)", re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]+")
_SHORT = frozenset(word for word in _WORDS if len(word) <= 4)


def _plain(text: str) -> str:
    spelled = text.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a").replace("ß", "ss")
    return "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))


def reads_like_health(text: str) -> bool:
    """True where a text holds a word of illness or a body temperature (da, sv, nb, fi, de, en)."""
    if _TEMPERATURE.search(text):
        return True
    words = _LETTERS.findall(_plain(text))
    return any(
        word in _SHORT or any(word.startswith(stem) for stem in _WORDS if len(stem) > 4) for word in words
    )

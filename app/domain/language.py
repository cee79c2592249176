"""In which of six languages a customer writes, and how a time is written in it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SPOKEN = {"DK": "da", "SE": "sv", "NO": "nb", "FI": "fi", "DE": "de"}
"""Country → its language; elsewhere it is English."""
_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and is are was were has have had not you your our we they there this that with of to be been",
        "da": "jeg er og ikke af har blevet bliver der det os vores jeres hvad noget også efter mig på igen til fra",
        "sv": "jag är och inte av har blivit det oss vår våra ert något också efter mig på igen till från som hos",
        "nb": "jeg er og ikke av har blitt det oss vår våre deres hva noe også etter meg på igjen til fra dere",
        "fi": "on ei ja oli ovat ole eikä että minä me te meidän teidän se ne joka kun niin kuin jo taas täynnä",
        "de": "ich ist und nicht von hat haben wird das die der den uns unser wir sie auch nach mich auf wieder ein",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 2
_WRITTEN = {
    "en": ("%d %B %Y", ", %H:%M"),
    "da": ("%d.%m.%Y", " kl. %H.%M"),
    "sv": ("%Y-%m-%d", " kl. %H.%M"),
    "nb": ("%d.%m.%Y", " kl. %H.%M"),
    "fi": ("%d.%m.%Y", " klo %H.%M"),
    "de": ("%d.%m.%Y", " um %H:%M Uhr"),
}


def language_of(text: str) -> str | None:
    """The language whose little words stand in a text, two at the least and more than of any other; else None."""
    said = [word.casefold() for word in _WORD.findall(text)]
    counted = sorted(
        ((sum(word in words for word in said), code) for code, words in _WORDS.items()), reverse=True
    )
    (most, best), (next_, _other) = counted[:2]
    return best if most >= _SURE and most > next_ else None


def date_in(day: date, language: str) -> str:
    """A date as a letter has it."""
    return day.strftime(_WRITTEN.get(language, _WRITTEN["en"])[0])


def time_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """A time as a letter has it; the end of a day is that day."""
    local = moment.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return date_in(local - timedelta(days=1), language)
    return date_in(local, language) + local.strftime(_WRITTEN.get(language, _WRITTEN["en"])[1])

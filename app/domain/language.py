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
_DAYS = {
    language: tuple(names.split())
    for language, names in {
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "da": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
        "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "fi": "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina",
        "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    }.items()
}
_MONTHS = {
    language: tuple(names.split())
    for language, names in {
        "en": "January February March April May June July August September October November December",
        "da": "januar februar marts april maj juni juli august september oktober november december",
        "sv": "januari februari mars april maj juni juli augusti september oktober november december",
        "nb": "januar februar mars april mai juni juli august september oktober november desember",
        "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
        "lokakuuta marraskuuta joulukuuta",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    }.items()
}
_DATES = {"en": "%d %B %Y", "sv": "%Y-%m-%d"}
_DATE = "%d.%m.%Y"
"""A date that stands for itself, beside its label."""
_IN_WORDS = {
    "en": ("{weekday} {day} {month} {year}", "{clock:%H:%M} on {date}"),
    "da": ("{weekday} den {day}. {month} {year}", "{date} kl. {clock:%H.%M}"),
    "sv": ("{weekday} den {day} {month} {year}", "{date} kl. {clock:%H.%M}"),
    "nb": ("{weekday} {day}. {month} {year}", "{date} kl. {clock:%H.%M}"),
    "fi": ("{weekday} {day}. {month} {year}", "{date} klo {clock:%H.%M}"),
    "de": ("am {weekday}, {day}. {month} {year}", "{date}, um {clock:%H:%M} Uhr"),
}
"""A day and a time as they stand in a sentence, after *by*, *senest*, *viimeistään*, *spätestens*."""
LANGUAGES = tuple(_IN_WORDS)
"""Those in which a time can be told."""


def language_of(text: str) -> str | None:
    """The language whose little words stand in a text, two at the least and more than of any other; else None."""
    said = [word.casefold() for word in _WORD.findall(text)]
    counted = sorted(
        ((sum(word in words for word in said), code) for code, words in _WORDS.items()), reverse=True
    )
    (most, best), (next_, _other) = counted[:2]
    return best if most >= _SURE and most > next_ else None


def date_in(day: date, language: str) -> str:
    """A date as it stands beside its label."""
    return day.strftime(_DATES.get(language, _DATE))


def day_words(day: date, language: str) -> str:
    """A day as a sentence of a letter has it: ``torsdag den 26. november 2026``."""
    return _IN_WORDS[language][0].format(
        weekday=_DAYS[language][day.weekday()],
        day=day.day,
        month=_MONTHS[language][day.month - 1],
        year=day.year,
    )


def time_words(moment: datetime, zone: ZoneInfo, language: str, *, ends: bool = False) -> str:
    """A time as a sentence of a letter has it; midnight is a whole day, the one that ``ends`` with it or begins."""
    local = moment.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return day_words(local - timedelta(days=1) if ends else local, language)
    return _IN_WORDS[language][1].format(date=day_words(local, language), clock=local)

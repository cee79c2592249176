"""What a complaint names: the items of the customer's agreement that its words fit (DK-24, DK-25)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.records import Agreement

_WORD = re.compile(r"\w+")
_STEM = 4
"""Words of which so many first letters agree count as forms of one word."""
_OF_THE_TRADE = re.compile(
    r"clean(s|ed|er|ers|ing)?|wash(es|ed|ing)?|work(s|ed|er|ers|ing)?|serviced?|neat|tidy"
    r"|rengor\w*|gjort|gore|arbejde\w*|vask(e|er|et|ede)?|renhold\w*|arbeid\w*|stada\w*|stadning\w*|arbete\w*"
    r"|siivo\w*|puhdis\w*|tyota|reinig\w*|gereinigt|putz\w*|geputzt|sauber\w*|arbeit\w*"
    r"|after|again|always|been|daily|every|from|have|never|that|them|they|this|very|week|weekly|were|with|your"
    r"|hver|alle|efter|igen|aldrig|altid|ikke|varje|aldri|alltid|etter|igjen|nicht|immer|nach|wieder|jede[nrs]?"
)
"""Words that any complaint and any agreement may hold: they name nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """An item of the agreement and the complaint's words that it fits, best first."""

    item: Agreement
    words: tuple[str, ...]


def folded_words(text: str) -> list[str]:
    """The words of a text, in lower case and without diacritics."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "ae"))
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))


def _telling(text: str) -> list[str]:
    """The words of a text that say which thing or place is meant."""
    return [word for word in folded_words(text) if len(word) >= _STEM and not _OF_THE_TRADE.fullmatch(word)]


def matches(text: str, items: Iterable[Agreement]) -> list[Match]:
    """The items whose task, place or note share words with the text; those sharing most first."""
    words = _telling(text)
    found = []
    for item in items:
        said = " ".join(filter(None, (item.task, item.place, item.note)))
        stems = {word[: max(_STEM, len(word) - 2)] for word in _telling(said)}
        fitting = tuple(dict.fromkeys(word for word in words if any(_fits(word, stem) for stem in stems)))
        if fitting:
            found.append(Match(item, fitting))
    return sorted(found, key=lambda one: (-len(one.words), one.item.task, one.item.id))


def _fits(word: str, stem: str) -> bool:
    return word.startswith(stem) or stem.startswith(word)


def marked(text: str, words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The text in parts; True for a word that is a form of one of the words of a match."""
    wanted, end = tuple(words), 0
    for found in _WORD.finditer(text):
        folded = "".join(folded_words(found.group()))
        stem = folded[: max(_STEM, len(folded) - 2)]
        if len(folded) >= _STEM and any(_fits(word, stem) for word in wanted):
            yield text[end : found.start()], False
            yield found.group(), True
            end = found.end()
    yield text[end:], False


def names_nothing_concrete(text: str, items: Iterable[Agreement]) -> bool:
    """True for a complaint such as "I am so tired of cleaning up after you": it calls for a talk."""
    return not matches(text, items)

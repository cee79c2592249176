"""What a complaint names: the items of the customer's agreement that its words fit (DK-24, DK-25)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.records import Agreement

_WORD = re.compile(r"\w+")
_STEM = 4
"""Words of which so many first letters agree count as forms of one word."""


@dataclass(frozen=True, slots=True)
class Match:
    """An item of the agreement and the complaint's words that it fits, best first."""

    item: Agreement
    words: tuple[str, ...]


def folded_words(text: str) -> list[str]:
    """The words of a text, in lower case and without diacritics."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))


def _stems(text: str) -> set[str]:
    return {word[: max(_STEM, len(word) - 2)] for word in folded_words(text) if len(word) >= _STEM}


def matches(text: str, items: Iterable[Agreement]) -> list[Match]:
    """The items whose task, place or note share words with the text; those sharing most first."""
    words = [word for word in folded_words(text) if len(word) >= _STEM]
    found = []
    for item in items:
        stems = _stems(" ".join(filter(None, (item.task, item.place, item.note))))
        fitting = tuple(dict.fromkeys(word for word in words if any(_fits(word, stem) for stem in stems)))
        if fitting:
            found.append(Match(item, fitting))
    return sorted(found, key=lambda one: (-len(one.words), one.item.task, one.item.id))


def _fits(word: str, stem: str) -> bool:
    return word.startswith(stem) or (len(word) >= _STEM and stem.startswith(word))


def names_nothing_concrete(text: str, items: Iterable[Agreement]) -> bool:
    """True for a complaint such as "I am so tired of cleaning up after you": it calls for a talk."""
    return not matches(text, items)

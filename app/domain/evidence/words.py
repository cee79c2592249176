"""Words of six languages as they are compared: folded, without their endings, compounds by their parts.

One light stemmer for all, since nobody says in which language a customer writes: it takes off the commonest
endings of Danish, Swedish, Norwegian, Finnish, German and English. It takes off more than grammar would; among
the twenty items of one agreement that brings words together that belong together, and hardly others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
LEAST = 3
"""A stem keeps so many letters, of a long word one more."""
_SHORT = 6
_VOWELS = frozenset("aeiouy")
_TAILS = frozenset("tdr")
_OF_FOUR = _VOWELS | {"s"}
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "ß": "ss", "œ": "o", "đ": "d", "ł": "l"})
_TWO = (("aa", "a"), ("ae", "a"), ("oe", "o"))
"""How å, æ, ä, ø and ö are typed where a keyboard lacks them."""
_ENDINGS = frozenset(
    (
        "s", "e", "es", "en", "er", "et", "ens", "ers", "ets", "ene", "erne", "ernes", "ne", "n", "a", "an",
        "ar", "are", "arna", "or", "orna", "erna", "ing", "ed", "ly", "y", "ies", "em", "i", "o", "u", "t", "r",
        "d", "lla", "lta", "lle", "ssa", "sta", "ksi", "na", "ta", "tta", "seen", "hin", "ien", "jen", "den",
        "iden", "oiden", "oita", "oissa", "oista", "oilla", "oilta", "oille", "oihin", "issa", "ista", "illa",
        "ilta", "ille", "iksi", "isiin", "ja", "ia",
    )
)  # fmt: skip
_LONGEST = max(map(len, _ENDINGS))
LINKS = ("", "s", "e", "n", "en", "es", "er", "ns")
"""What may join the parts of a compound."""


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """A word in small letters, without accents, å æ ä ø ö as a and o however they are typed."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    for two, one in _TWO:
        plain = plain.replace(two, one)
    return plain


@lru_cache(maxsize=50_000)
def stem(plain: str) -> str:
    """A folded word without its endings, double letters single: ``toiletterne`` and ``toilets`` are one.

    A word of four letters loses a vowel or an s: a ``plan`` is not the place that ``plass`` says.
    """
    short = len(plain) <= _SHORT
    plain = _single(plain)
    while ending := _ending(plain, short=short):
        plain = _single(plain[:-ending])
    return plain


def _ending(plain: str, *, short: bool) -> int:
    """How long the longest ending is that may go; 0 where none may."""
    for length in range(min(_LONGEST, len(plain) - LEAST), 0, -1):
        if plain[-length:] in _ENDINGS and _may_go(plain, plain[-length:], short=short):
            return length
    return 0


def _may_go(plain: str, ending: str, *, short: bool) -> bool:
    rest = plain[: -len(ending)]
    if len(plain) == LEAST + 1 and ending not in _OF_FOUR:
        return False
    least = LEAST if ending in _VOWELS or (short and ending not in _TAILS) else LEAST + 1
    return len(rest) >= least and not _VOWELS.isdisjoint(rest)


def _single(plain: str) -> str:
    if len(plain) > LEAST and plain[-1] == plain[-2]:
        return plain[:-1]
    return plain


@lru_cache(maxsize=50_000)
def stems_of_first(part: str) -> tuple[str, ...]:
    """The stems that the first part of a compound may have, as letters may join it to the second."""
    cut = (part.removesuffix(link) for link in LINKS if part.endswith(link))
    return tuple(dict.fromkeys(stem(one) for one in cut if len(one) >= LEAST))


class Beginnings:
    """How stems begin: what begins otherwise has none of them, and need not be taken apart."""

    def __init__(self, stems: Iterable[str]) -> None:
        self._found = frozenset(one[: LEAST + 1] for one in stems)

    def may_begin(self, plain: str) -> bool:
        """False for a folded word that none of the stems begins."""
        return plain[: LEAST + 1] in self._found or plain[:LEAST] in self._found

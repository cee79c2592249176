"""The items of an agreement ranked by what they share with a complaint's words (DK-24, DK-25).

An index of one customer's items, in memory: fifteen to twenty-five short texts, built in milliseconds from the rows
that are read anyway, and found again by those rows. So it is never stale, the fold keeps nothing for it, and no term
is ever ranked over more than one agreement.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.domain.evidence.lexicon import Lexicon
from app.domain.evidence.saying import READ, Keys, Known, said_in, telling, what_is_said, words_of
from app.domain.evidence.words import LEAST, WORD, folded
from app.domain.records import Agreement

_TASK, _PLACE, _NOTE = 1.0, 0.6, 0.45
_AGAIN, _OWN = 0.9, 0.5
_ENOUGH, _BESIDE = 0.3, 0.45
"""What scores less is a coincidence; and what scores less than this share of the best is not meant beside it."""


@dataclass(frozen=True, slots=True)
class Match:
    """An item that fits, with the complaint's words and the item's own that brought them together, folded."""

    item: Agreement
    score: float
    words: frozenset[str]
    said: frozenset[str]


class _Posting(NamedTuple):
    """Where a key stands: the number of the item, how much it weighs there, and the item's words for it."""

    number: int
    weight: float
    words: frozenset[str]


class _Hit(NamedTuple):
    """A word of a complaint that stands for an item: by which key, how well, and the item's words for it."""

    number: int
    key: str
    score: float
    words: frozenset[str]


class _Fit(NamedTuple):
    """What speaks for an item: by key the complaint's word that says it best, and how well; all words of both."""

    by_key: dict[str, tuple[tuple[str, ...], float]]
    words: set[str]
    said: set[str]

    def add(self, words: tuple[str, ...], hit: _Hit) -> None:
        """A word of the complaint stands for the item; said twice it counts once."""
        if hit.key not in self.by_key or self.by_key[hit.key][1] < hit.score:
            self.by_key[hit.key] = words, hit.score
        self.words.update(words)
        self.said.update(hit.words)

    def score(self, told: Container[tuple[str, ...]]) -> float:
        """How well the item fits; words that another item has told already count less."""
        return sum(score * (_AGAIN if words in told else 1.0) for words, score in self.by_key.values())

    def new(self, told: Container[tuple[str, ...]]) -> float:
        """How well it fits by words that no item has told yet."""
        return sum(score for words, score in self.by_key.values() if words not in told)


@dataclass(frozen=True, eq=False)
class Index:
    """A customer's items by the keys of their words; ``known``: the stems of those words."""

    items: tuple[Agreement, ...]
    lexicon: Lexicon
    known: Known
    postings: dict[str, tuple[_Posting, ...]]

    def rank(self, text: str) -> tuple[Match, ...]:
        """The items that a complaint's words fit, best first; none where it names nothing that was agreed."""
        return _ranked(self, text[:READ])

    def names_nothing_concrete(self, text: str) -> bool:
        """True for a complaint such as "I am so tired of cleaning up after you": it calls for a talk (DK-20).

        Neither an item fits its words, nor does it name any thing or place that the list of words knows.
        """
        if self.rank(text):
            return False
        said = (what_is_said(words, self.lexicon, Known()) for words in telling(text, self.lexicon))
        return not any(key.startswith("#") for one in said for part in one.parts for key in part)


def index_of(items: tuple[Agreement, ...], lexicon: Lexicon) -> Index:
    """The index of a customer's items."""
    every = {word for item in items for text, _weight in _texts(item) for word in words_of(text)}
    said = (word for word in every if len(word) >= LEAST and not lexicon.says_nothing(word))
    known = Known(said)
    found: dict[str, list[tuple[int, float, frozenset[str]]]] = {}
    for number, item in enumerate(items):
        for key, (weight, words) in _item_keys(item, lexicon, known).items():
            found.setdefault(key, []).append((number, weight, words))
    most = math.log(1 + len(items)) or 1.0
    rare = {key: math.log(1 + len(items) / len(at)) / most for key, at in found.items()}
    postings = {
        key: tuple(_Posting(number, weight * rare[key], words) for number, weight, words in at)
        for key, at in found.items()
    }
    return Index(items, lexicon, known, postings)


def rank(text: str, items: Iterable[Agreement], lexicon: Lexicon) -> tuple[Match, ...]:
    """The items that a complaint's words fit, best first."""
    return index_of(tuple(items), lexicon).rank(text)


def marked(text: str, words: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """The text in parts; True for a word of a match."""
    end = 0
    for found in WORD.finditer(text):
        if folded(found.group()) in words:
            yield text[end : found.start()], False
            yield found.group(), True
            end = found.end()
    yield text[end:], False


def _texts(item: Agreement) -> tuple[tuple[str, float], ...]:
    return (item.task, _TASK), (item.place or "", _PLACE), (item.note or "", _NOTE)


def _item_keys(item: Agreement, lexicon: Lexicon, known: Known) -> dict[str, tuple[float, frozenset[str]]]:
    """The keys of an item's words, weighed by where they stand, and which words they are."""
    keys: dict[str, tuple[float, frozenset[str]]] = {}
    for text, weight in _texts(item):
        for one in said_in(text, lexicon, known):
            for part in one.parts:
                for key, sure in part.items():
                    before, words = keys.get(key, (0.0, frozenset()))
                    keys[key] = max(before, sure * weight), words.union(one.words)
    return keys


@lru_cache(maxsize=2_048)
def _ranked(index: Index, text: str) -> tuple[Match, ...]:
    """As ``Index.rank``. Kept, as a complaint is the evidence beside those that come after it."""
    found: dict[int, _Fit] = {}
    for words in telling(text, index.lexicon):
        for hit in _hits(index, words):
            found.setdefault(hit.number, _Fit({}, set(), set())).add(words, hit)
    return tuple(
        Match(index.items[number], score, frozenset(found[number].words), frozenset(found[number].said))
        for number, score in _in_order(index, found)
    )


def _in_order(index: Index, found: dict[int, _Fit]) -> Iterator[tuple[int, float]]:
    """The numbers of the items that fit, with how well: those first that say most of what none before them says."""
    left = sorted(found, key=lambda number: (index.items[number].task, index.items[number].id))
    told: set[tuple[str, ...]] = set()
    least = max((_BESIDE * found[number].score(told) for number in left), default=0.0)
    while left:
        best = max(left, key=lambda number: found[number].score(told))
        score, new = found[best].score(told), found[best].new(told)
        left.remove(best)
        if score >= _ENOUGH and (score >= least or new >= _OWN):
            yield best, score
            told.update(words for words, _score in found[best].by_key.values())


@lru_cache(maxsize=8_192)
def _hits(index: Index, words: tuple[str, ...]) -> tuple[_Hit, ...]:
    """The items that a word of a complaint, or two that are one thing, stands for."""
    parts = what_is_said(words, index.lexicon, index.known).parts
    return tuple(hit for part in parts for hit in _best(index, part))


def _best(index: Index, part: Keys) -> Iterable[_Hit]:
    """Of each item the key by which a word is found there most surely: it counts once, whatever it may mean."""
    best: dict[int, _Hit] = {}
    for key, sure in part.items():
        for number, weight, words in index.postings.get(key, ()):
            if number not in best or best[number].score < sure * weight:
                best[number] = _Hit(number, key, sure * weight, words)
    return best.values()

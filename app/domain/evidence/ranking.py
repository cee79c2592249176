"""The items of an agreement ranked by what they share with a complaint's words (DK-24, DK-25).

An index of one customer's items, in memory: fifteen to twenty-five short texts, built in milliseconds from the rows
that are read anyway, and found again by those rows. So it is never stale, the fold keeps nothing for it, and no term
is ever ranked over more than one agreement.
"""

from __future__ import annotations

import math
from collections import ChainMap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.domain.evidence.lexicon import Lexicon
from app.domain.evidence.words import LEAST, WORD, folded, splits, stem
from app.domain.records import Agreement

Keys = dict[str, float]
"""What a word stands for, itself (its stem) or a meaning (``#7``), and how surely."""
_SAME, _MEANT, _PART, _LAST, _FIRST, _ASIDE = 1.0, 0.9, 0.85, 0.7, 0.55, 0.5
"""A form of the word; another word of the same meaning; one of two known parts; the last or first part alone; a
part of a compound that has a meaning of its own."""
_TASK, _PLACE, _NOTE = 1.0, 0.6, 0.45
_ENOUGH, _BESIDE = 0.2, 0.45
"""What scores less is a coincidence; and what scores less than this share of the best is not meant beside it."""


@dataclass(frozen=True, slots=True)
class Match:
    """An item that fits, with the complaint's words and the item's own that brought them together, folded."""

    item: Agreement
    score: float
    words: frozenset[str]
    said: frozenset[str]


class _Said(NamedTuple):
    """A word of a text, folded, with what it stands for: a compound has several parts."""

    words: tuple[str, ...]
    parts: tuple[Keys, ...]


class _Posting(NamedTuple):
    """Where a key stands: the number of the item, how much it weighs there, and the item's words for it."""

    number: int
    weight: float
    words: frozenset[str]


@dataclass(frozen=True, eq=False)
class Index:
    """A customer's items by the keys of their words; ``known``: the stems of those words."""

    items: tuple[Agreement, ...]
    lexicon: Lexicon
    known: frozenset[str]
    postings: dict[str, tuple[_Posting, ...]]

    def rank(self, text: str) -> tuple[Match, ...]:
        """The items that a complaint's words fit, best first; none where it names nothing that was agreed."""
        hits: dict[int, _Hit] = {}
        for said in _complaint_words(text, self.lexicon, self.known):
            for part in said.parts:
                for number, (score, key, own) in self._best(part).items():
                    hits.setdefault(number, _Hit({}, set(), set())).add(key, score, said.words, own)
        least = max([_ENOUGH, *(_BESIDE * hit.score for hit in hits.values())])
        found = (self._match(number, hit) for number, hit in hits.items() if hit.score >= least)
        return tuple(sorted(found, key=lambda one: (-one.score, one.item.task, one.item.id)))

    def _best(self, part: Keys) -> dict[int, tuple[float, str, frozenset[str]]]:
        """Item → the key by which a word is found there most surely: it counts once, whatever it may mean."""
        best: dict[int, tuple[float, str, frozenset[str]]] = {}
        for key, sure in part.items():
            for number, weight, words in self.postings.get(key, ()):
                if number not in best or best[number][0] < sure * weight:
                    best[number] = (sure * weight, key, words)
        return best

    def _match(self, number: int, hit: _Hit) -> Match:
        return Match(self.items[number], hit.score, frozenset(hit.words), frozenset(hit.said))


class _Hit(NamedTuple):
    """What speaks for an item: key → score, the complaint's words, the item's own."""

    scores: dict[str, float]
    words: set[str]
    said: set[str]

    def add(self, key: str, score: float, words: tuple[str, ...], said: frozenset[str]) -> None:
        """A word of the complaint stands for the item; said twice it counts once."""
        self.scores[key] = max(self.scores.get(key, 0.0), score)
        self.words.update(words)
        self.said.update(said)

    @property
    def score(self) -> float:
        """How well the item fits."""
        return sum(self.scores.values())


@lru_cache(maxsize=256)
def index_of(items: tuple[Agreement, ...], lexicon: Lexicon) -> Index:
    """The index of a customer's items."""
    known = frozenset(
        stem(word) for item in items for text, _weight in _texts(item) for word in _words(text)
        if len(word) >= LEAST and not lexicon.says_nothing(word)
    )  # fmt: skip
    found: dict[str, list[_Posting]] = {}
    for number, item in enumerate(items):
        for key, (weight, words) in _item_keys(item, lexicon, known).items():
            found.setdefault(key, []).append(_Posting(number, weight, words))
    most = math.log(1 + len(items)) or 1.0
    postings = {
        key: tuple(one._replace(weight=one.weight * math.log(1 + len(items) / len(at)) / most) for one in at)
        for key, at in found.items()
    }
    return Index(items, lexicon, known, postings)


def rank(text: str, items: Iterable[Agreement], lexicon: Lexicon) -> tuple[Match, ...]:
    """The items that a complaint's words fit, best first."""
    return index_of(tuple(items), lexicon).rank(text)


def names_nothing_concrete(text: str, items: Iterable[Agreement], lexicon: Lexicon) -> bool:
    """True for a complaint such as "I am so tired of cleaning up after you": it calls for a talk.

    Neither an item fits its words, nor does it name any thing or place that the list of words knows.
    """
    if rank(text, items, lexicon):
        return False
    said = _complaint_words(text, lexicon, frozenset())
    return not any(key.startswith("#") for one in said for part in one.parts for key in part)


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


def _item_keys(
    item: Agreement, lexicon: Lexicon, known: frozenset[str]
) -> dict[str, tuple[float, frozenset[str]]]:
    """The keys of an item's words, weighed by where they stand, and which words they are."""
    keys: dict[str, tuple[float, frozenset[str]]] = {}
    for text, weight in _texts(item):
        for one in _said(text, lexicon, known, silent_too=True):
            for part in one.parts:
                for key, sure in part.items():
                    before, words = keys.get(key, (0.0, frozenset()))
                    keys[key] = max(before, sure * weight), words.union(one.words)
    return keys


def _words(text: str) -> list[str]:
    return [folded(one) for one in WORD.findall(text)]


@lru_cache(maxsize=1_024)
def _complaint_words(text: str, lexicon: Lexicon, known: frozenset[str]) -> tuple[_Said, ...]:
    return tuple(_said(text, lexicon, known, silent_too=False))


def _said(text: str, lexicon: Lexicon, known: frozenset[str], *, silent_too: bool) -> Iterator[_Said]:
    """What the words of a text stand for. A silent word counts in an item where it has a meaning: ``Gange``."""
    words = _words(text)
    if not silent_too:
        words = _without_phrases(words, lexicon)
    for two in pairwise(words):
        whole = stem("".join(two))
        meant = lexicon.meanings.get(whole) if len(whole) > len(two[0]) else None
        if meant and not any(map(lexicon.says_nothing, two)):
            yield _Said(two, ({f"#{number}": _MEANT for number in meant},))
    for word in dict.fromkeys(words):
        if not lexicon.says_nothing(word) or (silent_too and stem(word) in lexicon.meanings):
            yield _Said((word,), _parts(word, lexicon, known))


def _without_phrases(words: list[str], lexicon: Lexicon) -> list[str]:
    """The words without pairs that say nothing together: ``ich bin`` is no bin."""
    kept = list(words)
    for number, two in enumerate(pairwise(words)):
        if "".join(two) in lexicon.silent:
            kept[number] = kept[number + 1] = ""
    return [word for word in kept if word]


def _parts(word: str, lexicon: Lexicon, known: frozenset[str]) -> tuple[Keys, ...]:
    """A word's own keys, and those of the parts where it is a compound of words that are known."""
    whole = stem(word)
    own = _keys(whole, _SAME, lexicon)
    first, last = _cut(word, lexicon, known)
    if whole in lexicon.meanings:
        aside = [_keys(part, _ASIDE, lexicon) for part in (first, last) if part]
        return (dict(ChainMap(own, *aside)),)
    both = first and last
    parts = [own]
    if last:
        parts.append(_keys(last, _PART if both else _LAST, lexicon))
    if first:
        parts.append(_keys(first, _PART if both else _FIRST, lexicon))
    return tuple(parts)


def _keys(whole: str, sure: float, lexicon: Lexicon) -> Keys:
    return {whole: sure} | {f"#{number}": sure * _MEANT for number in lexicon.meanings.get(whole, ())}


def _cut(word: str, lexicon: Lexicon, known: frozenset[str]) -> tuple[str, str]:
    """The stems of the known parts of a compound; one of them empty where it is not known."""
    first_alone = last_alone = ""
    for firsts, last in splits(word):
        first = next((one for one in firsts if one in lexicon.meanings or one in known), "")
        knows_last = last in lexicon.meanings or last in known
        if first and knows_last:
            return first, last
        if knows_last and len(last) > max(len(last_alone), LEAST):
            last_alone = last
        if len(first) > max(len(first_alone), LEAST):
            first_alone = first
    return ("", last_alone) if last_alone else (first_alone, "")

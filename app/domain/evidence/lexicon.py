"""Which words mean the same, and which say nothing: a list that a person edits (``data/words.toml``)."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from app.domain.evidence.slips import Slips
from app.domain.evidence.words import LEAST, LINKS, WORD, Beginnings, folded, stem


@dataclass(frozen=True, eq=False)
class Lexicon:
    """``meanings``: stem → the numbers of the lines that it stands on; ``silent``: words that say nothing.

    ``silent_ends``: stems with which a compound ends that say nothing: ``rum`` of ``skyllerum``.
    """

    meanings: Mapping[str, frozenset[int]]
    silent: frozenset[str]
    silent_beginnings: frozenset[str]
    silent_ends: frozenset[str]
    forms: Mapping[str, str]
    """The words as they stand on the lines, and their stems → their stems."""

    def says_nothing(self, plain: str) -> bool:
        """True for a folded word that any complaint may hold.

        ``skriv*`` leaves ``skrivebord`` its meaning, and ``kunde*`` leaves ``kundetoilet`` that of its end.
        """
        return _says_nothing(self, plain)

    def is_a_thing(self, rest: str) -> bool:
        """True for what is left of a compound, with the letters that may join it, where it has a meaning."""
        ends = (rest.removeprefix(link) for link in LINKS if rest.startswith(link))
        return any(len(end) > LEAST and stem(end) in self.meanings for end in ends)

    def begins_a_word(self, plain: str) -> bool:
        """True for a folded word with which a longer one begins that has a meaning."""
        place = bisect(self._in_order, plain)
        return place < len(self._in_order) and self._in_order[place].startswith(plain)

    def near(self, plain: str) -> tuple[str, ...]:
        """The stems with a meaning that a folded word, or its stem, is a slip of the finger away from."""
        return _near(self._slips, plain)

    @cached_property
    def beginnings(self) -> Beginnings:
        """How its stems begin."""
        return Beginnings([*self.meanings, *self.silent_ends])

    @cached_property
    def _slips(self) -> Slips:
        return Slips(self.forms)

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """How long the beginnings are that say nothing."""
        return tuple({len(one) for one in self.silent_beginnings})

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.meanings)

    def same(self, word: str, other: str) -> bool:
        """True for two words that are one, or that stand on one line."""
        one, two = stem_of(word), stem_of(other)
        nothing: frozenset[int] = frozenset()
        return one == two or not self.meanings.get(one, nothing).isdisjoint(self.meanings.get(two, nothing))

    def taught(self, pairs: Iterable[tuple[str, str]]) -> Lexicon:
        """The lexicon with words that mean others: each means all that the other does, and the two one more thing.

        A word that is taught says something, whatever it said before.
        """
        meanings, said = dict(self.meanings), dict[str, str]()
        number = 1 + max((one for numbers in meanings.values() for one in numbers), default=0)
        for own, (word, means) in enumerate(pairs, start=number):
            one, other = stem_of(word), stem_of(means)
            meanings[other] = meanings.get(other, frozenset()) | {own}
            meanings[one] = meanings.get(one, frozenset()) | meanings[other]
            said |= {joined(word): one, joined(means): other}
        forms = {**self.forms, **said}
        return replace(self, meanings=meanings, silent=self.silent - said.keys(), forms=forms)


@lru_cache(maxsize=20_000)
def _says_nothing(lexicon: Lexicon, plain: str) -> bool:
    if len(plain) < 2 or plain in lexicon.silent:
        return True
    rests = [plain[length:] for length in lexicon.lengths if plain[:length] in lexicon.silent_beginnings]
    return bool(rests) and stem(plain) not in lexicon.meanings and not any(map(lexicon.is_a_thing, rests))


@lru_cache(maxsize=20_000)
def _near(slips: Slips, plain: str) -> tuple[str, ...]:
    return slips.near(plain)


def lexicon_of(same: Iterable[Iterable[str]], nothing: Iterable[str]) -> Lexicon:
    """The lists as they are asked: forms of a word together, words written apart as one."""
    same = tuple(map(tuple, same))
    meanings: dict[str, set[int]] = {}
    for number, words in enumerate(same):
        for word in words:
            meanings.setdefault(stem_of(word), set()).add(number)
    forms = {joined(word): stem_of(word) for words in same for word in words}
    nothing = tuple(nothing)
    return Lexicon(
        {one: frozenset(numbers) for one, numbers in meanings.items()},
        frozenset(joined(word) for word in nothing if not word.endswith("*")),
        frozenset(joined(word) for word in nothing if word.endswith("*")),
        frozenset(stem_of(word) for word in nothing if word.startswith("*")),
        forms | {one: one for one in meanings},
    )


def joined(words: str) -> str:
    """The words of an entry as one, folded: ``toilet paper`` and ``toiletpaper`` are the same."""
    return "".join(folded(one) for one in WORD.findall(words))


def stem_of(words: str) -> str:
    """The words of an entry as one, the last one's stem: ``floor drain`` does not end as ``flo``."""
    *before, last = [folded(one) for one in WORD.findall(words)] or [""]
    return "".join(before) + stem(last)

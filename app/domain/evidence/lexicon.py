"""Which words mean the same, and which say nothing: a list that a person edits (``data/words.toml``)."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.evidence.words import WORD, folded, stem


@dataclass(frozen=True, eq=False)
class Lexicon:
    """``meanings``: stem → the numbers of the lines that it stands on; ``silent``: words that say nothing."""

    meanings: Mapping[str, frozenset[int]]
    silent: frozenset[str]
    silent_beginnings: frozenset[str]

    def says_nothing(self, plain: str) -> bool:
        """True for a folded word that any complaint may hold; ``skriv*`` leaves ``skrivebord`` its meaning."""
        if len(plain) < 2 or plain in self.silent:
            return True
        begins = any(plain[:length] in self.silent_beginnings for length in self._lengths)
        return begins and stem(plain) not in self.meanings

    def begins_a_word(self, plain: str) -> bool:
        """True for a folded word with which a longer one begins that has a meaning."""
        place = bisect(self._in_order, plain)
        return place < len(self._in_order) and self._in_order[place].startswith(plain)

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple({len(one) for one in self.silent_beginnings})

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self.meanings)

    def same(self, word: str, other: str) -> bool:
        """True for two words that are one, or that stand on one line."""
        one, two = stem(joined(word)), stem(joined(other))
        nothing: frozenset[int] = frozenset()
        return one == two or not self.meanings.get(one, nothing).isdisjoint(self.meanings.get(two, nothing))

    def taught(self, pairs: Iterable[tuple[str, str]]) -> Lexicon:
        """The lexicon with words that mean others: each means all that the other does, and the two one more thing.

        A word that is taught says something, whatever it said before.
        """
        meanings, said = dict(self.meanings), set[str]()
        number = 1 + max((one for numbers in meanings.values() for one in numbers), default=0)
        for own, (word, means) in enumerate(pairs, start=number):
            one, other = stem(joined(word)), stem(joined(means))
            meanings[other] = meanings.get(other, frozenset()) | {own}
            meanings[one] = meanings.get(one, frozenset()) | meanings[other]
            said |= {joined(word), joined(means)}
        return Lexicon(meanings, self.silent - said, self.silent_beginnings)


def lexicon_of(same: Iterable[Iterable[str]], nothing: Iterable[str]) -> Lexicon:
    """The lists as they are asked: forms of a word together, words written apart as one."""
    meanings: dict[str, set[int]] = {}
    for number, words in enumerate(same):
        for word in words:
            meanings.setdefault(stem(joined(word)), set()).add(number)
    silent = [(joined(word), word.endswith("*")) for word in nothing]
    return Lexicon(
        {one: frozenset(numbers) for one, numbers in meanings.items()},
        frozenset(word for word, beginning in silent if not beginning),
        frozenset(word for word, beginning in silent if beginning),
    )


def joined(words: str) -> str:
    """The words of an entry as one, folded: ``toilet paper`` and ``toiletpaper`` are the same."""
    return "".join(folded(one) for one in WORD.findall(words))

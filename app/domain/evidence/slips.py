"""Words typed wrong by one letter: left out, put in, another, or two that have changed places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

LEAST = 6
"""Shorter words are too near to others."""


class Slips:
    """Words found by what is left of them without one letter: two that are one slip apart share such a rest.

    ``words``: a word, or a form of it → the stem that it stands for.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._by_letter: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= LEAST:
                self._by_letter.setdefault(word[0], []).append(word)
        self._found: dict[str, dict[str, list[str]]] = {}

    def near(self, word: str) -> tuple[str, ...]:
        """The stems of words that one is a slip away from; they begin with its letter: few miss the first."""
        if len(word) < LEAST or word[0] not in self._by_letter:
            return ()
        by_rest = self._of_letter(word[0])
        found = {one: None for rest in _rests(word) for one in by_rest.get(rest, ())}
        return tuple(dict.fromkeys(self._words[one] for one in found if _one_slip(one, word)))

    def _of_letter(self, letter: str) -> Mapping[str, list[str]]:
        """What is left of the words that begin with a letter → the words: made when first asked for."""
        if letter not in self._found:
            by_rest: dict[str, list[str]] = {}
            for word in self._by_letter[letter]:
                for rest in _rests(word):
                    by_rest.setdefault(rest, []).append(word)
            self._found[letter] = by_rest
        return self._found[letter]


def _rests(word: str) -> Iterator[str]:
    yield word
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]


def _one_slip(one: str, other: str) -> bool:
    """True for words that share a rest, but for those that differ in two places far apart."""
    if len(one) != len(other):
        return True
    places = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(places) != 2:
        return len(places) == 1
    first, last = places
    return last == first + 1 and one[first] == other[last] and one[last] == other[first]

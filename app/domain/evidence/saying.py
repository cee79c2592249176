"""What the words of a text stand for: themselves, a meaning that others share, the parts that they are made of."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.domain.evidence.lexicon import Lexicon
from app.domain.evidence.words import LEAST, WORD, folded, splits, stem

Keys = dict[str, float]
"""What a word stands for, itself (its stem) or a meaning (``#7``), and how surely."""
Known = frozenset[str]
"""The stems of words that a customer's agreement holds."""
_SAME, _MEANT, _PART, _LAST, _FIRST, _ASIDE = 1.0, 0.9, 0.85, 0.7, 0.55, 0.5
"""A form of the word; another word of the same meaning; one of two known parts; the last or first part alone; a
part of a compound that has a meaning of its own."""
READ, _LONGEST = 3_000, 40
"""So many characters of a text are read, and so many of a word: a letter of pages costs no more than its first."""


class Said(NamedTuple):
    """A word of a text, folded, or two that are one thing, with what it stands for: a compound has several parts."""

    words: tuple[str, ...]
    parts: tuple[Keys, ...]


@lru_cache(maxsize=1_024)
def telling(text: str, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The words of a complaint that say something, each once, and the pairs of words that are one thing."""
    words = _without_phrases(words_of(text), lexicon)
    single = ((word,) for word in dict.fromkeys(words) if not lexicon.says_nothing(word))
    return (*_pairs(words, lexicon), *single)


def said_in(text: str, lexicon: Lexicon, known: Known) -> Iterator[Said]:
    """What the words of an item stand for. One that says nothing counts where it has a meaning: ``Gange``."""
    words = words_of(text)
    for two in _pairs(words, lexicon):
        yield what_is_said(two, lexicon, known)
    for word in dict.fromkeys(words):
        if not lexicon.says_nothing(word) or stem(word) in lexicon.meanings:
            yield what_is_said((word,), lexicon, known)


def what_is_said(words: tuple[str, ...], lexicon: Lexicon, known: Known) -> Said:
    """What a word stands for, or two that are one thing."""
    if len(words) > 1:
        return Said(words, (dict.fromkeys(_meant(stem("".join(words)), lexicon), _MEANT),))
    return Said(words, _parts(words[0], lexicon, known))


def words_of(text: str) -> list[str]:
    """The words of a text as far as it is read, folded."""
    return [folded(one[:_LONGEST]) for one in WORD.findall(text[:READ])]


def _pairs(words: list[str], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Words that stand apart and are one thing: ``hand towels``."""
    for two in pairwise(words):
        if lexicon.begins_a_word(two[0]) and not any(map(lexicon.says_nothing, two)):
            whole = stem("".join(two))
            if whole in lexicon.meanings and len(whole) > len(two[0]):
                yield two


def _without_phrases(words: list[str], lexicon: Lexicon) -> list[str]:
    """The words without pairs that say nothing together: ``ich bin`` is no bin."""
    kept = list(words)
    for number, two in enumerate(pairwise(words)):
        if "".join(two) in lexicon.silent:
            kept[number] = kept[number + 1] = ""
    return [word for word in kept if word]


def _parts(word: str, lexicon: Lexicon, known: Known) -> tuple[Keys, ...]:
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
    return {whole: sure} | dict.fromkeys(_meant(whole, lexicon), sure * _MEANT)


def _meant(whole: str, lexicon: Lexicon) -> list[str]:
    """The meanings of a stem, as keys."""
    return [f"#{number}" for number in lexicon.meanings.get(whole, ())]


def _cut(word: str, lexicon: Lexicon, known: Known) -> tuple[str, str]:
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

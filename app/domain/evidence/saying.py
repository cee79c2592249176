"""What the words of a text stand for: themselves, a meaning that others share, the parts that they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.domain.evidence.lexicon import Lexicon
from app.domain.evidence.slips import Slips
from app.domain.evidence.words import LEAST, WORD, Beginnings, folded, stem, stems_of_first

Keys = dict[str, float]
"""What a word stands for, itself (its stem) or a meaning (``#7``), and how surely."""
_SAME, _MEANT, _PART, _LAST, _FIRST, _REST, _NEAR, _ASIDE = 1.0, 0.9, 0.85, 0.7, 0.55, 0.55, 0.6, 0.5
_SHORT = 6
"""A form of the word; another word of the same meaning; one of two known parts; the last or first part alone; a
part of a compound that has a meaning of its own."""
READ, _LONGEST = 2_000, 40
"""So many characters of a text are read, and so many of a word: a letter of pages costs no more than its first."""


class Known:
    """The words that a customer's agreement holds: their stems, and what is a slip of the finger away from them."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        forms = {word: stem(word) for word in words}
        self.stems = frozenset(forms.values())
        self.beginnings = Beginnings(self.stems)
        self.near = Slips(forms).near


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
        return Said(words, (dict.fromkeys(_meant(_as_one(words), lexicon), _MEANT),))
    return Said(words, _parts(words[0], lexicon, known))


def words_of(text: str) -> list[str]:
    """The words of a text as far as it is read, folded."""
    return [folded(one[:_LONGEST]) for one in WORD.findall(text[:READ])]


def _pairs(words: list[str], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Words that stand apart and are one thing: ``hand towels``."""
    for two in pairwise(words):
        begins = min(map(len, two)) >= LEAST and lexicon.begins_a_word(two[0])
        if begins and _as_one(two) in lexicon.meanings:
            yield two


def _as_one(words: tuple[str, ...]) -> str:
    *before, last = words
    return "".join(before) + stem(last)


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
    parts = _cut(word, whole, lexicon, known)
    if whole in lexicon.meanings:
        aside = [_keys(one, _ASIDE, lexicon) for one, sure in parts if sure in (_PART, _LAST)]
        return (_either(own, *aside),)
    if not parts and whole not in known.stems:
        near = (one for form in (word, whole) for one in (*known.near(form), *lexicon.near(form)))
        return (_either(own, *(_keys(one, _NEAR, lexicon) for one in near)),)
    return own, *(_keys(one, sure, lexicon) for one, sure in parts)


def _either(*said: Keys) -> Keys:
    """What a word stands for in one way or another, each as surely as the first way says."""
    return {key: sure for keys in reversed(said) for key, sure in keys.items()}


def _keys(whole: str, sure: float, lexicon: Lexicon) -> Keys:
    return {whole: sure} | dict.fromkeys(_meant(whole, lexicon), sure * _MEANT)


def _meant(whole: str, lexicon: Lexicon) -> list[str]:
    """The meanings of a stem, as keys."""
    return [f"#{number}" for number in lexicon.meanings.get(whole, ())]


def _cut(word: str, whole: str, lexicon: Lexicon, known: Known) -> list[tuple[str, float]]:
    """The stems of a compound's parts and how surely they are meant: of two known ones, or of one and what it leaves.

    A part that says nothing, ``rum`` of ``skyllerum``, is known and left out.
    """
    alone: list[tuple[str, float]] = []
    longest = LEAST
    begins = _may_begin(word, lexicon, known)
    for place in range(LEAST, len(word) - LEAST + 1) if len(word) > _SHORT else ():
        begin, rest = word[:place], word[place:]
        last = stem(rest) if _may_begin(rest, lexicon, known) else ""
        silent = last in lexicon.silent_ends
        last = last if silent or (last != whole and _is_known(last, lexicon, known)) else ""
        firsts = stems_of_first(begin) if begins or last else ()
        first = next((one for one in firsts if one != whole and _is_known(one, lexicon, known)), "")
        if first and last:
            return [(first, _PART)] if silent else [(last, _PART), (first, _PART)]
        if last and len(rest) > longest:
            left = [(firsts[0], _REST)] if len(begin) > LEAST else []
            alone, longest = [*([] if silent else [(last, _LAST)]), *left], len(rest)
        elif first and not alone and len(begin) > LEAST:
            alone = [(first, _FIRST)]
    return alone


def _may_begin(word: str, lexicon: Lexicon, known: Known) -> bool:
    return lexicon.beginnings.may_begin(word) or known.beginnings.may_begin(word)


def _is_known(part: str, lexicon: Lexicon, known: Known) -> bool:
    return part in lexicon.meanings or part in known.stems

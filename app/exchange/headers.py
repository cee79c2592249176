"""Column names as people and programs write them, made comparable."""

from __future__ import annotations

import re
import unicodedata

_SPELLED = str.maketrans({"æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "å": "a", "Å": "A", "ß": "ss"})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9]+")


def tidy(name: object) -> str:
    """A header cell as it is shown and as a MAP.toml names it: one line, single blanks."""
    return "" if name is None else " ".join(str(name).split())


def words(name: str) -> tuple[str, ...]:
    """The words of a column name in plain small letters: ``BodyWeight (kg)`` → body, weight, kg."""
    letters = unicodedata.normalize("NFKD", name.translate(_SPELLED))
    ascii_only = "".join(char for char in letters if not unicodedata.combining(char))
    return tuple(_WORD.findall(_CAMEL.sub(" ", ascii_only).casefold()))


def plain(name: str) -> str:
    """The words without what is between them: ``Kunde-Nr.`` and ``kunde nr`` are one."""
    return "".join(words(name))

"""What a list is asked for: whose matters, and the words that its rows must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

Text = InstrumentedAttribute[str | None]
_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The acting person's areas, or ``everywhere``; every one of the words stands somewhere in a row."""

    everywhere: bool = False
    words: tuple[str, ...] = ()


def holds(
    wanted: Wanted, texts: tuple[Text, ...], coded: Mapping[Text, Mapping[str, str]]
) -> list[ColumnElement[bool]]:
    """A condition for each word: it stands in one of the texts, or in what a code of one of the columns is called.

    ``coded`` is column → code → what people call it. Letters beyond ASCII are found as typed, in capitals, in
    small letters, or with a capital first: SQLite folds no others.
    """
    return [_holds(word, texts, coded) for word in wanted.words]


def _holds(
    word: str, texts: tuple[Text, ...], coded: Mapping[Text, Mapping[str, str]]
) -> ColumnElement[bool]:
    forms = {word, word.lower(), word.upper(), word.capitalize()}
    found = [column.like(f"%{_escaped(form)}%", escape=_ESCAPE) for column in texts for form in sorted(forms)]
    for column, names in coded.items():
        codes = [code for code, name in names.items() if word.casefold() in name.casefold()]
        found += [column.in_(codes)] if codes else []
    return or_(*found)


def _escaped(word: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        word = word.replace(sign, _ESCAPE + sign)
    return word

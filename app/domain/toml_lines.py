"""On which line of a TOML text each value stands; the standard reader tells only that of broken syntax."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""The way to a value in a file: keys and positions (from 0), such as ``("questions", 2, "kind")``."""

_TOKEN = re.compile(
    r"""
    (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<comment>\#[^\n]*)
    |(?P<newline>\n)
    |(?P<mark>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,."'\#]+)
    """,
    re.VERBOSE | re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line (from 1) of every table, key and list element of a text that is valid TOML.

    What stands inside an inline table is found under the table's own line.
    """
    return _Scan(text).lines


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line of this value, or of the nearest thing around it that is there; 1 at the least."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scan:
    """One walk over the tokens, statement by statement."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._counts: dict[KeyPath, int] = {}
        self._table: KeyPath = ()
        self._line = 1
        self._tokens = [(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(text)]
        self._next = 0
        while self._next < len(self._tokens):
            self._statement()

    def _statement(self) -> None:
        kind, token = self._tokens[self._next]
        if kind in ("newline", "comment"):
            self._take()
        elif token == "[":
            self._header()
        else:
            path = (*self._table, *self._key())
            self._note(path)
            self._take()
            self._value(path)

    def _take(self) -> tuple[str, str]:
        kind, token = self._tokens[self._next]
        self._line += token.count("\n")
        self._next += 1
        return kind, token

    def _peek(self, ahead: int = 0) -> str:
        place = self._next + ahead
        return self._tokens[place][1] if place < len(self._tokens) else ""

    def _note(self, path: KeyPath) -> None:
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], self._line)

    def _key(self) -> list[str]:
        """A dotted key, up to and without the mark that ends it."""
        parts: list[str] = []
        while self._peek() not in ("=", "]", ""):
            kind, token = self._take()
            if kind == "string":
                parts.append(str(tomllib.loads(f"key = {token}")["key"]))
            elif kind == "bare":
                parts.append(token)
        return parts

    def _header(self) -> None:
        self._take()
        several = self._peek() == "["
        if several:
            self._take()
        path: KeyPath = ()
        for part in self._key():
            path = self._inside((*path, part))
        if several:
            path = self._another(path)
        self._note(path)
        self._table = path
        for _bracket in range(1 + several):
            self._take()

    def _inside(self, path: KeyPath) -> KeyPath:
        """The newest element where the path names a list of tables."""
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _another(self, path: KeyPath) -> KeyPath:
        key = path[:-1] if path[:-1] in self._counts and isinstance(path[-1], int) else path
        self._counts[key] = self._counts.get(key, 0) + 1
        return (*key, self._counts[key] - 1)

    def _value(self, path: KeyPath) -> None:
        """Walk over one value, noting where each element of a list begins."""
        depth, element, fresh = 0, 0, True
        is_list = self._peek() == "["
        while self._next < len(self._tokens):
            kind, token = self._tokens[self._next]
            if kind == "newline" and depth == 0:
                return
            opens, closes = kind == "mark" and token in "[{", kind == "mark" and token in "]}"
            if is_list and fresh and depth == 1 and not closes and kind not in ("newline", "comment"):
                self._note((*path, element))
                fresh = False
            self._take()
            depth += opens - closes
            if kind == "mark" and token == "," and depth == 1:
                element, fresh = element + 1, True

"""Text tables as offices write them: any of a dozen encodings, separators and line ends, cells of several lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice

from app.domain.fields import BadInput
from app.text import _

Line = tuple[int, list[str]]
"""The number of a row as a spreadsheet counts it, and its cells."""

_SEPARATORS = ",;\t|"
_SAMPLE = 60
_END = "\x02end\x02"
_NORDIC = frozenset("æøåäöüßéÆØÅÄÖÜÉ")
_SEP_LINE = re.compile(r"sep=(.)[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_SPELLED = re.compile("_x(00(?!00)[0-9A-Fa-f]{2})_")
_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))


def decoded(data: bytes) -> str:
    """The text of a file, whichever way Excel saved it. BadInput where it is no text."""
    text = _decoded(data)
    if "\x00" in text:
        raise BadInput(_("this is not a text file"))
    return text


def _decoded(data: bytes) -> str:
    try:
        for encoding, mark in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding)
        sample = data[:2_000]
        if sample[1::2].count(0) > len(sample) // 4:
            return data.decode("utf-16-le")
        if sample[::2].count(0) > len(sample) // 4:
            return data.decode("utf-16-be")
    except UnicodeDecodeError as error:
        raise BadInput(_("the file's text is damaged at byte %(at)d") % {"at": error.start}) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte(data)


def _one_byte(data: bytes) -> str:
    """Western Windows, or Excel on an old Mac: whichever reads as more letters that people here write."""
    windows = data.decode("cp1252", errors="replace")
    mac = data.decode("mac_roman")
    return mac if _letters(mac) > _letters(windows) else windows


def _letters(text: str) -> int:
    return sum(1 for char in text if char in _NORDIC)


def lines_of(text: str) -> Iterator[Line]:
    """The rows of a text table, blank ones left out. BadInput where a quotation mark is never closed."""
    separator, start = None, 0
    if match := _SEP_LINE.match(text):
        separator, start = match[1], match.end()
    body = text[start:]
    first = 2 if start else 1
    for number, cells in enumerate(_parsed(body, separator or _separator(body)), start=first):
        if any(cell.strip() for cell in cells):
            yield number, [_unguarded(cell) for cell in cells]


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    # newline="" leaves line breaks within cells as they are, and knows \r alone as one
    source = io.StringIO(text, newline="")
    reader = csv.reader(chain(_ended(source), [_END]), delimiter=separator)
    opened, last = 1, None
    try:
        for cells in reader:
            if cells == [_END]:
                return
            last, opened = cells, reader.line_num + 1
            if last and last[-1].endswith(_END):
                break
            yield cells
    except csv.Error as error:
        raise BadInput(
            _("line %(line)d cannot be read: a cell is too long, or its quotation mark is never closed")
            % {"line": opened}
        ) from error
    raise BadInput(_("a quotation mark in the last rows is opened and never closed"))


def _ended(source: io.StringIO) -> Iterator[str]:
    """The lines, the last one ended too, so that what follows is a line of its own."""
    for line in source:
        yield line if line.endswith(("\n", "\r")) else line + "\n"


def _separator(text: str) -> str:
    """What stands between the cells: the sign by which most rows have as many cells as the header."""
    return max(_SEPARATORS, key=lambda sign: _score(text[:200_000], sign))


def _score(text: str, separator: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = [len(cells) for cells in islice(reader, _SAMPLE) if any(cell.strip() for cell in cells)]
    except csv.Error:
        return 0, 0
    usual = max(set(widths), key=widths.count, default=1)
    if usual == 1:
        return 0, 0
    return widths.count(usual) / len(widths), usual


def _unguarded(cell: str) -> str:
    """The cell as it was before it was guarded against spreadsheets and terminals (see ``formats``)."""
    plain = cell[1:] if _GUARDED.match(cell) else cell
    return _SPELLED.sub(lambda match: chr(int(match[1], 16)), plain)

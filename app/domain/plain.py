"""Makes text from people safe to show: what is invisible or could steer a terminal becomes visible.

Every text that a person typed or a file brought goes through here before it is drawn. Nothing is left out: an
escape character shows as ``␛``, a hidden direction mark as ``<U+202E>``. Joiners that scripts and emoji need
(U+200C, U+200D) and variation selectors stay.
"""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n|\r")
_SPACES = re.compile(r"\s+")
_LINE_BREAKS = re.compile(r"[ \t]*\n\s*")
_TAB = "    "
_PICTURES = 0x2400


def _picture(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character == "\t":
        return _TAB
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def visible(text: str) -> str:
    """The text with every control or invisible character as a symbol; line breaks stay, tabs are spaces."""
    if text.isprintable():
        return text
    return _HIDDEN.sub(_picture, _BREAKS.sub("\n", text))


def shortened(text: str, length: int) -> str:
    """The beginning of a text on one line."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1] + "…"


def one_line(text: str, mark: str = " ⏎ ") -> str:
    """The visible text on one line: ``mark`` for a run of line breaks, one blank for other white space."""
    shown = visible(text).strip()
    if "\n" in shown:
        shown = mark.join(part.strip() for part in _LINE_BREAKS.split(shown))
    return _SPACES.sub(" ", shown)

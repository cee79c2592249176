"""How many terminal cells a text takes, and cutting and padding to a number of cells."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width

ELLIPSIS = "…"
_JOINER, _EMOJI_FORM = "\u200d", "\ufe0f"
_NO_WIDTH = ("Mn", "Me", "Mc", "Cf")
_SKIN_TONES = "🏻🏼🏽🏾🏿"
# Drawing characters and punctuation of ours beyond Latin: one cell each, so most lines need no look-up.
_PLAIN = frozenset(
    chr(code)
    for first, last in ((0x20, 0x2FF), (0x2010, 0x2027), (0x2190, 0x21FF), (0x2500, 0x25FC), (0x2713, 0x2713))
    for code in range(first, last + 1)
)


@lru_cache(maxsize=4096)
def _char_width(character: str) -> int:
    if category(character) in _NO_WIDTH or "\u1160" <= character <= "\u11ff" or character in _SKIN_TONES:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def cell_len(text: str) -> int:
    """The cells that a text without control characters takes: wide characters two, combining ones none."""
    if text.isascii() or _PLAIN.issuperset(text):
        return len(text)
    total = previous = 0
    joined = False
    for character in text:
        if character == _EMOJI_FORM and previous == 1 and not joined:
            total, previous = total + 1, 2
        elif not joined and character != _JOINER:
            width = _char_width(character)
            total, previous = total + width, width or previous
        joined = character == _JOINER
    return total


def clip(text: str, width: int) -> str:
    """The text cut to a width in cells, an ellipsis as its last character where something was cut."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    kept = text[: width - 1]
    while kept and cell_len(kept) > width - 1:
        kept = kept[:-1]
    return kept + ELLIPSIS


def fit(text: str, width: int, align: str = "left") -> str:
    """The text cut or padded to exactly a width in cells; ``align`` is left, right or center."""
    shown = clip(text, width)
    room = max(width - cell_len(shown), 0)
    left = {"right": room, "center": room // 2}.get(align, 0)
    return " " * left + shown + " " * (room - left)

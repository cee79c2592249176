"""Of what a widget has drawn Textual shall keep nothing once the widget is gone.

``StylesCache.get_inner_outer`` is written as a method of the class and is none: what it gives is kept with the drawn
lines of the widget that asked, of the last thousand widgets. A dialog that opens and closes cost half a megabyte each
time. It needs two colours and nothing else.
"""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(maxsize=1024)
def inner_and_outer(base: Color, background: Color) -> tuple[Style, Style]:
    """The styles inside of a widget's border and of the border itself."""
    return Style(background=base + background), Style(background=base)


def keep_colours_alone() -> None:
    """Has every widget ask here."""
    StylesCache.get_inner_outer = staticmethod(inner_and_outer)  # type: ignore[assignment,method-assign]

"""The one door for text shown to people: gettext, from the first line.

Catalogues lie in ``data/locale``; without one for the person's language the English source text is shown.
"""

from __future__ import annotations

import gettext as _gettext
import traceback
from functools import lru_cache
from pathlib import Path

from app.assets import data_dir


@lru_cache(maxsize=1)
def _catalogue() -> _gettext.NullTranslations:
    return _gettext.translation("tavle", localedir=data_dir() / "locale", fallback=True)


def _(message: str) -> str:
    """The message in the person's language."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for a count, in the person's language."""
    return _catalogue().ngettext(singular, plural, count)


def unforeseen(error: Exception) -> str:
    """Where it happened and of what kind, in a line: an exception's own text may hold what people wrote."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    what = {"kind": type(error).__name__, "place": place}
    return _("this should not have happened (%(kind)s at %(place)s): please report it") % what

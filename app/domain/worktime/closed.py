"""The days on which a company is closed beside the holidays: ``2026-12-24``, ``2026-12-24..2027-01-01``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app.text import _

_LONGEST = 366
"""Days: who closes for longer than a year has mistyped one."""


def closed_days(entries: Iterable[str]) -> frozenset[date]:
    """The dates that entries name, each a day, from one up to and including another, or ``none``.

    ValueError with one clear line for anything else.
    """
    return frozenset(day for entry in entries if entry.lower() != "none" for day in _days(entry))


def _days(entry: str) -> Iterable[date]:
    first, _dots, last = (part.strip() for part in entry.partition(".."))
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        said = _("%(entry)r is no closed day: write 2026-12-24, or 2026-12-24..2027-01-01")
        raise ValueError(said % {"entry": entry}) from None
    length = (end - start).days
    if not 0 <= length < _LONGEST:
        raise ValueError(
            _("the closed days %(entry)s end before they begin, or last over a year") % {"entry": entry}
        )
    return (start + timedelta(days=number) for number in range(length + 1))

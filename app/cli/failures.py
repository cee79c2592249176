"""From what went wrong to one line on standard error and an exit code."""

from __future__ import annotations

from app.cli.answering import Silent
from app.cli.options import REFUSED, UNAVAILABLE, WRONG, UsageError
from app.cli.output import note
from app.domain.fields import BadInput
from app.settings import SettingsError
from app.text import _, unforeseen


def report(error: Exception) -> int:
    """Says in one line what went wrong; the exit code for it."""
    note(line_of(error) + _way_on(error))
    code = code_of(error)
    return UNAVAILABLE if code is None else code


def line_of(error: Exception) -> str:
    """What went wrong, for people: what is foreseen says it itself."""
    return unforeseen(error) if code_of(error) is None else str(error)


def code_of(error: Exception) -> int | None:
    """The exit code of an error that is foreseen, or None."""
    if isinstance(error, UsageError | BadInput | SettingsError):
        return WRONG
    if isinstance(error, Silent):
        return UNAVAILABLE
    try:
        from app.desk import DatabaseUnavailable, Refused, TeamMismatch, TeamNotThere
    except ImportError:  # an installation that lacks a part: it is told like anything unforeseen
        return None
    if isinstance(error, Refused):
        return REFUSED
    return UNAVAILABLE if isinstance(error, DatabaseUnavailable | TeamMismatch | TeamNotThere) else None


def _way_on(error: Exception) -> str:
    """What to type to do what was meant, where another decision does it."""
    instead = getattr(error, "instead", None)
    if instead is None:
        return ""
    if not instead.decision:
        return _("; see tavle show %(id)s") % {"id": instead.id[:8]}
    fields = " ".join(f"{name}={value}" for name, value in instead.given.items())
    typed = f"tavle do {instead.decision} {instead.id[:8]} {fields}"
    return _("; to go on: %(typed)s") % {"typed": typed}

"""What a look at a home finds."""

from __future__ import annotations

from dataclasses import dataclass

OK, WARNING, ERROR = "ok", "warning", "error"
REPAIR = "tavle doctor --repair"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``severity``: ok, warning, error. ``mend``: what would mend it."""

    what: str
    severity: str = OK
    mend: str | None = None

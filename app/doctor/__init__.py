"""What is wrong with a home and its team file, and what would mend it. Looking changes nothing."""

from __future__ import annotations

from pathlib import Path

from app.clock import Clock
from app.doctor.database import look_at_database
from app.doctor.findings import ERROR, OK, REPAIR, WARNING, Finding
from app.doctor.home import look_at_permissions, look_at_settings
from app.doctor.mending import repair
from app.doctor.team import look_at_team
from app.settings import Settings

__all__ = ["ERROR", "OK", "REPAIR", "WARNING", "Finding", "examine", "repair"]


def examine(settings: Settings, team: Path | None, clock: Clock, *, reach: bool = True) -> list[Finding]:
    """Settings, permissions, database, clock and team file, in this order. DatabaseUnavailable is a finding too.

    Without ``reach`` the team file is left alone.
    """
    return [
        *look_at_settings(settings, team),
        *look_at_permissions(settings),
        *look_at_database(settings, clock),
        *look_at_team(settings, team if reach else None),
    ]

"""What a person can do: one module an area, each declaring its decisions in the registry."""

from app.decisions import (
    absence_reports,
    absences,
    actions,
    clocks,
    complaints,
    conflicts,
    contacts,
    covering,
    feeds,
    handover,
    masters,
    onboarding,
    plans,
    publishing,
    quality,
    shifts,
)

__all__ = [
    "absence_reports",
    "absences",
    "actions",
    "clocks",
    "complaints",
    "conflicts",
    "contacts",
    "covering",
    "feeds",
    "handover",
    "masters",
    "onboarding",
    "plans",
    "publishing",
    "quality",
    "shifts",
]

"""Checks that several decisions share."""

from __future__ import annotations

from app.domain.records import Person
from app.text import _

HEALTH = _("this reads like health information: it is neither asked for nor kept; leave it out")


def health_refusal(text: str | None) -> str | None:
    """Refuses a note that reads like health information (DK-14, DK-15), without repeating what was typed."""
    if not text:
        return None
    from app.domain.health import reads_like_health  # its expressions take long to compile: not at the start

    return HEALTH if reads_like_health(text) else None


def consent_missing(person: Person | None) -> str | None:
    """Refuses to record more of someone of another firm who has not consented to it (DE-08)."""
    if person is not None and person.firm and person.consent_at is None:
        return _("%(name)s of %(firm)s has not consented to being recorded: first set consent_at") % {
            "name": person.name,
            "firm": person.firm,
        }
    return None

"""Checks that several decisions share."""

from __future__ import annotations

from app.domain.health import reads_like_health
from app.text import _


def health_refusal(text: str | None) -> str | None:
    """Refuses a note that reads like health information (DK-14, DK-15), without repeating what was typed."""
    if text and reads_like_health(text):
        return _("this reads like health information: it is neither asked for nor kept; leave it out")
    return None

"""Who can step in for a shift, and the best plan for many: a shift must never stand unmanned (DK-11, DK-12).

Pure: the facts about shifts and people are handed in (``app.store.cover_facts`` reads them).

``rules`` says which rules a person would break by taking a shift, ``ranking`` in which order those who break none
are asked and why, ``plan`` finds the best for all uncovered shifts at once.
"""

from app.domain.cover.places import Travel, distance_km
from app.domain.cover.ranking import Candidate, candidate, ranked
from app.domain.cover.rules import Duty, Facts, Limits, Obstacle, Rules, Site, obstacles
from app.domain.cover.situation import Absent, Situation

__all__ = [
    "Absent",
    "Candidate",
    "Duty",
    "Facts",
    "Limits",
    "Obstacle",
    "Rules",
    "Site",
    "Situation",
    "Travel",
    "candidate",
    "distance_km",
    "obstacles",
    "ranked",
]

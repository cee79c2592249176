"""How far it is between two places, and how long one is on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Travel:
    """How a way becomes a time: as the crow flies at ``kmh``, never under ``least``; both are settings."""

    kmh: int = 30
    least: timedelta = timedelta(minutes=10)

    def time(self, one: str | None, other: str | None) -> timedelta:
        """The way between two different "lat,lon" places; the least where either is unknown."""
        km = distance_km(one, other)
        return self.least if km is None else max(self.least, timedelta(hours=km / self.kmh))


@lru_cache(maxsize=65_536)
def distance_km(one: str | None, other: str | None) -> float | None:
    """The distance as the crow flies between two "lat,lon" places, in km; None where either is unknown."""
    places = [_place(one), _place(other)]
    if places[0] is None or places[1] is None:
        return None
    (lat1, lon1), (lat2, lon2) = places[0], places[1]
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


@lru_cache(maxsize=8_192)
def _place(text: str | None) -> tuple[float, float] | None:
    try:
        lat, lon = (float(part) for part in (text or "").split(","))
    except ValueError:
        return None
    return (radians(lat), radians(lon)) if abs(lat) <= 90 and abs(lon) <= 180 else None

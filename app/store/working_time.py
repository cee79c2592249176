"""The limits of working time by country, as ``data/working-time.toml`` has them."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import lru_cache

from app.assets import data_dir
from app.domain.cover import Limits

EVERYWHERE = "EU"


@lru_cache(maxsize=1)
def _by_country() -> dict[str, Limits]:
    data = tomllib.loads((data_dir() / "working-time.toml").read_text("utf-8"))
    return {
        country: Limits(
            timedelta(hours=law["daily_rest_hours"]), timedelta(hours=law["weekly_hours"]), law["source"]
        )
        for country, law in data.items()
    }


def limits_of(country: str | None) -> Limits:
    """A country's limits; the directive's for one that has none of its own."""
    found = _by_country()
    return found.get((country or "").upper()) or found[EVERYWHERE]

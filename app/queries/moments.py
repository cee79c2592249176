"""Who looks and when, as parameters: what is asked every minute is built once and only run again.

SQLAlchemy takes longer to build such a statement than SQLite to answer it. Conditions and statements that name one of
these are run with ``moments(view)``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import String, bindparam

from app.domain.absence_rules import LONGEST_SHIFT
from app.domain.instants import day_bounds, to_text
from app.store.view import StoreView

ME = bindparam("me", type_=String)
"""The id of the acting person."""
NOW = bindparam("now", type_=String)
BEGUN = bindparam("begun", type_=String)
"""No shift that began before is still going on."""
DAWN = bindparam("dawn", type_=String)
"""The beginning of the local day."""
SOON = bindparam("soon", type_=String)
"""The end of tomorrow: uncovered shifts until then are today's matter."""
TODAY = bindparam("today", type_=String)
"""The local date."""
FORTNIGHT = bindparam("fortnight", type_=String)
"""The date two weeks ago."""


def moments(view: StoreView) -> dict[str, str]:
    """The values of all of them."""
    return {"me": view.actor.id, **_moments(view.now, view.zone)}


@lru_cache(maxsize=4)
def _moments(now: datetime, zone: ZoneInfo) -> dict[str, str]:
    today = now.astimezone(zone).date()
    dawn, midnight = day_bounds(now, zone)
    return {
        "now": to_text(now),
        "begun": to_text(now - LONGEST_SHIFT),
        "dawn": to_text(dawn),
        "soon": to_text(day_bounds(midnight, zone)[1]),
        "today": today.isoformat(),
        "fortnight": (today - timedelta(days=14)).isoformat(),
    }

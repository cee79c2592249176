"""What this installation knows of itself: its team, its lane, the team's key (the table ``local``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.instants import zone_of
from app.store.statements import all_rows, first_row, run_each


@dataclass(frozen=True, slots=True)
class Membership:
    """The team this home belongs to, and the lane that it writes in. All but the lane is the anchor's."""

    team: str
    lane: str
    name: str
    country: str
    id_key: str
    created: str = ""
    founder: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of times that are given without one, where no area says otherwise."""
        return zone_of(None, self.country)


MEMBERSHIP = tuple(one.name for one in fields(Membership))
"""The keys of what a membership is."""


def get(conn: Connection, key: str) -> str | None:
    """A value that was put, or None."""
    row = first_row(conn, "SELECT value FROM local WHERE key = ?", (key,))
    return None if row is None else str(row[0])


def get_all(conn: Connection, *keys: str) -> dict[str, str]:
    """Those of the keys that were put, with their values."""
    marks = ",".join("?" * len(keys))
    rows = all_rows(conn, f"SELECT key, value FROM local WHERE key IN ({marks})", keys)
    return {row[0]: row[1] for row in rows}


def put(conn: Connection, **values: str) -> None:
    """Keeps values under their keys."""
    run_each(
        conn,
        "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        list(values.items()),
    )


def membership(conn: Connection) -> Membership | None:
    """The team joined, or None before ``init``."""
    return membership_of(get_all(conn, *MEMBERSHIP))


def membership_of(found: Mapping[str, str]) -> Membership | None:
    """As membership, of values that were got."""
    if "team" not in found or "lane" not in found:
        return None
    kept = {key: found[key] for key in MEMBERSHIP if key in found}
    return Membership(**{"name": "", "country": "", "id_key": "", **kept})


def join(conn: Connection, membership: Membership) -> None:
    """Makes this home a member of a team with a lane of its own."""
    put(conn, **asdict(membership))

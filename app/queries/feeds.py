"""The team's feeds as this home found them, and what is gone from them: flagged, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.domain.instants import from_text, to_text
from app.domain.records import Feed
from app.store import reading
from app.store.feeds import FeedState, feed_states

_STANDS = {
    "people": "active",
    "customers": "coalesce(contract_end, '9999') >= :day",
    "agreements": "coalesce(included, 1) AND withdrawn_on IS NULL",
    "shifts": "status = 'planned' AND \"end\" > :now",
    "absences": "status IN ('reported', 'approved') AND coalesce(until, '9999') > :now",
    "complaints": "status NOT IN ('solved', 'rejected', 'closed')",
}
"""Kind → whether a record still counts. What is over may leave an export without anyone being told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """An active feed: what it is, how its file was found here, and the ids of the records that are gone from it."""

    id: str
    kind: str
    path: str
    source: str
    state: str
    why: str
    as_of: datetime | None
    looked_at: datetime | None
    accepted: int
    rejected: int
    dropped_columns: tuple[str, ...]
    gone: tuple[str, ...]


def feed_lines(conn: Connection, now: datetime) -> list[FeedLine]:
    """Every feed that is read, in order of their ids."""
    states = feed_states(conn)
    feeds = list(reading.find(conn, Feed, {"active": True}))
    return [_line(conn, feed, states.get(feed.id, FeedState(feed.id)), now) for feed in feeds]


def _line(conn: Connection, feed: Feed, found: FeedState, now: datetime) -> FeedLine:
    return FeedLine(
        id=feed.id,
        kind=feed.kind,
        path=feed.path,
        source=feed.source,
        state=found.state,
        why=found.why,
        as_of=from_text(found.as_of) if found.as_of else None,
        looked_at=from_text(found.looked_at) if found.looked_at else None,
        accepted=found.accepted,
        rejected=found.rejected,
        dropped_columns=found.dropped,
        gone=_gone(conn, feed, found.as_of, to_text(now)),
    )


def _gone(conn: Connection, feed: Feed, as_of: str, now: str) -> tuple[str, ...]:
    """The records that an earlier export held, the newest does not, and that still count."""
    if feed.kind not in _STANDS:
        return ()
    found = conn.exec_driver_sql(
        f'SELECT held.record FROM feed_records AS held JOIN "{feed.kind}" AS one ON one.id = held.record '
        f"WHERE held.feed = :feed AND held.as_of < :as_of AND {_STANDS[feed.kind]} ORDER BY held.record",
        {"feed": feed.id, "as_of": as_of, "now": now, "day": now[:10]},
    )
    return tuple(found.scalars())

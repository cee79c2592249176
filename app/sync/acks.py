"""Acknowledgements: a lane says how far it has read the others, so that they know what was delivered.

They ride on other writes, go alone at most once a day, and never answer each other: a team at rest writes nothing.
"""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.instants import to_text
from app.store import local
from app.store.door import Write, Writer
from app.store.exchange_log import (
    ACK,
    LANE_KIND,
    Outlook,
    decisions_wait,
    has_news,
    last_writer,
    note_acks,
    tops,
)
from app.sync.exchange import ACKED_AT, Exchange
from app.sync.survey import DAY, is_older


def acknowledges(conn: Connection, exchange: Exchange, found: Outlook, acked_at: str) -> str | None:
    """The person in whose name an acknowledgement is due; None where there is no news, or it can wait."""
    if found.acks or not (found.decisions or is_older(acked_at, exchange.now, DAY)):
        return None
    by = exchange.by or last_writer(conn, exchange.lane)
    return by if by is not None and has_news(conn, exchange.lane) else None


def acknowledge(exchange: Exchange, by: str) -> None:
    """Puts an acknowledgement in the outbox."""
    with exchange.db.write() as conn:
        alone = not decisions_wait(conn)
        seen = {lane: top for lane, top in tops(conn).items() if lane != exchange.lane}
        write = Write(LANE_KIND, exchange.lane, {"seen": seen}, base=())
        note_acks(conn, Writer(conn, by, exchange.now, exchange.entropy).write(ACK, [write]))
        if alone:
            local.put(conn, **{ACKED_AT: to_text(exchange.now)})

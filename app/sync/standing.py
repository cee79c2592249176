"""How a home stands when an exchange begins: one view of the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.store import local
from app.store.exchange_log import Place, forks, gapped_lanes
from app.store.loading import unfolded
from app.store.local import Membership
from app.store.sources import known_sources
from app.sync.exchange import LISTED_AT, LISTING, OWN_READ_AT
from app.sync.home import known_home
from app.sync.survey import Memory


@dataclass(frozen=True, slots=True)
class Standing:
    """``member`` None: no team joined yet; ``home``: where it lay when it last said so; ``put_off``: not all folded."""

    member: Membership | None
    home: str | None
    put_off: bool
    memory: Memory
    forks: set[Place]

    @classmethod
    def read(cls, conn: Connection) -> Standing:
        """As the database has it now."""
        member = local.membership(conn)
        return cls(
            member=member,
            home=known_home(conn),
            put_off=bool(unfolded(conn)),
            memory=_memory(conn, member.lane if member else ""),
            forks=forks(conn),
        )


def _memory(conn: Connection, lane: str) -> Memory:
    kept = local.get_all(conn, LISTING, LISTED_AT, OWN_READ_AT)
    return Memory(
        known=known_sources(conn),
        gapped=frozenset(gapped_lanes(conn)),
        lane=lane,
        listing=kept.get(LISTING, ""),
        listed_at=kept.get(LISTED_AT, ""),
        own_read_at=kept.get(OWN_READ_AT, ""),
    )

"""How a home stands when an exchange begins: one view of the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.store import local
from app.store.exchange_log import Place, forks, gapped_lanes
from app.store.loading import UNFOLDED
from app.store.local import Membership
from app.store.sources import known_sources
from app.sync.exchange import LISTED_AT, LISTING, OWN_READ_AT
from app.sync.home import HOME
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
        kept = local.get_all(conn, *local.MEMBERSHIP, HOME, UNFOLDED, LISTING, LISTED_AT, OWN_READ_AT)
        memory = Memory(
            known=known_sources(conn),
            gapped=frozenset(gapped_lanes(conn)),
            lane=kept.get("lane", ""),
            listing=kept.get(LISTING, ""),
            listed_at=kept.get(LISTED_AT, ""),
            own_read_at=kept.get(OWN_READ_AT, ""),
        )
        member = local.membership_of(kept)
        return cls(member, kept.get(HOME), bool(kept.get(UNFOLDED)), memory, forks(conn))

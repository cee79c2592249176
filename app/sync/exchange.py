"""What the steps of one exchange share, and what they keep in the table ``local``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter

from sqlalchemy import Connection

from app.domain.ids import Entropy
from app.store import local
from app.store.database import Database
from app.store.exchange_log import Place
from app.sync.files import Files
from app.sync.layout import Anchor, TeamPaths
from app.sync.report import ShouldStop, ShowProgress, SyncReport, never, quiet


@dataclass(slots=True)
class Pace:
    """How many changes one transaction takes, so that a person's decision never waits long for it."""

    size: int = 100
    aim_seconds: float = 0.012
    smallest: int = 25
    largest: int = 2_000

    @classmethod
    def of(cls, alone: bool) -> Pace:
        """The pace for a home at work, or for one where nobody waits."""
        return cls(4_000, 1.0, 500, 8_000) if alone else cls()

    def limit(self) -> int:
        """The number for the next transaction."""
        return self.size

    def measured(self, count: int, seconds: float) -> None:
        """Takes in how long the last one took: halved when too long, doubled when far below."""
        if seconds > self.aim_seconds * 1.5:
            self.size = max(self.size // 2, self.smallest)
        elif count >= self.size and seconds < self.aim_seconds / 2:
            self.size = min(self.size * 2, self.largest)


@dataclass(slots=True)
class Exchange:
    """One exchange between a home and its team file."""

    db: Database
    files: Files
    paths: TeamPaths
    anchor: Anchor
    lane: str
    now: datetime
    entropy: Entropy
    report: SyncReport
    by: str | None = None
    thorough: bool = False
    alone: bool = False
    leaves_much: bool = False
    progress: ShowProgress = quiet
    should_stop: ShouldStop = never
    forks: set[Place] = field(default_factory=set)
    lacking: bool = False
    pace: Pace = field(default_factory=Pace)
    timer: Callable[[], float] = perf_counter

    def generation(self, conn: Connection) -> int:
        """The generation of the own lane that is written now."""
        return int(local.get(conn, GENERATION) or "1")


GENERATION = "sync_generation"
RECHECK = "sync_recheck"
"""Set when a file lost something: what the team file lacks must be worked out."""
LISTING = "sync_listing"
LISTED_AT = "sync_listed_at"
OWN_READ_AT = "sync_own_read_at"
ACKED_AT = "sync_acked_at"

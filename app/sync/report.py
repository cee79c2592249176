"""What an exchange with the team file did, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.exchange_log import Outlook


@dataclass(slots=True)
class SyncReport:
    """One exchange. Acknowledgements are counted nowhere.

    ``pulled``: changes new to this home; ``pushed``: own changes now read back from the team file; ``healed``:
    changes that it lacked and that were written again. ``quarantined`` and ``conflicts`` are how many there are
    now. ``offline``: the team file could not be reached, nothing was altered. ``problem`` is one line for people:
    why offline, or why nothing could be written. ``complete``: everything there is has been read. ``much``: there is
    more to do than was asked for, and nothing was done.
    """

    pulled: int = 0
    pushed: int = 0
    healed: int = 0
    quarantined: int = 0
    conflicts: int = 0
    offline: bool = False
    waiting: int = 0
    problem: str = ""
    complete: bool = False
    stopped: bool = False
    much: bool = False
    busy: bool = False
    joined: bool = False
    new_lane: bool = False
    unreadable: list[str] = field(default_factory=list)

    def count(self, found: Outlook) -> None:
        """Takes over how much there is now of what waits, cannot be read or contends."""
        self.quarantined, self.conflicts, self.waiting = found.quarantined, found.conflicts, found.decisions

    def followed_by(self, later: SyncReport) -> SyncReport:
        """The two as one: what each did, and how things are after the later."""
        return replace(
            later,
            pulled=self.pulled + later.pulled,
            pushed=self.pushed + later.pushed,
            healed=self.healed + later.healed,
            joined=self.joined or later.joined,
            new_lane=self.new_lane or later.new_lane,
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull is, in bytes of what there is to read, and how many changes were read.

    In a first pull folding comes after reading: a quarter of the bytes stands for it.
    """

    done: int
    total: int
    changes: int


ShowProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


def quiet(_progress: Progress) -> None:
    """Shows nothing."""


def never() -> bool:
    """Does not stop."""
    return False

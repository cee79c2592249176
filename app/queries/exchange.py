"""How the exchange with the team file stands: what waits, who has what, whose clock is off, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.change import Change
from app.domain.instants import from_text
from app.domain.plain import visible
from app.domain.projection import instant_of
from app.domain.records import Person
from app.domain.skew import clock_off
from app.queries.feeds import FeedLine, feed_lines
from app.queries.subjects import name_of
from app.store import local
from app.store.exchange_log import LANE_KIND, in_outbox, lane_members, last_decision, newest_of_lanes
from app.store.log import latest_of_lane
from app.store.sources import Quarantined, quarantined
from app.store.sync_log import Exchanged, exchanges, unreadable
from app.store.view import StoreView
from app.text import _

RECENT = 20
"""How many of one's own last changes are told."""
_MOST_WAITING = 200
WAITING, WRITTEN, DELIVERED = "waiting", "written", "delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneLine:
    """An installation of Tavle: whose it is, what is known of it, and what it said that it knows of this one.

    ``person`` wrote there last. ``missing``: changes of it known to be somewhere that have not arrived.
    ``acknowledged`` is how far it has this installation's changes, ``written`` the number of the last decision here.
    ``clock_off_minutes``: above zero its clock is ahead, below zero behind. ``unreadable``: some of its files
    are listed and could not be read at the last exchange, as those that a drive has not downloaded.
    """

    id: str
    external: None = None
    contested: tuple[str, ...] = ()
    person: str | None
    own: bool
    changes: int
    missing: int
    heard_at: datetime | None
    acknowledged: int
    written: int
    clock_off_minutes: int
    unreadable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineLine:
    """A line of the team file that cannot be read: where it stands, why, its first bytes shown, what mends it."""

    id: str
    external: None = None
    contested: tuple[str, ...] = ()
    file: str
    offset: int
    why: str
    at: datetime
    bytes: str
    size: int
    mend: str


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A decision of this installation: how far it has come, and the people who have it (``by``)."""

    change: str
    at: datetime
    decision: str
    kind: str
    record: str
    records: int
    state: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExchangeState:
    """All there is to tell."""

    own: tuple[OwnChange, ...]
    waiting: int
    lanes: tuple[LaneLine, ...]
    unreadable: tuple[str, ...]
    quarantined: tuple[QuarantineLine, ...]
    feeds: tuple[FeedLine, ...]
    log: tuple[Exchanged, ...]


def exchange_state(view: StoreView) -> ExchangeState:
    """How the exchange with the team file stands."""
    waiting = in_outbox(view.conn, _MOST_WAITING)
    return ExchangeState(
        tuple(_own(view, waiting)),
        len({one.name for one in waiting}),
        tuple(lanes(view)),
        unreadable(view.conn),
        tuple(quarantine(view)),
        tuple(feed_lines(view.conn, view.now)),
        tuple(exchanges(view.conn)),
    )


def lanes(view: StoreView) -> Iterator[LaneLine]:
    """Every installation ever heard of, this one first, then by their ids."""
    own = _own_lane(view)
    found = sorted(lane_members(view.conn), key=lambda one: (one.lane != own, one.lane))
    written = last_decision(view.conn, own)
    closed, newest = unreadable(view.conn), newest_of_lanes(view.conn)
    for one in found:
        yield LaneLine(
            id=one.lane,
            person=one.person or None,
            own=one.lane == own,
            changes=one.top,
            missing=max(one.latest - one.top, 0),
            heard_at=from_text(one.heard_at) if one.heard_at else None,
            acknowledged=min(one.seen.get(own, 0), written),
            written=written,
            clock_off_minutes=_minutes(_off(view, newest.get(one.lane))),
            unreadable=any(path.startswith(f"lanes/{one.lane}") for path in closed),
        )


def quarantine(view: StoreView) -> Iterator[QuarantineLine]:
    """The lines that could not be read, by file and offset."""
    return map(_quarantined, quarantined(view.conn))


def _quarantined(one: Quarantined) -> QuarantineLine:
    return QuarantineLine(
        id=f"{one.path}:{one.offset}",
        file=one.path,
        offset=one.offset,
        why=one.why,
        at=from_text(one.at),
        bytes=visible(one.line.decode("utf-8", "backslashreplace")),
        size=len(one.line),
        mend=_mend(one),
    )


def _mend(one: Quarantined) -> str:
    if not one.line.strip(b"\x00"):
        return _("a drive has not filled it yet: it is read again by itself")
    return _("nothing is lost: whoever wrote it writes it again; tavle doctor --repair reads it anew")


def clocks(view: StoreView) -> tuple[tuple[str, timedelta], ...]:
    """Whose clocks are off, and how far: names, the worst first."""
    found = [(lane, one, _off(view, one)) for lane, one in newest_of_lanes(view.conn).items()]
    own = _own_lane(view)
    named = [
        (_("this computer") if lane == own else name_of(view, Person, one.header.by), by)
        for lane, one, by in found
        if by
    ]
    return tuple(sorted(named, key=lambda pair: (-abs(pair[1]), pair[0])))


def _off(view: StoreView, newest: Change | None) -> timedelta:
    return clock_off(_at(newest), newest.header.hlc, view.now) if newest else timedelta()


def _at(change: Change) -> datetime:
    return from_text(instant_of(change))


def _minutes(off: timedelta) -> int:
    return int(off / timedelta(minutes=1))


def _own(view: StoreView, waiting: Iterable[Change]) -> Iterator[OwnChange]:
    """What waits, the oldest first, then the last of what was written, the newest first."""
    own = _own_lane(view)
    seen = {
        one.lane: (one.person, one.seen.get(own, 0)) for one in lane_members(view.conn) if one.lane != own
    }
    held = set()
    for name, parts in _by_name(waiting).items():
        held.add(name)
        yield _line(parts, WAITING, ())
    sent = (one for one in latest_of_lane(view.conn, own, RECENT * 3) if one.header.on[0] != LANE_KIND)
    recent = [(name, parts) for name, parts in _by_name(sent).items() if name not in held]
    for _name, parts in recent[:RECENT]:
        last = max(one.header.seq for one in parts)
        by = tuple(dict.fromkeys(person for person, top in seen.values() if top >= last))
        yield _line(parts, DELIVERED if by else WRITTEN, by)


def _by_name(changes: Iterable[Change]) -> Mapping[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for one in changes:
        found.setdefault(one.name, []).append(one)
    return found


def _line(parts: list[Change], state: str, by: tuple[str, ...]) -> OwnChange:
    first = min(parts, key=lambda one: one.header.grp[1] if one.header.grp else 0)
    header = first.header
    records = len({one.header.on for one in parts})
    return OwnChange(first.name, _at(first), header.do, *header.on, records, state, by)


def _own_lane(view: StoreView) -> str:
    member = local.membership(view.conn)
    return member.lane if member else ""

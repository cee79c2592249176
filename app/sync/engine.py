"""One exchange with the team file: pull, write what waits, read it back, heal what is lacking."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

from app.clock import Clock
from app.domain.ids import Entropy
from app.store import local
from app.store.database import Database, DatabaseUnavailable
from app.store.exchange_log import decisions_waiting, open_conflicts
from app.store.loading import unfolded
from app.store.log import put_in_outbox
from app.store.sources import quarantined_count
from app.sync.anchors import anchor_for, remember_anchor
from app.sync.exchange import Exchange, Pace
from app.sync.files import Files
from app.sync.healing import heal, may_lack, note_missed
from app.sync.home import claim_lane, is_shared, take_new_lane
from app.sync.layout import TeamNotThere, TeamPaths, lane_folder, read_anchor
from app.sync.loading import fold_rest
from app.sync.publish import LaneTaken, publish
from app.sync.pull import pull
from app.sync.report import ShouldStop, ShowProgress, SyncReport, never, quiet
from app.sync.teams import join_team
from app.sync.writing import SegmentChanged
from app.text import _

_TRIES = 3


def sync(
    db: Database,
    path: Path,
    clock: Clock,
    *,
    by: str | None = None,
    files: Files | None = None,
    progress: ShowProgress = quiet,
    should_stop: ShouldStop = never,
    thorough: bool = False,
    alone: bool = False,
    lock_seconds: float = 10.0,
    entropy: Entropy = secrets.token_bytes,
) -> SyncReport:
    """One exchange of a home with the team file at a path; a home without a team joins it.

    ``by`` is who acknowledges (default: who wrote last here). ``thorough`` reads every file from its beginning.
    ``alone``: nobody works in this home, so transactions may be long; what was put off is folded in any case.
    ``should_stop`` is asked between short steps: what was done so far stays done. The team file out of reach is no
    error: ``offline``. TeamMismatch: another team's file; DatabaseUnavailable: nothing half-saved.
    """
    report = SyncReport()
    with _told(report), one_at_a_time(db, lock_seconds):
        if not alone and not _caught_up(db, should_stop):
            report.stopped = True
            return report
        exchange = _begin(db, TeamPaths(path), clock, files or Files(), entropy, report)
        exchange.by, exchange.thorough, exchange.alone, exchange.pace = by, thorough, alone, Pace.of(alone)
        exchange.progress, exchange.should_stop = progress, should_stop
        _run(exchange)
    _count(db, report)
    return report


@contextmanager
def _told(report: SyncReport) -> Iterator[None]:
    """What is no error but the way of the world: the report says it."""
    try:
        yield
    except _Busy:
        report.busy = True
        report.problem = _("another Tavle is exchanging with the team file just now")
    except TeamNotThere as error:
        report.offline = True
        report.problem = str(error)


def _caught_up(db: Database, should_stop: ShouldStop) -> bool:
    """Folds what an exchange before this one put off; False where it was stopped."""
    with db.read() as conn:
        put_off = unfolded(conn)
    return not put_off or fold_rest(db, False, should_stop, lambda _share: None)


def _count(db: Database, report: SyncReport) -> None:
    with db.read() as conn:
        report.quarantined = quarantined_count(conn)
        report.conflicts = open_conflicts(conn)
        report.waiting = decisions_waiting(conn)


class _Busy(Exception):
    """Another program is in the middle of an exchange for this home."""


@lru_cache(maxsize=16)
def _lock(path: str) -> FileLock:
    """Making one takes longer than locking it."""
    return FileLock(path, mode=0o600)


@contextmanager
def one_at_a_time(db: Database, seconds: float) -> Iterator[None]:
    """One publisher a home: a lock on the local disk, given back by the system if the program dies."""
    lock = _lock(f"{db.path}.sync")
    try:
        lock.acquire(timeout=seconds)
    except Timeout as error:
        raise _Busy from error
    except OSError as error:
        raise DatabaseUnavailable(
            _("the folder of the local database cannot be used: %(why)s") % {"why": _why(error)}
        ) from error
    try:
        yield
    finally:
        lock.release()


def _begin(
    db: Database, paths: TeamPaths, clock: Clock, files: Files, entropy: Entropy, report: SyncReport
) -> Exchange:
    with db.read() as conn:
        member = local.membership(conn)
    anchor = anchor_for(files, paths, member)
    report.joined = member is None
    if member is None:
        join_team(db, paths.anchor, files=files, entropy=entropy)
    report.new_lane = claim_lane(db, entropy)
    if member is None or report.new_lane:
        with db.read() as conn:
            member = local.membership(conn)
    assert member is not None
    if not member.founder:
        remember_anchor(db, anchor)
    return Exchange(db, files, paths, anchor, member.lane, clock(), entropy, report)


def _run(exchange: Exchange) -> None:
    for _attempt in range(_TRIES):
        _pull(exchange)
        if exchange.report.stopped or _is_own_unreadable(exchange):
            return
        try:
            _push(exchange)
        except SegmentChanged:
            continue
        except LaneTaken:
            _leave_lane(exchange)
            continue
        return
    exchange.report.problem = _("the own part of the team file keeps changing: nothing was written")


def _pull(exchange: Exchange) -> None:
    try:
        pull(exchange)
    except OSError as error:
        raise TeamNotThere(_("the team file cannot be read: %(why)s") % {"why": _why(error)}) from error
    if not exchange.report.complete:
        return
    with exchange.db.read() as conn:
        shared, exchange.lacking = is_shared(conn, exchange.lane), may_lack(conn)
    if shared:
        with exchange.db.write() as conn:
            exchange.lane = take_new_lane(conn, exchange.entropy)
        exchange.report.new_lane = True
    if exchange.lacking:
        note_missed(exchange)


def _leave_lane(exchange: Exchange) -> None:
    """Goes on in another lane, and writes there what nobody can find in the old one any more."""
    with exchange.db.write() as conn:
        put_in_outbox(conn, exchange.lane, 0)
        exchange.lane = take_new_lane(conn, exchange.entropy)
    exchange.report.new_lane = True


def _is_own_unreadable(exchange: Exchange) -> bool:
    """A placeholder of a cloud drive, say: what the own lane has there is not known, so nothing is written."""
    own = lane_folder(exchange.lane)
    found = any(own.startswith(f"{path}/") or path.startswith(own) for path in exchange.report.unreadable)
    if found:
        exchange.report.problem = _("the own part of the team file is not readable now: nothing was written")
    return found


def _push(exchange: Exchange) -> None:
    """Writes. Where it fails the outbox stays as it is; reading has gone on."""
    try:
        publish(exchange)
        if exchange.lacking:
            heal(exchange)
    except OSError as error:
        exchange.report.problem = _("nothing could be written to the team file: %(why)s") % {
            "why": _why(error)
        }
        read_anchor(exchange.files, exchange.paths)


def _why(error: OSError) -> str:
    return error.strerror or str(error)

"""One exchange with the team file: pull, write what waits, read it back, heal what is lacking."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import Clock
from app.domain.ids import Entropy
from app.store.database import Database
from app.store.exchange_log import outlook
from app.store.log import put_in_outbox
from app.sync.anchors import anchor_for, remember_anchor
from app.sync.exchange import Exchange, Pace
from app.sync.files import Files
from app.sync.healing import heal, note_missed
from app.sync.home import claim_lane, home_mark, take_new_lane
from app.sync.layout import TeamNotThere, TeamPaths, lane_folder, read_anchor
from app.sync.loading import fold_rest
from app.sync.locking import Busy, one_at_a_time
from app.sync.publish import LaneTaken, Plan, plan_of, publish
from app.sync.pull import pull
from app.sync.report import ShouldStop, ShowProgress, SyncReport, never, quiet
from app.sync.standing import Standing
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
    leave_much: bool = False,
    lock_seconds: float = 10.0,
    entropy: Entropy = secrets.token_bytes,
) -> SyncReport:
    """One exchange of a home with the team file at a path; a home without a team joins it.

    ``by`` is who acknowledges (default: who wrote last here). ``thorough`` reads every file from its beginning.
    ``alone``: nobody works in this home, so transactions may be long; what was put off is folded in any case.
    ``leave_much``: where there is more to do than takes a moment, nothing is done, and the report says ``much``.
    ``should_stop`` is asked between short steps: what was done so far stays done. The team file out of reach is no
    error: ``offline``. TeamMismatch: another team's file; DatabaseUnavailable: nothing half-saved.
    """
    report, counted = SyncReport(), False
    with _told(report), one_at_a_time(db, lock_seconds):
        standing = _standing(db)
        if standing.put_off and not alone:
            report.much = leave_much
            if leave_much or not fold_rest(db, False, should_stop, lambda _share: None):
                report.stopped = True
                return report
        exchange, standing = _begin(db, TeamPaths(path), clock, files or Files(), entropy, report, standing)
        exchange.by, exchange.thorough, exchange.alone, exchange.pace = by, thorough, alone, Pace.of(alone)
        exchange.progress, exchange.should_stop, exchange.leaves_much = progress, should_stop, leave_much
        counted = _run(exchange, standing)
    if not counted:
        with db.read() as conn:
            report.count(outlook(conn, ""))
    return report


@contextmanager
def _told(report: SyncReport) -> Iterator[None]:
    """What is no error but the way of the world: the report says it."""
    try:
        yield
    except Busy as error:
        report.busy = True
        report.problem = str(error)
    except TeamNotThere as error:
        report.offline = True
        report.problem = str(error)


def _standing(db: Database) -> Standing:
    with db.read() as conn:
        return Standing.read(conn)


def _begin(
    db: Database,
    paths: TeamPaths,
    clock: Clock,
    files: Files,
    entropy: Entropy,
    report: SyncReport,
    standing: Standing,
) -> tuple[Exchange, Standing]:
    member = standing.member
    anchor = anchor_for(files, paths, member)
    report.joined = member is None
    if member is None:
        join_team(db, paths.anchor, files=files, entropy=entropy)
    report.new_lane = standing.home != home_mark(db.path) and claim_lane(db, entropy)
    if member is None or report.new_lane:
        standing = _standing(db)
        member = standing.member
    assert member is not None
    if not member.founder:
        remember_anchor(db, anchor)
    return Exchange(db, files, paths, anchor, member.lane, clock(), entropy, report), standing


def _run(exchange: Exchange, standing: Standing) -> bool:
    """True where nothing was written: then what was counted before still holds."""
    for _attempt in range(_TRIES):
        _pull(exchange, standing)
        plan = _look(exchange)
        if exchange.report.stopped or _is_own_unreadable(exchange):
            return True
        if plan.is_nothing:
            return True
        try:
            _push(exchange, plan)
        except SegmentChanged:
            standing = _standing(exchange.db)
            continue
        except LaneTaken:
            _leave_lane(exchange)
            standing = _standing(exchange.db)
            continue
        return False
    exchange.report.problem = _("the own part of the team file keeps changing: nothing was written")
    return False


def _pull(exchange: Exchange, standing: Standing) -> None:
    try:
        pull(exchange, standing)
    except OSError as error:
        raise TeamNotThere(_("the team file cannot be read: %(why)s") % {"why": _why(error)}) from error


def _look(exchange: Exchange) -> Plan:
    """What is to be written now that all is read; the report is told what there is to count."""
    complete = exchange.report.complete
    with exchange.db.read() as conn:
        plan = plan_of(conn, exchange)
    exchange.report.count(plan.found)
    exchange.lacking = complete and plan.may_lack
    if complete and plan.found.is_shared:
        with exchange.db.write() as conn:
            exchange.lane = take_new_lane(conn, exchange.entropy)
            plan = plan_of(conn, exchange)
        exchange.report.new_lane = True
    if exchange.lacking:
        note_missed(exchange)
    return plan


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


def _push(exchange: Exchange, plan: Plan) -> None:
    """Writes. Where it fails the outbox stays as it is; reading has gone on."""
    try:
        publish(exchange, plan)
        if exchange.lacking:
            heal(exchange)
    except OSError as error:
        exchange.report.problem = _("nothing could be written to the team file: %(why)s") % {
            "why": _why(error)
        }
        read_anchor(exchange.files, exchange.paths)


def _why(error: OSError) -> str:
    return error.strerror or str(error)

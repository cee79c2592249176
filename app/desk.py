"""The desk: one person's open database. The board and the command line decide and look things up here.

It knows who acts and what time it is; what a decision does stands in ``app.decisions``, what there is to see
in ``app.queries``. Nothing here waits for the network but ``sync``.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import app.decisions  # noqa: F401 - declares every decision
from app import settings as settings_file
from app.clock import Clock, system_clock
from app.decisions import taking, undoing
from app.decisions.taking import Outcome, Refused
from app.domain.change import Heads
from app.domain.cover import Travel
from app.domain.fields import BadInput
from app.domain.instants import to_text
from app.domain.kinds import Record
from app.domain.records import Feed, Person
from app.queries import records
from app.settings import Settings
from app.store import folding, local, reading, sync_log
from app.store.database import Database, DatabaseUnavailable, clear_errors
from app.store.local import Membership
from app.store.view import SteadyView, StoreView
from app.sync.aside import sync_aside
from app.sync.engine import sync
from app.sync.glance import Glance, glance
from app.sync.home import claim_lane
from app.sync.layout import TeamMismatch, TeamNotThere
from app.sync.report import Progress, ShouldStop, ShowProgress, SyncReport, never, quiet
from app.text import _

__all__ = [
    "BadInput",
    "DatabaseUnavailable",
    "Desk",
    "Glance",
    "Outcome",
    "Progress",
    "Refused",
    "SyncReport",
    "TeamMismatch",
    "TeamNotThere",
    "View",
]

View = StoreView
"""What a query of ``ask`` gets."""
P = ParamSpec("P")
T = TypeVar("T")


class _Steady(threading.local):
    """The view that a thread is looking through."""

    view: StoreView | None = None


class Desk:
    """One person at work in one home. Safe to use from several threads; close it when done."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock = system_clock,
        acting: str | None = None,
        team: Path | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.team_file = team or (Path(settings.team) if settings.team else None)
        self._acting = acting
        self._exchange = threading.Lock()
        self._steady = _Steady()
        self._noted: sync_log.Noted | None = None
        self.database = Database(settings.database)
        try:
            with self.database.write() as conn:
                folding.refresh(conn)
            claim_lane(self.database, secrets.token_bytes)
            self.member = self._membership()
            self.actor = self._actor()
        except BaseException:
            self.database.close()
            raise

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone that the acting person's times are shown in."""
        return self.ask(lambda view: view.zone)

    def close(self) -> None:
        """Gives the database back."""
        self.database.close()

    def ask(self, query: Callable[Concatenate[StoreView, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a query of app.queries answers, in one consistent view of the database."""
        with self._read() as view:
            return query(view, *args, **kwargs)

    @contextmanager
    def looking(self) -> Iterator[None]:
        """All that this thread asks within is answered by one view of the database, until it writes something."""
        with self._read() as view:
            self._steady.view = view
            try:
                yield
            finally:
                self._steady.view = None

    @contextmanager
    def _read(self) -> Iterator[StoreView]:
        if (view := self._steady.view) is not None:
            with clear_errors(self.database.path):
                yield view
            return
        with self.database.read() as conn:
            yield self._view(conn, SteadyView)

    @contextmanager
    def _write(self) -> Iterator[Any]:
        self._steady.view = None
        with self.database.write() as conn:
            yield conn

    def within(self, work: Callable[[StoreView], T]) -> T:
        """What the work gives; all that it writes is committed, or, where it raises, nothing."""
        with self._write() as conn:
            return work(self._view(conn))

    def take(
        self,
        decision: str,
        on: str | None = None,
        given: Mapping[str, Any] | None = None,
        *,
        seen: Heads | None = None,
    ) -> Outcome:
        """Takes a decision on a record (None: one that creates it); committed on this disk when it returns.

        ``seen`` is the ``heads`` of the row that the person looked at. Refused, BadInput or
        DatabaseUnavailable where it cannot be taken: then nothing changed.
        """
        with self._write() as conn:
            return taking.take(conn, self._view(conn), decision, on, given or {}, seen)

    def take_each(
        self, decision: str, marked: Iterable[tuple[str, Heads]], given: Mapping[str, Any]
    ) -> Outcome:
        """Takes one decision on several records as one: all or none, and undone as one."""
        with self._write() as conn:
            return taking.take_each(conn, self._view(conn), decision, marked, given)

    def undo(self, change: str | None = None, reason: str | None = None) -> Outcome:
        """Undoes a change (or group), or the last decision of this installation."""
        with self._write() as conn:
            return undoing.undo(conn, self._view(conn), change, reason)

    def redo(self, change: str | None = None) -> Outcome:
        """Takes an undo back."""
        with self._write() as conn:
            return undoing.redo(conn, self._view(conn), change)

    def blocked(self, decision: str, record: Record | None) -> str | None:
        """Why the decision cannot be taken on the record as it is: the reason behind a greyed key."""
        with self._read() as view:
            return taking.decision_named(decision).blocked(record, view)

    def warning(self, decision: str, record: Record | None) -> str | None:
        """What the person should think of before the decision, or None."""
        with self._read() as view:
            return taking.decision_named(decision).warning(record, view)

    def record(self, kind: str, id_: str) -> Record | None:
        """One record as it is now, computed fields included, with the heads that a decision on it builds on."""
        return self.ask(records.record, kind, id_)

    def rebuild(self) -> None:
        """Folds the tables anew from the log; the result is the same."""
        with self._write() as conn:
            folding.rebuild(conn)

    def sync(
        self,
        *,
        progress: ShowProgress = quiet,
        should_stop: ShouldStop = never,
        thorough: bool = False,
        aside: bool = False,
    ) -> SyncReport:
        """One exchange with the team file, and the office's exports read; one at a time.

        ``aside``: what takes more than a moment is done by a process of its own, for this one answers keys.
        A team file out of reach is no error: the report says offline, and why. TeamMismatch: it is another team's.
        """
        if self.team_file is None:
            return SyncReport(offline=True, problem=_("no team file is set: join one with tavle init"))
        with self._exchange:
            report = self._sync(self.team_file, progress, should_stop, thorough=thorough, aside=aside)
            self._note(report)
            return report

    def glance(self) -> Glance | None:
        """What lies in the team file's folder now, without the database; None where not all of it can be seen."""
        return None if self.team_file is None else glance(self.team_file)

    def _sync(
        self, team: Path, progress: ShowProgress, should_stop: ShouldStop, *, thorough: bool, aside: bool
    ) -> SyncReport:
        work = partial(
            sync, self.database, team, self.clock,
            by=self.actor.id, progress=progress, should_stop=should_stop,
        )  # fmt: skip
        report = work(thorough=thorough, leave_much=aside)
        if report.much:
            known = self.database.path, team, self.clock(), self.actor.id
            report = sync_aside(*known, progress, should_stop) or work(thorough=thorough)
        unfinished = report.offline or report.busy or report.stopped
        if unfinished or not self._read_feeds(team, should_stop):
            return report
        return report.followed_by(work())

    def _note(self, report: SyncReport) -> None:
        """Keeps what an exchange did for the list on Team; one at rest is not worth a line."""
        if report.busy or report.stopped:
            return
        last = self._noted or self.ask(lambda view: sync_log.latest(view.conn))
        unreadable = last.unreadable if last and report.offline else tuple(report.unreadable)
        self._noted = sync_log.Noted(report.problem, unreadable)
        if self._noted == last and not (report.pulled or report.pushed or report.healed):
            return
        at = to_text(self.clock())
        one = sync_log.Exchanged(at, report.pulled, report.pushed, report.healed, report.problem)
        with suppress(DatabaseUnavailable), self._write() as conn:
            sync_log.note(conn, one, unreadable)

    def _read_feeds(self, team: Path, should_stop: ShouldStop) -> bool:
        """True where an export of the office brought something. Only teams with feeds load what reads them."""
        if not self.ask(lambda view: view.find(Feed, active=True)):
            return False
        from app.exchange.feeding import read_feeds

        return read_feeds(self, team, should_stop)

    def keep_last_seen(self, frame: str, at: str) -> None:
        """Keeps a first frame (``app.frame.payload``) for the next start."""
        with self._write() as conn:
            conn.exec_driver_sql(
                "INSERT OR REPLACE INTO last_seen (id, frame, at) VALUES (1, ?, ?)", (frame, at)
            )

    def _membership(self) -> Membership:
        with self.database.read() as conn:
            member = local.membership(conn)
        if member is None:
            raise BadInput(_("this home has joined no team yet: tavle init --team FILE --as NAME"))
        return member

    def _actor(self) -> Person:
        wanted = self._acting or self.settings.person
        if not wanted:
            raise BadInput(_("nobody is acting: give --as PERSON"))
        with self.database.read() as conn:
            person = reading.get(conn, Person, reading.resolve(conn, "people", wanted))
        assert person is not None
        return person

    def _view(self, conn: Any, kind: type[StoreView] = StoreView) -> StoreView:
        said = self.settings
        return kind(
            conn, self.actor, self.clock(),
            acute_minutes=said.acute_minutes, repeat_days=said.repeat_days, travel=self._travel(),
        )  # fmt: skip

    def _travel(self) -> Travel:
        least = timedelta(minutes=self.settings.travel_minutes)
        return Travel(self.settings.travel_kmh, least)

    def set_theme(self, theme: str) -> None:
        """Remembers which theme the board wears; a settings file that cannot be written is no reason to stop."""
        self.settings = replace(self.settings, theme=theme)
        with suppress(settings_file.SettingsError):
            settings_file.save(self.settings)

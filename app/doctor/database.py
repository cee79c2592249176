"""The local database: sound, folded as the log says, and what waits or is lacking in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Connection

from app.clock import Clock
from app.doctor.findings import ERROR, OK, REPAIR, WARNING, Finding
from app.domain.fields import BadInput
from app.domain.hlc import milliseconds
from app.queries.feeds import feed_lines
from app.settings import Settings
from app.store import local, log, reading
from app.store.checking import damaged_tables
from app.store.database import Database, DatabaseUnavailable, DiskFull
from app.store.exchange_log import decisions_waiting, forks, gapped_lanes, missed, open_conflicts, two_headed
from app.store.links import unlinked_lanes
from app.store.rejected import rejected_lines
from app.store.sources import quarantined_count
from app.store.statements import one_number
from app.store.tables import FOLD_VERSION
from app.sync.reading import other_teams
from app.text import _

_OFTEN_OFF = timedelta(minutes=10)
_Count = tuple[int, str, str]
"""How many there are, what to say of them with ``%(count)d`` in it, and what mends it."""


def look_at_database(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """All that the database alone can tell."""
    if not settings.database.exists():
        yield Finding(_("there is no local database yet"), WARNING, "tavle init --team FILE --as NAME")
        return
    try:
        db = Database(settings.database)
        try:
            with db.read() as conn:
                yield from _sound(conn)
                if damaged := _damaged(conn):
                    yield damaged
                else:
                    yield from _acting(conn, settings)
                    yield from _feeds(conn, clock)
                yield from _counted(conn)
                yield from _clock(conn, clock)
        finally:
            db.close()
    except DiskFull as error:
        yield Finding(str(error), ERROR, _("make room on this computer's disk: all that was decided is kept"))
    except DatabaseUnavailable as error:
        mend = _(
            "close what else uses it, and see that you may write to its folder; where it is damaged: "
            "tavle doctor --repair, and only where that fails move it away and join the team again"
        )
        yield Finding(str(error), ERROR, mend)


def _sound(conn: Connection) -> Iterator[Finding]:
    flaws = [str(row[0]) for row in conn.exec_driver_sql("PRAGMA integrity_check(5)")]
    if flaws != ["ok"]:
        raise DatabaseUnavailable(_("the local database is damaged: %(why)s") % {"why": flaws[0]})
    count = log.count(conn)
    yield Finding(_("the local database is sound; changes in it: %(count)d") % {"count": count})


def _damaged(conn: Connection) -> Finding | None:
    if local.get(conn, "fold") != str(FOLD_VERSION):
        return Finding(_("the tables were folded by another Tavle"), WARNING, REPAIR)
    if names := damaged_tables(conn):
        what = _("tables do not say what was decided: %(names)s") % {"names": ", ".join(names)}
        return Finding(what, WARNING, REPAIR)
    return None


def _acting(conn: Connection, settings: Settings) -> Iterator[Finding]:
    if settings.person is None or local.membership(conn) is None:
        return
    try:
        reading.resolve(conn, "people", settings.person)
    except BadInput as error:
        what = _("who acts here is not known to the team: %(why)s") % {"why": error}
        yield Finding(what, WARNING, _("tavle sync; else set person in settings.toml"))


def _counted(conn: Connection) -> Iterator[Finding]:
    others = quarantined_count(conn, other_teams())
    if others:
        what = _("lines of another team, kept and not taken in: %(count)d") % {"count": others}
        yield Finding(
            what, OK, _("where they are of a second founding, its members run tavle doctor --repair")
        )
    for count, what, mend in _counts(conn, others):
        if count:
            yield Finding(what % {"count": count}, WARNING, mend)


def _counts(conn: Connection, others: int) -> Iterator[_Count]:
    yield from _of_changes(conn, others)
    yield from _of_members(conn)
    yield from _of_records(conn)


def _of_changes(conn: Connection, others: int) -> Iterator[_Count]:
    yield (
        decisions_waiting(conn),
        _("decisions that wait to be written to the team file: %(count)d"),
        "tavle sync",
    )
    yield (
        quarantined_count(conn) - others,
        _("lines of the team file that cannot be read: %(count)d"),
        _("nothing is lost by them: %(repair)s reads them anew, tavle list quarantine shows what stays")
        % {"repair": REPAIR},
    )
    lacking = sum(one.last - one.first + 1 for one in missed(conn))
    yield lacking, _("changes that the team file lacks: %(count)d"), _("tavle sync writes them again in time")
    yield (
        len(two_headed(conn)),
        _("decisions that came under two headers: %(count)d"),
        _("all see the same one; have every member update Tavle"),
    )


def _of_members(conn: Connection) -> Iterator[_Count]:
    yield (
        len(gapped_lanes(conn)),
        _("members of whom a change in between has not come: %(count)d"),
        _("tavle sync; where it stays, have them sync"),
    )
    yield (
        len({one.lane for one in forks(conn)}),
        _("homes that were copied and wrote as one: %(count)d"),
        _("nothing was lost and each goes on by itself; copy no home, join anew instead"),
    )
    yield (
        len(unlinked_lanes(conn)),
        _("members who went on from a change that has not come, another has its number: %(count)d"),
        _("have them sync, copies of their home too; where it stays, ask them what is lacking"),
    )


def _of_records(conn: Connection) -> Iterator[_Count]:
    yield open_conflicts(conn), _("conflicts that wait for a decision: %(count)d"), "tavle list conflicts"
    yield (
        len(rejected_lines(conn)),
        _("rows of the office's files that were set aside: %(count)d"),
        "tavle list rejected",
    )
    yield (
        one_number(conn, "SELECT count(*) FROM readonly"),
        _("records that only a newer Tavle can change: %(count)d"),
        _("update this one"),
    )


def _feeds(conn: Connection, clock: Clock) -> Iterator[Finding]:
    for feed in feed_lines(conn, clock()):
        what = {"path": feed.path, "why": feed.why, "count": len(feed.gone)}
        if feed.why:
            mend = _("have the office export it again, or mend the feed's map: tavle feed list")
            yield Finding(_("the feed %(path)s is not read: %(why)s") % what, WARNING, mend)
        if feed.gone:
            gone = _("records that are gone from the feed %(path)s and still count here: %(count)d")
            yield Finding(gone % what, WARNING, _("see whether they are over: tavle feed list --json"))


def _clock(conn: Connection, clock: Clock) -> Iterator[Finding]:
    """Changes from what is the future here: this clock is behind, or someone's is ahead."""
    limit = milliseconds(clock() + _OFTEN_OFF) << 16
    ahead = one_number(conn, "SELECT count(*) FROM lanes WHERE hlc > ?", (f"{limit:016x}",))
    if ahead:
        yield Finding(
            _("members who have decided in what is the future here: %(count)d") % {"count": ahead},
            WARNING,
            _("set this computer's clock, or have theirs set"),
        )
    else:
        yield Finding(_("the clock agrees with the team's"))

"""How a home comes to a team: founding one, joining one, and joining later where the team file is not there yet.

A person is registered only after one complete pull: else two homes would make two of one person. The write door
needs someone who acts: whoever is registered here acts as themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from app.clock import Clock
from app.domain.change import Body
from app.domain.fields import LINE, BadInput, choice
from app.domain.ids import random_id
from app.domain.publishing import promise_writes, publish_writes
from app.domain.records import ROLES, Area, Person
from app.settings import Joining, Settings, save
from app.store import content, folding, local, log
from app.store.database import Database
from app.store.door import Write, Writer
from app.store.holidays import working_calendar
from app.store.view import StoreView
from app.sync.engine import sync
from app.sync.files import Files
from app.sync.layout import TeamExists, TeamMismatch, TeamNotThere, TeamPaths, read_anchor
from app.sync.report import ShowProgress, SyncReport, quiet
from app.sync.teams import create_team, join_team
from app.text import _

_NOBODY = Person(id="", name="", role="")


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of it: ``remark`` says what was ignored because the person was in the team already."""

    settings: Settings
    person: str
    lane: str
    report: SyncReport
    remark: str = ""


def found(settings: Settings, path: Path, name: str, country: str, who: Joining, clock: Clock) -> Joined:
    """Creates the team file with an area, its first person, and the promises and modules as shipped.

    BadInput: there is one of that name, or this home belongs to a team. TeamNotThere: it cannot be created there.
    """
    place = country.strip().upper()
    zone = _zone_of(place)
    with _opened(settings) as db:
        with db.read() as conn:
            view = StoreView(conn, _NOBODY, clock())
            name, who = LINE.read(name, view), _checked(who, view)
        if not name:
            raise BadInput(_("the team needs a name"))
        _create(db, path, name, place, clock)
        with db.write() as conn:
            person = _first_records(conn, who, place, zone, who.area or name, clock)
        return _settle(db, settings, path, person, clock)


def join(
    settings: Settings, path: Path, who: Joining, clock: Clock, progress: ShowProgress = quiet
) -> Joined:
    """Joins the team at a path as a person of that name.

    TeamNotThere: not now; the settings remember it for the first sync that finds it. BadInput: two people have
    that name, or this home belongs to another team.
    """
    try:
        read_anchor(Files(), TeamPaths(path))
        with _opened(settings) as db:
            return _join(db, settings, path, who, clock, progress)
    except TeamNotThere:
        if not _is_member(settings):
            save(replace(settings, team=str(path), person=None, joining=who))
        raise


def complete(settings: Settings, clock: Clock, progress: ShowProgress = quiet) -> Joined | None:
    """Joins where an ``init`` could not reach the team file; None where nothing is pending."""
    if settings.joining is None or settings.team is None:
        return None
    return join(settings, Path(settings.team), settings.joining, clock, progress)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    db = Database(settings.database)
    try:
        with db.write() as conn:
            folding.refresh(conn)
        yield db
    finally:
        db.close()


def _is_member(settings: Settings) -> bool:
    if not settings.database.exists():
        return False
    with _opened(settings) as db, db.read() as conn:
        return local.membership(conn) is not None


def _checked(who: Joining, view: StoreView) -> Joining:
    area = LINE.read(who.area, view) if who.area else None
    return Joining(LINE.read(who.name, view), choice(*ROLES).read(who.role, view), area or None)


def _zone_of(country: str) -> str:
    """The zone of a country whose public holidays are known: a team counts working days from its first day."""
    try:
        return str(working_calendar(country).timezone)
    except ValueError as error:
        raise BadInput(str(error)) from error


def _create(db: Database, path: Path, name: str, country: str, clock: Clock) -> None:
    try:
        create_team(db, path, name, country, clock)
    except TeamExists as error:
        raise BadInput(_("%(why)s: leave --name out to join it") % {"why": error}) from error
    except TeamMismatch as error:
        if not _was_begun(db, path):
            raise BadInput(str(error)) from error


def _was_begun(db: Database, path: Path) -> bool:
    """True where this very home created the team file and was ended before it wrote anything."""
    try:
        anchor = read_anchor(Files(), TeamPaths(path))
    except TeamNotThere:
        return False
    with db.read() as conn:
        member = local.membership(conn)
        return member is not None and member.lane == anchor.founder and log.count(conn) == 0


def _first_records(conn: Connection, who: Joining, country: str, zone: str, area: str, clock: Clock) -> str:
    person, area_id = random_id(), random_id()
    writer = Writer(conn, person, clock())
    writer.write("area.add", [_area(area_id, area, country, zone, who, person)])
    writer.write("person.add", [_person(person, who, area_id)])
    writer.write("promise.publish", _new(promise_writes(content.promises())))
    for module in content.modules():
        writer.write("module.publish", _new(publish_writes(module)))
    return person


def _new(writes: Iterable[tuple[str, str, Body]]) -> list[Write]:
    return [
        Write(kind, id_, {name: value for name, value in fields.items() if value is not None}, ())
        for kind, id_, fields in writes
    ]


def _area(id_: str, name: str, country: str, zone: str, who: Joining, person: str) -> Write:
    leads = {"supervisor": person} if who.role == "supervisor" else {}
    return Write("areas", id_, {"name": name, "country": country, "timezone": zone, **leads}, ())


def _person(id_: str, who: Joining, area: str | None) -> Write:
    place = {"area": area} if area else {}
    return Write("people", id_, {"name": who.name, "role": who.role, "active": True, **place}, ())


def _join(
    db: Database, settings: Settings, path: Path, who: Joining, clock: Clock, progress: ShowProgress
) -> Joined:
    try:
        join_team(db, path)
        report = sync(db, path, clock, progress=progress, alone=True)
    except TeamMismatch as error:
        raise BadInput(str(error)) from error
    if not report.complete:
        why = report.problem or _("not everything in the team file can be read yet")
        raise TeamNotThere(_("not joined yet: %(why)s") % {"why": why})
    with db.write() as conn:
        view = StoreView(conn, _NOBODY, clock())
        who = _checked(who, view)
        known = _known(view, who)
        person = known.id if known else _register(view, who)
        remark = _remark(view, who, known) if known else ""
    joined = _settle(db, settings, path, person, clock)
    joined.report.pulled += report.pulled
    return replace(joined, remark=remark)


def _known(view: StoreView, who: Joining) -> Person | None:
    """The person of that name, or of that id where two have one name."""
    if (one := view.get(Person, who.name)) is not None:
        return one
    named = view.find(Person, name=who.name)
    if len(named) > 1:
        ids = ", ".join(one.id for one in named)
        raise BadInput(
            _("several people are called %(name)s: give one's id with --as (%(ids)s)")
            % {"name": who.name, "ids": ids}
        )
    return named[0] if named else None


def _remark(view: StoreView, who: Joining, known: Person) -> str:
    area = view.get(Area, known.area)
    if who.role == known.role and who.area in (None, area.name if area else None):
        return ""
    place = f", {area.name}" if area else ""
    return _("%(name)s is in the team already (%(role)s%(place)s): role and area given here are ignored") % {
        "name": known.name,
        "role": known.role.replace("_", " "),
        "place": place,
    }


def _register(view: StoreView, who: Joining) -> str:
    member = local.membership(view.conn)
    assert member is not None
    person, country = random_id(), member.country or "DK"
    writer = Writer(view.conn, person, view.now)
    area = _area_meant(view, who)
    if area is None and who.area:
        area = random_id()
        writer.write("area.add", [_area(area, who.area, country, _zone_of(country), who, person)])
    writer.write("person.add", [_person(person, who, area)])
    return person


def _area_meant(view: StoreView, who: Joining) -> str | None:
    """The area named; where none is, the team's first. None where there is none."""
    if who.area:
        named = view.find(Area, name=who.area)
        if len(named) > 1:
            raise BadInput(_("several areas are called %(name)s") % {"name": who.area})
        return named[0].id if named else None
    first = view.conn.exec_driver_sql(
        "SELECT areas.id FROM areas JOIN log ON log.record = areas.id ORDER BY log.hlc, log.id LIMIT 1"
    ).first()
    return None if first is None else str(first[0])


def _settle(db: Database, settings: Settings, path: Path, person: str, clock: Clock) -> Joined:
    """Saves who this home is, and shares what was registered."""
    settings = replace(settings, team=str(path), person=person, joining=None)
    save(settings)
    report = sync(db, path, clock, by=person)
    with db.read() as conn:
        member = local.membership(conn)
    assert member is not None
    return Joined(settings, person, member.lane, report)

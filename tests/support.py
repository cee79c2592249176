"""A small working area in a home of its own, for tests that decide, fold or look things up.

North is Mette Holm's, South is Ole Dam's. It is Monday 2026-11-23, 06:40 in Copenhagen, unless a test says so.
Everything comes from one seeded source, so the ids are the same in every run.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from app.clock import Clock, fixed_clock
from app.desk import Desk
from app.domain.change import Change, decode
from app.domain.ids import Entropy, random_id
from app.domain.instants import to_text
from app.settings import DATABASE, Settings
from app.store import folding, local, log
from app.store.database import Database
from app.store.door import Write, Writer
from app.store.local import Membership

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 6, 40, tzinfo=ZONE)

PEOPLE = (
    ("Mette Holm", "supervisor", "North", ()),
    ("Ole Dam", "supervisor", "South", ()),
    ("Hanne Friis", "manager", None, ()),
    ("Peter Juhl", "trainer", None, ()),
    ("Lone Skov", "hr", None, ()),
    ("Karen Vad", "office", None, ()),
    ("Jonas Berg", "first_assistant", "North", ("windows",)),
    ("Sara Lind", "service_assistant", "North", ("windows",)),
    ("Emil Dahl", "service_assistant", "North", ()),
    ("Aksel Toft", "service_assistant", "North", ("windows", "floors")),
    ("Nora Voss", "service_assistant", "South", ()),
)
CUSTOMERS = (
    ("Havnens Kontor", "North", (("Clean the kitchen", "kitchen"), ("Empty the bins", "offices"))),
    ("Solgaarden", "North", (("Wash the windows", "facade"),)),
    ("Klinik Nord", "North", (("Mop the floors", "waiting room"),)),
    ("Bageriet Syd", "South", (("Clean the counter", "shop"),)),
)
SHIFTS = (
    # customer, person, first hour, last hour, days from today, skills
    ("Havnens Kontor", "Jonas Berg", 7, 11, 0, ()),
    ("Solgaarden", "Sara Lind", 8, 12, 0, ("windows",)),
    ("Klinik Nord", "Emil Dahl", 13, 16, 0, ()),
    ("Havnens Kontor", "Jonas Berg", 7, 11, 1, ()),
    ("Solgaarden", "Sara Lind", 8, 12, 1, ("windows",)),
    ("Bageriet Syd", "Nora Voss", 7, 10, 0, ()),
)


class HandClock:
    """A clock that moves when it is told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Moves on by a timedelta's arguments: ``advance(minutes=5)``."""
        self.now += timedelta(**by)


def seeded(seed: int | str) -> Entropy:
    """A source of bytes that gives the same in every run."""
    return random.Random(seed).randbytes


def make_desk(
    tmp_path: Path,
    person: str = "Mette Holm",
    now: datetime = NOW,
    *,
    clock: Clock | None = None,
    team: Path | None = None,
) -> Desk:
    """The desk of a person in a home below ``tmp_path`` that holds the small area; homes of one path are one team.

    Each person has a home and a lane of their own; the founder's lane made the area.
    """
    home = tmp_path / f"home-{person.split(maxsplit=1)[0].lower()}"
    home.mkdir(mode=0o700, parents=True)
    database = home / DATABASE
    database.write_bytes(_area())
    desk = Desk(Settings(home, person=person), clock=clock or fixed_clock(now), team=team)
    with desk.database.write() as conn:
        local.put(conn, lane=random_id(seeded(f"lane of {person}")))
        conn.exec_driver_sql("DELETE FROM outbox")
    return desk


def empty_database(path: Path, lane: str | int = "a lane") -> Database:
    """A new database that has joined a team and holds no record."""
    path.write_bytes(_empty())
    database = Database(path)
    with database.write() as conn:
        local.join(
            conn, Membership(random_id(seeded("team")), random_id(seeded(lane)), "North", "DK", "ab" * 32)
        )
    return database


def carry(source: Desk | Database, *targets: Desk | Database) -> None:
    """What a sync does for others: every change of the source is logged and folded in the targets."""
    with _database(source).read() as conn:
        changes = [decode(row[0]) for row in conn.exec_driver_sql("SELECT raw FROM log ORDER BY pos")]
    for target in targets:
        with _database(target).write() as conn:
            log.append(conn, changes)
            folding.refold(conn, log.touched_by(conn, changes))


def exchange_all(*desks: Desk | Database) -> None:
    """Everyone gets everything."""
    for source in desks:
        carry(source, *(one for one in desks if one is not source))


def tables(desk: Desk | Database, *, log_too: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Every folded table's rows in order, to compare before and after; with the log and outbox if asked for."""
    names = (*folding.folded_tables(), *(("log", "outbox", "lanes", "parts", "local") if log_too else ()))
    with _database(desk).read() as conn:
        return {
            name: sorted((tuple(row) for row in conn.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)
            for name in names
        }


def _database(of: Desk | Database) -> Database:
    return of.database if isinstance(of, Desk) else of


def id_of(desk: Desk, kind: str, name: str) -> str:
    """The id of a person, customer or area by its name."""
    return desk.ask(lambda view: view.resolve(kind, name))


def shift_of(desk: Desk, person: str, days: int = 0) -> str:
    """The id of a person's shift of today, or so many days on."""
    day = NOW + timedelta(days=days)
    who = id_of(desk, "people", person)
    start = day.replace(hour=0, minute=0)
    found = desk.ask(lambda view: view.shifts_between(who, start, start + timedelta(days=1)))
    return found[0].id


def report_absence(desk: Desk, person: str = "Jonas Berg", **given: Any) -> str:
    """Reports someone sick from now on, open-ended; the absence's id."""
    fields = {"person": person, "kind": "sick", "from": "now", "reported_by": "phone", **given}
    return desk.take("absence.report", None, fields).id


def receive_complaint(desk: Desk, customer: str = "Havnens Kontor", **given: Any) -> str:
    """A customer complains about the kitchen, now; the complaint's id."""
    fields = {"customer": customer, "channel": "phone", "text": "The kitchen was not cleaned", **given}
    return desk.take("complaint.receive", None, fields).id


@lru_cache(maxsize=1)
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / DATABASE)
        with database.write() as conn:
            folding.refresh(conn)
        database.close()
        return database.path.read_bytes()


@lru_cache(maxsize=1)
def _area() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        database = empty_database(path, "founder's lane")
        with database.write() as conn:
            _build(Writer(conn, random_id(seeded("Mette Holm")), NOW - timedelta(days=30), seeded("area")))
        database.close()
        return path.read_bytes()


def _build(writer: Writer) -> None:
    areas = {name: random_id(seeded(name)) for name in ("North", "South")}
    people = {row[0]: random_id(seeded(row[0])) for row in PEOPLE}
    customers = {row[0]: random_id(seeded(row[0])) for row in CUSTOMERS}
    for (name, id_), boss in zip(areas.items(), ("Mette Holm", "Ole Dam"), strict=True):
        land = {"name": name, "country": "DK", "timezone": "Europe/Copenhagen", "supervisor": people[boss]}
        _add(writer, "area.add", "areas", id_, land)
    for name, role, area, skills in PEOPLE:
        body: dict[str, Any] = {
            "name": name,
            "role": role,
            "area": areas.get(area or ""),
            "skills": list(skills),
        }
        _add(writer, "person.add", "people", people[name], body)
    for name, area, items in CUSTOMERS:
        _add(writer, "customer.add", "customers", customers[name], {"name": name, "area": areas[area]})
        for task, place in items:
            item = {"customer": customers[name], "task": task, "place": place}
            _add(writer, "agreement.set", "agreements", random_id(seeded(name + task)), item)
    _add_shifts(writer, people, customers)


def _add_shifts(writer: Writer, people: Mapping[str, str], customers: Mapping[str, str]) -> None:
    for number, (customer, person, first, last, days, skills) in enumerate(SHIFTS):
        day = NOW + timedelta(days=days)
        start, end = (to_text(day.replace(hour=hour, minute=0)) for hour in (first, last))
        body = {"customer": customers[customer], "person": people[person], "start": start, "end": end}
        _add(
            writer,
            "shift.add",
            "shifts",
            random_id(seeded(f"shift {number}")),
            {**body, "skills": list(skills)},
        )


def _add(writer: Writer, decision: str, kind: str, id_: str, body: Mapping[str, Any]) -> None:
    given = {name: value for name, value in body.items() if value not in (None, [])}
    writer.write(decision, [Write(kind, id_, given, base=())])


def lines(changes: Iterable[Change]) -> bytes:
    """Changes as the lines of a team file."""
    return b"".join(change.raw + b"\n" for change in changes)

"""What the cover rules look at, read in a few statements however many people and shifts there are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from app.domain.absence_rules import LONGEST_SHIFT
from app.domain.cover import Absent, Duty, Rules, Site, Situation
from app.domain.cover.ranking import RECENTLY, STEPS_IN
from app.domain.cover.rules import weeks
from app.domain.instants import to_text
from app.domain.records import Person, Shift
from app.store.statements import all_rows

KNOWN = timedelta(days=90)
"""Who has been at a site in so many days knows it."""
_DAY = timedelta(days=1)
_FAR = "9999"


def situation(
    conn: Connection, now: datetime, rules: Rules, shifts: Collection[Shift], person: str | None = None
) -> Situation:
    """What is known of everyone (or of one person) who could be sent to the shifts.

    The rules come without sites: those are read here.
    """
    spans = [week for one in shifts for week in weeks(one, rules)]
    first = min((start for start, _end in spans), default=now) - _DAY
    last = max((end for _start, end in spans), default=now) + _DAY
    customers = sorted({one.customer for one in shifts})
    return Situation(
        rules=Rules(rules.limits, rules.zone, rules.travel, sites(conn, customers)),
        people=_people(conn, person),
        shifts=_duties(conn, first, last, person),
        absences=_absences(conn, first, last, person),
        visits=_visits(conn, now, customers),
        stepped_in=_stepped_in(conn, now, person),
        trained=_trained(conn, customers, person),
    )


def _people(conn: Connection, person: str | None) -> tuple[Person, ...]:
    """As much of each as the rules look at: where there are hundreds, whole records would take most of the time."""
    which = "id = ?" if person else f"active = 1 AND role IN ({_marks(STEPS_IN)}) ORDER BY id"
    rows = all_rows(
        conn,
        "SELECT id, name, role, area, location, active, skills FROM people WHERE " + which,
        _only(person) or STEPS_IN,
    )
    return tuple(
        Person(
            id=id_, name=name or "", role=role or "", area=area, location=place, active=bool(active),
            skills=tuple(json.loads(skills or "[]")),
        )
        for id_, name, role, area, place, active, skills in rows
    )  # fmt: skip


def _duties(conn: Connection, first: datetime, last: datetime, person: str | None) -> dict[str, list[Duty]]:
    """Planned shifts that touch a time. One that began long before is found by the index on starts and ends."""
    rows = all_rows(
        conn,
        "SELECT person, id, customer, start, \"end\" FROM shifts WHERE status = 'planned' "
        'AND start > ? AND start < ? AND "end" > ? AND ' + _whose(person),
        (to_text(first - LONGEST_SHIFT), to_text(last), to_text(first), *_only(person)),
    )
    found: dict[str, list[Duty]] = {}
    for who, id_, customer, start, end in rows:
        found.setdefault(who, []).append(
            Duty(id_, customer or "", datetime.fromisoformat(start), datetime.fromisoformat(end))
        )
    return found


def _absences(
    conn: Connection, first: datetime, last: datetime, person: str | None
) -> dict[str, list[Absent]]:
    rows = all_rows(
        conn,
        "SELECT person, \"from\", until FROM absences WHERE status != 'withdrawn' "
        'AND "from" < ? AND coalesce(until, ?) > ? AND ' + _whose(person),
        (to_text(last), _FAR, to_text(first), *_only(person)),
    )
    found: dict[str, list[Absent]] = {}
    for who, start, end in rows:
        away = Absent(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None)
        found.setdefault(who, []).append(away)
    return found


def _whose(person: str | None) -> str:
    return "person = ?" if person else "person IS NOT NULL"


def _only(person: str | None) -> tuple[str, ...]:
    return (person,) if person else ()


def _visits(conn: Connection, now: datetime, customers: Sequence[str]) -> dict[tuple[str, str], int]:
    """(customer, person) → how often they have been there of late."""
    rows = all_rows(
        conn,
        f"SELECT customer, person, count(*) FROM shifts WHERE customer IN ({_marks(customers)}) "
        "AND start > ? AND start < ? AND \"end\" < ? AND person IS NOT NULL AND status = 'planned' "
        "GROUP BY customer, person",
        (*customers, to_text(now - KNOWN), to_text(now), to_text(now)),
    )
    return {(customer, person): count for customer, person, count in rows}


def _stepped_in(conn: Connection, now: datetime, person: str | None) -> dict[str, list[datetime]]:
    """Person → the starts of the shifts that they took over from others, of late and to come."""
    rows = all_rows(
        conn,
        "SELECT person, start FROM shifts WHERE covers_for IS NOT NULL AND start > ? AND start < ? "
        "AND status = 'planned' AND " + _whose(person),
        (to_text(now - RECENTLY), to_text(now + RECENTLY), *_only(person)),
    )
    found: dict[str, list[datetime]] = {}
    for who, start in rows:
        found.setdefault(who, []).append(datetime.fromisoformat(start))
    return found


def sites(conn: Connection, asking: Iterable[str]) -> dict[str, Site]:
    """Customer → area, place, and for those that are asked about the onboarding they require."""
    wanted = set(asking)
    rows = all_rows(conn, "SELECT id, area, location, modules FROM customers")
    required = {id_: _ids(modules) for id_, _area, _place, modules in rows if modules and id_ in wanted}
    titles = _titles(conn, {module for modules in required.values() for module in modules})
    return {
        id_: Site(area, place, {module: titles.get(module, "?") for module in required.get(id_, ())})
        for id_, area, place, _modules in rows
    }


def _ids(text: str) -> list[str]:
    found: list[str] = json.loads(text)
    return found


def _titles(conn: Connection, modules: Collection[str]) -> dict[str, str]:
    if not modules:
        return {}
    rows = all_rows(conn, f"SELECT id, title FROM modules WHERE id IN ({_marks(modules)})", tuple(modules))
    return {id_: title or "?" for id_, title in rows}


def _trained(
    conn: Connection, customers: Sequence[str], person: str | None
) -> dict[tuple[str, bool], frozenset[str]]:
    """(person, whether they are valid) → the modules that they hold, of those that the customers require (FI-48)."""
    rows = all_rows(
        conn,
        "SELECT r.person, r.module, r.version IS m.version FROM register r JOIN modules m ON m.id = r.module "
        "WHERE r.module IN (SELECT j.value FROM customers c, json_each(c.modules) j "
        f"WHERE c.id IN ({_marks(customers)})) AND r." + _whose(person),
        (*customers, *_only(person)),
    )
    found: dict[tuple[str, bool], set[str]] = {}
    for who, module, valid in rows:
        found.setdefault((who, bool(valid)), set()).add(module)
    return {key: frozenset(held) for key, held in found.items()}


def _marks(values: Collection[Any]) -> str:
    return ",".join("?" * len(values))

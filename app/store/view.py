"""The view that decisions look through: one person's surroundings, within one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Hashable
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.domain.absence_rules import LONGEST_SHIFT
from app.domain.change import Change
from app.domain.conflicts import Contest
from app.domain.content import TemplateRow
from app.domain.cover import Rules, Situation, Travel
from app.domain.evidence import Index, Lexicon
from app.domain.ids import Entropy, random_id
from app.domain.instants import to_text, zone_of
from app.domain.kinds import KINDS, Record
from app.domain.merge import fold
from app.domain.projection import standing_signatures
from app.domain.records import Absence, Area, Person, Plan, PlanRow, Shift
from app.store import local, reading
from app.store.agreed import agreed
from app.store.conflicts import contest
from app.store.content import plan_template
from app.store.cover_facts import situation
from app.store.log import changes_of, incomplete_groups
from app.store.words import team_lexicon
from app.store.working_time import limits_of

R = TypeVar("R", bound=Record)
T = TypeVar("T")
_FAR = "9999"


class StoreView:
    """What a decision and the reading of its fields may look up (``View`` and ``Surroundings``)."""

    def __init__(
        self,
        conn: Connection,
        actor: Person,
        now: datetime,
        *,
        acute_minutes: int = 60,
        travel: Travel = Travel(),  # noqa: B008 - frozen
        repeat_days: int = 90,
        entropy: Entropy = secrets.token_bytes,
    ) -> None:
        self.conn = conn
        self.actor = actor
        self.now = now
        self._acute_minutes = acute_minutes
        self.travel = travel
        self.repeat_days = repeat_days
        self._entropy = entropy

    def acute_minutes(self, person: str) -> int:
        """The limit of DK-09 for a person: what their area agreed, else what settings.toml says."""
        row = self.conn.exec_driver_sql(
            "SELECT areas.acute_minutes FROM people JOIN areas ON areas.id = people.area WHERE people.id = ?",
            (person,),
        ).first()
        return self._acute_minutes if row is None or row[0] is None else int(row[0])

    def once(self, _key: Hashable, make: Callable[[], T]) -> T:
        """What making it gives; a view in which nothing is written keeps it by its key."""
        return make()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the acting person's area, else the team's."""
        area = self.get(Area, self.actor.area)
        try:
            return zone_of(area.timezone if area else None, self._country)
        except ValueError:
            return zone_of(None, self._country)

    @cached_property
    def _country(self) -> str | None:
        """The country of the acting person's area, else the team's."""
        area = self.get(Area, self.actor.area)
        return (area.country if area else None) or local.get(self.conn, "country")

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words that mean the same for the team."""
        return team_lexicon(self.conn)

    @cached_property
    def rules(self) -> Rules:
        """What stands against anyone's taking a shift: the working time of the acting person's country, the ways."""
        limits = limits_of(self._country)
        return Rules(limits, self.zone, self.travel)

    def situation(self, shifts: Collection[Shift], person: str | None = None) -> Situation:
        """All that is known of everyone (or of one person) who could be sent to some shifts, and the rules."""
        return situation(self.conn, self.now, self.rules, shifts, person)

    def get(self, record: type[R], id_: str | None) -> R | None:
        """The record of an id."""
        if record is Contest:
            return cast("R | None", contest(self.conn, id_ or ""))
        return self.once((record, id_), lambda: reading.get(self.conn, record, id_)) if id_ else None

    def find(self, record: type[R], **where: Any) -> list[R]:
        """The records whose fields equal the values given."""
        return list(reading.find(self.conn, record, where))

    def agreed(self, customer: str) -> Index:
        """The items of a customer's agreement, found by their words."""
        return agreed(self.conn, customer, self.lexicon)

    def resolve(self, kind: str, text: str) -> str:
        """The id that a person means; BadInput where none or several fit."""
        return reading.resolve(self.conn, kind, text)

    def shifts_between(self, person: str, start: datetime, end: datetime | None) -> list[Shift]:
        """A person's planned shifts that overlap a time, by start."""
        rows = self.conn.exec_driver_sql(
            "SELECT * FROM shifts WHERE person = ? AND status = 'planned' "
            'AND start > ? AND start < ? AND "end" > ? ORDER BY start',
            (person, *_span(start, end)),
        )
        return [reading.to_record(Shift, row) for row in rows.mappings()]

    def shifts_of_absent(self, person: str, start: datetime, end: datetime | None) -> list[Shift]:
        """The planned shifts that an absence takes a person from, covered by others or not, by start."""
        rows = self.conn.exec_driver_sql(
            "SELECT * FROM shifts WHERE (person = ? OR covers_for = ?) AND status = 'planned' "
            'AND start > ? AND start < ? AND "end" > ? ORDER BY start',
            (person, person, *_span(start, end)),
        )
        return [reading.to_record(Shift, row) for row in rows.mappings()]

    def absences_between(self, person: str, start: datetime, end: datetime | None) -> list[Absence]:
        """A person's absences that overlap a time, withdrawn ones left out."""
        rows = self.conn.exec_driver_sql(
            "SELECT * FROM absences WHERE person = ? AND status != 'withdrawn' "
            'AND "from" < ? AND coalesce(until, ?) > ? ORDER BY "from"',
            (person, to_text(end) if end else _FAR, _FAR, to_text(start)),
        )
        return [reading.to_record(Absence, row) for row in rows.mappings()]

    def signatures(self, row: str) -> list[str]:
        """The ids of a plan row's signatures that nobody has taken back."""
        changes = changes_of(self.conn, row)
        folded = fold(KINDS["rows"], changes, incomplete_groups(self.conn, changes))
        standing: list[Change] = standing_signatures(folded) if folded else []
        return [one.id for one in standing]

    def template_row(self, row: PlanRow) -> TemplateRow | None:
        """A plan's row as its template has it; None for a template that is not shipped here."""
        plan = self.get(Plan, row.plan)
        try:
            return plan_template(plan.template).row(row.row) if plan else None
        except KeyError:
            return None

    def grades(self, attempt: str) -> dict[str, int]:
        """Question id → the points that a trainer gave for it last."""
        changes = changes_of(self.conn, attempt)
        folded = fold(KINDS["attempts"], changes, incomplete_groups(self.conn, changes))
        given = [one.body["grades"] for one in folded.entries.get("grades", ())] if folded else []
        return {
            one["question"]: one["points"]
            for one in given
            if isinstance(one, dict)
            and isinstance(one.get("question"), str)
            and type(one.get("points")) is int
        }

    def new_id(self) -> str:
        """A random id for a record that the decision creates."""
        return random_id(self._entropy)


class SteadyView(StoreView):
    """A view in which nothing is written: what was read once is not read again."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for the key before, else what making it gives."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found


def _span(start: datetime, end: datetime | None) -> tuple[str, str, str]:
    """Starts after, starts before, ends after: what overlaps a time, found by the index on starts."""
    return to_text(start - LONGEST_SHIFT), to_text(end) if end else _FAR, to_text(start)

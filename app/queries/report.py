"""The month's complaints: received, answered in time, breaches, outcomes, causes, repeats (DE-20, DE-21)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from app.domain.complaint_life import DECIDE, REPLY, RESULTS, SOLVE
from app.domain.instants import from_text, start_of_day, to_text
from app.domain.records import Agreement, Area
from app.queries.moments import moments
from app.queries.repeats import About, Repeats
from app.queries.scope import customer_in, my_areas
from app.queries.standing import COLUMNS, Standing, standing_of
from app.queries.subjects import name_of
from app.store.tables import ActionRow, AgreementRow, ComplaintRow, CustomerRow, PersonRow
from app.store.view import StoreView
from app.text import _

BEFORE = 5
"""So many months before stand beside the month."""
_RUNNING = {"waiting": REPLY, "acknowledged": DECIDE, "accepted": SOLVE}


@dataclass(frozen=True, slots=True)
class Share:
    """A name, and how many complaints it has."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month in figures: how many complaints came, and of how many a promise was broken."""

    first: date
    received: int
    broken: int


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken promise; ``clock`` is reply, decide, solve or results, ``open`` while it is not kept yet."""

    complaint: str
    customer: str
    received_at: datetime
    clock: str
    open: bool


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A corrective action: what, whose, by when, and since when it is done (DE-21)."""

    text: str
    owner: str
    customer: str | None
    due: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """A month's complaints. ``answered_late`` came after the promise; ``waiting`` have no answer yet.

    ``causes`` are the items of the agreement that decisions cite; ``repeats`` are what came before with the same
    customer about the same item, "customer: item". ``days``: how many came on each day of the month.
    ``areas``: whose they are, empty: the whole team's. ``actions``: those open now, and those done in the month.
    """

    first: date
    received: int
    answered_in_time: int
    answered_late: int
    waiting: int
    escalated: int
    breaches: tuple[Breach, ...]
    outcomes: tuple[Share, ...]
    causes: tuple[Share, ...]
    repeats: tuple[Share, ...]
    days: tuple[int, ...]
    months: tuple[Month, ...]
    areas: tuple[str, ...]
    actions: tuple[ActionLine, ...]

    @property
    def actions_open(self) -> int:
        """How many corrective actions are open."""
        return len(self.actions) - self.actions_done

    @property
    def actions_done(self) -> int:
        """How many were done in the month."""
        return sum(one.done_on is not None for one in self.actions)

    @property
    def percent_in_time(self) -> int | None:
        """Of those whose answer was due, how many of a hundred had it in time; None where none was."""
        overdue = sum(one.open and one.clock == REPLY for one in self.breaches)
        due = self.answered_in_time + self.answered_late + overdue
        return round(100 * self.answered_in_time / due) if due else None

    @property
    def broken(self) -> int:
        """Of how many complaints a promise was broken."""
        return len({one.complaint for one in self.breaches})


def read_month(text: str) -> date:
    """The first day of a month such as 2026-11. ValueError otherwise."""
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise ValueError(_("%(text)r is no month: write 2026-11") % {"text": text}) from None


def month_of(view: StoreView) -> date:
    """The first day of the present month, where the acting person is."""
    return view.now.astimezone(view.zone).date().replace(day=1)


def later(first: date, months: int) -> date:
    """The first day of a month so many months on."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def month_report(view: StoreView, first: date, *, everywhere: bool = False) -> Report:
    """The complaints received in the month that begins on a day, of the acting person's areas or of all."""
    rows = _rows(view, first, later(first, 1), everywhere=everywhere)
    standing = [standing_of(row) for row in rows]
    breaches = tuple(
        breach for row, one in zip(rows, standing, strict=True) for breach in _breaches(view, row, one)
    )
    answered = [row for row in rows if row.reply is not None]
    late = sum(REPLY in json.loads(row.late or "[]") for row in answered)
    return Report(
        first=first,
        received=len(rows),
        answered_in_time=len(answered) - late,
        answered_late=late,
        waiting=len(rows) - len(answered),
        escalated=sum(one.escalated is not None for one in standing),
        breaches=breaches,
        outcomes=_shares(map(_outcome, rows)),
        causes=_shares(row.task or _("no item cited") for row in rows if _decided(row)),
        repeats=_repeats(view, rows),
        days=_days(view, rows, first),
        months=tuple(_months(view, first, everywhere=everywhere)),
        areas=() if everywhere else tuple(name_of(view, Area, one) for one in my_areas(view)),
        actions=tuple(_actions(view, first, everywhere=everywhere)),
    )


def _rows(view: StoreView, first: date, end: date, *, everywhere: bool) -> list[Any]:
    areas = () if everywhere else my_areas(view)
    query = (
        select(
            ComplaintRow.id, ComplaintRow.received_at, ComplaintRow.late, ComplaintRow.plan, ComplaintRow.extra_work,
            ComplaintRow.agreement, ComplaintRow.text, ComplaintRow.customer, CustomerRow.name, AgreementRow.task,
            *COLUMNS,
        )
        .outerjoin(CustomerRow, CustomerRow.id == ComplaintRow.customer)
        .outerjoin(AgreementRow, AgreementRow.id == ComplaintRow.agreement)
        .where(ComplaintRow.received_at >= to_text(start_of_day(first, view.zone)))
        .where(ComplaintRow.received_at < to_text(start_of_day(end, view.zone)))
        .order_by(ComplaintRow.received_at, ComplaintRow.id)
    )  # fmt: skip
    mine = query.where(customer_in(ComplaintRow.customer, areas)) if areas else query
    return list(view.conn.execute(mine, moments(view)).all())


def _breaches(view: StoreView, row: Any, one: Standing) -> Iterator[Breach]:
    """What was stopped too late, and what has run out and runs on."""
    said = (row.id, row.name or "?", from_text(row.received_at))
    for clock in json.loads(row.late or "[]"):
        yield Breach(*said, clock, open=False)
    if one.ran_out(view.now):
        yield Breach(*said, _RUNNING[one.status], open=True)
    if one.results_late(view.now):
        yield Breach(*said, RESULTS, open=True)


def _outcome(row: Any) -> str:
    """What was decided, whatever became of it since."""
    if not _decided(row):
        return _("not decided yet")
    if row.plan is not None:
        return _("accepted")
    return _("extra work") if row.extra_work is not None else _("rejected")


def _decided(row: Any) -> bool:
    return row.status not in ("waiting", "acknowledged") and row.contested is None


def _shares(names: Iterable[str]) -> tuple[Share, ...]:
    """The names by how often they stand there, the most frequent first."""
    found = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Share(name, count) for name, count in found)


def _repeats(view: StoreView, rows: Iterable[Any]) -> tuple[Share, ...]:
    """The complaints that came before within the days of the setting, by customer and item."""
    known = Repeats(view)
    named = [row for row in rows if row.customer]
    asked = [About(row.customer, from_text(row.received_at), row.agreement, row.text) for row in named]
    again = (
        (row.name or "?", view.get(Agreement, known.meant(one)))
        for row, one, earlier in zip(named, asked, known.before(asked), strict=True)
        if earlier
    )
    return _shares(f"{name}: {item.task if item else '?'}" for name, item in again)


def _days(view: StoreView, rows: Iterable[Any], first: date) -> tuple[int, ...]:
    length = (later(first, 1) - first).days
    counted = Counter(from_text(row.received_at).astimezone(view.zone).date() for row in rows)
    return tuple(counted[first + timedelta(days=number)] for number in range(length))


def _months(view: StoreView, first: date, *, everywhere: bool) -> Iterator[Month]:
    for number in range(-BEFORE, 1):
        start = later(first, number)
        rows = _rows(view, start, later(start, 1), everywhere=everywhere)
        broken = sum(any(True for _each in _breaches(view, row, standing_of(row))) for row in rows)
        yield Month(start, len(rows), broken)


def _actions(view: StoreView, first: date, *, everywhere: bool) -> Iterator[ActionLine]:
    """Corrective actions that are open now, those due first, then those done in the month."""
    start, end = first.isoformat(), later(first, 1).isoformat()
    areas = () if everywhere else my_areas(view)
    row = ActionRow
    query = (
        select(row.text, PersonRow.name.label("owner"), CustomerRow.name, row.due, row.done_on)
        .outerjoin(PersonRow, PersonRow.id == row.owner)
        .outerjoin(CustomerRow, CustomerRow.id == row.customer)
        .where(or_(row.done_on.is_(None), and_(row.done_on >= start, row.done_on < end)))
        .order_by(row.done_on, row.due.is_(None), row.due, row.id)
    )
    mine = query.where(customer_in(row.customer, areas)) if areas else query
    for one in view.conn.execute(mine):
        yield ActionLine(one.text or "", one.owner or "?", one.name, _day(one.due), _day(one.done_on))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


Table = tuple[str, tuple[str, ...], tuple[tuple[str | int, ...], ...]]
"""A title, a header and rows."""


def areas_of(report: Report) -> str:
    """Whose complaints they are."""
    return ", ".join(report.areas) or _("all areas")


def title_of(report: Report) -> str:
    """What a file of it is called inside."""
    return f"{_('Complaints')} {report.first:%Y-%m} · {areas_of(report)}"


def tables(view: StoreView, report: Report) -> tuple[Table, ...]:
    """The report as tables for a spreadsheet or a page."""
    figures = (
        (_("Received"), report.received),
        (_("Answered in time"), report.answered_in_time),
        (_("Answered late"), report.answered_late),
        (_("Not answered yet"), report.waiting),
        (_("In time, of 100 whose answer was due"), _or_dash(report.percent_in_time)),
        (_("With a broken promise"), report.broken),
        (_("Escalated now"), report.escalated),
        (_("Corrective actions done"), report.actions_done),
        (_("Corrective actions open"), report.actions_open),
        (_("Areas"), areas_of(report)),
        (_("As of"), _minute(view, view.now)),
    )
    return (
        (_("Complaints"), (_("Figure"), f"{report.first:%Y-%m}"), figures),
        (_("Months"), (_("Month"), _("Received"), _("Broken")), tuple(_month_rows(report))),
        (_("Outcomes"), (_("Outcome"), _("Complaints")), _pairs(report.outcomes)),
        (_("Causes"), (_("Item"), _("Complaints")), _pairs(report.causes)),
        (_("Repeats"), (_("Customer and item"), _("Complaints")), _pairs(report.repeats)),
        (
            _("Breaches"),
            (_("Received"), _("Customer"), _("Promise"), _("State"), _("Complaint")),
            tuple(_breach_row(view, one) for one in report.breaches),
        ),
        (
            _("Corrective actions"),
            (_("What"), _("Customer"), _("Owner"), _("Due"), _("Done")),
            tuple(_action_row(one) for one in report.actions),
        ),
    )


def _month_rows(report: Report) -> Iterator[tuple[str | int, ...]]:
    return ((f"{one.first:%Y-%m}", one.received, one.broken) for one in report.months)


def _pairs(shares: Iterable[Share]) -> tuple[tuple[str | int, ...], ...]:
    return tuple((one.name, one.count) for one in shares)


def _breach_row(view: StoreView, one: Breach) -> tuple[str | int, ...]:
    when = _minute(view, one.received_at)
    state = _("still open") if one.open else _("kept late")
    return when, one.customer, breach_word(one.clock), state, one.complaint


def _action_row(one: ActionLine) -> tuple[str | int, ...]:
    days = (day.isoformat() if day else "–" for day in (one.due, one.done_on))
    return one.text, one.customer or _("all"), one.owner, *days


def _minute(view: StoreView, moment: datetime) -> str:
    return f"{moment.astimezone(view.zone):%Y-%m-%d %H:%M}"


def _or_dash(number: int | None) -> str | int:
    return "–" if number is None else number


def breach_word(clock: str) -> str:
    """A promise's clock as people say it."""
    return {REPLY: _("answer"), DECIDE: _("decision"), SOLVE: _("solution"), RESULTS: _("results")}.get(
        clock, clock
    )

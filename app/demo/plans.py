"""The customers' service plans, each as far as its contract has come; one customer has none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.demo.acts import Act, Fields, Part, act
from app.demo.founding import MANAGER
from app.demo.sites import STARTING
from app.demo.world import Site, World
from app.domain.content import TemplateRow
from app.domain.ids import derived_id
from app.domain.projection import row_text_hash
from app.store.content import plan_template
from app.store.folding import plan_row_id

WITHOUT_PLAN = "Strandgaard Kitchen"
REWORDED, UNSIGNED = "City Library", "Harbour Hotel"
TEMPLATE = "service-plan"
_OVERDUE = ((STARTING, "B1-2", -3), ("City Library", "C-4", -1), ("Møllebo School", "C-2", -6))
"""Rows that should have been done: the customer, the row, and the day they were due."""
_OPEN_AT_START = ("B1-2", "B1-5")
_LEFT_IN_SMALLEST = ("A-3", "A-4", "A-5", "A-6")
_MORE_POINT = "the hours at which the reading room is open"


@dataclass(frozen=True, slots=True)
class _Book:
    """One customer's plan while it is filled in."""

    world: World
    site: Site
    id: str
    begun: datetime
    choose: random.Random

    @property
    def manager(self) -> str:
        return self.world.who(MANAGER).id

    def decide(
        self, at: datetime, do: str, row: TemplateRow, fields: Fields, label: str | None = None
    ) -> Act:
        return Act(at, self.manager, do, (Part("rows", plan_row_id(self.id, row.code), fields),), label=label)


def plans(world: World) -> Iterator[Act]:
    """Every act about plans."""
    choose = world.choices("plans")
    for number, site in enumerate(world.sites):
        if site.name == WITHOUT_PLAN:
            continue
        begun = world.times.office(-40 if site.name == STARTING else -(120 + number % 40), "10:00")
        id_ = derived_id("plan", site.id, TEMPLATE)
        book = _Book(world, site, id_, begun, choose)
        fields = {"customer": site.id, "template": TEMPLATE, "started_on": site.start.isoformat()}
        yield act(begun, book.manager, "plan.start", "plans", id_, fields)
        yield from _rows(book, number)


def _rows(book: _Book, number: int) -> Iterator[Act]:
    overdue = {row: day for name, row, day in _OVERDUE if name == book.site.name}
    phases = _phases(book, number)
    left = (
        _OPEN_AT_START if book.site.name == STARTING else () if book.world.size.depth else _LEFT_IN_SMALLEST
    )
    at = book.begun + timedelta(hours=1)
    for row in plan_template(TEMPLATE).rows:
        at += timedelta(hours=20, minutes=book.choose.randint(0, 200))
        if row.code in overdue:
            yield _assigned(book, row, at, book.world.times.day(overdue[row.code]).isoformat())
        elif row.phase in phases and row.code not in left:
            yield from _worked(book, row, at)
    yield from _special(book)


def _phases(book: _Book, number: int) -> tuple[str, ...]:
    """The sections that are worked through; how many of those before the start are in it hangs on the depth."""
    if book.site.name == STARTING:
        return ("A", "B1")
    told = ("A", "B1", "B2")[: max(book.world.size.depth, 1)]
    if book.site.status == "ending":
        return (*told, "C", "D", "E")
    return (*told, *(("C",), ("C", "D"), ())[number % 3]) if book.world.size.depth > 1 else told


def _worked(book: _Book, row: TemplateRow, at: datetime) -> Iterator[Act]:
    """Given to someone, done, signed; the last rows of a plan are often not that far."""
    ends = book.world.times.at(-8, "16:00")
    done = min(at + timedelta(days=book.choose.randint(2, 9)), ends)
    at = min(at, ends - timedelta(hours=3))
    on = done.astimezone(book.world.times.zone).date().isoformat()
    who = _responsible(book)
    due = (done + timedelta(days=3)).date().isoformat()
    yield book.decide(at, "plan.assign", row, {"responsible": who, "due": due})
    yield from _done(book, row, done, on)
    if row.phase in ("A", "B1", "B2") or book.choose.random() < 0.6:
        yield book.decide(
            done + timedelta(hours=1), "plan.sign", row, _signature(row, who, on), f"{book.id}{row.code}"
        )


def _done(book: _Book, row: TemplateRow, at: datetime, on: str) -> Iterator[Act]:
    found = book.decide(at, "plan.done", row, {"done_on": on})
    if row.needs_reason:
        why = {"end_reason": book.choose.choice(book.world.content.end_reasons)}
        found = replace(found, parts=(*found.parts, Part("plans", book.id, why)))
    yield found
    if book.choose.random() < 0.15:
        note = book.choose.choice(book.world.content.row_notes)
        yield book.decide(at + timedelta(minutes=5), "plan.note", row, {"notes": note})


def _responsible(book: _Book) -> str:
    lead = book.world.supervisor(book.site.area).id
    return lead if book.choose.random() < 0.7 else book.manager


def _assigned(book: _Book, row: TemplateRow, at: datetime, due: str) -> Act:
    lead = book.world.supervisor(book.site.area).id
    return book.decide(at, "plan.assign", row, {"responsible": lead, "due": due})


def _titles(row: TemplateRow) -> list[str]:
    return [title.text("en") for title in row.titles]


def _signature(row: TemplateRow, responsible: str, done_on: str) -> Fields:
    text = row_text_hash(TEMPLATE, row.code, _titles(row), list(row.think_about), responsible, done_on)
    return {"signs": {"text": text}}


def _special(book: _Book) -> Iterator[Act]:
    """A signed row whose words were changed afterwards, and a signature that was taken back."""
    template, times = plan_template(TEMPLATE), book.world.times
    row = template.row("A-2")
    if book.site.name == REWORDED:
        points = [*row.think_about, _MORE_POINT]
        yield book.decide(times.at(-5, "13:15"), "plan.reword", row, {"think_about": points})
    if book.site.name == UNSIGNED:
        label = f"{book.id}{row.code}"
        yield book.decide(
            times.at(-5, "13:40"),
            "plan.unsign",
            row,
            lambda labels: {"unsigns": [labels[label]], "reason": "Signed for the wrong customer"},
        )

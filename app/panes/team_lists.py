"""Team's lists as they are read: the rows, the records behind them, and how many there are in all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.desk import View
from app.frame.rows import TableRow, as_runs
from app.panes import agreements, promised, wording
from app.panes import team as lines
from app.panes.common import Block
from app.panes.contested import conflict_blocks
from app.panes.exchange_told import entry_blocks
from app.panes.handovers import handover_blocks, handover_row
from app.panes.team_exchange import entries, entry_row
from app.queries import handovers, team
from app.queries import wording as known
from app.queries.exchange import exchange_state
from app.queries.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its rows, what stands behind each by its key, and how many rows there are in all."""

    rows: tuple[TableRow, ...]
    behind: Mapping[str, Any]
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """What only the board knows of the exchange: where the files lie, and what kept the last one from working."""

    team_file: Path | None
    settings: Path
    trouble: str


def read(view: View, section: str, wanted: Wanted, place: Place) -> Listing:
    """One of Team's lists."""
    return _exchange(view, wanted, place) if section == "exchange" else _READ[section](view, wanted)


def blocks(view: View, section: str, one: Any) -> list[Block]:
    """What there is to tell about an item of a list."""
    return _TELL[section](view, one) if section in _TELL else []


def _conflicts(view: View, wanted: Wanted) -> Listing:
    found = team.conflicts(view)
    rows = [lines.conflict_row(view, one) for one in found.shown]
    return _holding(rows, {one.id: one for one in found.shown}, wanted, found.count)


def _people(view: View, wanted: Wanted) -> Listing:
    found = team.people(view, wanted)
    rows = tuple(lines.person_row(one) for one in found.shown)
    return Listing(rows, {one.id: one for one in found.shown}, found.count)


def _customers(view: View, wanted: Wanted) -> Listing:
    found = team.customers(view, wanted)
    rows = tuple(lines.customer_row(one, items) for one, items in found.shown)
    return Listing(rows, {one.id: one for one, _items in found.shown}, found.count)


def _agreements(view: View, wanted: Wanted) -> Listing:
    found = team.agreements(view, wanted)
    rows = tuple(agreements.agreement_row(one, customer) for one, customer in found.shown)
    return Listing(rows, {one.id: one for one, _customer in found.shown}, found.count)


def _contacts(view: View, wanted: Wanted) -> Listing:
    found = team.contacts(view, wanted)
    rows = tuple(lines.contact_row(view, one) for one in found.shown)
    return Listing(rows, {one.id: one for one in found.shown}, found.count)


def _promises(view: View, wanted: Wanted) -> Listing:
    found = team.promises(view, wanted)
    rows = tuple(promised.promise_row(one, whose) for one, whose in found.shown)
    return Listing(rows, {one.id: one for one, _whose in found.shown}, found.count)


def _areas(view: View, wanted: Wanted) -> Listing:
    found = team.areas(view, wanted)
    rows = tuple(promised.area_row(one, led_by) for one, led_by in found.shown)
    return Listing(rows, {one.id: one for one, _led_by in found.shown}, found.count)


def _templates(view: View, wanted: Wanted) -> Listing:
    found = known.templates(view)
    rows = [wording.template_row(one) for one in found]
    return _holding(rows, {one.id: one for one in found}, wanted, len(found))


def _cards(view: View, wanted: Wanted) -> Listing:
    found = known.cards(view)
    rows = [wording.card_row(one) for one in found]
    return _holding(rows, {one.id: one for one in found}, wanted, len(found))


def _synonyms(view: View, wanted: Wanted) -> Listing:
    found = known.synonyms(view)
    rows = [wording.synonym_row(one) for one in found]
    return _holding(rows, {one.id: one for one in found}, wanted, len(found))


def _handovers(view: View, wanted: Wanted) -> Listing:
    found = handovers.handovers(view)
    rows = [handover_row(view, one) for one in found]
    return _holding(rows, {one.id: one for one in found}, wanted, len(found))


def _exchange(view: View, wanted: Wanted, place: Place) -> Listing:
    found = dict(entries(exchange_state(view), place.team_file, place.settings, place.trouble))
    rows = [entry_row(view, key, one) for key, one in found.items()]
    return _holding(rows, found, wanted, len(rows))


def _holding(rows: list[TableRow], behind: Mapping[str, Any], wanted: Wanted, count: int) -> Listing:
    """The rows in whose cells every word of the filter stands somewhere: for lists that are short."""
    if not wanted.words:
        return Listing(tuple(rows), behind, count)
    shown = tuple(row for row in rows if all(word.casefold() in _said(row) for word in wanted.words))
    return Listing(shown, behind, len(shown))


def _said(row: TableRow) -> str:
    return " ".join(run.text for cell in row.cells for run in as_runs(cell)).casefold()


_READ: dict[str, Callable[[View, Wanted], Listing]] = {
    "conflicts": _conflicts,
    "people": _people,
    "customers": _customers,
    "agreements": _agreements,
    "contacts": _contacts,
    "handovers": _handovers,
    "promises": _promises,
    "areas": _areas,
    "templates": _templates,
    "cards": _cards,
    "synonyms": _synonyms,
}
_TELL: dict[str, Callable[[View, Any], list[Block]]] = {
    "conflicts": conflict_blocks,
    "people": lines.person_blocks,
    "customers": lines.customer_blocks,
    "agreements": agreements.agreement_blocks,
    "contacts": lines.contact_blocks,
    "handovers": handover_blocks,
    "promises": promised.promise_blocks,
    "areas": promised.area_blocks,
    "templates": wording.template_blocks,
    "cards": wording.card_blocks,
    "synonyms": wording.synonym_blocks,
    "exchange": entry_blocks,
}

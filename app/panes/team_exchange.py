"""Team's list of the exchange: what waits and was sent, whose boards there are, what cannot be read, the feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePath
from typing import Any

from app.decisions.registry import DECISIONS
from app.desk import View
from app.domain.instants import from_text
from app.domain.records import Person
from app.frame.rows import Cell, Column, State, TableRow
from app.panes.common import moment_words, snippet
from app.queries.exchange import WAITING, WRITTEN, ExchangeState, LaneLine, OwnChange, QuarantineLine
from app.queries.feeds import FeedLine
from app.queries.subjects import name_of, subject
from app.store.sync_log import Exchanged
from app.text import _, ngettext

COLUMNS = (
    Column("what", _("What"), width=14),
    Column("name", _("Which"), least=20),
    Column("state", _("How it stands"), least=22),
    Column("at", _("When"), width=11, drop=1),
)


@dataclass(frozen=True, slots=True)
class Board:
    """This installation and its files."""

    state: ExchangeState
    team_file: str
    settings: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that a drive lists and has not brought."""

    path: str


Entry = Board | OwnChange | LaneLine | Unread | QuarantineLine | FeedLine | Exchanged


def entries(
    state: ExchangeState, team_file: Path | None, settings: Path, trouble: str
) -> Iterator[tuple[str, Entry]]:
    """Everything there is to tell about, with its key: what needs someone before what is in order."""
    yield "board", Board(state, str(team_file or "–"), str(settings), trouble)
    for change in state.own:
        if change.state == WAITING:
            yield f"own:{change.change}", change
    yield from ((f"file:{path}", Unread(path)) for path in state.unreadable)
    yield from ((f"line:{one.id}", one) for one in state.quarantined)
    yield from ((f"feed:{one.id}", one) for one in state.feeds)
    yield from ((f"lane:{one.id}", one) for one in state.lanes if not one.own)
    yield from ((f"own:{one.change}", one) for one in state.own if one.state != WAITING)
    yield from ((f"log:{number}", one) for number, one in enumerate(state.log))


# this installation


def _board_row(_view: View, key: str, one: Board) -> TableRow:
    waiting = one.state.waiting
    state = _("%(n)d to send") % {"n": waiting} if waiting else _("all is sent")
    ink: State = "amber" if waiting or one.trouble else "green"
    return TableRow(key, (_("this board"), PurePath(one.team_file).name, state, ""), ink)


# one's own decisions


def state_words() -> dict[str, str]:
    """How far a decision is → what that is called."""
    return {WAITING: _("waiting"), WRITTEN: _("written"), "delivered": _("delivered")}


def state_ink(one: OwnChange) -> str:
    """The ink of how far a decision is."""
    return {WAITING: "amber", WRITTEN: "muted"}.get(one.state, "green")


def title(view: View, one: OwnChange) -> str:
    """What was decided, in a line."""
    decision = DECISIONS.get(one.decision)
    done = (
        decision.done
        if decision
        else {"undo": _("Undone:"), "import": _("Imported")}.get(one.decision, one.decision)
    )
    about = subject(view, one.kind, one.record)
    more = ngettext(" and %(n)d more", " and %(n)d more", one.records - 1) % {"n": one.records - 1}
    return f"{done} {about}{more if one.records > 1 else ''}".strip()


def _own_row(view: View, key: str, one: OwnChange) -> TableRow:
    state = Cell(state_words()[one.state], state_ink(one))
    by = ", ".join(name_of(view, Person, person) for person in one.by)
    said = (state, Cell(f"  {snippet(by, 60)}", "muted")) if by else state
    what = _("to send") if one.state == WAITING else _("sent")
    ink: State = "amber" if one.state == WAITING else ""
    return TableRow(key, (what, title(view, one), said, moment_words(view, one.at)), ink)


# colleagues' boards


def _lane_row(view: View, key: str, one: LaneLine) -> TableRow:
    heard = moment_words(view, one.heard_at) if one.heard_at else "–"
    said = _troubles(one)
    if said:
        return TableRow(key, (_("board of"), whose(view, one), "; ".join(said), heard), "amber")
    return TableRow(key, (_("board of"), whose(view, one), Cell(_has(one), "muted"), heard))


def whose(view: View, one: LaneLine) -> str:
    """The name of who wrote there last."""
    return name_of(view, Person, one.person)


def _has(one: LaneLine) -> str:
    if not one.written:
        return _("in order")
    return _("has %(n)d of our %(all)d") % {"n": one.acknowledged, "all": one.written}


def _troubles(one: LaneLine) -> list[str]:
    said = []
    if one.unreadable:
        said.append(_("not downloaded"))
    if one.missing:
        said.append(_("%(n)d have not arrived") % {"n": one.missing})
    if one.clock_off_minutes:
        said.append(_("its clock is %(words)s") % {"words": clock_words(one.clock_off_minutes)})
    return said


def clock_words(minutes: int) -> str:
    """How far a clock is off: ``12 min ahead``, ``2 h behind``, ``10 years ahead``; blank where it is not."""
    if not minutes:
        return ""
    size, words = abs(minutes), _("%(n)d min")
    for unit, name in ((60, _("%(n)d h")), (60 * 24, _("%(n)d days")), (60 * 24 * 365, _("%(n)d years"))):
        if abs(minutes) >= 2 * unit:
            size, words = abs(minutes) // unit, name
    far = words % {"n": size}
    return _("%(far)s ahead") % {"far": far} if minutes > 0 else _("%(far)s behind") % {"far": far}


def clock_notice(off: tuple[tuple[str, timedelta], ...]) -> str:
    """Whose clock is off, in a line for the board; blank where none is."""
    if not off:
        return ""
    (name, by), more = off[0], len(off) - 1
    words = {"name": name, "words": clock_words(int(by / timedelta(minutes=1)))}
    said = _("the clock of %(name)s is %(words)s") % words
    return said + (ngettext(" · %(n)d more", " · %(n)d more", more) % {"n": more} if more else "")


# the office's exports


def _feed_row(view: View, key: str, one: FeedLine) -> TableRow:
    state = one.why or _("read: %(n)d rows") % {"n": one.accepted}
    if one.rejected and not one.why:
        state += _(", %(n)d set aside") % {"n": one.rejected}
    at = moment_words(view, one.looked_at) if one.looked_at else "–"
    ink: State = "amber" if one.why or one.rejected or one.gone else "green"
    return TableRow(key, (_("feed"), f"{one.kind} · {one.path}", state, at), ink)


def _unread_row(_view: View, key: str, one: Unread) -> TableRow:
    return TableRow(
        key, (_("not here yet"), PurePath(one.path).name, _("the drive has not brought it"), ""), "amber"
    )


def _quarantine_row(view: View, key: str, one: QuarantineLine) -> TableRow:
    name = f"{PurePath(one.file).name}:{one.offset}"
    return TableRow(key, (_("unreadable"), name, one.why, moment_words(view, one.at)), "amber")


def _log_row(view: View, key: str, one: Exchanged) -> TableRow:
    at = moment_words(view, from_text(one.at))
    if one.problem:
        return TableRow(key, (_("exchange"), one.problem, "", at), "amber")
    came = _("%(n)d from colleagues") % {"n": one.pulled}
    return TableRow(key, (_("exchange"), came, _("%(n)d sent") % {"n": one.pushed}, at), "")


_ROWS: dict[type[Any], Callable[[View, str, Any], TableRow]] = {
    Board: _board_row,
    OwnChange: _own_row,
    LaneLine: _lane_row,
    Unread: _unread_row,
    QuarantineLine: _quarantine_row,
    FeedLine: _feed_row,
    Exchanged: _log_row,
}


def entry_row(view: View, key: str, one: Entry) -> TableRow:
    """What it is, which, how it stands, and when."""
    return _ROWS[type(one)](view, key, one)

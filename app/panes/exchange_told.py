"""What there is to tell about an item of Team's exchange, and what would mend it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.desk import View
from app.domain.instants import from_text
from app.domain.plain import visible
from app.domain.records import Person
from app.frame.cells import cell_len, fit
from app.frame.rows import Cell
from app.panes.common import Block, Line, facts, moment_words
from app.panes.team_exchange import Board, Entry, Unread, clock_words, state_ink, state_words, title, whose
from app.queries.exchange import WAITING, WRITTEN, LaneLine, OwnChange, QuarantineLine
from app.queries.feeds import FeedLine
from app.queries.subjects import name_of, subject
from app.store.sync_log import Exchanged
from app.text import _

_SHOWN_BYTES = 2_000
_GONE = 30


def entry_blocks(view: View, one: Entry) -> list[Block]:
    """All there is to tell about an item of the list."""
    return _BLOCKS[type(one)](view, one)


def _board_blocks(view: View, one: Board) -> list[Block]:
    state = one.state
    own = next((lane for lane in state.lanes if lane.own), None)
    delivered = max((lane.acknowledged for lane in state.lanes if not lane.own), default=0)
    told = (
        (_("waiting to be sent"), str(state.waiting)),
        (_("known to a colleague up to"), f"{delivered} / {own.written if own else 0}"),
        (_("lines set aside, unreadable"), str(len(state.quarantined))),
        (_("this computer's clock"), clock_words(own.clock_off_minutes) if own else ""),
    )
    files: Block = (
        _("Files"),
        (Cell(_("team"), "muted"), one.team_file, Cell(_("settings"), "muted"), one.settings),
    )
    sent = tuple(_sent_line(view, change) for change in state.own)
    blocks: list[Block] = [("", (Cell(f"▲ {one.trouble}", "amber"),))] if one.trouble else []
    blocks += [("", facts(told)), files]
    return [*blocks, (_("Decided here"), sent)] if sent else blocks


def _sent_line(view: View, one: OwnChange) -> Line:
    words = state_words()
    width = max(map(cell_len, words.values()))
    return (
        Cell(f"{fit(words[one.state], width)}  ", state_ink(one)),
        Cell(title(view, one)),
        Cell(f"  {moment_words(view, one.at)}", "muted"),
    )


def _own_blocks(view: View, one: OwnChange) -> list[Block]:
    means = {
        WAITING: _("kept on this computer; it goes out as soon as the team file can be reached"),
        WRITTEN: _(
            "in the team file, and read back from there; no colleague's board has said yet that it has it"
        ),
        "delivered": _("these boards have it"),
    }
    by: tuple[Line, ...] = tuple(f"✓ {name_of(view, Person, person)}" for person in one.by)
    head = (Cell(title(view, one), "strong"), Cell(moment_words(view, one.at), "muted"))
    state = (Cell(state_words()[one.state], state_ink(one)), Cell(means[one.state], "muted"), *by)
    return [
        ("", head),
        (_("How far it is"), state),
        ("", (Cell(_("change %(id)s") % {"id": one.change}, "faint"),)),
    ]


def _lane_blocks(view: View, one: LaneLine) -> list[Block]:
    told = (
        (_("last heard of"), moment_words(view, one.heard_at) if one.heard_at else "–"),
        (_("changes from there"), f"{one.changes:,}".replace(",", " ")),
        (_("has of our changes"), f"{one.acknowledged} / {one.written}"),
    )
    blocks: list[Block] = [("", (Cell(whose(view, one), "strong"),)), ("", facts(told))]
    if one.unreadable:
        said = _(
            "A drive lists files of this board and has not brought them: keep the folder on this computer."
        )
        blocks.append((_("Not downloaded"), (Cell(said, "amber"),)))
    if one.missing:
        said = _(
            "Later ones are here, these are not: they come by themselves when that board next exchanges."
        )
        blocks.append((_("Not arrived: %(n)d") % {"n": one.missing}, (said,)))
    if one.clock_off_minutes:
        said = _(
            "Nothing is lost by it: who has seen a value still beats it. Have that computer's clock set right."
        )
        words = clock_words(one.clock_off_minutes)
        blocks.append((_("Its clock is %(words)s") % {"words": words}, (Cell(said, "amber"),)))
    return blocks


def _quarantine_blocks(view: View, one: QuarantineLine) -> list[Block]:
    told = (
        (_("file"), one.file),
        (_("offset"), str(one.offset)),
        (_("why"), one.why),
        (_("found"), moment_words(view, one.at)),
    )
    cut = "…" if len(one.bytes) > _SHOWN_BYTES else ""
    shown = tuple(Cell(line) for line in (one.bytes[:_SHOWN_BYTES] + cut).split("\n"))
    size = _("Its first %(n)d bytes, control signs made visible") % {"n": one.size}
    return [("", facts(told)), (_("What mends it"), (one.mend,)), (size, shown)]


def _feed_blocks(view: View, one: FeedLine) -> list[Block]:
    told = (
        (_("source"), one.source),
        (_("export of"), moment_words(view, one.as_of) if one.as_of else "–"),
        (_("last read"), moment_words(view, one.looked_at) if one.looked_at else "–"),
        (_("rows taken"), str(one.accepted)),
        (_("rows set aside"), str(one.rejected or "")),
        (_("private columns, dropped unread"), ", ".join(one.dropped_columns)),
    )
    head: list[Line] = [Cell(one.path, "strong"), Cell(one.kind, "muted")]
    if one.why:
        head.append(Cell(f"▲ {one.why}", "amber"))
    blocks: list[Block] = [("", tuple(head)), ("", facts(told))]
    if one.rejected:
        blocks.append((_("Rows set aside"), (_("tavle list rejected tells each row and why"),)))
    if one.gone:
        names = [subject(view, one.kind, id_) or id_[:8] for id_ in one.gone[:_GONE]]
        more = [_("and %(n)d more") % {"n": len(one.gone) - _GONE}] if len(one.gone) > _GONE else []
        blocks.append((_("Gone from it: %(n)d") % {"n": len(one.gone)}, tuple(map(visible, (*names, *more)))))
    return blocks


def _unread_blocks(_view: View, one: Unread) -> list[Block]:
    head = (Cell(one.path, "strong"), Cell(_("listed, and not readable now"), "amber"))
    said = _("Keep the folder on this computer in the drive's own program. It is tried at every exchange.")
    return [("", head), ("", (said,))]


def _log_blocks(view: View, one: Exchanged) -> list[Block]:
    head = Cell(moment_words(view, from_text(one.at)), "strong")
    told = (
        (_("from colleagues"), str(one.pulled)),
        (_("sent"), str(one.pushed)),
        (_("written again for others"), str(one.healed or "")),
    )
    trouble: tuple[Line, ...] = (Cell(f"▲ {one.problem}", "amber"),) if one.problem else ()
    return [("", (head, *trouble)), ("", facts(told))]


_BLOCKS: dict[type[Any], Callable[[View, Any], list[Block]]] = {
    Board: _board_blocks,
    OwnChange: _own_blocks,
    LaneLine: _lane_blocks,
    Unread: _unread_blocks,
    QuarantineLine: _quarantine_blocks,
    FeedLine: _feed_blocks,
    Exchanged: _log_blocks,
}

"""Changes made by hand: the shortest way to a history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.change import GENESIS, Change, Header, seal
from app.domain.ids import derived_id
from app.domain.merge import Folded

TEAM = derived_id("team")
LANE = derived_id("lane")
RECORD = derived_id("record")
METTE = derived_id("Mette")


def clock(ms: int, counter: int = 0) -> str:
    """A clock of so many milliseconds."""
    return f"{(ms << 16) + counter:016x}"


def made(
    name: str,
    body: dict[str, Any],
    *,
    ms: int = 1000,
    base: Iterable[str | Change] = (),
    kind: str = "complaints",
    record: str = RECORD,
    **header: Any,
) -> Change:
    """A sealed change; ``name`` gives its id, and its place in the lane where no ``seq`` is given."""
    ids = tuple(one if isinstance(one, str) else one.id for one in base)
    given = {"do": "test", "seq": 1, "lane": LANE, "prev": GENESIS, "by": METTE, "hlc": clock(ms), **header}
    return seal(
        Header(
            team=TEAM,
            id=derived_id(name),
            at="2026-11-23T06:40:00+01:00",
            on=(kind, record),
            base=ids,
            bh="",
            **given,
        ),
        body,
    )


def undone(name: str, *changes: Change, ms: int = 2000, **header: Any) -> Change:
    """An undo of the changes."""
    return made(name, {"voids": [one.id for one in changes]}, ms=ms, base=changes, do="undo", **header)


def told(folded: Folded | None) -> Any:
    """All that a fold says, to compare."""
    if folded is None:
        return None
    entries = {name: [one.id for one in found] for name, found in folded.entries.items()}
    return folded.values, folded.heads, folded.conflicts, entries, [one.id for one in folded.live]

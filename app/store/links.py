"""Whether a lane hangs together: each change bears the hash of the one before it. Only the doctor asks.

What does not hang together is folded like the rest: a link is evidence of a copied home, and no reason to refuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from app.domain.change import GENESIS, restore


def unlinked_lanes(conn: Connection) -> set[str]:
    """The lanes in which a change was made after another than any that is here under the number before its own.

    A number that is used twice has two, and either will do; where nothing is here under it, the lane has a gap.
    """
    rows = conn.exec_driver_sql("SELECT lane, seq, hash, raw FROM log ORDER BY lane, seq")
    return {lane for lane, some in groupby(rows, itemgetter(0)) if _is_unlinked(some)}


def _is_unlinked(rows: Iterable[Sequence[Any]]) -> bool:
    number, before = 0, {GENESIS}
    for seq, some in groupby(rows, itemgetter(1)):
        here = [restore(row[3], row[2]) for row in some]
        if seq == number + 1 and any(one.readable and one.header.prev not in before for one in here):
            return True
        number, before = seq, {one.hash for one in here}
    return False

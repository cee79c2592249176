"""Who can take a shift: everyone of the team as a candidate, ranked, with the reasons for and against."""

from __future__ import annotations

from app.domain.cover import Candidate, ranked
from app.domain.records import Shift
from app.store.view import StoreView


def candidates(view: StoreView, shift_id: str, limit: int = 12) -> tuple[Candidate, ...]:
    """The best candidates for a shift, then those that a rule stands against; the absent come last."""
    shift = view.get(Shift, shift_id)
    if shift is None:
        return ()
    known = view.situation([shift])
    return tuple(ranked(shift, known.facts(shift), known.rules)[:limit])

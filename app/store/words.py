"""Which words mean the same for the team: those that Tavle ships, and those that its supervisors added."""

from __future__ import annotations

from functools import lru_cache

from app.domain.evidence import Lexicon
from app.domain.records import Synonym
from app.domain.view import View
from app.store.content import lexicon


def team_lexicon(view: View) -> Lexicon:
    """The lexicon with the team's own words; the same one as long as they stay the same."""
    pairs = tuple(sorted((one.word, one.means) for one in view.find(Synonym, active=True)))
    return _taught(pairs) if pairs else lexicon()


@lru_cache(maxsize=4)
def _taught(pairs: tuple[tuple[str, str], ...]) -> Lexicon:
    return lexicon().taught(pairs)

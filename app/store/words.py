"""Which words mean the same for the team: those that Tavle ships, and those that its supervisors added."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Connection

from app.domain.evidence import Lexicon
from app.store.content import lexicon


def team_lexicon(conn: Connection) -> Lexicon:
    """The lexicon with the team's own words; the same one as long as they stay the same."""
    found = conn.exec_driver_sql("SELECT word, means FROM synonyms WHERE active ORDER BY word, means")
    pairs = tuple((word or "", means or "") for word, means in found)
    return _taught(pairs) if pairs else lexicon()


@lru_cache(maxsize=4)
def _taught(pairs: tuple[tuple[str, str], ...]) -> Lexicon:
    return lexicon().taught(pairs)

"""What the team says and understands: words of customers that mean one of an agreement."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.fields import BOOL, LINE
from app.domain.kinds import Record, declare, kept
from app.text import _


@declare("synonyms", one=_("word"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym(Record):
    """A word of customers that means one of an agreement, beside those that Tavle knows (DK-24)."""

    word: str = kept(LINE)
    means: str = kept(LINE)
    active: bool = kept(BOOL, default=True)

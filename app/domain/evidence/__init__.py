"""What a complaint names: the items of the customer's agreement that its words fit, best first (DK-24, DK-25)."""

from app.domain.evidence.lexicon import Lexicon, joined, lexicon_of
from app.domain.evidence.ranking import Index, Match, index_of, marked, rank
from app.domain.evidence.saying import READ
from app.domain.evidence.words import WORD, folded

__all__ = [
    "READ",
    "WORD",
    "Index",
    "Lexicon",
    "Match",
    "folded",
    "index_of",
    "joined",
    "lexicon_of",
    "marked",
    "rank",
]

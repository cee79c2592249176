"""Does a note read like health information? Such a note is refused, and nothing of it is kept (DK-14, DK-15).

It looks for illnesses, symptoms, treatment and body temperatures in the languages that colleagues write in (its
words: ``app.domain.health_words``), also where a blank stands in the middle of one. It errs on the side of letting a
note pass: a supervisor whose ordinary notes are refused stops writing them.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from app.domain.health_words import BEGINNINGS, BETWEEN, BODY, HURT, INSIDE, NO_BODY, ORDINARY, WORDS

_PHRASES = re.compile(
    r"\bstomach\s+(bug|flu|ache|pain|virus|cramps?)|\bfood\s+poison|\bsick\s+note\b|\bslipped\s+disc"
    r"|\bthr(ew|owing|own|ow)\s+up\b|\bblood\s+(pressure|test|clot|sugar)|\b(bad|heavy|awful|terrible)\s+cold\b"
    r"|\bhas\s+a\s+cold\b|\bpanic\s+attack|\bheart\s+(attack|condition|trouble)|\bmorning\s+sick|\bsigned\s+off\s+(sick|with)"
    r"|\b(knee|hip|heart|eye|back|hernia|dental)\s+operation|\boperation\s+on\s+(his|her|their|the)\s"
    r"|\b(til|efter|for|etter|zur|nach)\s+operation\b|\b(til|hos)\s+(lege|laege)\b|\bkast(er|ede|et|a)\s+opp?\b"
    r"|\bmar\s+illa\b|\bvardcentral\w*\s+(kl\b|klockan\b|\d)|\b(tid|besok)\s+pa\s+vardcentral"
    r"|\bi\s+baglas\b|\bhold\s+i\s+(nakke|ryg|side|lae?nd)|\boperated\s+on\b|\b(his|her|a)\s+rehab\b|\b(knie|huft|herz|augen|zahn|rucken|schulter|fuss|hand|leisten|bauch|not)-?op\b"
    r"|\b(har|er|is|ist|on)\s+(blevet\s+)?(syg|sjuk|syk|krank|kipeana)\s+(i|med|mit|av|af)\b"
    r"|\bmagen[\s-]+darm\b|\bf\s*l\s*u\b"
)
_DEGREES = r"(°|º|grad\w*|degrees?|astetta|celsius)"
_TEMPERATURE = re.compile(
    rf"\b(3[7-9]|4[0-2])(\s*{_DEGREES}|[.,]\d\s*({_DEGREES}|c\b))"
    r"|\b(temp|temperatur|temperature|temperaturen)\b[^;\d]{0,20}(3[7-9]|4[0-2])\b"
)
_OF_THINGS = re.compile(
    r"wash|vask|tvatt|pesu|pese|wasch|laundry|water|vand|vatt[en]|vann|vesi|vetta|veden|wasser|mopp|mops|oven|ovn|ugn|fridge"
    r"|kole|kyl|fryse|server|boiler|radiator"
)
_LETTERS = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_PARTS = re.compile("['-]")
_BEGIN = re.compile("|".join(BEGINNINGS.split()))
_INSIDE = tuple(INSIDE.split())
_EXACT = frozenset(WORDS.split())
_PASS = frozenset(ORDINARY.split())
_HURT = frozenset(HURT.split())
_BODY = re.compile("|".join(rf"(?:{one})\Z" for one in sorted(set(BODY.split()))))
_BETWEEN = frozenset(BETWEEN.split())
_NO_BODY = frozenset(NO_BODY.split())
_NEAR = 3
"""So many words lie at most between an injury and the part of the body that is hurt."""
_LONG = 7
"""So many letters a word in two pieces has at least."""


def _plain(text: str) -> str:
    spelled = text.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a").replace("ß", "ss")
    spelled = spelled.replace("’", "'").replace("\u00ad", "").replace("\u200b", "")
    return "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))


def reads_like_health(text: str) -> bool:
    """True where a text holds a word of illness or a body temperature (da, sv, nb, fi, de, en)."""
    plain = _plain(text)
    if _PHRASES.search(plain) or (_TEMPERATURE.search(plain) and not _OF_THINGS.search(plain)):
        return True
    words = _LETTERS.findall(plain)
    return any(map(_of_illness, words)) or _in_pieces(words) or _of_injury(words)


def _of_illness(word: str) -> bool:
    if word in _PASS:
        return False
    if word in _EXACT or _BEGIN.match(word) or any(part in word for part in _INSIDE):
        return True
    parts = _PARTS.split(word)
    return len(parts) > 1 and any(map(_of_illness, parts))


def _in_pieces(words: list[str]) -> bool:
    """True where two words that follow each other are a long one of illness with a blank in it."""
    for one, two in pairwise(words):
        whole = one + two
        if len(whole) < _LONG or whole in _PASS or one in _PASS or two in _PASS:
            continue
        begin = _BEGIN.match(whole)
        if begin is not None and begin.end() >= max(_LONG, len(one) + 2):
            return True
    return False


def _of_injury(words: list[str]) -> bool:
    """True where a part of the body stands beside a word of hurt; the back door is none."""
    parts = [
        place for place in range(len(words)) if _BODY.match(words[place]) and not _of_a_thing(words, place)
    ]
    hurts = [place for place, word in enumerate(words) if word in _HURT]
    return any(_beside(words, *sorted((one, two))) for one in parts for two in hurts if one != two)


def _beside(words: list[str], first: int, last: int) -> bool:
    return last - first <= _NEAR + 1 and all(word in _BETWEEN for word in words[first + 1 : last])


def _of_a_thing(words: list[str], place: int) -> bool:
    return not _NO_BODY.isdisjoint((words[place - 1] if place else "", *words[place + 1 : place + 2]))

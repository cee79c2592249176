"""Columns that say why someone is ill, what their body is like or how they live: they never get in (DK-14, DK-15).

Only the column's name is looked at; nothing of its cells is. Danish, Swedish, Norwegian, Finnish, German and
English. Rather one column too many than one too few: what is dropped is reported, and a column can be renamed.
"""

from __future__ import annotations

import re

from app.exchange.headers import words

_ANYWHERE = re.compile(
    "|".join(
        """
        diagno sygdom sjukdom sykdom krankheit erkrank sairau illness disease symptom
        medicin medisin medizin medikament medication lakemedel laakity laakari allerg
        pregnan gravid schwanger raskau handicap handikap disabilit behinderung funktionsneds invalidit vammai
        arbejdsskade arbeidsskade arbetsskad arbeitsunfall tapaturma injury injuries
        bloodpressure bloodtype bloodgroup blodtry blodtype blodgrupp blutdruck blutgruppe verenpain veriryhm
        vaccin vaksin impfstatus impfung rokot covid corona depress psyki psych mentalhealth
        helbred helsetil helseopl halsotill halsostat gesundheit tervey sundhed
        bodymass bodyweight weight height kropsvaegt kroppsvikt kroppsvekt gewicht
        masseindex korpergros kroppslangd kehonpaino painoindeks
        smoker smoking tobacco tobak tupak nikotin nicotin alcohol alkohol drinker narkotik narcotic huume
        drugtest rygevan rygning rokvan rokning rokare royking royker roykevan raucher trinker drikkevan
        """.split()  # noqa: SIM905 - a list of 80 lines says no more
    )
)
_WORDS = frozenset(
    """
    bmi kmi body krop kropp icd icd10 health helse halsa habits vaner vanor drugs drogen mental ryger snus diet waist
    """.split()  # noqa: SIM905
)
_WORDS_OF_PEOPLE = frozenset(
    """
    vaegt vikt vekt paino hojde hoyde langd laengde lengde pituus drinking drikker treatment behandling behandlung
    hoito doctor physician laege lakare lege arzt hospital sygehus sjukhus sykehus krankenhaus sairaala
    """.split()  # noqa: SIM905
)
_OF_PEOPLE = frozenset({"people", "absences", "shifts"})
_SICK_LEAVE = re.compile(r"sairaus(loma|poissa)\w*")
"""Finnish for sick leave, which says no more than ``sick`` does."""
_AWAY = re.compile(
    "absen|fravaer|fravar|franvaro|poissa|abwesen|fehl(zeit|tag|grund)|sick|leave|syge(meld|frav)|sjuk(anm|fran|skriv)"
    "|syke(meld|frav)|krank"
)
_WHY = re.compile("reason|cause|arsag|orsak|grund|grunn|ursache|begrund|begrunn|motiv|syy$|syy(?=koodi)")
_SORT = re.compile("sick(ness)?(type|kind|code)|(type|kind)of(the)?sick")


def is_private(column: str, kind: str) -> bool:
    """True for a column of a file of such records that looks like health, body or habits."""
    parts = words(column)
    whole = "".join(parts)
    if _ANYWHERE.search(_SICK_LEAVE.sub("", whole)) or _WORDS.intersection(parts) or _SORT.search(whole):
        return True
    if kind in _OF_PEOPLE and _WORDS_OF_PEOPLE.intersection(parts):
        return True
    if not _WHY.search(whole):
        return False
    return kind == "absences" or _AWAY.search(whole) is not None

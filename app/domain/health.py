"""Does a note read like health information? Such a note is refused, and nothing of it is kept (DK-14, DK-15).

It looks for illnesses, symptoms, treatment and body temperatures in the languages that colleagues write in. It
errs on the side of letting a note pass: a supervisor whose ordinary notes are refused stops writing them.
"""

from __future__ import annotations

import re
import unicodedata

_BEGINNINGS = """
    antibiotic antidepress anxiety appendic arthrit asthma bronchit burnout cancer chemo concuss corona covid
    cramp depress diabet diagnos diarrh disease dizz epilep fractur hernia illness infect infarct inflam
    influen[sz]a? injur medicat migraine miscarr nause painkill physiother pneumon pregnan psychia psycholog rheumat
    sciatic sickness sprain stomachache surger surgeon symptom thrombo tonsil tumor tumour vaccin vomit
    allergi angst astma betaend blindtarm blodprop brystkraeft diskusprolaps feber fibromyalg
    forkol gravid halsbet hjernerys hjertean hjerteopera hovedpine knaeskad kvalme lungebet maveinf
    maveond medicin migraen omgangssy operer opkast rygond rygsmert rygskad smerte sukkersy sygdom
    udbraendt
    diagnos forkyl halsont halsinfl hjarninf hjartin huvudvark illama infektion inflammation krak(?:s|t|er|n)
    lunginf angest magsjuk magont ryggont sjukdom utbrand utmattn varkar yrsel
    betennel brystkreft forkjol hjerneryst hjerteinf hodepine kreftsy kvalm lungebet magesjau omgangssyk
    operert ryggsmert sykdom utbrent
    ahdistu diabee flunss hengitystie influens keuhkokuu keskenmen kuumee kuumett leikkauksee leikkauksess
    masennu migreen murtum oksen[nt] paansarky pahoinv raska(?:us|uden|uta|ana)
    ripuli sairau selkakip selkasary sydaninf syopa
    tulehdu uupum vatsaflun vatsataut verenpain yskaa
    bandscheib blinddarm brechdurch durchfall entzund erbrech erkalt gehirnersch grippal halsschm halsweh
    herzinf infekt knochenbr krankengeld krankheit kopfschm kopfweh lungenent magendarm operiert ruckenschm
    schmerz schwanger schwindel ubelkeit
"""
_WORDS = """
    ache aches backache cough coughing coughs doctor doctors earache fever feverish flu headache headaches
    hospital ill pain pains stress stressed sick-bed toothache toothaches unwell
    brakket hospitalet hoste hoster laege laegen laegens ondt sygehus sygehuset tandpine tandlaege tandlaegen
    hosta hostar lakare lakaren ont sjukhus sjukhuset tandlakare tandlakaren tandvark vark
    kreft legen sykehus sykehuset tannlege tannlegen vondt
    kipu kipea kipeaa kipua kuume laakari laakariin laakarissa nuha sairaala sairaalaan sairaalassa
    hammaslaakari hammaslaakariin yska
    arzt arztin fieber grippe husten krankenhaus krebs zahnarzt zahnarztin zahnschmerzen
    kraeft kraeften
"""
_ORDINARY = """
    infectious inflammable stressless cramped
    medicinrum medicinrummet medicinskab medicinskabet
"""
_INSIDE = ("schmerz", "smerte", "smerter", "sarky", "betaendelse", "betennelse")
_BODY = "ankle|arm|back|bone|finger|foot|hand|hip|knee|leg|neck|nose|rib|shoulder|spine|toe|tooth|wrist"
_PHRASES = re.compile(
    rf"\b(broken?|sore|hurt|bad|twisted|sprained)\s+(\w+\s+)?({_BODY})\b"
    r"|\bbra?ekke(de|t)\s+(\w+\s+)?(arm|ben|fod|foden|hand|handen|benet|armen|finger|taa|ribben)\b"
    r"|\bstomach\s+(bug|flu|ache|pain|virus)"
    r"|\b(til|efter|for|etter|zur|nach)\s+operation\b|\b(til|hos)\s+lege\b"
    r"|\b(har|er|is|ist|on)\s+(blevet\s+)?(syg|sjuk|syk|krank|kipeana)\s+(i|med|mit|av|af)\b"
)
_TEMPERATURE = re.compile(
    r"\b(3[7-9]|4[0-2])(\s*(°|º|grad|degree|astetta)|[.,]\d\s*(°|º|grad|degree|astetta|c\b))"
)
_WASHING = re.compile(r"wash|vask|tvatt|pesu|pese|wasch|laundry|water|vand|vatten|vann|vesi|wasser")
_LETTERS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_BEGIN = re.compile("|".join(_BEGINNINGS.split()))
_EXACT = frozenset(_WORDS.split())
_PASS = frozenset(_ORDINARY.split())


def _plain(text: str) -> str:
    spelled = text.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a").replace("ß", "ss")
    return "".join(char for char in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(char))


def reads_like_health(text: str) -> bool:
    """True where a text holds a word of illness or a body temperature (da, sv, nb, fi, de, en)."""
    plain = _plain(text)
    if _PHRASES.search(plain) or (_TEMPERATURE.search(plain) and not _WASHING.search(plain)):
        return True
    return any(map(_of_illness, _LETTERS.findall(plain)))


def _of_illness(word: str) -> bool:
    if word in _PASS:
        return False
    return word in _EXACT or bool(_BEGIN.match(word)) or any(part in word for part in _INSIDE)

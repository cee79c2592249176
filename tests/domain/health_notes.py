"""Notes as colleagues write them, in the six languages, labelled by hand: about someone's health, or harmless.

``KNOWN`` was looked at while the vocabulary grew; ``UNSEEN`` was labelled before and never used to mend it, so that
its figures say how notes fare that nobody thought of.
"""

from __future__ import annotations

Notes = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Language → (notes about health, harmless notes)."""

KNOWN: Notes = {
    "da": (
        (
            "Har fået influenza, er hjemme resten af ugen", "sønnen har feber, 39,2",
            "brækkede armen i weekenden",
            "ligger med migræne", "indlagt på Rigshospitalet", "sygemeldt med stress",
            "Skal til lægen kl. 10",
            "har fået penicillin", "maveonde, kaster op", "Ryggen er gået i baglås", "halsbetændelse igen",
            "blodtrykket er for højt", "fik taget blodprøver i går", "gravid, har bækkenløsning",
            "temperatur 38,7 °C", "venter på lægeerklæring",
        ),
        (
            "Nøglen hænger i skuret bag bygningen", "Kunden har aflyst onsdag",
            "Husk at tømme opvaskemaskinen",
            "Ringer tilbage kl. 10", "Vagten er byttet med Sara", "Bilen er på værksted",
            "Døren til kælderen binder", "vasker trappen fredag", "skal hente datteren kl. 15",
            "er på kursus i Odense",
            "Ferie aftalt i foråret", "Vand på 40 grader til mopperne", "Lægehuset er kunde 114",
            "Møder kl. 8 i stedet for 7", "alarmkoden er skiftet", "Cyklen er stjålet, tager bussen",
        ),
    ),
    "sv": (
        (
            "Har fått magsjuka", "barnet har feber", "bröt benet på isen", "hos doktorn i dag",
            "ligger på sjukhuset",
            "utmattningssyndrom", "har fått antibiotika", "ont i ryggen sedan igår", "förkylning och snuva",
            "opererar knät på tisdag", "är gravid och mår illa", "högt blodtryck", "vårdcentralen 9.30",
            "lunginflammation",
            "kräktes hela natten", "väntar på läkarintyg",
        ),
        (
            "Nyckeln ligger under mattan", "Kunden avbokade torsdagen", "Bilen står på verkstad",
            "Kommer en timme senare",
            "bytt pass med Emil", "hämtar barnen på förskolan", "Golvet ska bonas på fredag",
            "Semester vecka 27",
            "Larmkoden är bytt", "ring kunden före tolv", "Hissen är avstängd",
            "Vattnet ska vara 40 grader",
            "Vårdcentralen Solsidan är kund", "Dörren till förrådet kärvar", "på utbildning i Lund",
            "Fönstren putsas nästa vecka",
        ),
    ),
    "nb": (
        (
            "har omgangssyke", "barnet har feber, 38,9 grader", "brakk håndleddet på ski",
            "skal til legen i morgen",
            "innlagt på sykehuset", "sykmeldt for utbrenthet", "går på antibiotika", "vondt i halsen",
            "forkjøla og hoster", "prolaps i ryggen", "er gravid, kvalm om morgenen", "høyt blodtrykk",
            "lungebetennelse",
            "kastet opp i natt", "hjernerystelse etter fallet", "venter på legeerklæring",
        ),
        (
            "Nøkkelen ligger under matta", "Kunden avlyste torsdag", "Bilen er på verksted",
            "kommer en time senere",
            "byttet vakt med Emil", "henter barna i barnehagen", "Gulvet skal bones fredag",
            "ferie i uke 28",
            "alarmkoden er byttet", "ring kunden før tolv", "Heisen er stengt", "Vaskes på 60 grader",
            "legesenteret åpner kl. 7", "døra til boden går tregt", "på kurs i Bergen", "tar bussen i dag",
        ),
    ),
    "fi": (
        (
            "lapsella on kuumetta", "flunssassa koko viikon", "selkä on kipeä", "menee lääkäriin kello 9",
            "sairaalassa leikkauksen vuoksi", "mursi jalkansa", "antibioottikuuri kesken",
            "migreenikohtaus",
            "on raskaana", "vatsatautia", "uupumus", "verenpaine koholla", "kuume 38,5 astetta",
            "päänsärkyä",
            "yskii ja aivastelee", "odottaa lääkärintodistusta",
        ),
        (
            "Avain on maton alla", "Asiakas perui torstain", "auto on huollossa", "tulee tuntia myöhemmin",
            "vaihtoi vuoron Emilin kanssa", "hakee lapset päiväkodista", "Lattia vahataan perjantaina",
            "loma viikolla 27",
            "hälytyskoodi vaihtui", "soita asiakkaalle ennen kahtatoista", "hissi on pois käytöstä",
            "pesu 60 asteessa",
            "Terveysasema on asiakas 114", "varaston ovi takertelee", "koulutuksessa Turussa",
            "nurmikon leikkaus tiistaina",
        ),
    ),
    "de": (
        (
            "liegt mit Grippe im Bett", "Kind hat 39 °C Fieber", "hat sich den Arm gebrochen",
            "Arzttermin um 10",
            "im Krankenhaus seit Montag", "Burnout", "nimmt Antibiotika", "Rückenschmerzen",
            "Erkältung, hustet stark",
            "Bandscheibenvorfall", "ist schwanger", "Bluthochdruck", "Magen-Darm-Infekt",
            "muss sich übergeben",
            "Knie-OP am Dienstag", "wartet auf das Attest vom Arzt",
        ),
        (
            "Schlüssel liegt unter der Matte", "Kunde hat Donnerstag abgesagt", "Auto ist in der Werkstatt",
            "kommt eine Stunde später", "Schicht mit Emil getauscht", "holt die Kinder aus der Kita",
            "Boden wird Freitag gewachst", "Urlaub in der KW 27", "Alarmcode wurde geändert",
            "Kunden vor zwölf anrufen",
            "Aufzug außer Betrieb", "Mopps bei 60 Grad waschen", "Arztpraxis Lindner ist Kunde 114",
            "Tür zum Lager klemmt", "auf Schulung in Kiel", "bringt den Schlüssel zurück",
        ),
    ),
    "en": (
        (
            "down with the flu", "her son has a temperature of 39.1", "broke his wrist at football",
            "doctor's appointment at 10",
            "in hospital since Monday", "signed off with stress", "on antibiotics", "back pain again",
            "heavy cold, coughing",
            "slipped disc", "she is pregnant", "high blood pressure", "food poisoning",
            "threw up all night",
            "knee operation on Tuesday", "waiting for a sick note from the GP",
        ),
        (
            "key under the mat", "customer cancelled Thursday", "the van is at the garage",
            "comes an hour later",
            "swapped shifts with Emil", "picks the children up from school",
            "floor to be waxed on Friday", "leave in week 27",
            "the alarm code has changed", "call the customer before noon", "the lift is out of operation",
            "wash the mops at 60 degrees", "Lindner Medical is customer 114", "the store room door sticks",
            "on a course in Leeds", "cold water only in the annex",
        ),
    ),
}  # fmt: skip

UNSEEN: Notes = {
    "da": (
        ("har hold i nakken", "skoldkopper i børnehaven, barnet er smittet",
         "skal have fjernet en visdomstand",
         "hovedet dunker, influenzasymptomer", "fik en depression", "allergisk reaktion"),
        ("har nøglebrikken med", "kommer direkte fra Solgaarden", "vinduerne tager Aksel",
         "papirkurvene er flyttet",
         "sidste arbejdsdag er fredag", "grøn spand til køkkenet"),
    ),
    "sv": (
        ("har vattkoppor", "tandläkaren klockan två", "stukade foten", "astmaanfall i natt", "halsfluss",
         "sjukskriven för ångest"),
        ("har med sig taggen", "kommer direkt från skolan", "sista arbetsdagen är fredag",
         "soporna är flyttade",
         "grön hink till köket", "kunden vill ha kvitto"),
    ),
    "nb": (
        ("har vannkopper", "tannlegen klokka to", "forstuet ankelen", "astmaanfall i natt",
         "halsbetennelse", "sliter med angst"),
        ("har med nøkkelbrikken", "kommer rett fra skolen", "siste arbeidsdag er fredag",
         "søppelet er flyttet",
         "grønn bøtte til kjøkkenet", "kunden vil ha kvittering"),
    ),
    "fi": (
        ("vesirokko", "hammaslääkärissä kello kaksi", "nyrjäytti nilkan", "astmakohtaus yöllä", "angiina",
         "kärsii ahdistuksesta"),
        ("kulkulätkä on mukana", "tulee suoraan koululta", "viimeinen työpäivä on perjantai",
         "roskat on siirretty",
         "vihreä ämpäri keittiöön", "asiakas haluaa kuitin"),
    ),
    "de": (
        ("hat Windpocken", "Zahnarzt um zwei", "Knöchel verstaucht", "Asthmaanfall in der Nacht",
         "Mandelentzündung", "leidet an Depressionen"),
        ("hat den Chip dabei", "kommt direkt von der Schule", "letzter Arbeitstag ist Freitag",
         "Müll wurde umgestellt",
         "grüner Eimer für die Küche", "Kunde möchte eine Quittung"),
    ),
    "en": (
        ("has chickenpox", "dentist at two", "sprained her ankle", "asthma attack last night",
         "tonsillitis", "suffers from anxiety"),
        ("has the fob with her", "comes straight from the school", "last working day is Friday",
         "the bins have been moved",
         "green bucket for the kitchen", "the customer wants a receipt"),
    ),
}  # fmt: skip

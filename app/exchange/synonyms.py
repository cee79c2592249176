"""What offices call our fields and words: Danish, Swedish, Norwegian, Finnish, German, English.

Every word is as ``headers.plain`` makes it: small letters and digits only, ø as o, å as a, ä as a, æ as ae.
"""

from __future__ import annotations

_PERSON = (
    "person people medarbejder ansat anstalld ansatt medarbetare medarbeider tyontekija henkilo mitarbeiter "
    "mitarbeiterin employee worker staff navn namn nimi name medarbejdernr medarbejdernummer anstallningsnummer "
    "anstallningsnr ansattnummer ansattnr personalnummer personalnr tyontekijanumero henkilonumero employeeid "
    "employeeno employeenumber employeename lonnummer lonnr"
)
_NAME = "name navn namn nimi fullname fuldenavn fulltnavn kokonimi vollername"
_CUSTOMER = (
    "customer kunde kund asiakas client kundenavn kundnamn kundenname asiakkaannimi customername kundenr kundnr "
    "kundenummer kundnummer asiakasnumero kundennummer customerid customerno site objekt kohde lokation"
)
_NUMBER = (
    "id nr no number nummer numero tunnus key code kode kod koodi externalid eksterntid externtid uniquekey"
)
_NOTE = (
    "note notes bemaerkning bemaerkninger kommentar anmarkning merknad huomautus bemerkung comment comments"
)
_AREA = "area omrade distrikt alue bereich gebiet region district"
_STATUS = "status tila tilstand"

DAYS = "date dato datum paivamaara pvm dag tag day paiva"
"""The day of a shift, where a roster has it beside the clocks."""

FIELDS: dict[str, dict[str, str]] = {
    "people": {
        "external": f"{_NUMBER} medarbejdernr medarbejdernummer anstallningsnummer anstallningsnr ansattnummer "
        "ansattnr personalnummer personalnr tyontekijanumero henkilonumero employeeid employeeno employeenumber "
        "lonnummer lonnr",
        "name": f"{_NAME} medarbejder medarbetare tyontekija mitarbeiter employee employeename",
        "role": "role rolle roll rooli stilling tjanst befattning tehtava funktion position jobtitle title titel",
        "area": _AREA,
        "firm": "firm firma foretag bedrift yritys company virksomhed selskab arbejdsgiver",
        "phone": "phone telefon tlf mobil mobile puhelin matkapuhelin telephone telefonnr telefonnummer handy",
        "email": "email mail epost sahkoposti mailadresse emailadresse emailaddress",
        "languages": "languages language sprog sprak kielet kieli sprachen sprache",
        "skills": "skills skill kompetencer kompetenser kompetanse taidot osaaminen kenntnisse qualifikationen kurser",
        "active": "active aktiv aktiivinen",
    },
    "customers": {
        "external": f"{_NUMBER} kundenr kundnr kundenummer kundnummer asiakasnumero kundennummer customerid customerno",
        "name": f"{_NAME} customer kunde kund asiakas client customername kundenavn kundnamn kundenname site",
        "area": _AREA,
        "address": "address adresse adress osoite anschrift",
        "status": _STATUS,
        "contract_start": "contractstart kontraktstart kontraktsstart avtalsstart avtalestart sopimusalkaa "
        "vertragsbeginn startdato startdatum",
        "contract_end": "contractend kontraktslut kontraktudlob avtalsslut avtaleslutt sopimuspaattyy vertragsende "
        "slutdato sluttdato slutdatum enddatum",
    },
    "agreements": {
        "external": f"{_NUMBER} aftalenr avtalsnr avtalenr sopimusnumero vertragsnummer",
        "customer": _CUSTOMER,
        "task": "task opgave uppgift oppgave tehtava aufgabe ydelse tjanst leistung service",
        "place": "place sted plats paikka ort rum lokale room tila raum",
        "frequency": "frequency frekvens hyppighed taajuus haufigkeit interval intervall turnus",
        "included": "included inkluderet inkluderad inkludert sisaltyy enthalten inklusive",
        "note": _NOTE,
    },
    "shifts": {
        "external": f"{_NUMBER} vagtid vagtnr passid passnr vaktid vaktnr vuoroid vuoronumero "
        "vuorotunnus schichtid schichtnr shiftid shiftno",
        "customer": _CUSTOMER,
        "start": "start from fra fran alku alkaa von beginn begin startdato starttid starttime",
        "end": "end to til till slut slutt loppu paattyy bis ende stop sluttid slutttid endtime",
        "person": _PERSON,
        "skills": "skills kompetencer kompetenser kompetanse taidot kenntnisse",
        "status": _STATUS,
        "note": _NOTE,
    },
    "absences": {
        "external": f"{_NUMBER} fravaersid fravaersnr franvaroid franvaronr poissaoloid poissaolotunnus "
        "poissaolonumero abwesenheitsid abwesenheitsnr absenceid absenceno",
        "person": _PERSON,
        "kind": "kind type typ tyyppi art absencetype absencekind fravaerstype fravaersart franvarotyp poissaolotyyppi "
        "poissaolontyyppi poissaolonlaji abwesenheitsart abwesenheit fravaer franvaro poissaolo absence leavetype",
        "from": "from fra fran alku alkaa von ab beginn begin start startdato startdatum forstedag firstday fromdate "
        "fradato frandatum startdate alkupvm alkupaiva",
        "until": "until til till to tom slut slutt loppu paattyy bis ende end slutdato slutdatum sluttdato enddatum "
        "sistedag sidstedag lastday todate tildato enddate loppupvm loppupaiva",
        "reported_at": "reportedat meldt anmeldt anmald ilmoitettu gemeldet reported reportedon",
        "status": _STATUS,
        "note": _NOTE,
    },
    "complaints": {
        "external": f"{_NUMBER} sagsnr sagsnummer arendenr arendenummer saksnummer saksnr caseid ticket ticketid "
        "vorgangsnummer reklamationsnr tapausnumero",
        "customer": _CUSTOMER,
        "received_at": "receivedat received modtaget mottagen mottatt vastaanotettu eingegangen erhalten oprettet "
        "skapad opprettet luotu erstellt created createdat createddate eingegangenam eingangsdatum eingang erhaltenam "
        "erstelltam erfasstam modtagetden modtagetdato modtagelsesdato oprettetden mottattdato mottagetdatum inkommen "
        "inkomdatum registreret registrert registrerad saapunut saapumispaiva receivedon createdon dato datum date "
        "paivamaara pvm",
        "channel": "channel kanal kanava via",
        "text": "text tekst teksti beskrivelse beskrivning kuvaus beschreibung description complaint klage klagomal "
        "reklamation valitus beschwerde message besked meddelande melding viesti nachricht henvendelse arende emne "
        "amne aihe betreff subject",
        "assignee": "assignee ansvarlig ansvarig vastuuhenkilo verantwortlich responsible",
        "status": _STATUS,
    },
}
"""Kind → field → column names, the likeliest first."""

VALUES: dict[str, dict[str, str]] = {
    "absences.kind": {
        "sick": "sick sickness sickleave illness syg sygdom sygemelding sygemeldt sjuk sjukdom sjukfranvaro "
        "sjukanmalan syk sykdom sykemelding sykmelding sykmeldt egenmelding sykefravaer sairas sairaus sairausloma "
        "sairauspoissaolo krank krankheit krankmeldung s",
        "child_sick": "childsick sickchild barnsyg barnsygt barnssygedag barns1sygedag barnetsyk syktbarn vab vabb "
        "sjuktbarn vardavbarn sairaslapsi lapsisairas kindkrank krankeskind",
        "holiday": "holiday holidays vacation annualleave ferie feriedag semester loma vuosiloma urlaub",
        "other": "other andet annat annet muu sonstiges anderes ovrigt",
    },
    "people.role": {
        "supervisor": "supervisor serviceleder driftsleder arbetsledare renholdsleder palveluesimies objektleiter "
        "bereichsleiter teamleder teamleader omradeleder",
        "first_assistant": "firstassistant forsteassistent 1assistent forstaassistent vorarbeiter",
        "service_assistant": "serviceassistant serviceassistent servicemedarbejder servicemedarbetare "
        "servicemedarbeider rengoringsassistent stadare lokalvardare renholder "
        "siivooja laitoshuoltaja reinigungskraft cleaner assistant assistent",
        "trainer": "trainer instruktor utbildare opplaerer kouluttaja ausbilder underviser",
        "manager": "manager leder chef sjef johtaja leiter",
        "hr": "hr personale personal henkilosto personalabteilung",
        "office": "office kontor toimisto buro administration",
    },
    "complaints.channel": {
        "email": "email mail epost sahkoposti emailed",
        "phone": "phone telefon puhelin telephone tlf opkald samtal call",
        "letter": "letter brev kirje brief",
        "in_person": "inperson personligt personlig personligen paikanpaalla personlich meeting mode",
        "form": "form formular skjema lomake formulaire kontaktformular",
        "sms": "sms tekstbesked textmeddelande tekstmelding tekstiviesti",
        "web": "web website online webside webbplats nettside verkkosivu internet portal",
    },
    "shifts.status": {
        "planned": "planned planlagt planerad planlagd suunniteltu geplant",
        "cancelled": "cancelled canceled aflyst installd avlyst peruttu abgesagt storniert",
    },
    "absences.reported_by": {
        "system": "system jarjestelma app portal",
        "phone": "phone telefon puhelin call opkald",
        "in_person": "inperson personligt personlig personligen paikanpaalla personlich",
    },
}
"""``kind.field`` → our word → theirs."""

NO = "nein nei ei pois inaktiv nicht falsk falsch"
YES = "kylla on sann sant wahr x aktiv"

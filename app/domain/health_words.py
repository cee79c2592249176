"""The words by which a note is known to be about someone's health, in the languages that colleagues write in.

Letters are plain: æ is ae, ø o, å a, ß ss, and no letter has a mark. Kept apart by what they are matched with, and in
each by language (English, Danish, Swedish, Norwegian, Finnish, German); a word of several stands under the first.
"""

from __future__ import annotations

BEGINNINGS = """
    antibiotic antidepress anxiety appendic arthrit asthma bedrest bronchit burnout cancer chemo chickenpox
    cholest concuss conjunctiv contagi corona(?:virus)?\\b covid cramp cystitis depress dermat diabet diagnos
    diarrh disease dislocat dizz eczema endometrio epilep fractur gastro(?:ent|sc) haemor hemor hernia
    hospitali[sz] hypertens ibuprofen illness infect(?!ion-?control) infarct inflam influen[sz]a injur
    insomnia insulin laryngit medicat menopaus menstru migraine miscarr mononucl nause norovirus painkill
    palpitat paracet penicil physiother pneumon pregnan prescription prostat psoria psychia psycholog psychot
    radiother rheumat salmonel schizo sciatic scoliosis seizure shingles sickness sinusit sprain stitches
    stomachache surger surgeon symptom tendonit thrombo thyroid tinnitus tonsil tuberc tumor tumour ulcer
    vaccin vertigo vomit whooping

    aftenfeber allergi angst antidepres astma baekkenlos betaend bihulebet blaerebet blindtarm blodprop
    blodprov blodtryk born(?:esar|ekopper) brystkraeft depres diarr diskus eksem epidural feber fibromyalg
    fodsels(?!dag) forkol forstuv forstopp galdesten gigt(?:en)?\\b graviditet gravid halsbet halsond
    hekseskud hjernerys hjertean hjerteban hjerteflim hjerteopera hofteopera hovedpine indlagt influenza
    kejsersnit kemo kighoste kraftknude kvalme kvaestet knaeskad knaeopera lungebet laegebesog laegeerkl
    laegetid laegevagt magnetscan maveinf mavekn maveond mavepin mavesar medicin menstr migraen nyresten
    omgangssy operer opkast panikan piller prolaps psyk(?:iat|olog|isk) rygond rygsmert rygskad
    rontgen(?!(?:en)?s?-?(?:rum|rom|raum|abt|afd|avd|prax)) skadestue skoldkop slidgigt smerte smittet smitsom
    speciallae sukkersy svimmel sygdom sygehusind tandbyld tandpin tandrod tandlaegetid udbraendt vagtlaege
    visdomstand vandkopper

    akutmottag andnod angest antibioti blodforg blodtryck bihalein bronkit cellgift depressi diarre diskbrack
    feberfri febrig forkyl forloss(?:ning)? gallsten hallsond halsfluss halsont halsinfl hjarninf hjarnskak
    hjartin huvudvark illama inflammation inlagd kikhost klamydia krak(?:s|t|er|n) lakarbes lakarintyg
    lakartid lungin magsjuk magont magsar magkat magkno menscykel migran(?!t|tio) missfall muskelbr njursten
    nackspar nasblod oronin oronvark panikang psykolog psykiat ryggont ryggskot ryggvark reumat sendrag
    sjukdom sjukgymn skolios smittad smittsam smartor snuva\\b strypsj svindel tandlakartid tandvark urinvags
    utbrand utmattn vattkopp varkar vinterkrak yrsel

    akuttmott angstanf antibiotik barnekopper betennel blodtrykk brystkreft cellegift depresj diare forkjol
    forstu(?:et|a) gallestein gikt\\b halsvond hjerneryst hjerteinf hodepine influensa innlagt keisersnitt
    kneoper kreftsy kvalm legebesok legeerkl legetime legevakt magesar magesju magesjau magevond migrene
    muskelstr nakkesmert nyrestein operert oppkast panikkan ryggsmert ryggprol senebet smittsom sykdom
    tannlegetim tannpin tannverk urinveis utbrent vannkopp

    aamupahoinv ahdist aivotar allerg angiina antibioot diabee diagno epileps flunss hammasarky hammassark
    hengitystie hengenahd hinkuy influens ihottum iskias jannetul kaihil kasvain keuhkokuu keuhkoput keskenmen
    korvatul kihti\\b kuumee kuumeil kuumett kurkkuki kurkkukip laakarinto laakariai laakitys laakekuur
    leikkauksee leikkauksess magneettikuv masennu masentun mielenterv migreen munuaiski murtum nielutul
    nivelrik nivelsar noidannuo norovir nuhak nuhai nyrjaht nyrjay oireil oksen[nt] paansar(?:ky|ka|yt)
    pahoinv poskiont raska(?:us|uden|uta|ana) reuma ripuli rokotu sairau sairaslom selkaki selkasar selkavai
    silmatul sokeritau sydank sydaninf sydanoi synnyt(?:ys|ta|tt) syopa tartunn tartutt tulehdu tuhkarok
    umpilisak uupum uniongel vatsaflun vatsakip vatsataut vatsatau vatsats verenpai verikok vesirok vyoruusu
    yskaa yskii

    abstrich angstst angstzus augenent bandscheib bauchschm bauchweh blasenent blinddarm blutdruck blutfett
    bluthoch bluttest bluterg(?:uss)? brechdurch brustkreb chemother durchfall eisprung ekzem
    entbindung(?:s|en)? entzund erbrech erkalt erkrank fehlgeb fiebrig gallenst gebarmut gehirnersch
    gelenkschm gerstenk geschwur gicht\\b grippal gurtelros halsschm halsweh herzinf herzrhy herzras
    hexenschuss heuschnup hornhaut hustet impfung infekt(?!ions?(?:hyg|schutz|kontr|abf)) ischias keuchhust
    klinik(?:aufenth|termin) knieop knochenbr kopfschm kopfweh kortison krampfad krampfan krankengeld
    krankengym krankheit kreislauf(?:zus|prob|kol) lungenent magendarm magenges magensch mandelent medikament
    mittelohr monatsbl muskelfas nasenneb narkose nervenz neurodermit nierenst notaufn notarzt ohrenent
    ohrenschm operiert panikatt physioth psychi psychoth rheuma ringelrot ruckenschm schilddr schlaganf
    schleimb schleud schmerz schwanger schwindel schuttelf sehnensch sodbrenn stauchung thromb ubelkeit
    ubergeben verstaucht verrenkt windpock zahnschm zahnweh zerrung
"""
"""Beginnings of words."""

WORDS = """
    ache aches backache cold-sore cough coughed coughing coughs doctor doctors dr's earache fever feverish flu
    gp headache headaches hospital ill lupus meds measles mumps nosebleed pain pains pills rash rsi sick-bed
    sinuses snotty stress stressed stroke toothache toothaches unwell wheezing x-ray xray dentist dentist's
    dentists

    brakket bronkitis byld doktor doktoren hospitalet hoste hoster hovedpinepiller kraeft kraeften kvalm laege
    laegen laegens ondt piller sygehus sygehuset snue snottet tandlaege tandlaegen tandpine utilpas virus

    doktorn feber hosta hostar hostade influensa lakare lakaren ont sjukhus sjukhuset snuvig tandlakare
    tandlakaren tandvark tandlakarn vark yr barnmorska barnmorskan

    feberen hostet kreft kreften legen legens psoriasis snufsete svimmel sykehus sykehuset tannlege tannlegen
    tannlegens vondt oyekatarr

    angina flunssa kipu kipea kipeaa kipeana kipua kivut kuume kuumeessa laakari laakariin laakarilla
    laakarille laakarissa laakarin nuha nuhaa nuhassa rohisee sairaala sairaalaan sairaalassa sairaalasta
    hammaslaakari hammaslaakariin hammaslaakarissa hammaslaakarilla terveyskeskukseen yska yskan vatsatautiin
    vatsatautia oksettaa huimaa huimausta

    arzt arztin arztes hausarzt hausarztin facharzt kinderarzt augenarzt frauenarzt hautarzt orthopade
    orthopaden arzttermin arztbesuch attest fieber grippe husten krankenhaus krebs magen-darm physio rachen
    schnupfen spital zahnarzt zahnarztin zahnarzttermin zahnschmerzen
"""
"""Whole words, which are too short or too common a beginning to be one."""

ORDINARY = """
    allergenfrei allergenfri allergeneja cramped inflammable infectious-waste medicinskab medicinskabet
    medicinrum medicinrummet medicinskap medicinskapet depressed-floor stressless symptomfri klinikken
    rehabilitation-centre angstrom impfzentrum smertefrit tabletterne tablet tablets therapist-room
    blutdruckmessgerat
"""
"""Words that begin like one of them and are not about anyone's health."""

INSIDE = """
    schmerz smerte smerter smartor sarky betaendelse betennelse entzundung inflammation tulehdus sygdom
    sjukdom sykdom krankheit sairaus
"""
"""Parts of words put together of several."""

BODY = """
    achilles ankle ankles arm arms back bone bones chest collarbone ear ears elbow eye eyes finger fingers
    foot hamstring hand head hip jaw knee knees leg ligament muscle neck nose rib ribs shoulder skull spine
    tendon throat thumb toe toes tooth wrist

    armen ankel anklen akillessenen ben benet fingeren fod foden handen handled handleddet hofte hoften knae
    knaeet kravebenet nakke nakken naese naesen ribben ribbenet ryg ryggen skulder skulderen taa taaen

    axel axeln fot foten fotled fotleden halsen handleden hoft huvudet kna knat magen nacke nacken nyckelbenet
    nasa nasan oronen revben tumme tummen vaden

    ankelen bein beinet hals handa handledd hodet hofta kne kneet kragebeinet nesa nesen ribbein ribbeina rygg
    skuldra tommel

    jalka jalan jalkansa kasi kaden katensa kyynarp\\w* niska niskan nilkka nilkan nilkkansa olkapa\\w* polvi
    polven polvensa ranne ranteen ranteensa selka selan solislu\\w* sormi sormen sormensa varvas varpaan
    varpaansa

    auge bander ellbogen fuss fussgelenk gelenk handgelenk hufte kiefer knie knochel knochen kopf kreuzband
    meniskus muskel nase rippe rippen rucken schlusselbein schulter sehne sprunggelenk wade zahn zeh zehen
"""
"""Parts of the body; beside a word of HURT they tell of an injury."""

BETWEEN = """
    a an and both has her his is left my one right the their two was begge da de den der det en er et fik han
    hans har hendes hojre i pa sin sine sit venstre bada ena hennes hoger mitt sitt vanster ar fikk hoyre
    molemmat oikea oikean on vasen vasemman am beide das dem die ein eine einen hat ihr ihre ihren ist linke
    linken linkes rechte rechten rechtes sein seine seinen sich war
"""
"""What may stand between the two."""

NO_BODY = """
    chair desk door doors dryer drier entrance freezer garden gate handle lever of office rest rests room seat
    sofa stairs table towel towels yard bordet bord stol stolen tisch tisches stuhl stuhls poydan tuolin
"""
"""Before or after a part of the body they make a thing of it: the leg of a table, the back door."""

HURT = """
    aching bad broke broken bruised burnt dislocated fractured hurt hurting hurts injured sore sprained
    strained swollen torn twisted braekkede braekket brakkede brakket forslaet forstrakt forstuvede forstuvet
    forvredet kvaestede skadede skadet vredet brot bruten brutit forstrackt skadade skadat strackt stukade
    stukat svullen vrickade vrickat brakk brukket forslatt forstrekt forstua forstuet skada strukket vondt
    vrikka vrikket loukkasi loukannut mursi murtanut murtui nyrjahti satutti satuttanut venaytti venayttanyt
    kipea turvonnut gebrochen gerissen geprellt geschwollen geschwollenen gezerrt schmerzt schmerzen verdreht
    verletzt verrenkt verstaucht verbrannt
"""

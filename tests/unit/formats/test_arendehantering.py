"""FGS Ärendehantering 1.0: every element finds its place in the case model, and nothing is lost or invented."""

from pathlib import Path

import pytest

from ingest.domain.cases import Case, Record
from ingest.domain.dates import Precision
from ingest.domain.descriptions import Classification, ExtraId, IdText, OwnElement, Relation, TypedText
from ingest.domain.paths import PackagePath
from ingest.formats.arendehantering import NAMESPACE, CaseDescription, read_description
from ingest.formats.arendehantering_words import RELATIONS, STATUSES
from ingest.formats.xml import XmlRefused

FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<Leveransobjekt{}>
 <SystemInfo><AnpassadMetadataInformation><x xmlns="urn:x">1</x></AnpassadMetadataInformation></SystemInfo>
 <ArkivbildarStruktur><Arkivbildare><Namn>Staden</Namn><Arkivbildare><Namn>Nämnden</Namn></Arkivbildare>
 </Arkivbildare></ArkivbildarStruktur>
 <VerksamhetsbaseradArkivredovisning><ArkivReferens>SE/EX/1</ArkivReferens>
  <KlassificeringsstrukturNamn>KLASSA 2.1</KlassificeringsstrukturNamn></VerksamhetsbaseradArkivredovisning>
 <Bilaga Namn="Hela leveransen" Lank="plan.pdf"/>
 {}
</Leveransobjekt>
"""
CASE = """<ArkivobjektListaArenden><ArkivobjektArende Systemidentifierare="UUID:1">
<ArkivobjektID> EXN 1 </ArkivobjektID><Informationsklass>K2</Informationsklass>
<KlassReferens>3.1.2</KlassReferens><KlassReferens>9.9</KlassReferens>
<HandlingstypsReferens>HT1</HandlingstypsReferens><ForvaringsenhetsReferens>F1</ForvaringsenhetsReferens>
<MinaArendeoversikterStatus>Beslutat</MinaArendeoversikterStatus>
<ExtraID ExtraIDTyp="gammalt">A-1</ExtraID><ArendeTyp>Bygglov</ArendeTyp>
<Arkiverat>2022</Arkiverat><Avslutat>2021-06-01</Avslutat><Beskrivning>Garage &amp; uthus</Beskrivning>
<Beslutat>2021-05</Beslutat><Forvaringsplats>Hylla 1</Forvaringsplats>
<Gallring Gallras="true"><GallringsFrist>10 år</GallringsFrist>
 <GallringsForklaring>Beslut 7</GallringsForklaring><GallringsPeriodSlut>2031</GallringsPeriodSlut></Gallring>
<Agent><Roll>Handläggare</Roll><Namn>Anna</Namn><Organisationsnamn>O</Organisationsnamn>
 <Enhetsnamn>E</Enhetsnamn></Agent>
<Agent><Roll>Registrator</Roll></Agent>
<Klass>3.1.2 Hantera bygglov</Klass><Klass>F2 Övrigt</Klass>
<Restriktion Typ="Sekretess"><ForklarandeText>Adress</ForklarandeText><Lagrum>OSL 21:3</Lagrum>
 <RestriktionsDatum>2091-05-03</RestriktionsDatum></Restriktion>
<Restriktion Typ="Annan typ" AnnanTyp="Dataskydd"/><Restriktion Typ="Hemlig"/>
<Motpart><Namn>Bo</Namn><Organisation>Bo AB</Organisation><Postadress>Gatan 1</Postadress>
 <Postnummer>111 11</Postnummer><Postort>Staden</Postort><Land>Sverige</Land>
 <IDnummer Typ="1">19121212-1212</IDnummer><Telefon>1</Telefon><Telefon>2</Telefon><Fax>3</Fax>
 <EPost>bo@example.se</EPost><SkyddadIdentitet>true</SkyddadIdentitet></Motpart>
<Notering>Obs</Notering><ArendeRelation Typ="Ersätter">EXN 0</ArendeRelation>
<ArendeRelation Typ="Egen relationsdefinition" AnnanTyp="granne">EXN 2</ArendeRelation>
<ArendeRelation>EXN 3</ArendeRelation>
<SistaAnvandandetidpunkt>2021-06-01T10:11:12</SistaAnvandandetidpunkt><Skapad>2021-04-01</Skapad>
<Inkommen>2021-13-45</Inkommen><StatusArande>Stängt</StatusArande><Upprattad>2021</Upprattad>
<Expedierad>2021</Expedierad><Atkomst>Fri</Atkomst><Arendemening>Bygglov för garage</Arendemening>
<Bilaga Namn="Karta" Lank="karta.pdf"/>
<EgnaElement><EgnaElementBeskrivning>Mått</EgnaElementBeskrivning>
 <EgetElement Namn="Yta" DataTyp="tal" Format="m2"><Varde>12</Varde></EgetElement></EgnaElement>
<EgnaElement><EgetElement Namn="Djup"><Egenskaper><Egenskap Namn="p"/></Egenskaper></EgetElement></EgnaElement>
<TillkommandeXMLdata><a xmlns="urn:a"/><b xmlns="urn:b">2</b></TillkommandeXMLdata>
<Fastighet>EXEMPLET 1:1</Fastighet>
<ArkivobjektListaHandlingar><ArkivobjektHandling Systemidentifierare="UUID:2">
<ArkivobjektID>EXN 1:1</ArkivobjektID><Handlingstyp>Ansökan</Handlingstyp>
<Avsandare><Namn>Bo</Namn></Avsandare><Lopnummer>1</Lopnummer>
<Mottagare><Namn>Nämnden</Namn><SkyddadIdentitet>false</SkyddadIdentitet></Mottagare>
<HandlingRelation Typ="Är maskad version av">EXN 1:0</HandlingRelation><Rubrik>Ansökan om bygglov</Rubrik>
<StatusHandling>Inkommen</StatusHandling>
<Bilaga Namn="Ansökan.pdf" Lank="Content/a.pdf" Beskrivning="b" Storlek="191" CharacterSet="UTF-8"
 Mimetyp="application/pdf" Checksumma="ABC" ChecksummaMetod="SHA256" SchemaURI="urn:s" Esignatur="Nej">
 <Bevaras>true</Bevaras></Bilaga>
</ArkivobjektHandling></ArkivobjektListaHandlingar>
</ArkivobjektArende></ArkivobjektListaArenden>"""
LOOSE = """<ArkivobjektListaHandlingar><ArkivobjektHandling><ArkivobjektID>H1</ArkivobjektID></ArkivobjektHandling>
<ArkivobjektHandling><ArkivobjektID>H2</ArkivobjektID></ArkivobjektHandling></ArkivobjektListaHandlingar>"""


def described(folder: Path, body: str, namespace: str = NAMESPACE) -> CaseDescription:
    path = folder / "arende.xml"
    declared = f' xmlns="{namespace}"' if namespace else ""
    path.write_text(FRAME.format(declared, body), encoding="utf-8")
    return read_description(path, namespace, lambda link, _: PackagePath(link))


@pytest.fixture(params=[NAMESPACE, ""], ids=["namespace", "no-namespace"])
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Case:
    (found,) = described(tmp_path, CASE, request.param).cases
    return found


@pytest.fixture
def record(case: Case) -> Record:
    (found,) = case.records
    return found


def test_what_a_case_is(case: Case) -> None:
    assert (case.id, case.system_id, case.type, case.status) == ("EXN 1", "UUID:1", "Bygglov", "closed")
    assert (case.title, case.description) == ("Bygglov för garage", "Garage & uthus")
    assert (case.information_class, case.access, case.locations) == ("K2", "Fri", ("Hylla 1",))
    assert case.extra_ids == (ExtraId(type="gammalt", text="A-1"),)
    assert [note.text for note in case.notes] == ["Obs"]
    assert [document.path for document in case.documents] == ["karta.pdf"]


def test_classes_are_joined_with_their_codes_and_the_scheme(case: Case) -> None:
    assert case.classifications == (
        Classification(code="3.1.2", title="Hantera bygglov", scheme="KLASSA 2.1"),
        Classification(code="9.9", scheme="KLASSA 2.1"),
        Classification(title="F2 Övrigt", scheme="KLASSA 2.1"),
    )
    assert case.identifications == (
        IdText(type="HandlingstypsReferens", text="HT1"),
        IdText(type="ForvaringsenhetsReferens", text="F1"),
    )


def test_dates_by_kind_with_their_precision(case: Case) -> None:
    assert [(date.type, date.raw) for date in case.dates] == [
        ("archived", "2022"),
        ("closed", "2021-06-01"),
        ("decision_date", "2021-05"),
        ("last_addition", "2021-06-01T10:11:12"),
        ("created", "2021-04-01"),
        ("received", "2021-13-45"),
        ("prepared", "2021"),
        ("expedited", "2021"),
    ]
    decided, received = case.date("decision_date"), case.date("received")
    assert decided is not None
    assert decided.value is not None
    assert decided.value.precision is Precision.MONTH
    assert received is not None
    assert received.value is None


def test_restrictions_end_at_their_date_and_unknown_kinds_are_kept(case: Case) -> None:
    secret, other, unknown = case.restrictions
    assert (secret.type, secret.regulation, secret.explanatory_text) == ("confidential", "OSL 21:3", "Adress")
    assert secret.starts is None
    assert secret.ends is not None
    assert secret.ends.raw == "2091-05-03"
    assert (other.type, other.other_type) == ("other_type", "Dataskydd")
    assert unknown.type == "Hemlig"


def test_disposal(case: Case) -> None:
    assert case.disposal is not None
    assert case.disposal.disposable is True
    assert (case.disposal.period, case.disposal.mandate) == ("10 år", "Beslut 7")
    assert [(date.type, date.raw) for date in case.disposal.dates] == [("retention_period_end", "2031")]


def test_parties_keep_their_roles(case: Case, record: Record) -> None:
    officer, registrar, counterpart = case.parties
    assert (officer.type, officer.role, officer.unit) == ("responsible_person", "Handläggare", "E")
    assert (registrar.type, registrar.role) == ("agent", "Registrator")
    assert (counterpart.type, counterpart.organisation) == ("counterpart", "Bo AB")
    assert (counterpart.id_number, counterpart.id_number_type) == ("19121212-1212", "1")
    assert [line.type for line in counterpart.addresses] == [
        "postal_address",
        "postal_code",
        "postal_city",
        "country",
    ]
    assert counterpart.contacts[1:3] == (TypedText(type="phonenumber", text="2"), TypedText(type="fax", text="3"))
    assert counterpart.protected_identity is True
    assert [(party.type, party.protected_identity) for party in record.parties] == [
        ("sender", None),
        ("receiver", False),
    ]


def test_relations_in_the_words_of_erms(case: Case, record: Record) -> None:
    assert case.relations == (
        Relation(type="replaces", target="EXN 0"),
        Relation(type="own_relation_definition", target="EXN 2", other_type="granne"),
        Relation(type="reference", target="EXN 3"),
    )
    assert record.relations == (Relation(type="is_redacted_version_of", target="EXN 1:0"),)


def test_what_is_beyond_the_standard_is_kept(case: Case) -> None:
    status, frame = case.additional.own_elements
    assert status == OwnElement(name="MinaArendeoversikterStatus", value="Beslutat")
    assert frame.name == "Mått"
    assert frame.elements == (OwnElement(name="Yta", value="12", type="tal", format="m2"),)
    a, b, properties, property_of_land = case.additional.xml
    assert a == '<a xmlns="urn:a"></a>'
    assert b == '<b xmlns="urn:b">2</b>'
    assert "Egenskap" in properties
    assert "EXEMPLET 1:1" in property_of_land


def test_a_record_and_its_document(record: Record) -> None:
    assert (record.id, record.number, record.type) == ("EXN 1:1", "1", "Ansökan")
    assert (record.title, record.status, record.direction) == ("Ansökan om bygglov", "received", None)
    (document,) = record.documents
    assert (document.name, document.link, document.path) == ("Ansökan.pdf", "Content/a.pdf", "Content/a.pdf")
    assert (document.size, document.mime_type, document.character_set) == (191, "application/pdf", "UTF-8")
    assert (document.e_signature, document.preserve, document.schema_uri) == (False, True, "urn:s")
    assert document.digest is not None
    assert (document.digest.algorithm_name, document.digest.value) == ("SHA256", "ABC")
    assert document.line > 40


def test_loose_records_and_the_delivery_as_a_whole(tmp_path: Path) -> None:
    found = described(tmp_path, LOOSE)
    assert found.schema_valid
    assert found.cases == ()
    assert [record.id for record in found.records] == ["H1", "H2"]
    assert [document.link for document in found.documents] == ["plan.pdf"]
    told = {attribute.type: attribute.text for attribute in found.attributes}
    assert told["ArkivbildarStruktur/Arkivbildare/Arkivbildare/Namn"] == "Nämnden"
    assert told["VerksamhetsbaseradArkivredovisning/ArkivReferens"] == "SE/EX/1"
    assert '<x xmlns="urn:x">1</x>' in told["SystemInfo"]


def test_the_schema_has_its_say(tmp_path: Path) -> None:
    assert not described(tmp_path, CASE).schema_valid
    sound = CASE.replace("<Fastighet>EXEMPLET 1:1</Fastighet>", "").replace('<Restriktion Typ="Hemlig"/>', "")
    assert described(tmp_path, sound).schema_valid
    assert described(tmp_path, sound, "").schema_valid


@pytest.mark.parametrize(("written", "kept"), [("Avslutat", "Avslutat"), ("Ad Acta.", "ad_acta"), (" Öppet ", "open")])
def test_a_status_is_translated_or_kept_as_written(tmp_path: Path, written: str, kept: str) -> None:
    body = CASE.replace(">Stängt<", f">{written}<")
    assert described(tmp_path, body).cases[0].status == kept


@pytest.mark.parametrize(("written", "mark"), [("1", True), ("0", False), ("kanske", True), ("", True)])
def test_a_mark_of_protected_identity_that_is_unclear_counts(tmp_path: Path, written: str, *, mark: bool) -> None:
    body = CASE.replace("<SkyddadIdentitet>true", f"<SkyddadIdentitet>{written}")
    assert described(tmp_path, body).cases[0].parties[2].protected_identity is mark


def test_what_is_not_well_formed_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(XmlRefused) as raised:
        described(tmp_path, CASE.replace("&amp;", "&"))
    assert raised.value.line > 0


def test_the_tables_speak_erms() -> None:
    assert len(set(RELATIONS.values())) == len(RELATIONS) == 15
    assert len(set(STATUSES.values())) == len(STATUSES) == 10


@pytest.mark.corpus
def test_municipal_exports_are_read_though_they_break_the_schema(corpus: Path) -> None:
    exports = sorted((corpus / "fgs" / "sundsvall").glob("*.xml"))
    assert exports
    for path in exports:
        found = read_description(path, NAMESPACE, lambda *_: None)
        (case,) = found.cases
        assert (case.id, case.status) == ("BYGG 2022-000046", "closed")
        assert "Fastighetsbeteckning" in case.additional.xml[0]
        assert not found.schema_valid

"""Hand-made documents that use every element and attribute of the FGS 1.x schemas."""

from typing import Final

_TIMES: Final = "<Skapad>2021</Skapad>"
_PERSON: Final = """
  <Namn>Eva Exempel</Namn><Organisation>Exempel AB</Organisation><Postadress>Gatan 1</Postadress>
  <Postnummer>111 11</Postnummer><Postort>Exempelstad</Postort><Land>Sverige</Land>
  <IDnummer Typ="2">199001619999</IDnummer><Telefon>08-1</Telefon><Telefon>08-2</Telefon><Fax>08-3</Fax>
  <EPost>eva@example.se</EPost><SkyddadIdentitet>false</SkyddadIdentitet>"""
_REFERENCES: Final = """
  <KlassReferens>3</KlassReferens><KlassReferens>3.1</KlassReferens>
  <HandlingstypsReferens>A</HandlingstypsReferens>
  <ForvaringsenhetsReferens>F</ForvaringsenhetsReferens>"""
_DISPOSAL: Final = """
  <Gallring Gallras="true"><GallringsFrist>10 år</GallringsFrist>
  <GallringsForklaring>Beslut</GallringsForklaring>
    <GallringsPeriodSlut>2031-12</GallringsPeriodSlut></Gallring>"""
_AGENT: Final = """
  <Agent><Roll>Handläggare</Roll><Namn>Bo</Namn><Organisationsnamn>Nämnden</Organisationsnamn>
    <Enhetsnamn>Enheten</Enhetsnamn></Agent>"""
_RESTRICTION: Final = """
  <Restriktion Typ="Sekretess" AnnanTyp="x"><ForklarandeText>Skäl</ForklarandeText><Lagrum>OSL 21:3</Lagrum>
    <RestriktionsDatum>2091-05-03</RestriktionsDatum></Restriktion>"""
_DOCUMENT: Final = """
  <Bilaga Namn="a.pdf" Beskrivning="Ansökan" Lank="Content/a.pdf" Storlek="12" CharacterSet="UTF-8"
    Mimetyp="application/pdf" Checksumma="ab" ChecksummaMetod="MD5" SchemaURI="urn:x" Esignatur="Ja">
    <Bevaras>true</Bevaras></Bilaga>"""
_ADDITIONS: Final = """
  <EgnaElement><EgnaElementBeskrivning>Fastighet</EgnaElementBeskrivning>
    <EgetElement Namn="f" DataTyp="sträng" Format="fri"><Varde>1</Varde>
      <Egenskaper><Egenskap Namn="e" DataTyp="tal" Format="N"><Varde>2</Varde>
        <Egenskaper><Egenskap Namn="i"/></Egenskaper></Egenskap></Egenskaper>
      <EgetElement Namn="g"/></EgetElement></EgnaElement>
  <TillkommandeXMLdata><annat xmlns="urn:annat">Fritt</annat><Arendemening>Känt</Arendemening>
  </TillkommandeXMLdata>"""

_RECORD: Final = f"""
  <ArkivobjektHandling Systemidentifierare="u2">
    <ArkivobjektID>EXN 2021/17:1</ArkivobjektID><Informationsklass>K2</Informationsklass>{_REFERENCES}
    <ExtraID ExtraIDTyp="äldre">17-1</ExtraID><Handlingstyp>Ansökan</Handlingstyp>
    <Avsandare>{_PERSON}</Avsandare>
    <Beskrivning>B</Beskrivning><Expedierad>2021-04-01T10:00:00</Expedierad>{_DISPOSAL}{_AGENT}
    <Inkommen>2021-04-01</Inkommen><Lopnummer>1</Lopnummer><Mottagare>{_PERSON}</Mottagare>
    <Notering>N</Notering>
    <HandlingRelation Typ="Är maskad version av" AnnanTyp="x">EXN 2021/17:2</HandlingRelation>
    <Rubrik>R</Rubrik>
    {_TIMES}<SistaAnvandandetidpunkt>2021-05</SistaAnvandandetidpunkt><StatusHandling>Upprättad</StatusHandling>
    <Upprattad>2021-04-02</Upprattad><Atkomst>Fri</Atkomst><Forvaringsplats>Hylla</Forvaringsplats>
    {_RESTRICTION}{_DOCUMENT}{_ADDITIONS}
  </ArkivobjektHandling>"""

_CASE: Final = f"""
  <ArkivobjektArende Systemidentifierare="u1">
    <ArkivobjektID>EXN 2021/17</ArkivobjektID><Informationsklass>K2</Informationsklass>{_REFERENCES}
    <MinaArendeoversikterKlassificering>K</MinaArendeoversikterKlassificering>
    <MinaArendeoversikterStatus>S</MinaArendeoversikterStatus><ExtraID ExtraIDTyp="motpart">M-1</ExtraID>
    <ArendeTyp>Bygglov</ArendeTyp><Arkiverat>2021-06-02</Arkiverat><Avslutat>2021-06-01</Avslutat>
    <Beskrivning>B</Beskrivning><Beslutat>2021-05-03</Beslutat>
    <Forvaringsplats>Hylla</Forvaringsplats>{_DISPOSAL}
    {_AGENT}<Klass>3.1.2</Klass>{_RESTRICTION}<Motpart>{_PERSON}</Motpart><Notering>N</Notering>
    <ArendeRelation Typ="Referens" AnnanTyp="x">EXN 2020/1</ArendeRelation>
    <SistaAnvandandetidpunkt>2021-06</SistaAnvandandetidpunkt>{_TIMES}<Inkommen>2021-04-01</Inkommen>
    <StatusArande>Ad Acta.</StatusArande><Upprattad>2021-04-01</Upprattad><Expedierad>2021-05-04</Expedierad>
    <Atkomst>Fri</Atkomst><Arendemening>Ansökan om bygglov</Arendemening>{_DOCUMENT}{_ADDITIONS}
    <ArkivobjektListaHandlingar>{_RECORD}</ArkivobjektListaHandlingar>
  </ArkivobjektArende>"""

_HEAD: Final = f"""
  <SystemInfo><AnpassadMetadataInformation><x xmlns="urn:x"/></AnpassadMetadataInformation></SystemInfo>
  <ArkivbildarStruktur><Arkivbildare><Namn>Nämnden</Namn><VerksamhetstidFran>1971</VerksamhetstidFran>
    <VerksamhetstidTill>2021</VerksamhetstidTill><Historik>H</Historik>
    <Verksamhetsbeskrivning>V</Verksamhetsbeskrivning><Arkivbildare><Namn>Enhet</Namn></Arkivbildare>
  </Arkivbildare></ArkivbildarStruktur>
  <Informationsklass>K1</Informationsklass>
  <VerksamhetsbaseradArkivredovisning><ArkivReferens>SE/X</ArkivReferens>
    <KlassificeringsstrukturNamn>KLASSA</KlassificeringsstrukturNamn>{_REFERENCES}
  </VerksamhetsbaseradArkivredovisning>{_DOCUMENT}{_ADDITIONS}"""


def case_delivery(namespace: str) -> bytes:
    """A delivery of one case that uses all of FGS Ärendehantering 1.0; an empty namespace means none."""
    content = f"{_HEAD}<ArkivobjektListaArenden>{_CASE}</ArkivobjektListaArenden>"
    return f'<Leveransobjekt xmlns="{namespace}">{content}</Leveransobjekt>'.encode()


def record_delivery(namespace: str) -> bytes:
    """A delivery of records that belong to no case."""
    content = f"<ArkivobjektListaHandlingar>{_RECORD}</ArkivobjektListaHandlingar>"
    return f'<Leveransobjekt xmlns="{namespace}">{content}</Leveransobjekt>'.encode()


_FACTS: Final = 'MIMETYPE="text/xml" SIZE="1" CREATED="2022-01-10T12:00:00Z" CHECKSUM="ab" CHECKSUMTYPE="MD5"'
_LINK: Final = (
    'LOCTYPE="URL" OTHERLOCTYPE="x" xlink:type="simple" xlink:href="file:///a" xlink:role="r" '
    'xlink:arcrole="a" xlink:title="t" xlink:show="new" xlink:actuate="onLoad"'
)
_KIND: Final = 'MDTYPE="OTHER" OTHERMDTYPE="SIARD" MDTYPEVERSION="1"'
_SECTION: Final = 'GROUPID="g" ADMID="amd" CREATED="2022-01-10T12:00:00Z" STATUS="ny"'
_ORDER: Final = 'ORDER="1" ORDERLABEL="1" LABEL="l"'
_AREA: Final = (
    'FILEID="f1" SHAPE="RECT" COORDS="0,0" BEGIN="0" END="1" BETYPE="XPTR" EXTENT="1" EXTTYPE="TIME" '
    f'ADMID="amd" CONTENTIDS="urn:a urn:b" {_ORDER}'
)
_FILE_EXTENSION: Final = (
    'ext:ORIGINALFILENAME="å.pdf" ext:FORMATREGISTRY="PRONOM" ext:OTHERFORMATREGISTRY="x" '
    'ext:FORMATREGISTRYKEY="fmt/95" ext:FILEFORMATNAME="PDF/A" ext:FILEFORMATVERSION="1a" '
    'ext:ARCHIVALREFERENCECODE="SE/X" ext:ARCHIVALRECORDTYPE="Beslut"'
)

METS: Final = f"""
<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ext="ExtensionMETS"
  ID="m" OBJID="UUID:1" LABEL="l" TYPE="Single records" PROFILE="p" ext:CONTENTTYPESPECIFICATION="c"
  ext:SYSTEMTYPE="s" ext:DATASUBMISSIONSESSION="d" ext:PACKAGENUMBER="1" ext:ARCHIVALNAME="a"
  ext:INFORMATIONCLASS="i" ext:APPRAISAL="Yes" ext:ACCESSRESTRICT="GDPR" ext:STARTDATE="2021-04-01"
  ext:ENDDATE="2021-06-01" ext:AGREEMENTFORM="Not specified">
  <metsHdr ID="h" ADMID="amd" CREATEDATE="2022-01-10T12:00:00" LASTMODDATE="2022-01-11T12:00:00Z"
    RECORDSTATUS="VERSION" ext:OAISSTATUS="SIP" ext:AGREEMENTFORM="GIFT">
    <agent ID="a1" ROLE="OTHER" OTHERROLE="SUBMITTER" TYPE="OTHER" OTHERTYPE="SOFTWARE"><name>n</name>
      <note>ORG:2120000000</note><note>2</note></agent>
    <agent ROLE="ARCHIVIST" TYPE="ORGANIZATION"><name>n</name></agent>
    <agent ROLE="CREATOR" TYPE="INDIVIDUAL"><name>n</name></agent>
    <altRecordID ID="r1" TYPE="REFERENCECODE">SE/X</altRecordID>
    <metsDocumentID ID="d1" TYPE="t">sip.xml</metsDocumentID>
  </metsHdr>
  <dmdSec ID="dmd1" {_SECTION}><mdRef ID="dr" {_LINK} {_KIND} {_FACTS} LABEL="l" XPTR="x"/></dmdSec>
  <dmdSec ID="dmd2"><mdWrap ID="dw" {_KIND} {_FACTS} LABEL="l"><xmlData><x xmlns="urn:x"/></xmlData>
  </mdWrap></dmdSec>
  <dmdSec ID="dmd3"><mdWrap MDTYPE="EAC-CPF"><binData>aGVq</binData></mdWrap></dmdSec>
  <amdSec ID="amd"><techMD ID="t1"/><rightsMD ID="t2"/><sourceMD ID="t3"/><digiprovMD ID="t4"/></amdSec>
  <fileSec ID="fs">
    <fileGrp ID="g1" VERSDATE="2022-01-10T12:00:00Z" ADMID="amd" USE="u"><fileGrp><file ID="f9" {_FACTS}>
      <FLocat {_LINK}/></file></fileGrp></fileGrp>
    <fileGrp>
      <file ID="f1" SEQ="1" {_FACTS} OWNERID="o" ADMID="amd" DMDID="dmd1" GROUPID="g" USE="u" BEGIN="0"
      END="1"
        BETYPE="BYTE" {_FILE_EXTENSION}>
        <FLocat ID="l1" {_LINK} USE="u"/>
        <FContent ID="c1" USE="u"><xmlData><x xmlns="urn:x"/></xmlData></FContent>
        <stream ID="s1" streamType="s" OWNERID="o" ADMID="amd" DMDID="dmd1" BEGIN="0" END="1" BETYPE="BYTE"/>
        <transformFile ID="x1" TRANSFORMTYPE="decryption" TRANSFORMALGORITHM="AES" TRANSFORMKEY="k"
          TRANSFORMBEHAVIOR="b1" TRANSFORMORDER="1"/>
        <file ID="f2" {_FACTS}><FLocat {_LINK}/><FContent><binData>aGVq</binData></FContent></file>
      </file>
    </fileGrp>
  </fileSec>
  <structMap ID="sm" TYPE="PHYSICAL" LABEL="l">
    <div ID="v1" {_ORDER} DMDID="dmd1" ADMID="amd" TYPE="t" CONTENTIDS="urn:a" xlink:label="v1">
      <mptr ID="p1" {_LINK} CONTENTIDS="urn:a"/>
      <fptr ID="p2" FILEID="f1" CONTENTIDS="urn:a"><par ID="p3" {_ORDER}><area ID="p4" {_AREA}/>
        <seq ID="p5" {_ORDER}><area FILEID="f1"/><par/></seq></par></fptr>
      <fptr FILEID="f1"><seq/></fptr><fptr FILEID="f1"><area FILEID="f2"/></fptr>
      <div xlink:label="v2"/>
    </div>
  </structMap>
  <structLink ID="sl">
    <smLink ID="k1" xlink:arcrole="a" xlink:title="t" xlink:show="new" xlink:actuate="none" xlink:from="v1"
      xlink:to="v2"/>
    <smLinkGrp ID="k2" ARCLINKORDER="ordered" xlink:type="extended" xlink:role="r" xlink:title="t">
      <smLocatorLink ID="k3" xlink:type="locator" xlink:href="#v1" xlink:role="r" xlink:title="t"
      xlink:label="a"/>
      <smLocatorLink xlink:href="#v2"/>
      <smArcLink ID="k4" xlink:type="arc" xlink:arcrole="a" xlink:title="t" xlink:show="new"
        xlink:actuate="none" xlink:from="a" xlink:to="b" ARCTYPE="t" ADMID="amd"/>
    </smLinkGrp>
  </structLink>
  <behaviorSec ID="bs" CREATED="2022-01-10T12:00:00Z" LABEL="l"><behaviorSec/>
    <behavior ID="b1" STRUCTID="v1" BTYPE="t" CREATED="2022-01-10T12:00:00Z" LABEL="l" GROUPID="g"
    ADMID="amd">
      <interfaceDef ID="i1" LABEL="l" {_LINK}/><mechanism ID="i2" LABEL="l" {_LINK}/></behavior>
  </behaviorSec>
</mets>
""".strip().encode()
"""A METS document that uses all of FGS Paketstruktur 1.2."""

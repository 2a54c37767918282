"""A PREMIS document told in words, in both versions of the standard that packages hold."""

from pathlib import Path

import pytest

from ingest.domain.windows import Window
from ingest.formats.told_premis import LINKS, NAMESPACES, PremisLink, PremisWindows, ToldPremis, tell_premis
from ingest.formats.xml import XmlRefused

THREE, TWO = "http://www.loc.gov/premis/v3", "info:lc/xmlns/premis-v2"
OBJECT = """<object xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="file"><objectIdentifier>
<objectIdentifierType>UUID</objectIdentifierType><objectIdentifierValue>o-{n}</objectIdentifierValue></objectIdentifier>
<objectCharacteristics><fixity><messageDigestAlgorithm>SHA-256</messageDigestAlgorithm><messageDigest>ab</messageDigest>
</fixity><size>12</size><format><formatDesignation><formatName>PDF</formatName><formatVersion>1.4</formatVersion>
</formatDesignation><formatRegistry><formatRegistryName>PRONOM</formatRegistryName><formatRegistryKey>fmt/18
</formatRegistryKey></formatRegistry></format></objectCharacteristics><originalName>beslut-{n}.pdf</originalName>
<relationship><relationshipType>structural</relationshipType><relationshipSubType>is Included In</relationshipSubType>
<{related}><relatedObjectIdentifierType>UUID</relatedObjectIdentifierType>
<relatedObjectIdentifierValue>o-0</relatedObjectIdentifierValue></{related}></relationship></object>"""
EVENT = """<event><eventIdentifier><eventIdentifierType>UUID</eventIdentifierType><eventIdentifierValue>e-{n}
</eventIdentifierValue></eventIdentifier><eventType>validation</eventType>
<eventDateTime>2026-01-02T03:04:05Z</eventDateTime>{detail}<eventOutcomeInformation><eventOutcome>success</eventOutcome>
<eventOutcomeDetail><eventOutcomeDetailNote>allt väl</eventOutcomeDetailNote></eventOutcomeDetail>
</eventOutcomeInformation><linkingAgentIdentifier><linkingAgentIdentifierType>local</linkingAgentIdentifierType>
<linkingAgentIdentifierValue>a</linkingAgentIdentifierValue><linkingAgentRole>implementer</linkingAgentRole>
</linkingAgentIdentifier>{objects}</event>"""
LINKED = """<linkingObjectIdentifier><linkingObjectIdentifierType>UUID</linkingObjectIdentifierType>
<linkingObjectIdentifierValue>o-{n}</linkingObjectIdentifierValue></linkingObjectIdentifier>"""
AGENT = """<agent><agentIdentifier><agentIdentifierType>local</agentIdentifierType><agentIdentifierValue>a
</agentIdentifierValue></agentIdentifier><agentName>Nämnden</agentName><agentType>organization</agentType></agent>"""
RIGHTS = """<rights><rightsStatement><rightsStatementIdentifier><rightsStatementIdentifierType>local
</rightsStatementIdentifierType><rightsStatementIdentifierValue>r</rightsStatementIdentifierValue>
</rightsStatementIdentifier><rightsBasis>statute</rightsBasis><statuteInformation>
<statuteJurisdiction>se</statuteJurisdiction><statuteCitation>OSL 21 kap. 3 §</statuteCitation></statuteInformation>
<linkingObjectIdentifier><linkingObjectIdentifierType>UUID</linkingObjectIdentifierType>
<linkingObjectIdentifierValue>o-0</linkingObjectIdentifierValue></linkingObjectIdentifier></rightsStatement></rights>"""
DETAIL = {
    THREE: "<eventDetailInformation><eventDetail>steg</eventDetail></eventDetailInformation>",
    TWO: "<eventDetail>steg</eventDetail>",
}
RELATED = {THREE: "relatedObjectIdentifier", TWO: "relatedObjectIdentification"}


def told(tmp_path: Path, namespace: str, number: int = 1, linked: int = 1, window: Window | None = None) -> ToldPremis:
    seen = window or Window(first=0, most=100)
    objects = "".join(OBJECT.format(n=n, related=RELATED[namespace]) for n in range(number))
    links = "".join(LINKED.format(n=n) for n in range(linked))
    events = "".join(EVENT.format(n=n, detail=DETAIL[namespace], objects=links) for n in range(number))
    path = tmp_path / "premis.xml"
    path.write_text(f'<premis xmlns="{namespace}">{objects}{events}{AGENT}{RIGHTS}</premis>', encoding="utf-8")
    return tell_premis(path, namespace, PremisWindows(objects=seen, events=seen, agents=seen, rights=seen))


@pytest.mark.parametrize("namespace", sorted(NAMESPACES))
def test_every_kind_of_entity_is_told(tmp_path: Path, namespace: str) -> None:
    found = told(tmp_path, namespace)
    (one,), (event,), (agent,), (right,) = found.objects.rows, found.events.rows, found.agents.rows, found.rights.rows
    assert (one.name, one.category, one.size) == ("beslut-0.pdf", "file", "12")
    assert [(form.name, form.version, form.key) for form in one.formats] == [("PDF", "1.4", "fmt/18")]
    assert [(digest.algorithm, digest.value) for digest in one.digests] == [("SHA-256", "ab")]
    assert one.relations == (PremisLink(role="is Included In", id="o-0", name="beslut-0.pdf"),)
    assert (event.type, event.details, event.outcomes, event.notes) == (
        "validation",
        ("steg",),
        ("success",),
        ("allt väl",),
    )
    assert event.agents == (PremisLink(role="implementer", id="a", name="Nämnden"),)
    assert event.objects == (PremisLink(role="", id="o-0", name="beslut-0.pdf"),)
    assert (agent.name, agent.type) == ("Nämnden", "organization")
    assert (right.id, right.basis) == ("r", "statute")
    assert right.said == (("statuteJurisdiction", "se"), ("statuteCitation", "OSL 21 kap. 3 §"))
    assert [link.name for link in right.objects] == ["beslut-0.pdf"]


def test_of_many_a_piece_is_told_and_all_are_counted(tmp_path: Path) -> None:
    found = told(tmp_path, THREE, number=30, linked=30, window=Window(first=28, most=5))
    assert ([one.name for one in found.objects.rows], found.objects.count) == (["beslut-28.pdf", "beslut-29.pdf"], 30)
    assert (found.events.earlier, found.events.later) == (23, None)
    assert [(len(event.objects), event.object_count) for event in found.events.rows] == [(LINKS, 30)] * 2


def test_a_document_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "premis.xml"
    path.write_text(f'<premis xmlns="{THREE}">{AGENT}', encoding="utf-8")
    seen = Window(first=0, most=1)
    with pytest.raises(XmlRefused):
        tell_premis(path, THREE, PremisWindows(objects=seen, events=seen, agents=seen, rights=seen))

"""PREMIS 3: valid, complete, the same every time."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ingest.domain.aips import Aip
from ingest.domain.characteristics import Trait
from ingest.domain.conversions import DerivedObject
from ingest.domain.nested import NestedFault, NestedFaultKind, NestedFile, NestedListing
from ingest.domain.packages import FormatDesignation
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventOutcome, EventType, PreservationEvent, derived_id
from ingest.formats.validation import schema_errors
from ingest.formats.writing.names import object_id
from ingest.formats.writing.premis import PREMIS, write_premis
from tests.unit.formats.writing import values
from tests.unit.formats.writing.strategies import xml_texts
from tests.unit.formats.writing.values import AIP, OBJECTS, saved, texts, written


def premis(aip: Aip = AIP) -> bytes:
    return written(lambda sink: write_premis(sink, aip))


def found(xpath: str, aip: Aip = AIP) -> list[str]:
    return texts(premis(aip), xpath, p=PREMIS, xsi="http://www.w3.org/2001/XMLSchema-instance")


def test_the_document_is_valid(tmp_path: Path) -> None:
    assert schema_errors(saved(tmp_path, premis()), "premis-3.0", limit=5) == ()


def test_a_package_of_nothing_is_valid(tmp_path: Path) -> None:
    bare = replace(AIP, objects=(), events=(), supersedes=None)
    assert schema_errors(saved(tmp_path, premis(bare)), "premis-3.0", limit=5) == ()


def test_the_same_values_give_the_same_bytes() -> None:
    assert premis() == premis()


def test_every_object_stands_once_with_its_fixity_size_and_name() -> None:
    file = "//p:object[@xsi:type='premis:file']"
    assert found(f"{file}/p:originalName") == [one.path for one in OBJECTS]
    assert found(f"{file}//p:size") == [str(one.size) for one in OBJECTS]
    digests = found(f"{file}//p:fixity[p:messageDigestAlgorithm='SHA-256']/p:messageDigest")
    assert digests == [one.sha256 for one in OBJECTS]
    assert len(found(f"{file}//p:fixity[p:messageDigestAlgorithm='MD5']/p:messageDigest")) == len(OBJECTS)
    assert found(f"{file}//p:contentLocationValue") == [one.place.aip_path for one in OBJECTS]


def test_a_format_has_its_registry_key_and_its_basis() -> None:
    file = f"//p:object[p:originalName='{OBJECTS[1].path}']"
    assert found(f"{file}//p:formatRegistryKey") == ["fmt/18"]
    assert found(f"{file}//p:formatNote") == [values.PDF.basis, values.PDF.warning]


def test_an_unknown_format_is_said_to_be_unknown() -> None:
    file = f"//p:object[p:originalName='{OBJECTS[0].path}']"
    assert found(f"{file}//p:formatName") == ["unknown"]
    assert found(f"{file}//p:formatRegistryKey") == []


def test_a_file_is_included_in_its_representation_or_in_the_package() -> None:
    related = "p:relationship/p:relatedObjectIdentifier/p:relatedObjectIdentifierValue"
    outside = found(f"//p:object[p:originalName='{OBJECTS[0].path}']/{related}")
    inside = found(f"//p:object[p:originalName='{OBJECTS[1].path}']/{related}")
    assert outside == [AIP.id]
    assert inside == found(
        "//p:object[@xsi:type='premis:representation' and p:originalName='original']"
        "/p:objectIdentifier/p:objectIdentifierValue"
    )


COPY = DerivedObject(
    source=OBJECTS[1].path,
    size=7,
    sha256="c" * 64,
    key="",
    format=FormatDesignation(puid="fmt/354", name="PDF/A"),
    place=values.content("a.docx.pdf", "preservation"),
    event=derived_id(AIP.delivery, "normalization"),
)
NORMALISED = PreservationEvent(
    id=COPY.event,
    type=EventType.NORMALIZATION,
    at=AIP.created,
    step="normalise_formats",
    outcome=EventOutcome.SUCCESS,
    detail="made",
    agents=(AIP.software,),
    objects=(OBJECTS[1].path,),
    derived=(COPY.place.aip_path,),
)
COPIED = replace(AIP, derived=(COPY,), events=(*AIP.events, NORMALISED))


def test_a_copy_and_its_source_name_each_other_and_the_event_between_them(tmp_path: Path) -> None:
    assert schema_errors(saved(tmp_path, premis(COPIED)), "premis-3.0", limit=5) == ()
    derivation = "p:relationship[p:relationshipType='derivation']"
    related = f"{derivation}/p:relatedObjectIdentifier/p:relatedObjectIdentifierValue"
    copy = f"//p:object[.//p:contentLocationValue='{COPY.place.aip_path}']"
    source = f"//p:object[p:originalName='{COPY.source}']"
    assert found(f"{copy}//p:messageDigest", COPIED) == [COPY.sha256]
    assert found(f"{copy}/{derivation}/p:relationshipSubType", COPIED) == ["has Source"]
    assert found(f"{source}/{derivation}/p:relationshipSubType", COPIED) == ["is Source Of"]
    assert found(f"{copy}/{related}", COPIED) == [object_id(AIP, OBJECTS[1])]
    assert found(f"{source}/{related}", COPIED) == [object_id(AIP, COPY)]
    for end in (copy, source):
        assert found(f"{end}/{derivation}/p:relatedEventIdentifier/p:relatedEventIdentifierValue", COPIED) == [
            COPY.event
        ]


def test_a_normalisation_has_source_and_outcome() -> None:
    event = f"//p:event[p:eventIdentifier/p:eventIdentifierValue='{COPY.event}']/p:linkingObjectIdentifier"
    for role, one in (("source", OBJECTS[1]), ("outcome", COPY)):
        linked = f"{event}[p:linkingObjectRole='{role}']/p:linkingObjectIdentifierValue"
        assert found(linked, COPIED) == [object_id(AIP, one)]


def test_what_it_supersedes_stands_with_the_package() -> None:
    entity = "//p:object[@xsi:type='premis:intellectualEntity']"
    assert AIP.supersedes in found(f"{entity}//p:relatedObjectIdentifierValue")
    assert found(f"{entity}//p:relationshipSubType/@valueURI") == [
        "http://id.loc.gov/vocabulary/preservation/relationshipSubType/sup"
    ]


def test_an_event_without_objects_links_all_of_them() -> None:
    event = f"//p:event[p:eventType='{EventType.MESSAGE_DIGEST_CALCULATION}']"
    ids = [object_id(AIP, one) for one in OBJECTS]
    assert found(f"{event}//p:linkingObjectIdentifierValue") == ids


def test_an_event_with_objects_links_exactly_those() -> None:
    event = f"//p:event[p:eventType='{EventType.VALIDATION}']"
    assert found(f"{event}//p:linkingObjectIdentifierValue") == [object_id(AIP, OBJECTS[1])]


def test_an_event_says_its_outcome_its_term_and_who_did_it() -> None:
    event = f"//p:event[p:eventType='{EventType.VIRUS_CHECK}']"
    assert found(f"{event}//p:eventOutcome") == ["warning"]
    assert found(f"{event}//p:eventOutcomeDetailNote") == ["not scanned: no scanner"]
    assert found(f"{event}/p:eventType/@valueURI") == ["http://id.loc.gov/vocabulary/preservation/eventType/vir"]
    assert found(f"{event}//p:linkingAgentRole") == ["executing program", "executing program"]


def test_every_linked_agent_is_described_once() -> None:
    described = found("//p:agent//p:agentIdentifierValue")
    assert len(described) == len(set(described))
    assert set(found("//p:linkingAgentIdentifierValue")) <= set(described)


def test_an_event_of_an_unknown_path_is_a_fault_of_the_program() -> None:
    stray = values.event(EventType.VALIDATION, objects=(PackagePath("no/such"),))
    with pytest.raises(KeyError):
        premis(replace(AIP, events=(stray,)))


def test_an_object_with_other_bytes_is_another_object() -> None:
    other = replace(OBJECTS[1], sha256="cd" * 32)
    assert object_id(AIP, other) != object_id(AIP, OBJECTS[1])
    assert object_id(AIP, OBJECTS[1]) == derived_id(AIP.id, "object", OBJECTS[1].place.aip_path, OBJECTS[1].sha256)


@pytest.mark.parametrize("illegal", ["\0", "\x0b", "\ufffe", "\ud800"])
def test_a_text_that_xml_cannot_carry_is_refused(illegal: str) -> None:
    with pytest.raises(ValueError, match=r"XML|surrogate"):
        premis(replace(AIP, events=(values.event(EventType.VALIDATION, detail=illegal),)))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=xml_texts)
def test_any_text_gives_a_valid_document_that_keeps_it(tmp_path: Path, text: str) -> None:
    form = FormatDesignation(puid=text, name=text, version=text, basis=text, warning=text)
    aip = replace(
        AIP,
        objects=(replace(OBJECTS[1], path=PackagePath(text), format=form),),
        events=(values.event(EventType.VALIDATION, detail=text),),
    )
    assert schema_errors(saved(tmp_path, premis(aip)), "premis-3.0", limit=5) == ()
    assert found("//p:object[@xsi:type='premis:file']/p:originalName/text()", aip) == ([text] if text else [])


UGLY = "upp\x00 och\ufffe ned\ud800.txt"
LISTED = NestedListing(
    files=(
        NestedFile(path="brev.txt", size=3, sha256="a" * 64, puid="x-fmt/111"),
        NestedFile(path=UGLY, size=0, sha256="b" * 64, traits=(Trait.DAMAGED, Trait.MACROS)),
    ),
    faults=(NestedFault(kind=NestedFaultKind.UNSAFE_NAME, path=UGLY, detail="EARKIV-PKG-5", times=2),),
    count=2,
    unpacked=3,
)


def test_what_a_container_holds_stands_with_its_characteristics(tmp_path: Path) -> None:
    holding = replace(AIP, objects=(replace(OBJECTS[0], nested=LISTED), *OBJECTS[1:]))
    assert schema_errors(saved(tmp_path, premis(holding)), "premis-3.0", limit=5) == ()
    (listing,) = etree.fromstring(premis(holding)).iter("{urn:earkiv:schema:nested-listing:1}listing")
    assert (listing.get("files"), listing.get("bytes")) == ("2", "3")
    plain, ugly, fault = ({str(name): str(value) for name, value in each.attrib.items()} for each in listing)
    assert plain == {"path": "brev.txt", "size": "3", "sha256": "a" * 64, "puid": "x-fmt/111"}
    escaped = r"upp\u0000 och\ufffe ned\ud800.txt"
    assert ugly == {"path": escaped, "size": "0", "sha256": "b" * 64, "seen": "damaged, macros"}
    assert fault == {"kind": "unsafe name", "times": "2", "path": escaped, "detail": "EARKIV-PKG-5"}

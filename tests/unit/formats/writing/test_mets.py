"""METS of an AIP: valid, what CSIP 2.2 and the AIP specification must have, the same every time."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ingest.domain.aips import Aip
from ingest.domain.packages import GeneratedFile
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Organisation, Submission
from ingest.formats.validation import schema_errors
from ingest.formats.writing.mets import AIP_PROFILE, write_representation_mets, write_root_mets
from ingest.formats.writing.mets_parts import CSIP, METS, XLINK
from tests.unit.formats.writing import values
from tests.unit.formats.writing.strategies import xml_texts
from tests.unit.formats.writing.values import AIP, GENERATED, OBJECTS, saved, texts, written

NAMES = {"m": METS, "csip": CSIP, "xlink": XLINK}


def root_mets(aip: Aip = AIP, generated: tuple[GeneratedFile, ...] = GENERATED) -> bytes:
    return written(lambda sink: write_root_mets(sink, aip, generated))


def representation_mets(aip: Aip = AIP, name: str = "original") -> bytes:
    return written(lambda sink: write_representation_mets(sink, aip, name))


def found(xpath: str, document: bytes | None = None) -> list[str]:
    return texts(root_mets() if document is None else document, xpath, **NAMES)


DOCUMENTS = [
    pytest.param(root_mets(), id="root"),
    pytest.param(representation_mets(), id="original"),
    pytest.param(representation_mets(name="rep 2"), id="rep 2"),
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_document_is_valid(tmp_path: Path, document: bytes) -> None:
    assert schema_errors(saved(tmp_path, document), "mets-csip-2.2", limit=5) == ()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_ids_are_unique_and_every_pointer_leads_to_one(document: bytes) -> None:
    ids = found("//@ID", document)
    assert len(ids) == len(set(ids))
    pointers = found("//@FILEID | //@DMDID | //@ADMID | //@xlink:title", document)
    assert {one for pointer in pointers for one in pointer.split()} <= set(ids)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_header_names_the_software_with_its_version(document: bytes) -> None:
    software = "//m:agent[@ROLE='CREATOR']"
    assert found(f"{software}/m:name", document) == ["earkiv"]
    assert found(f"{software}[@TYPE='OTHER']/@OTHERTYPE", document) == ["SOFTWARE"]
    assert found(f"{software}/m:note[@csip:NOTETYPE='SOFTWARE VERSION']", document) == ["0.1.0"]
    assert found("/m:mets/m:metsHdr/@csip:OAISPACKAGETYPE", document) == ["AIP"]


def test_a_package_of_nothing_is_valid(tmp_path: Path) -> None:
    bare = replace(AIP, objects=(), submission=Submission(dialect=Dialect.ERMS), generation=1)
    assert schema_errors(saved(tmp_path, root_mets(bare, ())), "mets-csip-2.2", limit=5) == ()
    document = representation_mets(bare)
    assert schema_errors(saved(tmp_path, document), "mets-csip-2.2", limit=5) == ()
    assert found("//@LASTMODDATE", document) == []


def test_the_same_values_give_the_same_bytes() -> None:
    assert root_mets() == root_mets()
    assert representation_mets() == representation_mets()


def test_the_root_follows_the_aip_profile() -> None:
    assert found("/m:mets/@PROFILE") == [AIP_PROFILE]
    assert found("/m:mets/@OBJID") == [AIP.objid]
    assert found("/m:mets/@csip:CONTENTINFORMATIONTYPE") == ["citserms_v3_0"]
    assert found("/m:mets/@LABEL") == [values.SUBMISSION.label]
    assert found("//m:metsHdr/@LASTMODDATE") == ["2026-11-23T12:00:00+00:00"]
    assert found("//m:dmdSec/@STATUS") == ["CURRENT"]
    premis = "//m:digiprovMD/m:mdRef[@MDTYPE='PREMIS' and starts-with(@MDTYPEVERSION,'3')]/@xlink:href"
    assert found(premis) == ["metadata/preservation/premis.xml"]


def test_the_root_points_at_each_representation() -> None:
    pointers = "//m:div[starts-with(@LABEL,'Representations/')]/m:mptr/@xlink:href"
    assert found(pointers) == ["representations/original/METS.xml", "representations/rep%202/METS.xml"]
    files = "//m:fileGrp[starts-with(@USE,'Representations/')]/m:file/m:FLocat/@xlink:href"
    assert found(files) == found(pointers)


def test_every_delivered_file_is_listed_once_with_its_name_as_delivered() -> None:
    documents = [root_mets(), *(representation_mets(name=one) for one in AIP.representations)]
    owners = [one for document in documents for one in found("//m:file/@OWNERID", document)]
    assert sorted(owners) == sorted(one.path for one in OBJECTS)


def test_references_are_relative_and_lead_to_the_file() -> None:
    references = found("//m:fileGrp/m:file/m:FLocat/@xlink:href", representation_mets())
    assert references[0] == "data/Content/1/ans%C3%B6kan%20%26%20bilaga%20%231.pdf"
    assert [f"representations/original/{unquote(one)}" for one in references] == [
        one.place.aip_path for one in OBJECTS if one.place.representation == "original"
    ]


def test_groups_stand_where_there_are_files() -> None:
    assert found("//m:fileGrp/@USE") == [
        "Documentation",
        "Submission",
        "Representations/original",
        "Representations/rep 2",
    ]
    schema = values.generated("schemas/mets.xsd")
    assert "Schemas" in found("//m:fileGrp/@USE", root_mets(generated=(*GENERATED, schema)))
    assert found("//m:div[@LABEL='Schemas']/m:fptr/@FILEID", root_mets(generated=(*GENERATED, schema)))


def test_a_file_of_unknown_format_is_bytes() -> None:
    assert found("//m:fileGrp[@USE='Submission']/m:file/@MIMETYPE") == ["application/octet-stream"]


def test_delivered_agents_are_kept_and_none_is_said_twice() -> None:
    assert found("//m:agent/m:name") == [
        "earkiv",
        "Exempelnämnden",
        "Exempelstaden",
        "Exempeldiariet",
        "Exempelstads stadsarkiv",
        "Exporten",
        "Eva Kontakt",
        "Udda",
    ]
    assert found("//m:agent[m:name='Udda']/@OTHERROLE") == ["ÄGARE"]
    assert found("//m:agent[m:name='Eva Kontakt']/@OTHERROLE") == ["SUBMITTER"]
    assert found("//m:agent[m:name='Eva Kontakt']/m:note") == ["08-123", "eva@example.se"]
    assert found("//m:altRecordID[@TYPE='SUBMISSIONAGREEMENT']") == [values.SUBMISSION.agreement]
    assert found("//m:altRecordID[@TYPE='REFERENCECODE']") == ["SE/EX/0001"]


def test_a_representation_without_its_mets_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="rep 2"):
        root_mets(generated=GENERATED[:-1])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=xml_texts)
def test_any_text_gives_valid_documents_that_keep_it(tmp_path: Path, text: str) -> None:
    submission = replace(values.SUBMISSION, label=text, archival_creator=Organisation(name=text, identifier=text))
    aip = replace(AIP, submission=submission, objects=(replace(OBJECTS[1], path=PackagePath(text)), *OBJECTS[2:]))
    for document in (root_mets(aip), representation_mets(aip)):
        assert schema_errors(saved(tmp_path, document), "mets-csip-2.2", limit=5) == ()
    assert etree.fromstring(root_mets(aip)).get("LABEL", "") == text
    assert found("//m:file/@OWNERID", representation_mets(aip))[0] == text

"""FGS Paketstruktur 1.2 of an AIP: `sip.xml` valid by both schemas, names that 1.2 allows."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ingest.domain.aips import Aip
from ingest.domain.descriptions import TypedText
from ingest.domain.documents import Document
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Organisation, Submission
from ingest.formats.validation import schema_errors
from ingest.formats.writing.fgs12 import DESCRIPTION, ExportedFile, exported_files, link_of, write_sip_mets
from ingest.formats.writing.mets_parts import METS, XLINK
from tests.unit.formats.writing.strategies import xml_texts
from tests.unit.formats.writing.values import AIP, OBJECTS, SUBMISSION, content, digital_object, saved, texts, written

ALLOWED = re.compile(r"[A-Za-z0-9_/-]+(\.[A-Za-z0-9_-]+)?")
DESCRIBED = ExportedFile(
    path=DESCRIPTION, size=3, sha256="ab" * 32, mime_type="text/xml", original_name="Arendehantering.xml"
)


class Beside(etree.Resolver):
    """Answers the published schema's imports from the folder it lies in."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
        del public_id
        name = system_url.rpartition("/")[2]
        return cast("Any", self).resolve_filename(str(self.folder / name), context)


@cache
def published(corpus: Path) -> etree.XMLSchema:
    folder = corpus / "fgs" / "xsd"
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside(folder))
    both = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:both">
      <xs:import namespace="http://www.loc.gov/METS/" schemaLocation="{folder}/CSPackageMETS.xsd"/>
      <xs:import namespace="ExtensionMETS" schemaLocation="{folder}/CSPackageExtensionMETS.xsd"/></xs:schema>"""
    return etree.XMLSchema(etree.fromstring(both, parser))


def faults(corpus: Path, document: bytes) -> list[str]:
    schema = published(corpus)
    return [] if schema.validate(etree.fromstring(document)) else str(schema.error_log).splitlines()


def sip(aip: Aip = AIP) -> bytes:
    return written(lambda sink: write_sip_mets(sink, aip, (*exported_files(aip), DESCRIBED)))


def found(xpath: str, aip: Aip = AIP) -> list[str]:
    return texts(sip(aip), xpath, m=METS, xlink=XLINK, ext="ExtensionMETS")


def test_the_document_is_valid_by_both_schemas(corpus: Path, tmp_path: Path) -> None:
    for aip in (AIP, replace(AIP, submission=Submission(dialect=Dialect.ERMS))):
        assert faults(corpus, sip(aip)) == []
        assert schema_errors(saved(tmp_path, sip(aip)), "mets-fgs-1.2", limit=5) == ()


def test_the_same_values_give_the_same_bytes() -> None:
    assert sip() == sip()


def test_the_agents_that_the_specification_demands_are_there() -> None:
    archivist = "//m:agent[@ROLE='ARCHIVIST' and @TYPE='ORGANIZATION']"
    assert found(f"{archivist}/m:name") == ["Exempelnämnden"]
    assert found(f"{archivist}/m:note") == ["ORG:2120009994"]
    assert found("//m:agent[@ROLE='ARCHIVIST' and @OTHERTYPE='SOFTWARE']/m:name") == ["Exempeldiariet"]
    assert found("//m:agent[@ROLE='CREATOR' and @TYPE='ORGANIZATION']/m:name") == ["Exempelstaden"]
    assert found("//m:agent[@ROLE='CREATOR' and @TYPE='INDIVIDUAL']/m:name") == ["Eva Kontakt"]
    assert found("//m:altRecordID[@TYPE='SUBMISSIONAGREEMENT']") == [SUBMISSION.agreement]


def test_what_was_delivered_in_the_extension_stands_there_again() -> None:
    said = (("ACCESSRESTRICT", "Sekretess"), ("STARTDATE", "2021-04-01T00:00:00"), ("ENDDATE", "2021"))
    attributes = tuple(TypedText(type=f"ext:{kind}", text=text) for kind, text in said)
    submission = replace(SUBMISSION, attributes=attributes, access_restriction="Secrecy")
    aip = replace(AIP, submission=submission)
    assert found("/m:mets/@ext:ACCESSRESTRICT", aip) == ["Secrecy"]
    assert found("/m:mets/@ext:STARTDATE", aip) == ["2021-04-01"]
    assert found("/m:mets/@ext:ENDDATE", aip) == []


def test_every_content_file_is_listed_under_an_allowed_name() -> None:
    files = exported_files(AIP)
    assert [file.source for file in files] == [one.place.aip_path for one in OBJECTS[1:]]
    assert all(ALLOWED.fullmatch(file.path) for file in files)
    assert found("//m:file/m:FLocat/@xlink:href") == [f"file:///{file.path}" for file in (*files, DESCRIBED)]
    assert found("//m:file/@ext:ORIGINALFILENAME")[0] == "ansökan & bilaga #1.pdf"
    assert found("//m:file/@ext:FORMATREGISTRYKEY")[0] == "fmt/18"


def test_names_that_would_fall_together_are_numbered() -> None:
    names = ("å.pdf", "ä.pdf", "A.PDF", "a b.tar.gz", "....", "Ω")
    objects = tuple(digital_object(n, one, content(one)) for n, one in enumerate(names))
    paths = [file.path for file in exported_files(replace(AIP, objects=objects))]
    assert paths[:4] == ["Content/a.pdf", "Content/a_2.pdf", "Content/A_3.PDF", "Content/a_b_tar.gz"]
    assert len({path.casefold() for path in paths}) == len(paths)
    assert all(ALLOWED.fullmatch(path) for path in paths)


def test_a_link_is_the_exported_path_or_what_was_written() -> None:
    link = link_of(exported_files(AIP))
    assert link(Document(name="a", link="x", path=OBJECTS[1].path)) == "Content/Content/1/ansokan_bilaga_1.pdf"
    assert link(Document(name="a", link="saknas här.pdf")) == "saknas%20h%C3%A4r.pdf"


@pytest.mark.parametrize("illegal", ["\0", "\ufffe"])
def test_a_text_that_xml_cannot_carry_is_refused(illegal: str) -> None:
    with pytest.raises(ValueError, match="XML"):
        sip(replace(AIP, submission=replace(SUBMISSION, label=illegal)))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=xml_texts)
def test_any_text_gives_a_valid_document(corpus: Path, text: str) -> None:
    attributes = tuple(
        TypedText(type=f"ext:{kind}", text=text)
        for kind in ("APPRAISAL", "STARTDATE", "SYSTEMTYPE", "AGREEMENTFORM", "PACKAGENUMBER")
    )
    creator = Organisation(name=text, identifier=text)
    submission = replace(
        SUBMISSION, label=text, archival_creator=creator, attributes=attributes, access_restriction=text
    )
    one = replace(OBJECTS[1], path=PackagePath(text or "x"))
    assert faults(corpus, sip(replace(AIP, submission=submission, objects=(one,)))) == []

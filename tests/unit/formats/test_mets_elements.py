"""A METS document as a stream of values."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.formats.mets_elements import (
    Agent,
    AltRecordId,
    Div,
    DocumentId,
    File,
    FileGroup,
    Fptr,
    Header,
    MetsElement,
    Mptr,
    Other,
    Root,
    Section,
    SectionKind,
    elements_of,
    open_mets,
    stream_mets,
)
from ingest.formats.xml import XmlRefused

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<m:mets xmlns:m="http://www.loc.gov/METS/" xmlns:xl="http://www.w3.org/1999/xlink"
  xmlns:c="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" xmlns:e="ExtensionMETS" xmlns:own="urn:own"
  OBJID="UUID:1" TYPE="ERMS" PROFILE="urn:profile" LABEL="Ärenden" e:APPRAISAL="No" own:word="kept">
<m:metsHdr CREATEDATE="2026-11-01T00:00:00" RECORDSTATUS="NEW">
<m:agent ROLE="ARCHIVIST" TYPE="ORGANIZATION"><m:name> Nämnden </m:name>
<m:note c:NOTETYPE="IDENTIFICATIONCODE">ORG:1</m:note>
<m:note>två</m:note></m:agent>
<m:agent ROLE="CREATOR" TYPE="INDIVIDUAL"/>
<m:altRecordID TYPE="SUBMISSIONAGREEMENT">LÖ <!-- remark -->1</m:altRecordID>
<m:metsDocumentID>sip.xml</m:metsDocumentID>
</m:metsHdr>
<m:dmdSec ID="d1"><m:mdRef MDTYPE="OTHER" OTHERMDTYPE="ERMS" xl:href="erms.xml"
 SIZE="7" CHECKSUM="00" CHECKSUMTYPE="MD5"/></m:dmdSec>
<m:dmdSec ID="d2"><m:mdWrap MDTYPE="OTHER"><m:xmlData>
<m:mets OBJID="inner"><m:fileSec><m:fileGrp><m:file ID="hidden"/></m:fileGrp></m:fileSec></m:mets>
</m:xmlData></m:mdWrap></m:dmdSec>
<m:amdSec ID="a"><m:techMD ID="t"/></m:amdSec>
<m:fileSec><m:fileGrp USE="outer"><m:fileGrp USE="inner">
<m:file ID="f1" ADMID="t u" DMDID="d1" OWNERID="Brev.pdf">
<m:FLocat xl:href="a.pdf"/><m:FLocat xl:href="b.pdf"/><m:FLocat/><m:file ID="f2"/></m:file>
</m:fileGrp><m:file ID="f3"/></m:fileGrp></m:fileSec>
<m:structMap><m:div LABEL="top"><m:div LABEL="first"><m:fptr FILEID="f1"/></m:div>
<m:div LABEL="second"><m:mptr xl:href="rep/METS.xml"/></m:div></m:div></m:structMap>
<m:behaviorSec ID="b"/>
</m:mets>
"""


@pytest.fixture
def elements(tmp_path: Path) -> tuple[MetsElement, ...]:
    path = tmp_path / "METS.xml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return tuple(stream_mets(path))


def only(kind: type, elements: tuple[MetsElement, ...]) -> Iterator[MetsElement]:
    return (element for element in elements if isinstance(element, kind))


def test_the_root_comes_first_with_readable_attribute_names(elements: tuple[MetsElement, ...]) -> None:
    root = elements[0]
    assert isinstance(root, Root)
    assert (root.object_id, root.type, root.profile, root.label) == (
        "UUID:1",
        "ERMS",
        "urn:profile",
        "Ärenden",
    )
    assert root.attribute("ext:APPRAISAL") == "No"
    assert root.attribute("{urn:own}word") == "kept"
    assert root.line == 4


def test_everything_comes_in_document_order(elements: tuple[MetsElement, ...]) -> None:
    names = [type(element).__name__ for element in elements]
    assert names[:6] == ["Root", "Header", "Agent", "Agent", "AltRecordId", "DocumentId"]
    assert names[6:11] == ["Section", "Section", "AmdSection", "Section", "FileSection"]
    assert names[11:16] == ["FileGroup", "FileGroup", "File", "File", "File"]
    assert names[16:] == ["StructMap", "Div", "Div", "Fptr", "Div", "Mptr", "Other"]
    lines = [element.line for element in elements]
    assert lines == sorted(lines)


def test_the_header_tells_agents_with_their_notes(elements: tuple[MetsElement, ...]) -> None:
    header, *_ = only(Header, elements)
    archivist, contact = only(Agent, elements)
    assert isinstance(header, Header)
    assert header.record_status == "NEW"
    assert isinstance(archivist, Agent)
    assert isinstance(contact, Agent)
    assert (archivist.role, archivist.type, archivist.name) == ("ARCHIVIST", "ORGANIZATION", "Nämnden")
    assert [(note.text, note.attribute("csip:NOTETYPE")) for note in archivist.notes] == [
        ("ORG:1", "IDENTIFICATIONCODE"),
        ("två", None),
    ]
    assert (contact.name, contact.notes) == ("", ())


def test_texts_run_past_comments(elements: tuple[MetsElement, ...]) -> None:
    (record,) = only(AltRecordId, elements)
    (document,) = only(DocumentId, elements)
    assert isinstance(record, AltRecordId)
    assert isinstance(document, DocumentId)
    assert (record.type, record.text) == ("SUBMISSIONAGREEMENT", "LÖ 1")
    assert document.text == "sip.xml"


def test_sections_tell_what_they_point_to_and_hide_what_they_wrap(elements: tuple[MetsElement, ...]) -> None:
    pointing, wrapping, technical = [e for e in elements if isinstance(e, Section)]
    assert [kind.kind for kind in (pointing, wrapping, technical)] == [
        SectionKind.DMD,
        SectionKind.DMD,
        SectionKind.TECH,
    ]
    assert (pointing.references[0].href, pointing.references[0].md_type) == ("erms.xml", "ERMS")
    assert pointing.references[0].checksum_type == "MD5"
    assert len(wrapping.wrapped) == 1
    assert technical.amd is not None
    assert technical.amd.id == "a"
    assert not [e for e in elements if isinstance(e, File) and e.id == "hidden"]
    assert sum(isinstance(e, Root) for e in elements) == 1


def test_files_know_their_group_and_all_their_places(elements: tuple[MetsElement, ...]) -> None:
    first, nested, last = [e for e in elements if isinstance(e, File)]
    assert first.hrefs == ("a.pdf", "b.pdf")
    assert len(first.locations) == 3
    assert (first.adm_ids, first.dmd_ids, first.owner_id) == (("t", "u"), ("d1",), "Brev.pdf")
    assert isinstance(first.group, FileGroup)
    assert first.group.use == "inner"
    assert first.group.parent is not None
    assert first.group.parent.use == "outer"
    assert (nested.id, nested.group) == ("f2", first.group)
    assert last.group is first.group.parent


def test_pointers_know_their_div_and_its_map(elements: tuple[MetsElement, ...]) -> None:
    (fptr,) = [e for e in elements if isinstance(e, Fptr)]
    (mptr,) = [e for e in elements if isinstance(e, Mptr)]
    assert isinstance(fptr.div, Div)
    assert isinstance(mptr.div, Div)
    assert (fptr.file_id, fptr.div.label) == ("f1", "first")
    assert (mptr.href, mptr.div.label) == ("rep/METS.xml", "second")
    assert mptr.div.parent is fptr.div.parent
    assert mptr.div.map is not None


def test_other_sections_are_told_by_name(elements: tuple[MetsElement, ...]) -> None:
    assert [e.name for e in elements if isinstance(e, Other)] == ["behaviorSec"]


def test_another_document_has_no_elements(tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text('<x xmlns:m="http://www.loc.gov/METS/"><m:mets OBJID="inner"/></x>', encoding="utf-8")
    assert tuple(stream_mets(path)) == ()


def test_a_broken_document_is_refused_after_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "METS.xml"
    path.write_text(DOCUMENT.replace("</m:structMap>", "</m:oops>"), encoding="utf-8")
    seen: list[MetsElement] = []
    with pytest.raises(XmlRefused) as refusal:
        seen.extend(stream_mets(path))
    assert refusal.value.line > 0


def test_one_pass_can_also_validate(tmp_path: Path) -> None:
    path = tmp_path / "METS.xml"
    path.write_text(DOCUMENT, encoding="utf-8")
    reading = open_mets(path, schema=None)
    assert sum(1 for _ in elements_of(reading)) == 23
    assert reading.schema_valid


def test_a_hundred_thousand_files_stream_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "METS.xml"
    with path.open("w", encoding="utf-8") as mets:
        mets.write('<mets xmlns="http://www.loc.gov/METS/" xmlns:x="http://www.w3.org/1999/xlink"><fileSec><fileGrp>')
        for number in range(100_000):
            fixity = f'SIZE="{number}" CHECKSUM="{number:064x}" CHECKSUMTYPE="SHA-256"'
            mets.write(f'<file ID="ID{number}" {fixity}><FLocat x:href="content/{number}.pdf"/></file>\n')
        mets.write("</fileGrp></fileSec></mets>")
    program = (
        "import re, sys; from pathlib import Path;"
        "from ingest.formats.mets_elements import File, stream_mets;"
        "print(sum(isinstance(e, File) for e in stream_mets(Path(sys.argv[1]))),"
        r" re.search(r'VmHWM:\s+(\d+)', Path('/proc/self/status').read_text())[1])"
    )
    # Not ru_maxrss: a child inherits its parent's peak there (getrusage(2)).
    run = subprocess.run([sys.executable, "-c", program, str(path)], check=True, capture_output=True, text=True)
    files, kibibytes = map(int, run.stdout.split())
    assert files == 100_000
    assert kibibytes < 100 * 1024

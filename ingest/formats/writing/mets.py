"""Write the METS documents of an AIP: E-ARK CSIP 2.2.0 and E-ARK AIP 2.2.0.

The root document lists what lies at the package's top (documentation, schemas, the delivered metadata files)
and points at one METS per representation; each of those lists its own content. Where the specifications leave
a choice:

* AIPM2 fixes the AIP profile's address with the host `earkdip`, which looks like a slip for `earkaip`; it is
  written as the requirement has it. A representation's METS names the CSIP profile: it has no PREMIS of its
  own, as AIPM5 would ask.
* CSIP70 wants each file's time of creation. When a producer made a file is rarely known and never certain;
  CREATED is when the AIP's copy came to be.
* The delivered metadata files form the group `Submission`, a folder that CSIPSTR14 allows.
* In a representation's METS the content is the group `Representations/<name>/data` (CSIP114) under the
  division `Representations` (CSIP101, CSIP103), and there is an empty division `Metadata` (CSIP88).
"""

from typing import BinaryIO

from ingest.domain.aips import Aip
from ingest.domain.packages import GeneratedFile
from ingest.domain.submissions import Use
from ingest.formats.writing.mets_parts import (
    CONTENT_INFORMATION_TYPE,
    LINK_TITLE,
    FileGroup,
    division,
    location,
    name,
    open_mets,
    open_structure,
    write_file_section,
    write_group_division,
    write_header,
    write_metadata_reference,
)
from ingest.formats.writing.names import derived_xml_id, given, timestamp
from ingest.formats.xml_writer import XmlWriter

AIP_PROFILE = "https://earkdip.dilcis.eu/profile/E-ARK-AIP-v2-2-0.xml"
CSIP_PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP-v2-2-0.xml"
_DESCRIPTIVE = "metadata/descriptive/"
_PRESERVATION = "metadata/preservation/"
_ERMS = {"MDTYPE": "OTHER", "OTHERMDTYPE": "ERMS", "MDTYPEVERSION": "3.0"}
_PREMIS = {"MDTYPE": "PREMIS", "MDTYPEVERSION": "3.0"}


def write_representation_mets(sink: BinaryIO, aip: Aip, representation: str) -> None:
    """Write `representations/<name>/METS.xml`, which lists every file under the representation's `data/`.

    Raises:
        ValueError: a text cannot be carried by XML.
    """
    content = FileGroup(
        use=f"Representations/{representation}/data",
        id=derived_xml_id(aip, "fileGrp", representation),
        folder=f"representations/{representation}/",
        delivered=tuple(one for one in aip.objects if one.place.representation == representation),
        derived=tuple(one for one in aip.derived if one.place.representation == representation),
        content_information_type=CONTENT_INFORMATION_TYPE,
    )
    groups = (content,) if content.delivered or content.derived else ()
    with open_mets(sink, objid=representation, profile=CSIP_PROFILE, label=None) as mets:
        write_header(mets, aip)
        write_file_section(mets, aip, groups, None)
        with open_structure(mets, aip, representation) as top:
            top.leaf(name("div"), division(aip, "Metadata"))
            for group in groups:
                write_group_division(top, aip, group, "Representations")


def write_root_mets(sink: BinaryIO, aip: Aip, generated: tuple[GeneratedFile, ...]) -> None:
    """Write the package's `METS.xml`; `generated` is all else that the archive made, METS files too.

    Raises:
        ValueError: a representation has no METS among `generated`, or a text cannot be carried by XML.
    """
    descriptive = tuple(file for file in generated if file.aip_path.startswith(_DESCRIPTIVE))
    preservation = tuple(file for file in generated if file.aip_path.startswith(_PRESERVATION))
    representations = tuple(_representation_group(aip, one, generated) for one in aip.representations)
    folders = _folder_groups(aip, generated)
    dmdids = tuple(derived_xml_id(aip, "dmdSec", file.aip_path) for file in descriptive)
    admids = tuple(derived_xml_id(aip, "digiprovMD", file.aip_path) for file in preservation)
    with open_mets(sink, objid=aip.objid, profile=AIP_PROFILE, label=_label(aip)) as mets:
        write_header(mets, aip)
        _write_descriptive(mets, aip, descriptive, dmdids)
        _write_preservation(mets, aip, preservation, admids)
        write_file_section(mets, aip, (*folders, *representations), " ".join(admids) or None)
        with open_structure(mets, aip, aip.objid) as top:
            pointers = {"DMDID": " ".join(dmdids) or None, "ADMID": " ".join(admids) or None}
            top.leaf(name("div"), {**division(aip, "Metadata"), **given(pointers)})
            for group in folders:
                write_group_division(top, aip, group, group.use)
            for group in representations:
                _write_representation_division(top, aip, group)


def _label(aip: Aip) -> str | None:
    submission = aip.submission
    described = (*submission.cases, *submission.records)
    return submission.label or (described[0].title if len(described) == 1 else None)


# ------------------------------------------------------------------------------------------- metadata


def _write_descriptive(mets: XmlWriter, aip: Aip, files: tuple[GeneratedFile, ...], ids: tuple[str, ...]) -> None:
    for file, one in zip(files, ids, strict=True):
        attributes = {"ID": one, "CREATED": timestamp(file.created or aip.created), "STATUS": "CURRENT"}
        with mets.element(name("dmdSec"), attributes) as section:
            write_metadata_reference(section, aip, file, _ERMS)


def _write_preservation(mets: XmlWriter, aip: Aip, files: tuple[GeneratedFile, ...], ids: tuple[str, ...]) -> None:
    if not files:
        return
    with mets.element(name("amdSec"), {"ID": derived_xml_id(aip, "amdSec")}) as administrative:
        for file, one in zip(files, ids, strict=True):
            with administrative.element(name("digiprovMD"), {"ID": one, "STATUS": "CURRENT"}) as section:
                write_metadata_reference(section, aip, file, _PREMIS)


# ------------------------------------------------------------------------------------------- file groups


def _folder_groups(aip: Aip, generated: tuple[GeneratedFile, ...]) -> tuple[FileGroup, ...]:
    """Give the groups of the package's own folders, those that hold a file."""
    groups = (
        _folder_group(aip, "Documentation", Use.DOCUMENTATION, generated),
        _folder_group(aip, "Schemas", None, generated),
        _folder_group(aip, "Submission", Use.METADATA, generated),
    )
    return tuple(group for group in groups if group.delivered or group.generated)


def _folder_group(aip: Aip, use: str, delivered: Use | None, generated: tuple[GeneratedFile, ...]) -> FileGroup:
    folder = use.lower() + "/"
    return FileGroup(
        use=use,
        id=derived_xml_id(aip, "fileGrp", use),
        delivered=tuple(one for one in aip.objects if one.place.use is delivered),
        generated=tuple(file for file in generated if file.aip_path.startswith(folder)),
    )


def _representation_group(aip: Aip, representation: str, generated: tuple[GeneratedFile, ...]) -> FileGroup:
    path = f"representations/{representation}/METS.xml"
    found = next((file for file in generated if file.aip_path == path), None)
    if found is None:
        raise ValueError(f"the representation has no METS among the generated files: {path}")
    return FileGroup(
        use=f"Representations/{representation}",
        id=derived_xml_id(aip, "fileGrp", "Representations", representation),
        generated=(found,),
        content_information_type=CONTENT_INFORMATION_TYPE,
    )


def _write_representation_division(top: XmlWriter, aip: Aip, group: FileGroup) -> None:
    """Write a representation's division (CSIP105 to CSIP112)."""
    (pointer,) = group.generated
    with top.element(name("div"), division(aip, group.use)) as written:
        written.leaf(name("mptr"), {**location(pointer.aip_path), LINK_TITLE: group.id})

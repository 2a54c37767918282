"""Write an AIP as an FGS Paketstruktur 1.2 package: `sip.xml`, beside `Metadata/Arendehantering.xml` and `Content/`.

FGS 1.2 allows only `a-z A-Z 0-9 - _` and one full stop in a file name, so the files get such names here; the name as
delivered stands in ext:ORIGINALFILENAME. Each agent and identity that the specification demands is written when the
submission has it; an archival creator without a code gets an empty note, for none is made up.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from ingest.domain.aips import Aip
from ingest.domain.documents import Document
from ingest.domain.packages import FormatDesignation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import MetsAgent, Submission, Use
from ingest.formats.writing.arendehantering import write_arendehantering
from ingest.formats.writing.mets_parts import METS, XLINK, location, name
from ingest.formats.writing.names import derived_xml_id, given, media_type, reference, timestamp
from ingest.formats.xml_writer import XmlWriter, write_xml

__all__ = ["ExportedFile", "exported_files", "link_of", "write_arendehantering", "write_sip_mets"]

EXTENSION = "ExtensionMETS"
PROFILE = "http://xml.ra.se/e-arkiv/METS/CommonSpecificationSwedenPackageProfile.xml"
DESCRIPTION = "Metadata/Arendehantering.xml"
_FREE = ("SYSTEMTYPE", "DATASUBMISSIONSESSION", "PACKAGENUMBER", "ARCHIVALNAME", "INFORMATIONCLASS")
_ACCESS = frozenset({"Secrecy", "PuL", "Secrecy and PuL", "GDPR"})
_FORMS = frozenset({"AGREEMENT", "DEPOSIT", "GIFT", "Not specified"})
_CODES = ("REFERENCECODE", "PREVIOUSREFERENCECODE", "PREVIOUSSUBMISSIONAGREEMENT")
_ROLES = frozenset({"ARCHIVIST", "CREATOR", "CUSTODIAN", "DISSEMINATOR", "EDITOR", "IPOWNER", "PRESERVATION", "OTHER"})
_NOT_PORTABLE = re.compile(r"[^A-Za-z0-9_-]+")
_PLAIN = str.maketrans("åäöÅÄÖéÉüÜ", "aaoAAOeEuU")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file of the package that is written.

    `source` is its path in the AIP and `delivered` the one it was delivered under; None when made for this package.
    """

    path: str
    size: int
    sha256: str
    mime_type: str
    original_name: str
    source: PackagePath | None = None
    delivered: PackagePath | None = None
    format: FormatDesignation | None = None


def exported_files(aip: Aip) -> tuple[ExportedFile, ...]:
    """Give the AIP's content and documentation under names that FGS 1.2 allows; no two files share one."""
    taken: set[str] = set()
    return tuple(
        ExportedFile(
            path=_free_name(f"Content/{_portable(one.path)}", taken),
            size=one.size,
            sha256=one.sha256,
            mime_type=media_type(one),
            original_name=one.path.rpartition("/")[2],
            source=one.place.aip_path,
            delivered=one.path,
            format=one.format,
        )
        for one in aip.objects
        if one.place.use is not Use.METADATA
    )


def link_of(files: Iterable[ExportedFile]) -> Callable[[Document], str]:
    """Give what `write_arendehantering` asks: a document's path in the package, its link where it has no file."""
    paths = {file.delivered: file.path for file in files if file.delivered is not None}
    return lambda document: reference(paths.get(document.path, document.link) if document.path else document.link)


def _portable(path: str) -> str:
    return "/".join(_portable_segment(segment) for segment in path.split("/"))


def _portable_segment(segment: str) -> str:
    stem, dot, ending = segment.translate(_PLAIN).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    plain = _NOT_PORTABLE.sub("_", stem) or "_"
    suffix = _NOT_PORTABLE.sub("_", ending)
    return f"{plain}.{suffix}" if suffix else plain


def _free_name(path: str, taken: set[str]) -> str:
    """Number a name that is taken already; letter case makes no difference, for not every system sees it."""
    folder, _, file = path.rpartition("/")
    stem, dot, ending = file.partition(".")
    candidate, number = path, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{folder}/{stem}_{number}{dot}{ending}"
    taken.add(candidate.casefold())
    return candidate


# ------------------------------------------------------------------------------------------- sip.xml


def write_sip_mets(sink: BinaryIO, aip: Aip, files: Iterable[ExportedFile]) -> None:
    """Write `sip.xml`, which lists the files; valid against CSPackageMETS.xsd 1.2 and its extension.

    Raises:
        ValueError: a text cannot be carried by XML.
    """
    namespaces = {"mets": METS, "ext": EXTENSION, "xlink": XLINK}
    with write_xml(sink, name("mets"), namespaces=namespaces, attributes=_root_attributes(aip)) as mets:
        _write_header(mets, aip)
        attributes = {"ID": derived_xml_id(aip, "fgs"), "USE": "FILES"}
        with mets.element(name("fileSec")) as section, section.element(name("fileGrp"), attributes) as group:
            for file in files:
                _write_file(group, aip, file)
        with mets.element(name("structMap"), {"LABEL": "Ingen strukturkarta"}) as structure:
            structure.leaf(name("div"))


def _root_attributes(aip: Aip) -> dict[str, str]:
    said = _extensions(aip.submission)
    access = aip.submission.access_restriction
    attributes = {
        "OBJID": f"UUID:{aip.id}",
        "TYPE": "ERMS",
        "LABEL": aip.submission.label,
        "PROFILE": PROFILE,
        _ext("CONTENTTYPESPECIFICATION"): "FGS Ärendehantering 1.0",
        **{_ext(one): said.get(one) for one in _FREE},
        _ext("APPRAISAL"): said.get("APPRAISAL") if said.get("APPRAISAL") in {"Yes", "No"} else None,
        _ext("ACCESSRESTRICT"): access if access in _ACCESS else None,
        _ext("STARTDATE"): _day(said.get("STARTDATE")),
        _ext("ENDDATE"): _day(said.get("ENDDATE")),
    }
    return given(attributes)


def _write_header(mets: XmlWriter, aip: Aip) -> None:
    form = _extensions(aip.submission).get("AGREEMENTFORM")
    attributes = {
        "CREATEDATE": timestamp(aip.created),
        "RECORDSTATUS": aip.submission.record_status.value,
        _ext("OAISSTATUS"): "SIP",
        _ext("AGREEMENTFORM"): form if form in _FORMS else None,
    }
    with mets.element(name("metsHdr"), given(attributes)) as header:
        for agent in _agents(aip):
            _write_agent(header, agent)
        agreement = aip.submission.agreement or f"{aip.agreement}; {aip.agreement_version}"
        header.leaf(name("altRecordID"), {"TYPE": "SUBMISSIONAGREEMENT"}, agreement)
        for attribute in aip.submission.attributes:
            kind = attribute.type.removeprefix("altRecordID:")
            if kind in _CODES:
                header.leaf(name("altRecordID"), {"TYPE": kind}, attribute.text)
        header.leaf(name("metsDocumentID"), text="sip.xml")


def _agents(aip: Aip) -> Iterator[MetsAgent]:
    """Give the agents in the specification's order; the first four are those the specification knows by their place."""
    submission = aip.submission
    creator, system = submission.archival_creator, submission.system
    producer = submission.producer or creator  # Who names no other producer delivers its own records.
    code = (creator.identifier if creator else None) or ""
    yield MetsAgent(role="ARCHIVIST", type="ORGANIZATION", name=creator.name if creator else "", notes=(code,))
    yield _software("ARCHIVIST", system.name if system else "", system.version if system else None)
    identifiers = (producer.identifier,) if producer and producer.identifier else ()
    yield MetsAgent(role="CREATOR", type="ORGANIZATION", name=producer.name if producer else "", notes=identifiers)
    yield _software("CREATOR", aip.software.name, aip.software.version)
    said = {("ARCHIVIST", "ORGANIZATION"), ("ARCHIVIST", "OTHER"), ("CREATOR", "ORGANIZATION"), ("CREATOR", "OTHER")}
    yield from (one for one in submission.agents if _is_known(one) and (one.role, one.type) not in said)


def _software(role: str, title: str, version: str | None) -> MetsAgent:
    notes = () if version is None else (version,)
    return MetsAgent(role=role, type="OTHER", other_type="SOFTWARE", name=title, notes=notes)


def _is_known(agent: MetsAgent) -> bool:
    """Whether 1.2 has words for a delivered agent."""
    return (
        agent.role in _ROLES
        and agent.type in {"ORGANIZATION", "INDIVIDUAL", "OTHER"}
        and agent.other_role in {None, "PRODUCER", "SUBMITTER"}
        and agent.other_type in {None, "SOFTWARE"}
    )


def _write_agent(header: XmlWriter, agent: MetsAgent) -> None:
    attributes = {
        "ROLE": agent.role,
        "OTHERROLE": agent.other_role,
        "TYPE": agent.type,
        "OTHERTYPE": agent.other_type,
    }
    with header.element(name("agent"), given(attributes)) as written:
        written.leaf(name("name"), text=agent.name)
        for note in agent.notes:
            written.leaf(name("note"), text=note)


def _write_file(group: XmlWriter, aip: Aip, file: ExportedFile) -> None:
    form = file.format
    puid = None if form is None else form.puid
    attributes = {
        "ID": derived_xml_id(aip, "fgs", file.path),
        "MIMETYPE": file.mime_type,
        "SIZE": str(file.size),
        "CREATED": timestamp(aip.created),
        "CHECKSUM": file.sha256,
        "CHECKSUMTYPE": "SHA-256",
        _ext("ORIGINALFILENAME"): file.original_name,
        _ext("FORMATREGISTRY"): None if puid is None else "PRONOM",
        _ext("FORMATREGISTRYKEY"): puid,
        _ext("FILEFORMATNAME"): form.name or None if form else None,
        _ext("FILEFORMATVERSION"): form.version or None if form else None,
    }
    with group.element(name("file"), given(attributes)) as written:
        href = f"{{{XLINK}}}href"
        written.leaf(name("FLocat"), {**location(file.path), href: f"file:///{reference(file.path)}"})


def _extensions(submission: Submission) -> dict[str, str]:
    """Give what the delivered package said in attributes of the extension, without their prefix."""
    said = (one for one in submission.attributes if one.type.startswith("ext:"))
    return {one.type.removeprefix("ext:"): one.text for one in said}


def _day(text: str | None) -> str | None:
    """Give the day of a date or a time (1.0 and 1.1 had times); None when there is none."""
    try:
        return None if text is None else date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return None


def _ext(local: str) -> str:
    return f"{{{EXTENSION}}}{local}"

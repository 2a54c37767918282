"""Write `metadata/descriptive/erms.xml`: CITS ERMS 3.0 from the canonical case model, with nothing lost.

ERMS holds aggregations or records, not both. Cases are aggregations; records alone are `records`. When a
delivery has cases and records without a case, the records stand after the cases in one aggregation of
otherAggregationType `earkiv:loose-records`, which is no case. What ERMS has no place for is in `erms_beyond`,
whose `restored_all` undoes both. `appendix/@path` is the file's path in the AIP, or the link as delivered
when no file answers to it.

`control` says where the document comes from: the package (`identification` of type `package`), the delivery
(`delivery`), the archival creator and the producer with their codes, the classification schemes, the archive
and its software, the source system. What the descriptor said beyond that stands last, as the own element
`earkiv:submission`.
"""

from collections.abc import Iterator
from typing import BinaryIO

from ingest.domain.aips import Aip
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import Classification, OwnElement
from ingest.domain.submissions import Organisation, Submission
from ingest.formats.writing.erms_additional import write_own_element
from ingest.formats.writing.erms_described import DescribedWriter
from ingest.formats.writing.erms_parties import name, write_text
from ingest.formats.writing.erms_terms import ERMS
from ingest.formats.writing.names import derived_xml_id, timestamp
from ingest.formats.xml_writer import XmlWriter, write_xml

SUBMISSION = "earkiv:submission"
_Scheme = tuple[str | None, str | None]


def write_erms(sink: BinaryIO, aip: Aip) -> None:
    """Write the ERMS document of an AIP, valid against CITS ERMS 3.0.

    Raises:
        ValueError: there is neither case nor record, or a text cannot be carried by XML.
    """
    submission = aip.submission
    if not submission.cases and not submission.records:
        raise ValueError("ERMS describes at least one case or record")
    schemes = {scheme: derived_xml_id(aip, "scheme", *map(str, scheme)) for scheme in _schemes(submission)}
    places = {one.path: one.place.aip_path for one in aip.objects}
    writer = DescribedWriter(places, schemes, derived_xml_id(aip, "loose records"))
    with write_xml(sink, name("erms"), namespaces={"erms": ERMS}) as erms:
        with erms.element(name("control")) as control:
            _write_control(control, aip, schemes)
        with erms.element(name("aggregations" if submission.cases else "records")) as members:
            writer.write_members(members, submission.cases, submission.records)
        _write_submission(erms, submission)


# ------------------------------------------------------------------------------------------- control


def _write_control(control: XmlWriter, aip: Aip, schemes: dict[_Scheme, str]) -> None:
    for kind, text in _identifications(aip):
        control.leaf(name("identification"), {"identificationType": kind}, text)
    for (title, version), identity in schemes.items():
        _write_scheme(control, identity, title, version)
    with control.element(name("maintenanceInformation")) as maintenance:
        maintenance.leaf(name("maintenanceStatus"), {"value": "derived"})
        with maintenance.element(name("maintenanceAgency")) as agency:
            write_text(agency, "agencyName", aip.archive.name)
        with (
            maintenance.element(name("maintenanceHistory")) as history,
            history.element(name("maintenanceEvent")) as event,
        ):
            event.leaf(name("eventType"), {"value": "derived"})
            write_text(event, "eventDateTime", timestamp(aip.created))
            _write_system(event, "software", aip.software.name, aip.software.version or None)
    system = aip.submission.system
    if system is not None:
        with (
            control.element(name("systemInformation")) as information,
            information.element(name("agents")) as agents,
        ):
            _write_system(agents, "system", system.name, system.version)


def _identifications(aip: Aip) -> Iterator[tuple[str, str]]:
    submission = aip.submission
    yield "package", aip.objid
    if submission.delivery is not None:
        yield "delivery", submission.delivery
    yield from _organisation("archivalCreator", submission.archival_creator)
    yield from _organisation("producer", submission.producer)


def _organisation(kind: str, organisation: Organisation | None) -> Iterator[tuple[str, str]]:
    if organisation is not None:
        yield kind, organisation.name
        if organisation.identifier is not None:
            yield f"{kind}Identifier", organisation.identifier


def _write_scheme(control: XmlWriter, identity: str, title: str | None, version: str | None) -> None:
    """Write a classification scheme; whether it is in use is not known, and ERMS273 wants a status."""
    attributes = {
        "classificationSchemaId": identity,
        "classificationSchemaStatus": "other",
        "otherClassificationSchemaStatus": "not stated",
    }
    with (
        control.element(name("classificationSchema"), attributes) as scheme,
        scheme.element(name("textualDescriptionOfClassificationSchema")) as words,
    ):
        for word in (title, version):
            write_text(words, "p", word)


def _write_system(parent: XmlWriter, kind: str, title: str, version: str | None) -> None:
    with parent.element(name("agent"), {"agentType": "other", "otherAgentType": kind}) as agent:
        write_text(agent, "name", title)
        if version is not None:
            with agent.element(name("notes")) as notes:
                notes.leaf(name("note"), {"noteType": "version"}, version)


def _schemes(submission: Submission) -> Iterator[_Scheme]:
    """Give each classification scheme that a case or record names, in order of first use."""
    named = _classifications(submission.cases, submission.records)
    schemes = dict.fromkeys((one.scheme, one.version) for one in named)
    yield from (scheme for scheme in schemes if scheme != (None, None))


def _classifications(cases: tuple[Case, ...], records: tuple[Record, ...]) -> Iterator[Classification]:
    for record in records:
        yield from record.classifications
    for case in cases:
        yield from case.classifications
        yield from _classifications(case.parts, case.records)


# ------------------------------------------------------------------------------------------- the rest


def _write_submission(erms: XmlWriter, submission: Submission) -> None:
    named = {
        "label": submission.label,
        "agreement": submission.agreement,
        "recordStatus": submission.record_status.value,
        "previousPackage": submission.previous_package,
        "created": submission.created,
        "accessRestriction": submission.access_restriction,
    }
    said = [OwnElement(name=key, value=text) for key, text in named.items() if text is not None]
    more = [OwnElement(name=one.type, value=one.text, format=one.other_type) for one in submission.attributes]
    with erms.element(name("additionalInformation")) as additional:
        write_own_element(additional, OwnElement(name=SUBMISSION, elements=(*said, *more)))

"""Who delivers what under which agreement, as the METS document of an FGS Paketstruktur 1.x package says it."""

from collections.abc import Iterator, Sequence

from ingest.domain.descriptions import TypedText
from ingest.domain.submissions import MetsAgent, Organisation, RecordStatus, Software, Submission
from ingest.formats.fgs12_mets import FgsMets
from ingest.formats.mets_elements import Agent

_ACCESS = "ACCESSRESTRICT"
_OWN_FIELDS = frozenset({"OBJID", "LABEL", "CREATEDATE", "ext:ACCESSRESTRICT", "xsi:schemaLocation"})
_STATUSES = frozenset(RecordStatus)


def submission_of(mets: FgsMets) -> Submission:
    """Give the submission without its cases; what has no field of its own is an attribute, as delivered."""
    header = mets.header
    return Submission(
        dialect=mets.version.dialect,
        delivery=mets.root.object_id or None,
        agreement=_record_id(mets, "SUBMISSIONAGREEMENT"),
        record_status=_record_status(header.record_status if header else None),
        label=mets.root.label,
        created=header.created if header else None,
        archival_creator=_organisation(_find(mets.agents, "ARCHIVIST", "ORGANIZATION")),
        producer=_organisation(_find(mets.agents, "CREATOR", "ORGANIZATION")),
        system=_system(mets.agents),
        agents=tuple(map(_agent, mets.agents)),
        # The draft of 2013 has it among the record ids.
        access_restriction=mets.root.attribute("ext:ACCESSRESTRICT") or _record_id(mets, _ACCESS),
        attributes=tuple(_attributes(mets)),
    )


def _record_status(word: str | None) -> RecordStatus:
    """Read RECORDSTATUS: none means NEW, an unknown one OTHER; the word itself is an attribute."""
    if not word:
        return RecordStatus.NEW
    return RecordStatus(word) if word in _STATUSES else RecordStatus.OTHER


def _record_id(mets: FgsMets, kind: str) -> str | None:
    return next((record_id.text for record_id in mets.record_ids if record_id.type == kind), None)


def _find(agents: Sequence[Agent], role: str, kind: str) -> Agent | None:
    return next((agent for agent in agents if (agent.role, agent.type) == (role, kind)), None)


def _organisation(agent: Agent | None) -> Organisation | None:
    return None if agent is None else Organisation(name=agent.name, identifier=_note(agent))


def _system(agents: Sequence[Agent]) -> Software | None:
    """Read the source system (ARCHIVIST/OTHER/SOFTWARE; its note is the version)."""
    for agent in agents:
        stated = (agent.role, agent.type, agent.attribute("OTHERTYPE"))
        if stated == ("ARCHIVIST", "OTHER", "SOFTWARE"):
            return Software(name=agent.name, version=_note(agent))
    return None


def _note(agent: Agent) -> str | None:
    return next((note.text for note in agent.notes if note.text), None)


def _agent(agent: Agent) -> MetsAgent:
    return MetsAgent(
        role=agent.role or "",
        type=agent.type or "",
        name=agent.name,
        other_role=agent.attribute("OTHERROLE"),
        other_type=agent.attribute("OTHERTYPE"),
        notes=tuple(note.text for note in agent.notes),
        note_types=tuple("" for _ in agent.notes),
    )


def _attributes(mets: FgsMets) -> Iterator[TypedText]:
    """Give what root, header and record ids say beyond the submission's own fields."""
    header = {} if mets.header is None else mets.header.attributes
    for name, text in (*mets.root.attributes.items(), *header.items()):
        if name not in _OWN_FIELDS:
            yield TypedText(type=name, text=text)
    for record_id in mets.record_ids:
        yield TypedText(type=f"altRecordID:{record_id.type or ''}", text=record_id.text)
    if mets.document_id is not None:
        yield TypedText(type="metsDocumentID", text=mets.document_id)

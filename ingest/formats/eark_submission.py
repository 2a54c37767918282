"""Who delivers what under which agreement, as the root METS of an E-ARK SIP says it.

The SIP profile does not fix the role of the submitter (SIP16): OTHER/SUBMITTER is taken before CREATOR. The
source system is OTHER/PRODUCER/OTHER/SOFTWARE (FGS 2.0); CREATOR/OTHER/SOFTWARE only made the package.
"""

from collections.abc import Iterator, Sequence

from ingest.domain.descriptions import TypedText
from ingest.domain.submissions import Dialect, MetsAgent, Organisation, RecordStatus, Software, Submission
from ingest.formats.eark_mets import MetsReading
from ingest.formats.mets_elements import Agent

_OWN_FIELDS = frozenset({"OBJID", "LABEL", "ID", "xsi:schemaLocation"})
_KNOWN_STATUSES = frozenset(RecordStatus)


def submission_of(mets: MetsReading, dialect: Dialect) -> Submission:
    """Give the submission without its cases; agents and record ids are kept as delivered."""
    header = mets.header
    return Submission(
        dialect=dialect,
        delivery=mets.root.object_id or None,
        agreement=next((r.text for r in mets.record_ids if r.type == "SUBMISSIONAGREEMENT"), None),
        record_status=_record_status(header.record_status if header else None),
        label=mets.root.label,
        created=header.created if header else None,
        archival_creator=_organisation(_find(mets.agents, "ARCHIVIST", "ORGANIZATION")),
        producer=_organisation(
            _find(mets.agents, "OTHER/SUBMITTER", "ORGANIZATION") or _find(mets.agents, "CREATOR", "ORGANIZATION")
        ),
        system=_software(_find(mets.agents, "OTHER/PRODUCER", "OTHER/SOFTWARE")),
        agents=tuple(_agent(agent) for agent in mets.agents),
        attributes=tuple(_attributes(mets)),
    )


def _record_status(word: str | None) -> RecordStatus:
    """Read RECORDSTATUS (SIP4): none means NEW, an unknown one OTHER; the word itself is an attribute."""
    if not word:
        return RecordStatus.NEW
    return RecordStatus(word.upper()) if word.upper() in _KNOWN_STATUSES else RecordStatus.OTHER


def _find(agents: Sequence[Agent], role: str, kind: str) -> Agent | None:
    """Find the first agent by ROLE and TYPE, each with its OTHER… after a slash."""
    for agent in agents:
        stated = (_term(agent, "ROLE", "OTHERROLE"), _term(agent, "TYPE", "OTHERTYPE"))
        if stated == (role, kind):
            return agent
    return None


def _term(agent: Agent, name: str, other: str) -> str:
    term = agent.attributes.get(name, "")
    return f"OTHER/{agent.attributes.get(other, '').upper()}" if term == "OTHER" else term


def _organisation(agent: Agent | None) -> Organisation | None:
    return None if agent is None else Organisation(name=agent.name, identifier=_note(agent, "IDENTIFICATIONCODE"))


def _software(agent: Agent | None) -> Software | None:
    return None if agent is None else Software(name=agent.name, version=_note(agent, "SOFTWARE VERSION"))


def _note(agent: Agent, kind: str) -> str | None:
    """Give the note of that csip:NOTETYPE, else one whose kind nobody has said."""
    said = {note.attribute("csip:NOTETYPE"): note.text for note in reversed(agent.notes)}
    return said.get(kind) or said.get(None) or None


def _agent(agent: Agent) -> MetsAgent:
    return MetsAgent(
        role=agent.role or "",
        type=agent.type or "",
        name=agent.name,
        other_role=agent.attribute("OTHERROLE"),
        other_type=agent.attribute("OTHERTYPE"),
        notes=tuple(note.text for note in agent.notes),
        note_types=tuple(note.attribute("csip:NOTETYPE") or "" for note in agent.notes),
    )


def _attributes(mets: MetsReading) -> Iterator[TypedText]:
    """Give what the root and the header say beyond the submission's own fields."""
    for name, text in mets.root.attributes.items():
        if name not in _OWN_FIELDS:
            yield TypedText(type=name, text=text)
    for name, text in mets.header.attributes.items() if mets.header else ():
        if name not in _OWN_FIELDS | {"CREATEDATE"}:
            yield TypedText(type=name, text=text)
    for record_id in mets.record_ids:
        yield TypedText(type=f"altRecordID:{record_id.type or ''}", text=record_id.text)
    if mets.document_id is not None:
        yield TypedText(type="metsDocumentID", text=mets.document_id)

"""Who stands in the header of an AIP's METS, and under which other identities the package is known.

| who | ROLE | TYPE | note |
|---|---|---|---|
| the software that made the AIP | CREATOR | OTHER, SOFTWARE | SOFTWARE VERSION (CSIP10 to CSIP16) |
| archival creator (arkivbildare) | ARCHIVIST | ORGANIZATION | IDENTIFICATIONCODE |
| producer (levererande organisation) | OTHER, SUBMITTER | ORGANIZATION | IDENTIFICATIONCODE |
| source system (källsystem) | OTHER, PRODUCER | OTHER, SOFTWARE | SOFTWARE VERSION |
| the archive | PRESERVATION | ORGANIZATION | |

After them come the delivered agents that none of these stands for. In the AIP's METS the CREATOR is who made the AIP
(CSIP11 to CSIP16 read every CREATOR so): whoever created the delivery is SUBMITTER here. The delivered METS keeps its
own words, under `submission/`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.domain.aips import Aip
from ingest.domain.submissions import MetsAgent, Organisation, Software

_ROLES = frozenset({"EDITOR", "ARCHIVIST", "PRESERVATION", "DISSEMINATOR", "CUSTODIAN", "IPOWNER", "OTHER"})
_TYPES = frozenset({"INDIVIDUAL", "ORGANIZATION", "OTHER"})
_NOTE_TYPES = frozenset({"SOFTWARE VERSION", "IDENTIFICATIONCODE"})
_ALTERNATIVE = "altRecordID:"
_OURS = frozenset({"SUBMISSIONAGREEMENT", "DELIVERY", "ARCHIVE AGREEMENT", "ARCHIVE DELIVERY"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderAgent:
    """An agent as the header says it; each note with its csip:NOTETYPE, None for a free one."""

    role: str
    type: str
    name: str
    other_role: str | None = None
    other_type: str | None = None
    notes: tuple[tuple[str, str | None], ...] = ()


def header_agents(aip: Aip) -> Iterator[HeaderAgent]:
    """Give the agents of the package's header, the software that made it first."""
    software = aip.software
    yield _software("CREATOR", None, software.name, software.version)
    submission = aip.submission
    if submission.archival_creator is not None:
        yield _organisation("ARCHIVIST", None, submission.archival_creator)
    if submission.producer is not None:
        yield _organisation("OTHER", "SUBMITTER", submission.producer)
    if submission.system is not None:
        yield _software("OTHER", "PRODUCER", submission.system.name, submission.system.version)
    yield HeaderAgent(role="PRESERVATION", type="ORGANIZATION", name=aip.archive.name)
    yield from (_delivered(agent) for agent in submission.agents if not _is_said_above(agent, aip))


def alternative_ids(aip: Aip) -> Iterator[tuple[str, str]]:
    """Give altRecordID as TYPE and value: the agreements, the delivery, and the codes that came with it."""
    submission = aip.submission
    yield "SUBMISSIONAGREEMENT", submission.agreement or f"{aip.agreement}; {aip.agreement_version}"
    yield "ARCHIVE AGREEMENT", f"{aip.agreement}; {aip.agreement_version}"
    if submission.delivery is not None:
        yield "DELIVERY", submission.delivery
    yield "ARCHIVE DELIVERY", aip.delivery
    for attribute in submission.attributes:
        kind = attribute.type.removeprefix(_ALTERNATIVE)
        if kind != attribute.type and kind not in _OURS:
            yield kind, attribute.text


def _software(role: str, other_role: str | None, name: str, version: str | None) -> HeaderAgent:
    notes = ((version, "SOFTWARE VERSION"),) if version is not None else ()
    return HeaderAgent(role=role, other_role=other_role, type="OTHER", other_type="SOFTWARE", name=name, notes=notes)


def _organisation(role: str, other_role: str | None, one: Organisation) -> HeaderAgent:
    notes = ((one.identifier, "IDENTIFICATIONCODE"),) if one.identifier is not None else ()
    return HeaderAgent(role=role, other_role=other_role, type="ORGANIZATION", name=one.name, notes=notes)


def _is_said_above(agent: MetsAgent, aip: Aip) -> bool:
    """Whether the delivered agent is one that the submission's own fields say already."""
    submission = aip.submission
    match agent.role, agent.type, agent.other_role:
        case "ARCHIVIST", "ORGANIZATION", _:
            said: Organisation | Software | None = submission.archival_creator
        case ("CREATOR", "ORGANIZATION", _) | ("OTHER", "ORGANIZATION", "SUBMITTER"):
            said = submission.producer
        case ("ARCHIVIST", "OTHER", _) | ("OTHER", "OTHER", "PRODUCER"):
            said = submission.system
        case _:
            said = None
    return said is not None and said.name == agent.name


def _delivered(agent: MetsAgent) -> HeaderAgent:
    """Keep a delivered agent; a role or type that METS does not know becomes OTHER with its own word."""
    role, other_role = _role(agent)
    known_type = agent.type in _TYPES
    kinds = (*agent.note_types, *([""] * len(agent.notes)))
    return HeaderAgent(
        role=role,
        other_role=other_role,
        type=agent.type if known_type else "OTHER",
        other_type=agent.other_type if known_type else agent.type,
        name=agent.name,
        notes=tuple(
            (note, kind if kind in _NOTE_TYPES else None) for note, kind in zip(agent.notes, kinds, strict=False)
        ),
    )


def _role(agent: MetsAgent) -> tuple[str, str | None]:
    if agent.role == "CREATOR":
        return "OTHER", "SUBMITTER"
    return (agent.role, agent.other_role) if agent.role in _ROLES else ("OTHER", agent.role)

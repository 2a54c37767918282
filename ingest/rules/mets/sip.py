"""SIP1 to SIP31: what a SIP adds to the root and the header, its agents above all.

An agent is known by its role and type: archival creator ARCHIVIST, submitter OTHER/SUBMITTER or a CREATOR that is no
software, contact CREATOR and INDIVIDUAL, keeper PRESERVATION. The profile fixes neither the role of the archival
creator nor that of the submitter (ADR 0012).
"""

from collections.abc import Callable

from ingest.formats.mets_values import Agent, AltRecordId, Root
from ingest.rules.mets.breaches import KEPT, Breach, Breaches, broken, gravely_broken
from ingest.rules.mets.headers import NOTE_TYPE, PACKAGE_TYPE
from ingest.rules.mets.subjects import Document, MetsRule, Summary
from ingest.rules.mets.versions import Kind, profile_kind
from ingest.rules.mets.vocabularies import RECORD_STATUSES

_PROFILES = frozenset(
    f"https://earksip.dilcis.eu/profile/E-ARK-SIP{version}.xml" for version in ("", "-v2-0-4", "-v2-1-0", "-v2-2-0")
)
_PERSONS = ("ORGANIZATION", "INDIVIDUAL")
_CODE = "IDENTIFICATIONCODE"


def is_of(summary: Summary, kind: Kind) -> bool:
    """Say whether a specification's own rules hold: the profile names it, or names none and the package type does.

    A representation's METS is held to the common rules alone.
    """
    if summary.document.folder:
        return False
    named = profile_kind(summary.root)
    stated = {header.attribute(PACKAGE_TYPE) for header in summary.headers}
    return named is kind or (named is None and kind.value in stated)


def package_name(root: Root, document: Document) -> Breaches:
    """SIP1: LABEL says something where it stands."""
    del document
    return broken(root) if root.label is not None and not root.label.strip() else KEPT


def profile(summary: Summary, document: Document) -> Breaches:
    """SIP2: PROFILE is the address of the SIP profile."""
    del document
    return KEPT if summary.root.profile in _PROFILES else broken(summary.root, summary.root.profile)


def record_status(summary: Summary, document: Document) -> Breaches:
    """SIP3: RECORDSTATUS is of the vocabulary, which is closed."""
    del document
    stated = [(header, header.record_status) for header in summary.headers if header.record_status is not None]
    unknown = [(header, word) for header, word in stated if word not in RECORD_STATUSES]
    return gravely_broken(*unknown[0]) if unknown else KEPT


def package_type(summary: Summary, document: Document) -> Breaches:
    """SIP4: csip:OAISPACKAGETYPE is SIP."""
    del document
    return other_type(summary, Kind.SIP)


def other_type(summary: Summary, kind: Kind) -> Breaches:
    """Give a breach when the header names another package type, or none."""
    wrong = [header for header in summary.headers if header.attribute(PACKAGE_TYPE) != kind.value]
    return broken(wrong[0], wrong[0].attribute(PACKAGE_TYPE)) if wrong else KEPT


def _identifier_rule(number: int, kind: str) -> MetsRule[AltRecordId]:
    def check(identifier: AltRecordId, document: Document) -> Breaches:
        del document
        return broken(identifier, kind) if identifier.type == kind and not identifier.text else KEPT

    return MetsRule(id=f"SIP{number}", check=check)


def _single_rule(number: int, kind: str) -> MetsRule[Summary]:
    """SIP5, SIP7: at most one identifier of the kind, whose predecessors have a kind of their own (SIP6, SIP8)."""

    def check(summary: Summary, document: Document) -> Breaches:
        del document
        found = [identifier for identifier in summary.record_ids if identifier.type == kind]
        return gravely_broken(found[1], found[1].text or kind) if len(found) > 1 else KEPT

    return MetsRule(id=f"SIP{number}", check=check)


# ------------------------------------------------------------------------------------------- agents


def _is_software(agent: Agent) -> bool:
    return agent.type == "OTHER" and agent.attribute("OTHERTYPE") == "SOFTWARE"


def _is_archival_creator(agent: Agent) -> bool:
    return agent.role == "ARCHIVIST" and not _is_software(agent)


def _is_submitter(agent: Agent) -> bool:
    return agent.role == "OTHER" and (agent.attribute("OTHERROLE") or "").upper() == "SUBMITTER"


def _may_submit(agent: Agent) -> bool:
    return _is_submitter(agent) or (agent.role == "CREATOR" and agent.type in _PERSONS)


def _is_contact(agent: Agent) -> bool:
    return agent.role == "CREATOR" and agent.type == "INDIVIDUAL"


def _is_keeper(agent: Agent) -> bool:
    return agent.role == "PRESERVATION" and not _is_software(agent)


def one_submitter(summary: Summary, document: Document) -> Breaches:
    """SIP15: exactly one agent submits; several are told only where their role says so."""
    del document
    said = [agent for agent in summary.agents if _is_submitter(agent)]
    if len(said) > 1:
        return broken(said[1], said[1].name)
    if any(_may_submit(agent) for agent in summary.agents):
        return KEPT
    return broken((*summary.headers, summary.root)[0])


def submitter_role(summary: Summary, document: Document) -> Breaches:
    """SIP16: an organisation or person without a role can be no submitter, and nobody else is one."""
    del document
    if any(_may_submit(agent) for agent in summary.agents):
        return KEPT
    nameless = (agent for agent in summary.agents if not agent.role and agent.type in _PERSONS)
    return tuple(Breach(line=agent.line, value=agent.name) for agent in nameless)


_Asked = Callable[[Agent], bool]


def _agent_rule(number: int, of: _Asked, holds: Callable[[Agent], bool]) -> MetsRule[Summary]:
    def check(summary: Summary, document: Document) -> Breaches:
        del document
        wrong = (agent for agent in summary.agents if of(agent) and not holds(agent))
        return tuple(Breach(line=agent.line, value=agent.name or agent.type or "") for agent in wrong)

    return MetsRule(id=f"SIP{number}", check=check)


def _is_person(agent: Agent) -> bool:
    return agent.type in _PERSONS


def _is_organisation(agent: Agent) -> bool:
    return agent.type == "ORGANIZATION"


def _is_named(agent: Agent) -> bool:
    return bool(agent.name)


def _is_coded(agent: Agent) -> bool:
    """Whether one of the agent's notes, if it has any, is said to be its identification code."""
    return not agent.notes or any(note.attribute(NOTE_TYPE) == _CODE for note in agent.notes)


def _is_submitting_organisation(agent: Agent) -> bool:
    return _is_submitter(agent) or (agent.role == "CREATOR" and agent.type == "ORGANIZATION")


ROOT_RULES: tuple[MetsRule[Root], ...] = (MetsRule(id="SIP1", check=package_name),)
RECORD_ID_RULES: tuple[MetsRule[AltRecordId], ...] = (
    _identifier_rule(5, "SUBMISSIONAGREEMENT"),
    _identifier_rule(6, "PREVIOUSSUBMISSIONAGREEMENT"),
    _identifier_rule(7, "REFERENCECODE"),
    _identifier_rule(8, "PREVIOUSREFERENCECODE"),
)
RULES: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="SIP2", check=profile),
    MetsRule(id="SIP3", check=record_status),
    MetsRule(id="SIP4", check=package_type),
    _single_rule(5, "SUBMISSIONAGREEMENT"),
    _single_rule(7, "REFERENCECODE"),
    _agent_rule(11, _is_archival_creator, _is_person),
    _agent_rule(12, _is_archival_creator, _is_named),
    _agent_rule(14, _is_archival_creator, _is_coded),
    MetsRule(id="SIP15", check=one_submitter),
    MetsRule(id="SIP16", check=submitter_role),
    _agent_rule(17, _is_submitter, _is_person),
    _agent_rule(18, _is_submitting_organisation, _is_named),
    _agent_rule(20, _is_submitting_organisation, _is_coded),
    _agent_rule(24, _is_contact, _is_named),
    _agent_rule(28, _is_keeper, _is_organisation),
    _agent_rule(29, _is_keeper, _is_named),
    _agent_rule(31, _is_keeper, _is_coded),
)

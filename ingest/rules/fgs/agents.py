"""FGS Paketstruktur 1.x: who made, delivers and receives (metsHdr/agent), and their identification codes."""

from collections import Counter
from collections.abc import Iterator

from ingest.formats.mets_values import Agent
from ingest.rules.fgs import vocabularies as known
from ingest.rules.fgs.codes import Code, code_in, has_check_digit, organisation_number
from ingest.rules.fgs.roots import outside
from ingest.rules.mets.breaches import KEPT, Breach, Breaches, broken
from ingest.rules.mets.subjects import Document, MetsRule, Summary

_CREATOR_OF_ARCHIVES = "ARCHIVIST/ORGANIZATION"
_SYSTEM = "ARCHIVIST/SOFTWARE"
_DELIVERER = "CREATOR/ORGANIZATION"
_CONTACT = "CREATOR/INDIVIDUAL"
_RECEIVER = "PRESERVATION/ORGANIZATION"
_ONCE = frozenset(
    {
        _SYSTEM,
        _DELIVERER,
        _RECEIVER,
        "PRODUCER/ORGANIZATION",
        "SUBMITTER/ORGANIZATION",
        "IPOWNER/ORGANIZATION",
        "EDITOR/ORGANIZATION",
        "CREATOR/SOFTWARE",
    }
)


def part_of(agent: Agent) -> str:
    """Give role and type in one, what stands in OTHERROLE or OTHERTYPE in place of OTHER."""
    role = agent.attribute("OTHERROLE") if agent.role == "OTHER" else agent.role
    kind = agent.attribute("OTHERTYPE") if agent.type == "OTHER" else agent.type
    return f"{role or ''}/{kind or ''}"


def _lacks(part: str, summary: Summary) -> Breaches:
    if any(part_of(agent) == part for agent in summary.agents):
        return KEPT
    return broken(summary.headers[0] if summary.headers else summary.root, part)


def no_creator_of_archives(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-24: no arkivbildare."""
    return _lacks(_CREATOR_OF_ARCHIVES, summary)


def several_creators_of_archives(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-25: more than one arkivbildare."""
    found = [agent for agent in summary.agents if part_of(agent) == _CREATOR_OF_ARCHIVES]
    return tuple(breach for agent in found[1:] for breach in broken(agent, agent.name))


def no_system(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-31: no source system."""
    return _lacks(_SYSTEM, summary)


def no_deliverer(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-32: no levererande organisation."""
    return _lacks(_DELIVERER, summary)


def repeated_agent(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-36: an agent twice that there is one of."""
    seen: Counter[str] = Counter()
    found: list[Breach] = []
    for agent in summary.agents:
        part = part_of(agent)
        if part in _ONCE and seen[part]:
            found += broken(agent, f"{part}: {agent.name}")
        seen[part] += 1
    return tuple(found)


def no_optional_agent(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-37: no contact person, or no receiver."""
    if not summary.headers:
        return KEPT
    return (*_lacks(_CONTACT, summary), *_lacks(_RECEIVER, summary))


def no_code(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-26: an arkivbildare without identification code."""
    if part_of(agent) != _CREATOR_OF_ARCHIVES:
        return KEPT
    said = any(code.text for code in _codes(agent)) or any(note.text and not code_in(note.text) for note in agent.notes)
    return KEPT if said else broken(agent, agent.name)


def unknown_code(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-27: an identification code whose prefix is not in the list; an arkivbildare's has to have one."""
    if agent.type != "ORGANIZATION":
        return KEPT
    codes = tuple(_codes(agent))
    if any(code.kind for code in codes):
        return KEPT  # Further notes of an organisation are free text.
    strange = [f"{code.prefix}:{code.text}" for code in codes if not _has_blank(code.text)]
    if part_of(agent) == _CREATOR_OF_ARCHIVES:
        strange = [note.text for note in agent.notes if note.text]
    return tuple(breach for found in strange for breach in broken(agent, found))


def _has_blank(text: str) -> bool:
    return len(text.split()) > 1


def malformed_number(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-28: `ORG:` with something that is no organisation number."""
    wrong = [code.text for code in _numbers(agent) if code.text and organisation_number(code) is None]
    return tuple(breach for found in wrong for breach in broken(agent, found))


def wrong_check_digit(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-29: an organisation number whose check digit is wrong."""
    numbers = (organisation_number(code) for code in _numbers(agent))
    wrong = [number for number in numbers if number is not None and not has_check_digit(number)]
    return tuple(breach for found in wrong for breach in broken(agent, found))


def odd_prefix(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-30: a prefix in other letters than the list's."""
    odd = [code.prefix for code in _codes(agent) if code.kind and code.kind != code.prefix]
    return tuple(breach for found in odd for breach in broken(agent, found))


def _codes(agent: Agent) -> Iterator[Code]:
    if agent.type != "ORGANIZATION":
        return
    yield from (code for code in (code_in(note.text) for note in agent.notes) if code is not None)


def _numbers(agent: Agent) -> Iterator[Code]:
    return (code for code in _codes(agent) if code.kind == "ORG")


def no_name(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-33: an agent without a name."""
    return KEPT if agent.name else broken(agent, part_of(agent))


def unknown_part(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-34: ROLE or TYPE missing, or a value of the four outside its list."""
    missing = [name for name in ("ROLE", "TYPE") if agent.attribute(name) is None]
    return (
        *(breach for name in missing for breach in broken(agent, name)),
        *outside(agent, "ROLE", known.ROLES),
        *outside(agent, "OTHERROLE", known.OTHER_ROLES),
        *outside(agent, "TYPE", known.AGENT_TYPES),
        *outside(agent, "OTHERTYPE", known.OTHER_AGENT_TYPES),
    )


def unsaid_other(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-35: OTHER without saying what."""
    unsaid = [
        name for name in ("ROLE", "TYPE") if agent.attribute(name) == "OTHER" and not agent.attribute(f"OTHER{name}")
    ]
    return tuple(breach for name in unsaid for breach in broken(agent, f"{name}=OTHER: {agent.name}"))


def no_version(agent: Agent, _: Document) -> Breaches:
    """FGS-PKT-38: a source system without its version."""
    if part_of(agent) != _SYSTEM or any(note.text for note in agent.notes):
        return KEPT
    return broken(agent, agent.name)


RULES: tuple[MetsRule[Agent], ...] = (
    MetsRule(id="FGS-PKT-26", check=no_code),
    MetsRule(id="FGS-PKT-27", check=unknown_code),
    MetsRule(id="FGS-PKT-28", check=malformed_number),
    MetsRule(id="FGS-PKT-29", check=wrong_check_digit),
    MetsRule(id="FGS-PKT-30", check=odd_prefix),
    MetsRule(id="FGS-PKT-33", check=no_name),
    MetsRule(id="FGS-PKT-34", check=unknown_part),
    MetsRule(id="FGS-PKT-35", check=unsaid_other),
    MetsRule(id="FGS-PKT-38", check=no_version),
)
SUMMARY: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="FGS-PKT-24", check=no_creator_of_archives),
    MetsRule(id="FGS-PKT-25", check=several_creators_of_archives),
    MetsRule(id="FGS-PKT-31", check=no_system),
    MetsRule(id="FGS-PKT-32", check=no_deliverer),
    MetsRule(id="FGS-PKT-36", check=repeated_agent),
    MetsRule(id="FGS-PKT-37", check=no_optional_agent),
)

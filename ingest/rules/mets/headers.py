"""CSIP7 to CSIP16 and CSIP117: the header, and the agent that is the software which made the package."""

from ingest.formats.mets_values import Agent, Header
from ingest.rules.mets.breaches import KEPT, Breaches, broken, gravely_broken
from ingest.rules.mets.subjects import Document, MetsRule, Summary
from ingest.rules.mets.vocabularies import PACKAGE_TYPES, is_moment

PACKAGE_TYPE = "csip:OAISPACKAGETYPE"
NOTE_TYPE = "csip:NOTETYPE"
_VERSION = "SOFTWARE VERSION"


def created(header: Header, document: Document) -> Breaches:
    """CSIP7: CREATEDATE is there and a moment, and none that is yet to come."""
    made = header.created or ""
    return KEPT if is_moment(made) and not _is_ahead(made, document) else broken(header, header.created)


def _is_ahead(moment: str, document: Document) -> bool:
    return "" < document.package.latest < moment[:10]


def modified(header: Header, document: Document) -> Breaches:
    """CSIP8: a package is not changed before it was made, nor later than it is read."""
    changed = header.attribute("LASTMODDATE")
    if changed is None:
        return KEPT
    # Moments of one form compare as text; zones within a day of each other are left alone.
    is_before = is_moment(changed) and changed[:10] < (header.created or "")[:10]
    is_wrong = is_before or _is_ahead(changed, document) or not is_moment(changed)
    return gravely_broken(header, changed) if is_wrong else KEPT


def package_type(header: Header, document: Document) -> Breaches:
    """CSIP9: csip:OAISPACKAGETYPE is of the vocabulary."""
    del document
    stated = header.attribute(PACKAGE_TYPE)
    return KEPT if stated in PACKAGE_TYPES else broken(header, stated)


def one_header(summary: Summary, document: Document) -> Breaches:
    """CSIP117: exactly one header."""
    del document
    if len(summary.headers) == 1:
        return KEPT
    return broken((*summary.headers, summary.root)[-1], f"{len(summary.headers)} × metsHdr")


def software_agent(summary: Summary) -> Agent | None:
    """Find the agent that is the software which made the package (CSIP10): the one that says most of it.

    Who submits and who is to be asked are CREATOR as well (SIP16, SIP22), so no single mark decides.
    """
    ranked = sorted(summary.agents, key=_likeness, reverse=True)
    if not ranked:
        return None
    best = ranked[0]
    return best if _is_software_like(best) or len(ranked) == 1 else None


def _likeness(agent: Agent) -> tuple[int, bool]:
    is_creator = agent.role == "CREATOR"
    marks = (is_creator, is_creator, *_marks(agent), _says_software(agent))
    return sum(marks), is_creator


def _marks(agent: Agent) -> tuple[bool, bool]:
    is_version = any(note.attribute(NOTE_TYPE) == _VERSION for note in agent.notes)
    return agent.type == "OTHER", is_version


def _says_software(agent: Agent) -> bool:
    return agent.attribute("OTHERTYPE") == "SOFTWARE"


def _is_software_like(agent: Agent) -> bool:
    return any(_marks(agent)) or _says_software(agent) or agent.type is None


def some_software(summary: Summary, document: Document) -> Breaches:
    """CSIP10: there is an agent that describes the software."""
    del document
    return broken((*summary.headers, summary.root)[0]) if software_agent(summary) is None else KEPT


def software_role(summary: Summary, document: Document) -> Breaches:
    """CSIP11: the software agent's ROLE is CREATOR."""
    del document
    agent = software_agent(summary)
    return broken(agent, agent.role) if agent is not None and agent.role != "CREATOR" else KEPT


def software_type(summary: Summary, document: Document) -> Breaches:
    """CSIP12: the software agent's TYPE is OTHER; no other CREATOR is asked."""
    del document
    agent = software_agent(summary)
    return broken(agent, agent.type) if agent is not None and agent.type != "OTHER" else KEPT


def software_other_type(summary: Summary, document: Document) -> Breaches:
    """CSIP13: the software agent's OTHERTYPE is SOFTWARE; no other CREATOR is asked."""
    del document
    agent = software_agent(summary)
    return KEPT if agent is None or _says_software(agent) else broken(agent, agent.attribute("OTHERTYPE"))


def software_name(summary: Summary, document: Document) -> Breaches:
    """CSIP14: the software has a name."""
    del document
    agent = software_agent(summary)
    return KEPT if agent is None or agent.name else broken(agent)


def software_version(summary: Summary, document: Document) -> Breaches:
    """CSIP15: the software's version stands in a note, and in one only; notes of another type are left alone."""
    del document
    agent = software_agent(summary)
    if agent is None:
        return KEPT
    versions = [note for note in agent.notes if note.attribute(NOTE_TYPE) in (None, _VERSION)]
    if len(versions) > 1:
        return broken(versions[1], versions[1].text)
    return KEPT if any(note.text for note in agent.notes) else broken(agent, agent.name)


def software_note_type(summary: Summary, document: Document) -> Breaches:
    """CSIP16: that note says that it is the version; csip:NOTETYPE is CSIP's own attribute, never METS's."""
    del document
    agent = software_agent(summary)
    if agent is None or not agent.notes or _marks(agent)[1]:
        return KEPT
    return broken(agent.notes[0], agent.notes[0].attribute(NOTE_TYPE))


RULES: tuple[MetsRule[Header], ...] = (
    MetsRule(id="CSIP7", check=created),
    MetsRule(id="CSIP8", check=modified),
    MetsRule(id="CSIP9", check=package_type),
)
SUMMARY_RULES: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="CSIP117", check=one_header),
    MetsRule(id="CSIP10", check=some_software),
    MetsRule(id="CSIP11", check=software_role),
    MetsRule(id="CSIP12", check=software_type),
    MetsRule(id="CSIP13", check=software_other_type),
    MetsRule(id="CSIP14", check=software_name),
    MetsRule(id="CSIP15", check=software_version),
    MetsRule(id="CSIP16", check=software_note_type),
)

"""CITS ERMS `agent`: who took part, in which role, and how they are reached."""

from ingest.formats.erms_terms import erms_terms
from ingest.rules.demands import Demand, Seen, no_attribute, no_child, no_term, unexplained

_TOP = ("agents", "record")


def _unexplained_agent(seen: Seen) -> str | None:
    return unexplained("agentType", "other", "otherAgentType")(seen)


def _is_records(seen: Seen) -> bool:
    return seen.above[:2] == _TOP


def _unexplained_elsewhere(seen: Seen) -> str | None:
    """ERMS94: an agent of another kind that does not say which."""
    return None if _is_records(seen) else _unexplained_agent(seen)


def _unexplained_of_record(seen: Seen) -> str | None:
    """ERMS166: the same of an agent of a record, where it is demanded."""
    return _unexplained_agent(seen) if _is_records(seen) else None


def _empty_contact(seen: Seen) -> str | None:
    """EARKIV-ERMS-14: contact information that holds neither an address nor a way of contact."""
    return no_child("addressLine", "contactLine")(seen)


PEOPLE: tuple[Demand, ...] = (
    Demand(rule="ERMS93", element="agent", broken=no_term("agentType", lambda: erms_terms()["AgentTerm"])),
    Demand(rule="ERMS94", element="agent", broken=_unexplained_elsewhere),
    Demand(rule="ERMS95", element="agent", broken=no_child("name")),
    Demand(rule="ERMS102", element="idNumber", broken=no_attribute("idNumberType")),
    Demand(
        rule="ERMS106",
        element="addressLine",
        broken=no_term("addressType", lambda: erms_terms()["AddressTerm"]),
    ),
    Demand(rule="ERMS107", element="addressLine", broken=unexplained("addressType", "other", "otherAddressLineType")),
    Demand(
        rule="ERMS109",
        element="contactLine",
        broken=no_term("contactType", lambda: erms_terms()["ContactTerm"]),
    ),
    Demand(rule="ERMS110", element="contactLine", broken=unexplained("contactType", "other", "otherContactLineType")),
    Demand(rule="ERMS166", element="agent", broken=_unexplained_of_record),
    Demand(rule="EARKIV-ERMS-14", element="addressContactInformation", broken=_empty_contact),
)

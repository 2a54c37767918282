"""What CITS Preservation 1.0.1 demands of each PREMIS object, event, agent and rights statement."""

from ingest.formats.xml_elements import Element
from ingest.rules.demands import Broken, Demand, Seen

_ENTITY, _REPRESENTATION, _FILE = "intellectualEntity", "representation", "file"
_SOFTWARE = "software"


def _at(element: Element, path: tuple[str, ...]) -> tuple[Element, ...]:
    """Every element at the end of a path of names below this one."""
    here: tuple[Element, ...] = (element,)
    for name in path:
        here = tuple(found for each in here for found in each.named(name))
    return here


def _lacks(wanted: str, *path: str) -> Broken:
    """Some element at the path has no `wanted` inside it, or one that says nothing."""

    def broken(seen: Seen) -> str | None:
        bare = any(not _says(each.first(wanted)) for each in _at(seen.element, path))
        return "/".join((*path, wanted)) if bare else None

    return broken


def _says(element: Element | None) -> bool:
    return element is not None and element.says_something


def _basis_without(basis: str, wanted: str) -> Broken:
    """A rights statement on that basis, without what goes with it."""

    def broken(seen: Seen) -> str | None:
        statements = seen.element.named("rightsStatement")
        bare = any(s.words("rightsBasis").lower() == basis and s.first(wanted) is None for s in statements)
        return f"rightsBasis={basis}, {wanted}" if bare else None

    return broken


def _unequipped(seen: Seen) -> str | None:
    """PM6, PM9: an environment is told by its function and by its name, both or neither."""
    function, name = seen.element.first("environmentFunction"), seen.element.first("environmentDesignation")
    return "environmentFunction" if name is not None and function is None else None


def _undesignated(seen: Seen) -> str | None:
    function, name = seen.element.first("environmentFunction"), seen.element.first("environmentDesignation")
    return "environmentDesignation" if function is not None and name is None else None


def _versionless(seen: Seen) -> str | None:
    """PM75: a program without its version; people and organisations have none."""
    is_software = seen.element.words("agentType").lower() == _SOFTWARE
    return "agentVersion" if is_software and not seen.element.words("agentVersion") else None


def _without_outcome(seen: Seen) -> str | None:
    """PM86: an event of which nothing says what came of it."""
    frames = seen.element.named("eventOutcomeInformation")
    said = any(_says(frame.first("eventOutcome")) for frame in frames)
    return None if said else "eventOutcomeInformation/eventOutcome"


def _identified(category: str, identifier: str, kind: str, value: str) -> tuple[Demand, ...]:
    frame = "objectIdentifier"
    return (
        Demand(rule=identifier, element=category, broken=_lacks(frame)),
        Demand(rule=kind, element=category, broken=_lacks("objectIdentifierType", frame)),
        Demand(rule=value, element=category, broken=_lacks("objectIdentifierValue", frame)),
    )


def _each(element: str, rows: dict[str, Broken]) -> tuple[Demand, ...]:
    return tuple(Demand(rule=rule, element=element, broken=broken) for rule, broken in rows.items())


_CHARACTERISTICS = "objectCharacteristics"
_FORMAT = (_CHARACTERISTICS, "format")
_LOCATION = ("storage", "contentLocation")
_STATEMENT = "rightsStatement"

OBJECTS: tuple[Demand, ...] = (
    *_identified(_ENTITY, "PM3", "PM4", "PM5"),
    *_each(
        _ENTITY,
        {
            "PM6": _unequipped,
            "PM7": _lacks("environmentFunctionType", "environmentFunction"),
            "PM8": _lacks("environmentFunctionLevel", "environmentFunction"),
            "PM9": _undesignated,
            "PM10": _lacks("environmentName", "environmentDesignation"),
        },
    ),
    *_identified(_REPRESENTATION, "PM15", "PM16", "PM17"),
    *_each(
        _REPRESENTATION,
        {
            "PM19": _lacks("significantPropertiesType", "significantProperties"),
            "PM20": _lacks("significantPropertiesValue", "significantProperties"),
            "PM21": _lacks("relationship"),
            "PM22": _lacks("relationshipType", "relationship"),
            "PM23": _lacks("relationshipSubType", "relationship"),
            "PM24": _lacks("relatedObjectIdentifier", "relationship"),
            "PM25": _lacks("relatedObjectIdentifierType", "relationship", "relatedObjectIdentifier"),
            "PM26": _lacks("relatedObjectIdentifierValue", "relationship", "relatedObjectIdentifier"),
        },
    ),
    *_identified(_FILE, "PM29", "PM30", "PM31"),
    *_each(
        _FILE,
        {
            "PM32": _lacks(_CHARACTERISTICS),
            "PM33": _lacks("fixity", _CHARACTERISTICS),
            "PM34": _lacks("messageDigestAlgorithm", _CHARACTERISTICS, "fixity"),
            "PM35": _lacks("messageDigest", _CHARACTERISTICS, "fixity"),
            "PM37": _lacks("format", _CHARACTERISTICS),
            "PM38": _lacks("formatDesignation", *_FORMAT),
            "PM39": _lacks("formatName", *_FORMAT, "formatDesignation"),
            "PM42": _lacks("formatRegistryName", *_FORMAT, "formatRegistry"),
            "PM43": _lacks("formatRegistryKey", *_FORMAT, "formatRegistry"),
            "PM46": _lacks("creatingApplicationName", _CHARACTERISTICS, "creatingApplication"),
            "PM54": _lacks("contentLocationType", *_LOCATION),
            "PM55": _lacks("contentLocationValue", *_LOCATION),
            "PM58": _lacks("relationshipType", "relationship"),
            "PM59": _lacks("relationshipSubType", "relationship"),
            "PM60": _lacks("relatedObjectIdentifier", "relationship"),
            "PM61": _lacks("relatedObjectIdentifierType", "relationship", "relatedObjectIdentifier"),
            "PM62": _lacks("relatedObjectIdentifierValue", "relationship", "relatedObjectIdentifier"),
            "PM64": _lacks("relatedEventIdentifierType", "relationship", "relatedEventIdentifier"),
            "PM65": _lacks("relatedEventIdentifierValue", "relationship", "relatedEventIdentifier"),
            "PM67": _lacks("linkingRightsStatementIdentifierType", "linkingRightsStatementIdentifier"),
            "PM68": _lacks("linkingRightsStatementIdentifierValue", "linkingRightsStatementIdentifier"),
            "EARKIV-PM-7": _lacks("size", _CHARACTERISTICS),
        },
    ),
)
"""Of objects; the element that a demand looks at is the object of that category (xsi:type)."""

AGENTS: tuple[Demand, ...] = _each(
    "agent",
    {
        "PM70": _lacks("agentIdentifier"),
        "PM71": _lacks("agentIdentifierType", "agentIdentifier"),
        "PM72": _lacks("agentIdentifierValue", "agentIdentifier"),
        "PM73": _lacks("agentName"),
        "PM74": _lacks("agentType"),
        "PM75": _versionless,
        "PM78": _lacks("linkingRightsStatementIdentifierType", "linkingRightsStatementIdentifier"),
        "PM79": _lacks("linkingRightsStatementIdentifierValue", "linkingRightsStatementIdentifier"),
    },
)

EVENTS: tuple[Demand, ...] = _each(
    "event",
    {
        "PM81": _lacks("eventIdentifier"),
        "PM82": _lacks("eventIdentifierType", "eventIdentifier"),
        "PM83": _lacks("eventIdentifierValue", "eventIdentifier"),
        "PM84": _lacks("eventType"),
        "PM85": _lacks("eventDateTime"),
        "PM86": _without_outcome,
        "PM87": _lacks("linkingAgentIdentifier"),
        "PM88": _lacks("linkingAgentIdentifierType", "linkingAgentIdentifier"),
        "PM89": _lacks("linkingAgentIdentifierValue", "linkingAgentIdentifier"),
        "PM90": _lacks("linkingObjectIdentifier"),
        "PM91": _lacks("linkingObjectIdentifierType", "linkingObjectIdentifier"),
        "PM92": _lacks("linkingObjectIdentifierValue", "linkingObjectIdentifier"),
    },
)

_COPYRIGHT = (_STATEMENT, "copyrightInformation")
_LICENSE = (_STATEMENT, "licenseInformation")
_STATUTE = (_STATEMENT, "statuteInformation")
_OTHER = (_STATEMENT, "otherRightsInformation")

RIGHTS: tuple[Demand, ...] = _each(
    "rights",
    {
        "PM94": _lacks(_STATEMENT),
        "PM95": _lacks("rightsStatementIdentifier", _STATEMENT),
        "PM96": _lacks("rightsStatementIdentifierType", _STATEMENT, "rightsStatementIdentifier"),
        "PM97": _lacks("rightsStatementIdentifierValue", _STATEMENT, "rightsStatementIdentifier"),
        "PM98": _lacks("rightsBasis", _STATEMENT),
        "PM99": _basis_without("copyright", "copyrightInformation"),
        "PM100": _lacks("copyrightStatus", *_COPYRIGHT),
        "PM101": _lacks("copyrightJurisdiction", *_COPYRIGHT),
        "PM103": _lacks("copyrightDocumentationIdentifierType", *_COPYRIGHT, "copyrightDocumentationIdentifier"),
        "PM104": _lacks("copyrightDocumentationIdentifierValue", *_COPYRIGHT, "copyrightDocumentationIdentifier"),
        "PM105": _basis_without("license", "licenseInformation"),
        "PM107": _lacks("licenseDocumentationIdentifierType", *_LICENSE, "licenseDocumentationIdentifier"),
        "PM108": _lacks("licenseDocumentationIdentifierValue", *_LICENSE, "licenseDocumentationIdentifier"),
        "PM109": _basis_without("statute", "statuteInformation"),
        "PM110": _lacks("statuteJurisdiction", *_STATUTE),
        "PM111": _lacks("statuteCitation", *_STATUTE),
        "PM113": _lacks("statuteDocumentationIdentifierType", *_STATUTE, "statuteDocumentationIdentifier"),
        "PM114": _lacks("statuteDocumentationIdentifierValue", *_STATUTE, "statuteDocumentationIdentifier"),
        "PM115": _basis_without("other", "otherRightsInformation"),
        "PM117": _lacks("otherRightsDocumentationIdentifierType", *_OTHER, "otherRightsDocumentationIdentifier"),
        "PM118": _lacks("otherRightsDocumentationIdentifierValue", *_OTHER, "otherRightsDocumentationIdentifier"),
        "PM119": _lacks("otherRightsBasis", *_OTHER),
        "PM121": _lacks("act", _STATEMENT, "rightsGranted"),
        "PM123": _lacks("startDate", _STATEMENT, "rightsGranted", "termOfGrant"),
    },
)

"""What libxml2 says of a schema fault, taken apart: which element or attribute, what kind of fault, which value."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.formats.mets_values import PREFIXES

_FAULT = re.compile(r"Element '(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<rest>.*)\Z", re.DOTALL)
_MISSING = re.compile(r"The attribute '(?P<name>[^']*)' is required but missing\.")
_ABSENT = re.compile(r"Missing child element\(s\)\. Expected is (?P<expected>.*)\Z", re.DOTALL)
_UNEXPECTED = re.compile(r"This element is not expected\.(?: Expected is (?P<expected>.*))?\Z", re.DOTALL)
_VALUE = re.compile(
    r"(?:\[facet '\w+'\] )?(?:The value )?'(?P<value>.*?)' "
    r"(?:is not |has a length |does not match |exceeds |is less )",
    re.DOTALL,
)
_NAME = re.compile(r"(?:\{([^{}]*)\})?([^\s{}()*,.#]+)")


class FaultKind(StrEnum):
    """What is wrong with the element or the attribute."""

    MISSING = "missing"  # a required attribute
    ABSENT = "absent"  # required children, at the end of the element
    UNEXPECTED = "unexpected"  # an element out of place
    VALUE = "value"  # a value that its type does not allow
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaWords:
    """A fault taken apart; `expected` are local names, `attribute` has the usual prefix of its namespace."""

    kind: FaultKind
    namespace: str = ""
    element: str = ""
    attribute: str = ""
    value: str = ""
    expected: frozenset[str] = frozenset()


def taken_apart(message: str) -> SchemaWords:
    """Read a message of libxml2's schema validator; what it does not have of known shapes is OTHER."""
    found = _FAULT.match(message)
    if found is None:
        return SchemaWords(kind=FaultKind.OTHER)
    namespace, element = _split(found["element"])
    attribute, rest = _attribute(found["attribute"] or ""), found["rest"]
    if missing := _MISSING.match(rest):
        kind, attribute = FaultKind.MISSING, _attribute(missing["name"])
        return SchemaWords(kind=kind, namespace=namespace, element=element, attribute=attribute)
    if expecting := _ABSENT.match(rest) or _UNEXPECTED.match(rest):
        kind = FaultKind.ABSENT if rest.startswith("Missing") else FaultKind.UNEXPECTED
        expected = frozenset(name for _, name in _NAME.findall(expecting["expected"] or "") if name not in _WORDS)
        return SchemaWords(kind=kind, namespace=namespace, element=element, expected=expected)
    worded = _VALUE.match(rest)
    kind, value = (FaultKind.OTHER, "") if worded is None else (FaultKind.VALUE, worded["value"])
    return SchemaWords(kind=kind, namespace=namespace, element=element, attribute=attribute, value=value)


_WORDS = frozenset({"one", "of"})


def _attribute(name: str) -> str:
    namespace, local = _split(name)
    return f"{PREFIXES[namespace]}:{local}" if namespace in PREFIXES else local


def _split(name: str) -> tuple[str, str]:
    namespace, _, local = name.removeprefix("{").rpartition("}")
    return namespace, local

"""The vocabularies of CITS ERMS 3.0, read from the schema that defines them: each stands in one place."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from lxml import etree

from schemas.catalogue import PACKAGE

_VOCABULARIES = PACKAGE / "erms" / "vocabularies.xsd"
_XSD = "{http://www.w3.org/2001/XMLSchema}"


@cache
def erms_terms() -> Mapping[str, frozenset[str]]:
    """Give the terms of each vocabulary by the name of its type in the schema (`AgentTerm`, `DateTerm` …)."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    kinds = etree.parse(str(_VOCABULARIES), parser).getroot().iterchildren(_XSD + "simpleType")
    return MappingProxyType({str(kind.get("name")): _terms(kind) for kind in kinds})


def _terms(kind: etree._Element) -> frozenset[str]:
    return frozenset(str(term.get("value")) for term in kind.iter(_XSD + "enumeration"))

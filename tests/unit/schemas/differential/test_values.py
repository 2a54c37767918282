"""The few probes that a repeated built-in type gets are worth as much as all of them."""

import itertools
from collections.abc import Sequence

import pytest
from lxml import etree

from tests.unit.schemas.differential.values import BRIEF, PROBES

TYPES = (
    *("string", "anyURI", "int", "integer", "long", "positiveInteger", "boolean", "date", "dateTime"),
    *("base64Binary", "ID", "IDREFS", "gYear", "decimal"),
)


def verdicts(name: str, probes: Sequence[str]) -> list[bool]:
    schema = etree.XMLSchema(
        etree.fromstring(
            f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType>'
            f'<xs:attribute name="b" type="xs:{name}"/></xs:complexType></xs:element></xs:schema>'
        )
    )
    documents = (etree.tostring(etree.Element("a", b=probe)) for probe in probes)
    return [schema.validate(etree.fromstring(document)) for document in documents]


@pytest.mark.parametrize("probes", [BRIEF, PROBES], ids=["brief", "all"])
def test_no_two_built_in_types_take_the_same_probes(probes: Sequence[str]) -> None:
    taken = {name: verdicts(name, probes) for name in TYPES}
    assert [pair for pair in itertools.combinations(TYPES, 2) if taken[pair[0]] == taken[pair[1]]] == []

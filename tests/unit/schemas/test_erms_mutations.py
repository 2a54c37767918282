"""Thousands of small changes to ERMS documents: our schema and the published one judge each alike."""

import copy
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from lxml import etree

from tests.unit.schemas.erms_instances import (
    NAMESPACE,
    OUR_SCHEMA,
    PUBLISHED_SCHEMA,
    TERMS,
    accepts,
    attributes,
    load,
    local,
    maximal_aggregations,
    path,
    thinned,
)

PROBES = ("", " ", "hej då", "true", "1", "3000000000", "2026-11-30", "2026-11-30T12:00:00", "aGVq")
"""Texts of which each built-in type of the schema takes some and refuses others."""
ALLOWED = {
    "duplicate systemInformation/agents/agent",
    "term record/@recordPhysicalOrDigital=physical_and_digital",
}
"""Changes on which the verdicts differ on purpose: see DIFFERENCES in test_erms_schema."""


class Change(Protocol):
    """Changes the tree around an element, one way at a time: yields the change's name, then takes it back."""

    __name__: str

    def __call__(self, element: etree._Element, /) -> Iterator[str]: ...


def drop(element: etree._Element) -> Iterator[str]:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent.remove(element)
        yield "drop"
        parent.insert(place, element)


def duplicate(element: etree._Element) -> Iterator[str]:
    parent = element.getparent()
    if parent is not None:
        twin = copy.deepcopy(element)
        for inside in twin.iter("*"):
            inside.attrib.pop("classificationSchemaId", "")  # twice the same identity is another mistake
        parent.insert(parent.index(element), twin)
        yield "duplicate"
        parent.remove(twin)


def swap(element: etree._Element) -> Iterator[str]:
    after = element.getnext()
    if after is not None:
        after.addnext(element)
        yield "swap"
        element.addnext(after)


def move_last(element: etree._Element) -> Iterator[str]:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent.append(element)
        yield "move last"
        parent.insert(place, element)


def rename(element: etree._Element) -> Iterator[str]:
    tag = element.tag
    for name in (f"{{{NAMESPACE}}}unknown", local(element), f"{{{NAMESPACE}}}title"):
        element.tag = name
        yield f"rename to {name}"
    element.tag = tag


def add_child(element: etree._Element) -> Iterator[str]:
    for name in (f"{{{NAMESPACE}}}unknown", "{urn:foreign}unknown", f"{{{NAMESPACE}}}note"):
        child = etree.SubElement(element, name)
        yield f"add {name}"
        element.remove(child)


def add_attribute(element: etree._Element) -> Iterator[str]:
    for name in ("unknown", "{urn:foreign}unknown", f"{{{NAMESPACE}}}unknown", "name"):
        if name not in element.attrib:
            element.set(name, "x")
            yield f"add @{name}"
            del element.attrib[name]


def add_text(element: etree._Element) -> Iterator[str]:
    text = element.text
    if len(element):
        element.text = "text"
        yield "add text"
        element.text = text


def alter_text(element: etree._Element) -> Iterator[str]:
    text = element.text
    if not len(element):
        for probe in (*PROBES, f" {text or ''}\n"):
            element.text = probe
            yield f"text {probe!r}"
        element.text = text


def drop_attribute(element: etree._Element) -> Iterator[str]:
    for name, term in attributes(element).items():
        del element.attrib[name]
        yield f"drop @{name}"
        element.set(name, term)


def alter_attribute(element: etree._Element) -> Iterator[str]:
    for name, term in attributes(element).items():
        for probe in (*PROBES, f" {term}  ", term.upper()):
            element.set(name, probe)
            yield f"@{name} {probe!r}"
        element.set(name, term)


CHANGES: tuple[Change, ...] = (
    drop,
    duplicate,
    swap,
    move_last,
    rename,
    add_child,
    add_attribute,
    add_text,
    alter_text,
    drop_attribute,
    alter_attribute,
)


def _delivered(corpus: Path) -> bytes:
    (package,) = corpus.glob("fgs/p360/*.zip")
    with zipfile.ZipFile(package) as archive:
        return archive.read("content/748461/erms.xml")


BASES: dict[str, Callable[[Path], bytes]] = {
    "maximal": lambda _: maximal_aggregations(),
    "delivery": _delivered,
}


@pytest.fixture(scope="module")
def schemas(corpus: Path) -> tuple[etree.XMLSchema, etree.XMLSchema]:
    """Ours and the published one."""
    return load(OUR_SCHEMA), load(corpus / PUBLISHED_SCHEMA)


def changed(document: bytes, change: Change) -> Iterator[tuple[str, bytes]]:
    """A document changed at each place that the names of an element and the two above it tell apart."""
    root = etree.fromstring(document)
    before, seen = canonical(root), set[str]()
    for element in list(root.iter("*")):
        place = "/".join(path(element).split("/")[-3:])
        if place not in seen:
            seen.add(place)
            for label in change(element):
                yield f"{label} {place}", etree.tostring(root)
    assert canonical(root) == before


def canonical(root: etree._Element) -> bytes:
    return etree.tostring(root, method="c14n", exclusive=True)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("base", BASES)
def test_a_changed_document_is_judged_alike(
    base: str, change: Change, corpus: Path, schemas: tuple[etree.XMLSchema, etree.XMLSchema]
) -> None:
    ours, published = schemas
    document = thinned(BASES[base](corpus))
    assert accepts(published, document)
    refused, unlike = 0, []
    for label, altered in changed(document, change):
        verdict = accepts(published, altered)
        refused += not verdict
        if accepts(ours, altered) != verdict and label not in ALLOWED:
            unlike.append(label)
    assert unlike == []
    assert refused > 0


def test_the_changes_are_many() -> None:
    document = thinned(maximal_aggregations())
    assert sum(1 for change in CHANGES for _ in changed(document, change)) > 6000


@pytest.mark.parametrize("carrier", TERMS, ids="/@".join)
def test_every_vocabulary_takes_its_own_terms_and_no_others(
    carrier: tuple[str, str], schemas: tuple[etree.XMLSchema, etree.XMLSchema]
) -> None:
    name, attribute = carrier
    root = etree.fromstring(thinned(maximal_aggregations()))
    element = next(root.iter(f"{{{NAMESPACE}}}{name}"))
    accepted = set()
    for term in {term for terms in TERMS.values() for term in terms} | {"physical_and_digital"}:
        element.set(attribute, term)
        document = etree.tostring(root)
        ours, published = (accepts(schema, document) for schema in schemas)
        assert ours == published or f"term {name}/@{attribute}={term}" in ALLOWED
        if published:
            accepted.add(term)
    assert accepted == set(TERMS[carrier])


def test_every_element_as_the_document_is_judged_alike(
    schemas: tuple[etree.XMLSchema, etree.XMLSchema],
) -> None:
    root = etree.fromstring(thinned(maximal_aggregations()))
    fragments = {local(element): etree.tostring(element) for element in root.iter("*")}
    verdicts = {name: [accepts(schema, fragment) for schema in schemas] for name, fragment in fragments.items()}
    assert [name for name, (ours, published) in verdicts.items() if ours != published] == []
    assert len([name for name, (_, published) in verdicts.items() if published]) > 40

"""Our schemas and the published ones give every mutation the same verdict, apart from the differences we list."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from tests.conftest import REPOSITORY
from tests.unit.schemas.differential.changes import mutations
from tests.unit.schemas.differential.comparison import VALID, Comparison, Judged, compared
from tests.unit.schemas.differential.declared import Declared, attributes, children
from tests.unit.schemas.differential.differences import DIFFERENCES, Cause, Difference, Refuses
from tests.unit.schemas.differential.pairs import PAIRS
from tests.unit.schemas.differential.sources import ours

pytestmark = [pytest.mark.corpus, pytest.mark.usefixtures("installed")]

XSD = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="module", params=PAIRS)
def pair(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def comparison(pair: str, corpus: Path) -> Comparison:
    return compared(pair, corpus)


def test_the_mutations_are_many_and_of_both_kinds(comparison: Comparison) -> None:
    assert comparison.judged > 300
    assert comparison.accepted > 300
    assert comparison.judged - comparison.accepted > 300


def test_the_documents_that_mutations_start_from_are_valid(comparison: Comparison) -> None:
    assert comparison.spoilt == []


def test_the_schemas_differ_exactly_where_we_say_so(pair: str, comparison: Comparison) -> None:
    listed = {(difference.id, difference.refuses): difference.count for difference in DIFFERENCES[pair]}
    found = Counter[tuple[str, Refuses]]()
    unlisted = []
    for judged in comparison.differing:
        difference = _listed(pair, judged)
        if difference is None:
            unlisted.append(judged)
        else:
            found[difference.id, difference.refuses] += 1
    assert unlisted == []
    assert found == listed


def test_both_schemas_find_the_first_fault_in_the_same_element(comparison: Comparison) -> None:
    assert comparison.elsewhere == []


def test_the_mutations_reach_every_name_and_term_of_the_published_files(
    pair: str, comparison: Comparison, corpus: Path
) -> None:
    declared = {fact for source in PAIRS[pair].declaring(corpus) for fact in _named(etree.fromstring(source.text))}
    assert len(declared) > 8
    assert declared - comparison.reached == set()


def test_the_mutations_reach_every_child_and_attribute_of_either_schema(comparison: Comparison) -> None:
    declared = {fact for schema in (comparison.published, comparison.ours) for fact in _placed(schema)}
    assert len(declared) > 100
    assert declared - comparison.reached == set()


def test_another_processor_finds_the_schemas_alike(pair: str, comparison: Comparison) -> None:
    assert len(comparison.sampled) > 200
    unlike = []
    for mutation in comparison.sampled:
        published = _accepts(comparison.published.schema, mutation.document)
        if _accepts(comparison.ours.schema, mutation.document) != published:
            judged = Judged(
                mutation=mutation, published=VALID if published else "refused", ours="refused" if published else VALID
            )
            unlike += [] if _listed(pair, judged) else [judged]
    assert unlike == []


def test_another_processor_tells_what_a_difference_comes_from(pair: str, comparison: Comparison) -> None:
    for judged in comparison.differing:
        difference = _listed(pair, judged)
        if difference is not None and difference.cause is Cause.PROCESSOR:
            assert not _accepts(comparison.published.schema, judged.mutation.document)
            assert not _accepts(comparison.ours.schema, judged.mutation.document)


def test_the_mutations_are_the_same_every_time() -> None:
    pair = PAIRS["FGS Ärendehantering 1.0"]
    twice = [Declared(schema=ours(pair.ours).opened(), root=pair.root, namespaces=pair.namespaces) for _ in range(2)]
    assert _digest(twice[0]) == _digest(twice[1])


def test_the_page_tells_of_every_pair_and_every_difference(pair: str) -> None:
    page = (REPOSITORY / "docs" / "reference" / "schema-differences.md").read_text("utf-8")
    assert f"| {pair} |" in page
    for difference in DIFFERENCES[pair]:
        assert f"| {difference.id} |" in page


def _listed(pair: str, judged: Judged) -> Difference | None:
    refuses = Refuses.OURS if judged.published == VALID else Refuses.PUBLISHED
    matching = [
        difference
        for difference in DIFFERENCES[pair]
        if difference.refuses is refuses and difference.covers(judged.mutation.name)
    ]
    assert len(matching) <= 1, judged.mutation.name
    return matching[0] if matching else None


def _named(schema: etree._Element) -> Iterator[tuple[str, ...]]:
    """What the text of a schema declares, as `facts` tells it; read without the help of either processor."""
    for node in schema.iter(f"{XSD}element", f"{XSD}attribute", f"{XSD}enumeration"):
        if node.tag == f"{XSD}enumeration":
            yield "=", str(node.get("value"))
        elif node.get("name") and node.tag == f"{XSD}element":
            yield (str(node.get("name")),)
        elif node.get("name"):
            yield "@", str(node.get("name"))


def _placed(declared: Declared) -> Iterator[tuple[str, ...]]:
    for place in declared.places():
        name = str(place[-1].local_name)
        yield (name,)
        yield from ((name, str(child.local_name)) for child in children(place[-1]))
        yield from ((name, "@" + etree.QName(attribute).localname) for attribute in attributes(place[-1]))


def _accepts(schema: xmlschema.XMLSchema, document: bytes) -> bool:
    try:
        return schema.is_valid(document.decode())
    except KeyError:  # its answer to an xsi:type that names no type
        return False


def _digest(declared: Declared) -> str:
    every = hashlib.sha256()
    for mutation in mutations(declared):
        every.update(mutation.name.encode() + mutation.document)
    return every.hexdigest()

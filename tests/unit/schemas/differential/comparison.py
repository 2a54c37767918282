"""Both schemas' judgement on every mutation of a pair, made once per run."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree

from ingest.formats.xsd import compiled
from tests.unit.schemas.differential.changes import Mutation, mutations
from tests.unit.schemas.differential.declared import Declared
from tests.unit.schemas.differential.pairs import PAIRS
from tests.unit.schemas.differential.sources import ours

VALID: Final = "valid"
SAMPLED: Final = 53
"""One mutation in so many is also judged by the second processor, which takes a hundred times as long."""

Fact = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A mutation and where each schema first finds fault with it: the element's path, or `VALID`."""

    mutation: Mutation
    published: str
    ours: str


@dataclass(slots=True, kw_only=True)
class Comparison:
    """What came of a pair."""

    published: Declared
    ours: Declared
    judged: int = 0
    accepted: int = 0
    differing: list[Judged] = field(default_factory=list)
    """One schema accepts, the other refuses."""
    elsewhere: list[Judged] = field(default_factory=list)
    """Both refuse, each because of another element."""
    sampled: list[Mutation] = field(default_factory=list)
    spoilt: list[str] = field(default_factory=list)
    """Unchanged documents that both refuse: a mistake of the building, not of a schema."""
    reached: set[Fact] = field(default_factory=set)
    """What documents that the published schema accepts have in them: see `facts`."""


@cache
def compared(name: str, corpus: Path) -> Comparison:
    """Judge every different mutation of a pair, those of the published schema first, then those of ours."""
    pair = PAIRS[name]
    source = pair.published(corpus)
    judges = (source.compiled(), compiled(pair.ours))
    result = Comparison(
        published=Declared(schema=source.opened(), root=pair.root, namespaces=pair.namespaces),
        ours=Declared(schema=ours(pair.ours).opened(), root=pair.root, namespaces=pair.namespaces),
    )
    for mutation in _different(result.published, result.ours):
        _note(result, mutation, *(_verdict(judge, mutation.document) for judge in judges))
    return result


def _different(*schemas: Declared) -> Iterator[Mutation]:
    seen: set[bytes] = set()
    for declared in schemas:
        for mutation in mutations(declared):
            digest = hashlib.sha256(mutation.document).digest()
            if digest not in seen:
                seen.add(digest)
                yield mutation


def _verdict(judge: etree.XMLSchema, document: bytes) -> str:
    """Parses anew each time: a tree that was validated remembers its identities."""
    if judge.validate(etree.fromstring(document)):
        return VALID
    return str(cast("Any", judge.error_log)[0].path)  # lxml's stubs do not say that a log is a sequence


def _note(result: Comparison, mutation: Mutation, published: str, our: str) -> None:
    result.judged += 1
    if result.judged % SAMPLED == 0:
        result.sampled.append(mutation)
    judged = Judged(mutation=mutation, published=published, ours=our)
    if (published == VALID) != (our == VALID):
        result.differing.append(judged)
    elif published != our:
        result.elsewhere.append(judged)
    if mutation.unchanged and VALID not in {published, our}:
        result.spoilt.append(mutation.name)
    if published == VALID:
        result.accepted += 1
        result.reached.update(facts(mutation.document))


def facts(document: bytes) -> Iterator[Fact]:
    """(element), (parent, element), (element, @attribute), ("@", attribute) and ("=", value) of a whole document."""
    for element in etree.fromstring(document).iter("*"):
        name = etree.QName(element).localname
        yield (name,)
        yield ("=", element.text or "")
        parent = element.getparent()
        if parent is not None:
            yield (etree.QName(parent).localname, name)
        for attribute, value in element.attrib.items():
            yield (name, f"@{etree.QName(str(attribute)).localname}")
            yield "@", etree.QName(str(attribute)).localname
            yield ("=", str(value))

"""Containers that were delivered as content: what was found where the agreement asks that they be opened."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from ingest.domain.characteristics import Trait
from ingest.domain.findings import Violation
from ingest.domain.nested import NestedFaultKind, NestedFile
from ingest.rules.rule import Rule
from ingest.rules.subjects import JudgedFile

_OF_CONTAINERS: Final = {
    "EARKIV-NST-1": NestedFaultKind.UNREADABLE,
    "EARKIV-NST-2": NestedFaultKind.AMBIGUOUS,
    "EARKIV-NST-3": NestedFaultKind.UNSAFE_NAME,
    "EARKIV-NST-4": NestedFaultKind.NO_FILE,
    "EARKIV-NST-5": NestedFaultKind.BEYOND_BUDGET,
    "EARKIV-NST-7": NestedFaultKind.TOO_DEEP,
    "EARKIV-NST-8": NestedFaultKind.UNFINISHED,
}


def faulty_container(judged: JudgedFile, rule: str, kind: NestedFaultKind) -> Iterator[Violation]:
    """Tell the faults of one kind, each with its path in the container."""
    for fault in judged.file.nested.faults if judged.file.nested else ():
        if fault.kind is kind:
            place = replace(judged.location, value=fault.path)
            yield Violation(rule=rule, location=place, detail=fault.detail, times=fault.times)


def file_inside(judged: JudgedFile, rule: str, traits: frozenset[Trait]) -> Iterator[Violation]:
    """Tell of the files in a container in which one of these was seen."""
    for file in judged.file.nested.files if judged.file.nested else ():
        seen = traits.intersection(file.traits)
        if seen:
            yield _told(judged, rule, file, ", ".join(sorted(seen)))


def locked_inside(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-NST-6: a container, or a file in it, that is locked or packed in an unknown way."""
    yield from faulty_container(judged, "EARKIV-NST-6", NestedFaultKind.LOCKED)
    yield from file_inside(judged, "EARKIV-NST-6", frozenset({Trait.ENCRYPTED}))


def programs_inside(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-NST-9: a file in a container that has macros or scripts."""
    yield from file_inside(judged, "EARKIV-NST-9", frozenset({Trait.MACROS, Trait.SCRIPTS}))


def damaged_inside(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-NST-10: a file in a container that is damaged, or empty."""
    yield from file_inside(judged, "EARKIV-NST-10", frozenset({Trait.DAMAGED}))
    for file in judged.file.nested.files if judged.file.nested else ():
        if not file.size:
            yield _told(judged, "EARKIV-NST-10", file, "empty")


def _told(judged: JudgedFile, rule: str, file: NestedFile, detail: str) -> Violation:
    return Violation(rule=rule, location=replace(judged.location, value=file.path), detail=detail)


RULES: tuple[Rule[JudgedFile], ...] = (
    *(Rule(id=rule, check=partial(faulty_container, rule=rule, kind=kind)) for rule, kind in _OF_CONTAINERS.items()),
    Rule(id="EARKIV-NST-6", check=locked_inside),
    Rule(id="EARKIV-NST-9", check=programs_inside),
    Rule(id="EARKIV-NST-10", check=damaged_inside),
)

"""Personal numbers in what units say of themselves: in their descriptions, and in the names of their files.

What documents hold is another finder's to read.
"""

from collections.abc import Iterator
from dataclasses import replace

from ingest.domain.access.units import Unit
from ingest.domain.cases import Case, Record
from ingest.domain.personal_numbers import find_numbers
from ingest.formats.wire import Json, to_json, without_lines


class DescribedNumbers:
    """`HitFinder` for descriptions and file names."""

    def hits_in(self, package: str, generation: int, unit: Unit) -> frozenset[str]:
        """Name each hit by the place in the description, the place in the text there, and the kind of number."""
        _ = package, generation
        return frozenset(
            f"{place}:{hit.start}-{hit.end}:{hit.kind}"
            for place, text in _texts(said_by(unit.described), "")
            for hit in find_numbers(text)
        )


def said_by(described: Case | Record) -> Json:
    """Give what a unit says of itself and of its own documents, and nothing of the units in it."""
    alone = replace(described, records=(), parts=()) if isinstance(described, Case) else described
    return without_lines(to_json(alone))


def _texts(said: Json, place: str) -> Iterator[tuple[str, str]]:
    match said:
        case str():
            yield place, said
        case list():
            for number, part in enumerate(said):
                yield from _texts(part, f"{place}/{number}")
        case dict():
            for name, part in said.items():
                yield from _texts(part, f"{place}/{name}")
        case _:
            return

"""Are a document's XML ids unique, and does every reference lead to one? Streaming validation checks neither."""

from collections.abc import Callable, Iterator

from ingest.formats.file_runs import FileRun
from ingest.formats.mets_values import Element, File, Fptr, MetsElement, Section
from ingest.rules.mets.breaches import Breach, gravely_broken

NameRule = Callable[[Element], str]
"""Gives the rule that an element's doubled id breaks."""
ReferenceRule = Callable[[Element, str], str]
"""Gives the rule that a reference to nothing breaks, by the element and the attribute's name."""


class Identifiers:
    """The ids of one document so far, exactly, and the references that none of them answers yet."""

    def __init__(self, doubled: NameRule, dangling: ReferenceRule) -> None:
        """Know of nothing; the two say which rule is broken."""
        self._doubled = doubled
        self._dangling = dangling
        self._known: set[str] = set()
        self._open: dict[tuple[str, str], Breach] = {}

    def takes(self, run: FileRun) -> bool:
        """Take in a run of files, if none of its ids is known and all that it refers to is; else it is left alone."""
        own, known = run.column("ID"), self._known
        fresh = frozenset(own)
        if len(fresh) < len(run) or not known.isdisjoint(fresh):
            return False
        for attribute in ("ADMID", "DMDID"):
            if not known.issuperset(" ".join({*run.column(attribute)}).split()):
                return False
        known |= fresh
        return True

    def of(self, element: MetsElement) -> Iterator[tuple[str, Breach]]:
        """Take in an element with its id and references, and give a breach for each id that stands twice."""
        yield from self._name(element)
        if isinstance(element, Section):
            for part in (*element.references, *element.wrapped):
                yield from self._name(part)
        if isinstance(element, File):
            for place in element.locations:
                yield from self._name(place)
        if isinstance(element, Fptr):
            self._refer(element, "FILEID", (element.file_id,) if element.file_id else ())
        else:
            self._refer(element, "DMDID", element.dmd_ids)
            self._refer(element, "ADMID", element.adm_ids)

    def _name(self, element: Element) -> Iterator[tuple[str, Breach]]:
        own = element.id
        if own is None:
            return
        if own in self._known:
            yield from ((self._doubled(element), breach) for breach in gravely_broken(element, own))
        self._known.add(own)

    def _refer(self, element: MetsElement, attribute: str, targets: tuple[str, ...]) -> None:
        for target in targets:
            if target not in self._known:
                rule = self._dangling(element, attribute)
                (breach,) = gravely_broken(element, target, f"@{attribute}")
                self._open.setdefault((rule, target), breach)

    def dangling(self) -> Iterator[tuple[str, Breach]]:
        """Give a breach for each id that is referred to and stands nowhere, at its first reference."""
        for (rule, target), breach in self._open.items():
            if target not in self._known:
                yield rule, breach

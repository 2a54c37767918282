"""CSIP93 to CSIP104, CSIP116, CSIP118, CSIP119: divisions of documentation, schemas and content.

The three ask the same under ids of their own. A representation with a METS of its own has a division of another
kind (`representations`), whose label `Representations/<name>` begins as the content division's does: CSIP103 and
CSIP107 are read together (ADR 0010).
"""

from collections.abc import Callable

from ingest.domain.findings import Severity
from ingest.rules.mets.breaches import KEPT, Breach, Breaches, broken, gravely_broken
from ingest.rules.mets.groups import DOCUMENTATION, REPRESENTATIONS, SCHEMAS, groups_of, of_kind
from ingest.rules.mets.structures import csip_map, labelled, without_id
from ingest.rules.mets.subjects import Division, Document, Group, MetsRule, Summary
from ingest.rules.mets.versions import EARLIER

_Check = Callable[[Summary, str], Breaches]


def divisions_for(summary: Summary, kind: str) -> tuple[Division, ...]:
    """Give the divisions whose label is that word, or a path that begins with it."""
    structure = csip_map(summary)
    divisions = structure.divisions if structure else ()
    return tuple(one for one in divisions if (one.element.label or "").partition("/")[0] == kind)


def _groups(summary: Summary, kind: str) -> tuple[Group, ...]:
    """Give the groups of a kind that a division has to stand for: those of a representation's METS need a pointer."""
    titles = _titles(summary)
    return tuple(group for group in groups_of(summary, kind) if (group.element.id or "") not in titles)


def _titles(summary: Summary) -> frozenset[str]:
    structure = csip_map(summary)
    divisions = structure.divisions if structure else ()
    return frozenset(pointer.attribute("xlink:title") or "" for one in divisions for pointer in one.mptrs)


def _described(summary: Summary, document: Document, kind: str) -> Breaches:
    """One division stands for all groups of the kind; a second one breaks the cardinality.

    Before 2.2 the pointers in it are a must (CSIP96, CSIP100, CSIP104), and so is what holds them.
    """
    structure = csip_map(summary)
    exact = labelled(summary, kind)
    if len(exact) > 1:
        return gravely_broken(exact[1].element, kind)
    if structure is None or not _groups(summary, kind) or divisions_for(summary, kind):
        return KEPT
    told = broken if document.versions.isdisjoint(EARLIER) else gravely_broken
    return told(structure.element, kind)


def _identified(summary: Summary, document: Document, kind: str) -> Breaches:
    del document
    return without_id(labelled(summary, kind))


def _labelled_so(summary: Summary, document: Document, kind: str) -> Breaches:
    """What points to a group of the kind is labelled so, and before 2.2 every such group has what points to it."""
    structure = csip_map(summary)
    ids = {group.element.id for group in _groups(summary, kind)}
    if structure is None or not ids:
        return KEPT
    named = divisions_for(summary, kind)
    strays = [one for one in structure.divisions if one not in named and _points(one, ids)]
    doubled = labelled(summary, kind)[1:]
    if strays or doubled:
        return broken((*strays, *doubled)[0].element, (*strays, *doubled)[0].element.label)
    is_asked = not document.versions.isdisjoint(EARLIER)
    return broken(structure.element, kind) if is_asked and not named else KEPT


def _points(division: Division, ids: set[str | None]) -> bool:
    return any(pointer.file_id in ids for pointer in division.fptrs) and not _is_known(division)


def _is_known(division: Division) -> bool:
    """Whether the division has another label of the vocabulary: then its pointer is wrong, not its label."""
    first = (division.element.label or "").partition("/")[0]
    return first in (DOCUMENTATION, SCHEMAS, REPRESENTATIONS)


def _all_referred(summary: Summary, document: Document, kind: str) -> Breaches:
    """Every group of the kind is pointed to: a must before 2.2, a recommendation since; and nothing else is."""
    structure = csip_map(summary)
    if structure is None:
        return KEPT
    pointed = {one for division in structure.divisions for one in division.pointed}
    left = [group.element for group in _groups(summary, kind) if (group.element.id or "") not in pointed]
    own = None if document.versions.isdisjoint(EARLIER) else Severity.ERROR
    return tuple(Breach(line=one.line, value=one.id or one.use or "", severity=own) for one in left)


def _right_pointer(summary: Summary, document: Document, kind: str) -> Breaches:
    """A pointer of the kind's division names a group of that kind, and one at least stands there."""
    del document
    right = {group.element.id for group in groups_of(summary, kind)}
    for division in labelled(summary, kind):
        wrong = [pointer for pointer in division.fptrs if not pointer.file_id or pointer.file_id not in right]
        if wrong:
            return broken(wrong[0], wrong[0].file_id)
        is_bare = not division.fptrs and not division.mptrs and not division.pointed
        if is_bare and _groups(summary, kind):
            return broken(division.element, kind)
    return KEPT


def _foreign_pointer(summary: Summary, document: Document, kind: str) -> Breaches:
    """The groups pointed to are of the kind: the other half of what asks for all of them."""
    left = _all_referred(summary, document, kind)
    others = {group.element.id: group.element for group in summary.groups if not of_kind(group.element, kind)}
    own = None if document.versions.isdisjoint(EARLIER) else Severity.ERROR
    wrong = [p for one in labelled(summary, kind) for p in one.fptrs if p.file_id in others]
    return (*left, *(Breach(line=p.line, value=p.file_id or "", severity=own) for p in wrong))


def _rules(
    kind: str, described: int, identified: int, label: int, referred: int, pointer: int
) -> tuple[MetsRule[Summary], ...]:
    checks = {
        described: _described,
        identified: _identified,
        label: _labelled_so,
        referred: _foreign_pointer,
        pointer: _right_pointer,
    }
    return tuple(_rule(number, kind, check) for number, check in checks.items())


def _rule(number: int, kind: str, check: Callable[[Summary, Document, str], Breaches]) -> MetsRule[Summary]:
    def of(summary: Summary, document: Document) -> Breaches:
        return check(summary, document, kind)

    return MetsRule(id=f"CSIP{number}", check=of)


RULES: tuple[MetsRule[Summary], ...] = (
    *_rules(DOCUMENTATION, described=93, identified=94, label=95, referred=96, pointer=116),
    *_rules(SCHEMAS, described=97, identified=98, label=99, referred=100, pointer=118),
    *_rules(REPRESENTATIONS, described=101, identified=102, label=103, referred=104, pointer=119),
)

"""CSIP105 to CSIP112: divisions that point to the METS documents of representations."""

from collections.abc import Iterator

from ingest.formats.mets_values import Mptr
from ingest.rules.mets.breaches import KEPT, Breach, Breaches, broken
from ingest.rules.mets.divisions import divisions_for
from ingest.rules.mets.groups import REPRESENTATIONS, groups_of
from ingest.rules.mets.structures import csip_map
from ingest.rules.mets.subjects import Division, Document, Level, MetsRule, Summary

_DEPTH = 3


def representation_documents(document: Document) -> tuple[str, ...]:
    """Give the folders, in lower case, of representations that have a METS of their own; none when METS is alone."""
    if document.level is Level.REPRESENTATION:
        return ()
    found = (path.split("/") for path in document.package.entries or ())
    return tuple(
        f"{parts[0]}/{parts[1]}".lower()
        for parts in found
        if len(parts) == _DEPTH and parts[0].lower() == "representations" and parts[2].lower() == "mets.xml"
    )


def _pointing(summary: Summary) -> tuple[Division, ...]:
    structure = csip_map(summary)
    return tuple(one for one in structure.divisions if one.mptrs) if structure else ()


def _pointers(summary: Summary) -> Iterator[tuple[Division, Mptr]]:
    for division in _pointing(summary):
        yield from ((division, pointer) for pointer in division.mptrs)


def _expected(summary: Summary, document: Document) -> tuple[Division, ...]:
    """Divisions that stand for a representation with a METS: they point to one, or its folder has one."""
    folders = representation_documents(document)
    named = (one for one in divisions_for(summary, REPRESENTATIONS) if (one.element.label or "").lower() in folders)
    return tuple({id(one): one for one in (*_pointing(summary), *named)}.values())


def each_described(summary: Summary, document: Document) -> Breaches:
    """CSIP105: every representation with a METS of its own has a division."""
    structure = csip_map(summary)
    if structure is None:
        return KEPT
    labels = {(one.element.label or "").lower() for one in structure.divisions}
    targets = {(pointer.href or "").lower().rpartition("/")[0] for _, pointer in _pointers(summary)}
    left = [folder for folder in representation_documents(document) if folder not in labels | targets]
    return tuple(Breach(line=structure.element.line, value=folder) for folder in left)


def identified(summary: Summary, document: Document) -> Breaches:
    """CSIP106: that division has an ID."""
    nameless = (one.element for one in _expected(summary, document) if not (one.element.id or "").strip())
    return tuple(Breach(line=one.line, value=one.label or "") for one in nameless)


def labelled(summary: Summary, document: Document) -> Breaches:
    """CSIP107: its label is Representations and the folder of the METS that it points to."""
    del document
    return tuple(
        Breach(line=division.element.line, value=division.element.label or "", detail=pointer.href or "")
        for division, pointer in _pointers(summary)
        if not _names_folder(division.element.label or "", pointer)
    )


def _names_folder(label: str, pointer: Mptr) -> bool:
    if not label.startswith(REPRESENTATIONS + "/"):
        return False
    folder = (pointer.href or "").removeprefix("./").rpartition("/")[0]
    return not folder or label.lower().rstrip("/") == folder.lower() or _is_elsewhere(folder)


def _is_elsewhere(folder: str) -> bool:
    """Whether the link is no plain relative path, which whoever follows links has to judge."""
    return not folder.lower().startswith("representations/") or "%" in folder


def titled(summary: Summary, document: Document) -> Breaches:
    """CSIP108: the pointer's xlink:title is the ID of the representation's file group."""
    del document
    groups = {group.element.id for group in groups_of(summary, REPRESENTATIONS)}
    wrong = (pointer for _, pointer in _pointers(summary) if pointer.attribute("xlink:title") not in groups)
    return tuple(Breach(line=one.line, value=one.attribute("xlink:title") or "") for one in wrong)


def one_pointer(summary: Summary, document: Document) -> Breaches:
    """CSIP109: it has exactly one pointer to a METS."""
    odd = [one for one in _expected(summary, document) if len(one.mptrs) != 1]
    return broken(odd[0].element, odd[0].element.label, f"{len(odd[0].mptrs)} × mptr") if odd else KEPT


def located(summary: Summary, document: Document) -> Breaches:
    """CSIP110: the pointer has a place; whether a file answers to it is asked when the files are known."""
    del document
    return tuple(Breach(line=p.line) for _, p in _pointers(summary) if not (p.href or "").strip())


def link(summary: Summary, document: Document) -> Breaches:
    """CSIP111: xlink:type is simple."""
    del document
    return _other_than(summary, "xlink:type", "simple")


def locator(summary: Summary, document: Document) -> Breaches:
    """CSIP112: LOCTYPE is URL."""
    del document
    return _other_than(summary, "LOCTYPE", "URL")


def _other_than(summary: Summary, name: str, wanted: str) -> Breaches:
    wrong = (pointer for _, pointer in _pointers(summary) if pointer.attribute(name) != wanted)
    return tuple(Breach(line=one.line, value=one.attribute(name) or one.href or "") for one in wrong)


RULES: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="CSIP105", check=each_described),
    MetsRule(id="CSIP106", check=identified),
    MetsRule(id="CSIP107", check=labelled),
    MetsRule(id="CSIP108", check=titled),
    MetsRule(id="CSIP109", check=one_pointer),
    MetsRule(id="CSIP110", check=located),
    MetsRule(id="CSIP111", check=link),
    MetsRule(id="CSIP112", check=locator),
)

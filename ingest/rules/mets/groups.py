"""CSIP58 to CSIP66, CSIP113 and CSIP114: the file section and its groups."""

from ingest.formats.mets_values import Element, FileGroup, FileSection
from ingest.rules.mets.breaches import KEPT, Breach, Breaches, broken, gravely_broken, mildly_broken
from ingest.rules.mets.roots import CONTENT_TYPE, OTHER_CONTENT_TYPE
from ingest.rules.mets.subjects import Document, Group, Level, MetsRule, Summary
from ingest.rules.mets.vocabularies import CONTENT_INFORMATION_TYPES, LABELS

DOCUMENTATION, SCHEMAS, REPRESENTATIONS, METADATA = LABELS
_ITS_FOLDER = {DOCUMENTATION: "documentation", SCHEMAS: "schemas", REPRESENTATIONS: "representations"}


def of_kind(group: FileGroup, kind: str) -> bool:
    """Say whether a group's USE begins with that label: it, or a folder below it."""
    return (group.use or "").partition("/")[0] == kind


def groups_of(summary: Summary, kind: str) -> tuple[Group, ...]:
    """Give the groups of that kind."""
    return tuple(group for group in summary.groups if of_kind(group.element, kind))


def has_files(document: Document, folder: str) -> bool:
    """Say whether a folder beside the document holds a file; False when no files are judged."""
    return (document.folder + folder).lower() in document.package.folders


# ------------------------------------------------------------------------------------------- the section


def section_identified(section: FileSection, document: Document) -> Breaches:
    """CSIP59: an ID."""
    del document
    return KEPT if (section.id or "").strip() else broken(section)


def one_section(summary: Summary, document: Document) -> Breaches:
    """CSIP58: recommended where there is content; a second one is an error."""
    if len(summary.file_sections) > 1:
        return gravely_broken(summary.file_sections[1])
    has_content = any(has_files(document, folder) for folder in (*_ITS_FOLDER.values(), "data"))
    return broken(summary.root) if has_content and not summary.file_sections else KEPT


def documentation_group(summary: Summary, document: Document) -> Breaches:
    """CSIP60: documentation stands in a group of its own; none at all is a warning (ADR 0010)."""
    return _some_group(summary, document, DOCUMENTATION)


def schema_group(summary: Summary, document: Document) -> Breaches:
    """CSIP113: XML schemas stand in a group of their own; none at all is a warning (ADR 0010)."""
    return _some_group(summary, document, SCHEMAS)


def representation_group(summary: Summary, document: Document) -> Breaches:
    """CSIP114: content, or the METS of what holds it, stands in a group; a package of metadata has none."""
    if document.level is Level.PACKAGE and not document.package.folders and document.package.entries is not None:
        return KEPT
    return _some_group(summary, document, REPRESENTATIONS)


def _some_group(summary: Summary, document: Document, kind: str) -> Breaches:
    """Ask it of the package's METS alone: what a representation has of it may stand there too."""
    if document.level is Level.REPRESENTATION or groups_of(summary, kind):
        return KEPT
    place: Element = (*summary.file_sections, summary.root)[0]
    return broken(place, kind) if has_files(document, _ITS_FOLDER[kind]) else mildly_broken(place, kind)


# ------------------------------------------------------------------------------------------- one group


def group_content_type(group: FileGroup, document: Document) -> Breaches:
    """CSIP62: a representation's group must state its type, any other should under MIXED; by the vocabulary."""
    stated = group.attribute(CONTENT_TYPE)
    if stated is not None:
        return KEPT if stated in CONTENT_INFORMATION_TYPES else gravely_broken(group, stated)
    if of_kind(group, REPRESENTATIONS):
        return gravely_broken(group, group.use)
    is_mixed = document.root.attribute(CONTENT_TYPE) == "MIXED"
    has_content = (group.use or "").partition("/")[0] not in LABELS
    return broken(group, group.use) if is_mixed and has_content else KEPT


def group_other_content_type(group: FileGroup, document: Document) -> Breaches:
    """CSIP63: OTHER must be explained, and only OTHER is."""
    del document
    explained = (group.attribute(OTHER_CONTENT_TYPE) or "").strip()
    is_other = group.attribute(CONTENT_TYPE) == "OTHER"
    if is_other and not explained:
        return gravely_broken(group, group.use)
    return broken(group, explained) if explained and not is_other else KEPT


def group_use(group: FileGroup, document: Document) -> Breaches:
    """CSIP64: USE is a label of the vocabulary or an own folder's name, and the path of a folder of the package."""
    use = (group.use or "").strip()
    if not use:
        return broken(group, group.id)
    if document.package.entries is None:
        return KEPT
    return KEPT if _is_folder(use, document) else broken(group, use)


def _is_folder(use: str, document: Document) -> bool:
    folders, wanted = document.package.folders, use.lower().rstrip("/")
    if wanted in folders or (document.folder.lower() + wanted) in folders:
        return True
    # A label alone may stand for the folders of that name in the representations (CSIPSTR15, CSIPSTR16).
    return use in LABELS and any(folder.endswith("/" + wanted) for folder in folders)


def group_identified(group: FileGroup, document: Document) -> Breaches:
    """CSIP65: an ID."""
    del document
    return KEPT if (group.id or "").strip() else broken(group, group.use)


def filled_groups(summary: Summary, document: Document) -> Breaches:
    """CSIP66: a group holds a file, or groups that do."""
    del document
    empty = (group.element for group in summary.groups if not group.files and not group.groups)
    return tuple(Breach(line=group.line, value=group.use or group.id or "") for group in empty)


SECTION_RULES: tuple[MetsRule[FileSection], ...] = (MetsRule(id="CSIP59", check=section_identified),)
RULES: tuple[MetsRule[FileGroup], ...] = (
    MetsRule(id="CSIP62", check=group_content_type),
    MetsRule(id="CSIP63", check=group_other_content_type),
    MetsRule(id="CSIP64", check=group_use),
    MetsRule(id="CSIP65", check=group_identified),
)
SUMMARY_RULES: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="CSIP58", check=one_section),
    MetsRule(id="CSIP60", check=documentation_group),
    MetsRule(id="CSIP113", check=schema_group),
    MetsRule(id="CSIP114", check=representation_group),
    MetsRule(id="CSIP66", check=filled_groups),
)

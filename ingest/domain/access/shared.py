"""Documents that lie in several units: what closes one of those closes the document wherever it lies.

A source marks a record and means its documents; that the same file lies in a record without a mark opens nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ingest.domain.access.levels import Level, strictest
from ingest.domain.access.marks import LEVELS, Cause, marks_of
from ingest.domain.access.units import Unit, UnitKey, above, units_of
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Submission

_CAUSES: Mapping[Level, Cause] = {Level.ON_REQUEST: Cause.ALSO_IN_PRIVATE, Level.HIDDEN: Cause.ALSO_IN_HIDDEN}


def shared_causes(submission: Submission, files: Mapping[PackagePath, str]) -> Mapping[UnitKey, Cause]:
    """Give the units of which a document lies in a more strictly marked unit too, marked itself or by what it is in.

    `files` are the SHA-256 of the delivered files, by their paths: the same bytes are the same document.
    """
    units = units_of(submission)
    own: defaultdict[UnitKey, Level] = defaultdict(lambda: Level.PUBLIC)
    for unit in units:
        own[unit.key] = strictest(own[unit.key], *(LEVELS[mark.cause] for mark in marks_of(unit.described)))
    holders: defaultdict[str, set[UnitKey]] = defaultdict(set)
    for unit in units:
        for document in _documents(unit, files):
            holders[document].add(unit.key)
    closed = {key: strictest(*(own[one] for one in (key, *above(key)))) for key in own}
    levels: dict[UnitKey, Level] = {}
    for sharing in holders.values():
        level = strictest(*(closed[key] for key in sharing))
        laxer = (key for key in sharing if closed[key].is_laxer_than(level))
        levels |= {key: strictest(level, levels.get(key, level)) for key in laxer}
    return {key: _CAUSES[level] for key, level in levels.items()}


def _documents(unit: Unit, files: Mapping[PackagePath, str]) -> Iterator[str]:
    paths = (document.path for document in unit.described.documents if document.path is not None)
    return (files.get(path, str(path)) for path in paths)

"""All that there is to see of each unit of a package, as digests: what a decision is bound to.

A unit's content is what it and all below it say and hold, what is said by whatever it is in, and the marks of the
package as a whole with whose archive it is, which is told of every public record; and whether a document of it lies in
a unit that is marked more strictly. A word or a byte of any of that makes it another.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from ingest.domain.access.decisions import View
from ingest.domain.access.marks import marks_of_package
from ingest.domain.access.shared import shared_causes
from ingest.domain.access.units import Unit, UnitKey, above, units_of
from ingest.domain.cases import Case, Record
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Submission
from ingest.formats.wire import Json, canonical_digest, to_json, without_lines

Hits = Mapping[UnitKey, str]
"""Digests of what was found in each unit's own description and documents; only of units that are kept back by it."""


def views_of(submission: Submission, files: Mapping[PackagePath, str], hits: Hits) -> Mapping[UnitKey, View]:
    """Give the view of each unit; `files` are the SHA-256 of the delivered files, by their paths."""
    own = _own_digests(submission, files)
    whole = _whole_digests(own)
    marks: Json = [[mark.cause, mark.words] for mark in marks_of_package(submission)]
    package: Json = [marks, submission.access_restriction, without_lines(to_json(submission.archival_creator))]
    in_sight = _hits_in_sight(own, hits)
    shared = shared_causes(submission, files)
    said = {key: [package, *([shared[key]] if key in shared else [])] for key in own}
    return {
        key: View(
            content=canonical_digest([whole[key], [own[over] for over in above(key)], *said[key]]),
            hits=canonical_digest(sorted(in_sight[key])),
        )
        for key in own
    }


def _own_digests(submission: Submission, files: Mapping[PackagePath, str]) -> dict[UnitKey, str]:
    said: defaultdict[UnitKey, list[Json]] = defaultdict(list)
    for unit in units_of(submission):
        said[unit.key].append([_said_by(unit.described), _files_of(unit, files)])
    return {key: canonical_digest(all_said) for key, all_said in said.items()}


def _files_of(unit: Unit, files: Mapping[PackagePath, str]) -> Json:
    paths = [document.path for document in unit.described.documents]
    return [None if path is None else files.get(path) for path in paths]


def _whole_digests(own: Mapping[UnitKey, str]) -> Mapping[UnitKey, str]:
    """Give the digest of each unit with all below it: those who come last have nothing below that is not done."""
    inside: defaultdict[UnitKey, list[Json]] = defaultdict(list)
    whole: dict[UnitKey, str] = {}
    for key, digest in reversed(tuple(own.items())):
        whole[key] = canonical_digest([digest, list(key[-1:]), inside[key]])
        inside[key[:-1]].append(whole[key])
    return whole


def _hits_in_sight(own: Mapping[UnitKey, str], hits: Hits) -> Mapping[UnitKey, set[str]]:
    """Give each unit what was found in it, in what it is in, and in what is in it, named with the place."""
    sight: defaultdict[UnitKey, set[str]] = defaultdict(set)
    named = {key: canonical_digest([list(key), digest]) for key, digest in hits.items()}
    for key in own:
        sight[key] |= {named[bearer] for bearer in (key, *above(key)) if bearer in named}
        for over in above(key):
            sight[over] |= {named[key]} if key in named else set()
    return sight


def _said_by(described: Case | Record) -> Json:
    """Give what a unit says of itself and of its own documents, and nothing of the units in it."""
    alone = replace(described, records=(), parts=()) if isinstance(described, Case) else described
    return without_lines(to_json(alone))

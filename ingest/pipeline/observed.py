"""Objects as rules and writers see them: what was staged joined with what the examination found."""

from ingest.domain.packages import DigitalObject, Examination, ObservedFile, StagedObject, place
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading


def observed_files(
    staged: tuple[StagedObject, ...], examinations: tuple[Examination, ...]
) -> dict[PackagePath, ObservedFile]:
    """Join the two by ordinal, keyed by path as delivered."""
    found = {e.ordinal: e for e in examinations}
    return {
        o.path: ObservedFile(
            path=o.path,
            size=o.size,
            sha256=o.sha256,
            digests=found[o.ordinal].digests,
            format=found[o.ordinal].format,
            scan=found[o.ordinal].scan,
            inside=found[o.ordinal].inside,
            pulled_in=found[o.ordinal].pulled_in,
        )
        for o in staged
    }


def digital_objects(
    reading: Reading, staged: tuple[StagedObject, ...], examinations: tuple[Examination, ...], side_car: str
) -> tuple[DigitalObject, ...]:
    """Give every delivered file all that is known of it and its place in the AIP, in delivered order."""
    found = {e.ordinal: e for e in examinations}
    descriptors = frozenset(reading.descriptors) | {PackagePath(side_car)}
    return tuple(
        DigitalObject(
            ordinal=o.ordinal,
            path=o.path,
            size=o.size,
            sha256=o.sha256,
            key=o.key,
            format=found[o.ordinal].format,
            scan=found[o.ordinal].scan,
            digests=found[o.ordinal].digests,
            place=place(reading.submission.dialect, o.path, descriptors),
        )
        for o in staged
    )

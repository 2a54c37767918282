"""Objects as rules and writers see them: what was staged joined with what the examination found."""

from ingest.domain.conversions import Conversion, DerivedObject, derived_objects
from ingest.domain.packages import DigitalObject, Examination, ObservedFile, StagedObject, place
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import EventType, derived_id
from ingest.domain.submissions import Reading
from ingest.pipeline.names import NORMALISE_FORMATS


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
            conformances=found[o.ordinal].conformances,
            nested=found[o.ordinal].nested,
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
            conformances=found[o.ordinal].conformances,
            nested=found[o.ordinal].nested,
            place=place(reading.submission.dialect, o.path, descriptors),
        )
        for o in staged
    )


def preservation_copies(
    delivery_id: str, staged: tuple[StagedObject, ...], conversions: tuple[Conversion, ...]
) -> tuple[DerivedObject, ...]:
    """Give the preservation copies that were made, each with the event that made it."""
    events = {one.ordinal: conversion_event_id(delivery_id, one.ordinal) for one in conversions}
    return derived_objects(staged, conversions, events)


def conversion_event_id(delivery_id: str, ordinal: int) -> str:
    """Name the event in which the copy of a delivered file was made."""
    return derived_id(delivery_id, NORMALISE_FORMATS, EventType.NORMALIZATION, str(ordinal))

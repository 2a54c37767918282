"""What the entry of a decided delivery says, as the values that the catalogue held when it was written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.domain.conversions import Conversion, Converted
from ingest.domain.deliveries import Delivery
from ingest.domain.findings import Finding, Location, Severity, Text
from ingest.domain.holdings import ArchivedPackage, HeldFormat, held_formats
from ingest.domain.packages import FormatDesignation, StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.provenance import PreservationEvent
from ingest.formats.wire import Json, from_json
from ingest.pipeline.staging_keys import object_key
from ingest.pipeline.unpacking import FIRST_MEMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decided delivery with its events, findings and delivered files; the staged bytes themselves are gone."""

    delivery: Delivery
    events: tuple[PreservationEvent, ...]
    findings: tuple[Finding, ...]
    staged: tuple[StagedObject, ...]
    conversions: tuple[Conversion, ...]
    receipt: dict[str, Any]


def decided_in(body: Json) -> Decided:
    """Read the body of a "delivery decided" entry; raises KeyError, TypeError, ValueError or cattrs' errors."""
    if not isinstance(body, dict):
        raise TypeError("a delivery's entry has no body")
    delivery, receipt = from_json(body["delivery"], Delivery), body["receipt"]
    return Decided(
        delivery=delivery,
        events=tuple(from_json(event, PreservationEvent) for event in body["events"]),
        findings=tuple(_finding(finding) for finding in receipt["findings"]),
        staged=_staged(delivery, receipt["files"]),
        # Entries of versions that made no copies have none.
        conversions=tuple(from_json(one, Conversion) for one in body.get("conversions", ())),
        receipt=receipt,
    )


def package_of(decided: Decided) -> ArchivedPackage | None:
    """Give the row of the package that the receipt acknowledges, as of when it was read back; None if refused."""
    receipt = decided.receipt
    if receipt["outcome"] != "accepted":
        return None
    return ArchivedPackage(
        package=receipt["package"],
        generation=receipt["generation"],
        delivery=receipt["delivery"],
        delivery_id=receipt["deliveryId"],
        producer=receipt["producer"],
        dialect=receipt["dialect"] or "",
        title=receipt["title"],
        files=len(decided.staged),
        bytes=sum(one.size for one in decided.staged),
        stored_at=datetime.fromisoformat(receipt["copies"][0]["verified"]),
        formats=_formats(decided),
    )


def _formats(decided: Decided) -> tuple[HeldFormat, ...]:
    outcomes = (conversion.outcome for conversion in decided.conversions)
    return held_formats(
        ((from_json(file["format"], FormatDesignation), file["size"]) for file in decided.receipt["files"]),
        ((made.format, made.size) for made in outcomes if isinstance(made, Converted)),
    )


def _staged(delivery: Delivery, files: list[dict[str, Any]]) -> tuple[StagedObject, ...]:
    """Name the files as they were staged: a container's members count from 1, a folder's files from 0."""
    beside = bool(files) and files[0]["path"] == delivery.source.side_car
    first = FIRST_MEMBER if delivery.source.key and not beside else 0
    return tuple(
        StagedObject(
            ordinal=ordinal,
            path=PackagePath(file["path"]),
            size=file["size"],
            sha256=file["sha256"],
            key=object_key(delivery.id, ordinal),
        )
        for ordinal, file in enumerate(files, start=first)
    )


def _finding(document: dict[str, Any]) -> Finding:
    return Finding(
        rule=document["rule"],
        specification=document["specification"],
        severity=Severity(document["severity"]),
        message=Text(**document["message"]),
        remedy=Text(**document["remedy"]),
        count=document["count"],
        locations=tuple(Location(**location) for location in document["locations"]),
    )

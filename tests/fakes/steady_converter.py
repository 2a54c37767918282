"""A converter that needs no tool: the same file always gives the same copy, and Word files cannot be converted."""

import hashlib
from collections.abc import Sequence

from ingest.domain.allowances import Effort
from ingest.domain.conformance import Conformance, Conformity
from ingest.domain.conversions import (
    Conversion,
    ConversionFault,
    ConversionOutcome,
    ConversionRequest,
    Converted,
    NotConverted,
)
from ingest.domain.packages import FormatDesignation, NotScanned, ScanResult
from ingest.ports import ObjectStore

UNCONVERTIBLE = "fmt/412"
TOOL = "steady 1.0"


class SteadyConverter:
    """`Converter` whose copies are a line of text each; the scanner says the same of all."""

    def __init__(self, scan: ScanResult = NotScanned(reason="steady on")) -> None:  # noqa: B008 - a frozen value
        self._scan = scan

    def convert(
        self, staging: ObjectStore, requests: Sequence[ConversionRequest], effort: Effort
    ) -> tuple[Conversion, ...]:
        """Write a copy for each request that it can; it costs nothing."""
        _ = effort
        return tuple(_converted(staging, request, self._scan) for request in requests)


def _converted(staging: ObjectStore, request: ConversionRequest, scan: ScanResult) -> Conversion:
    return Conversion(
        ordinal=request.ordinal,
        aip_path=request.aip_path,
        target=request.target.name,
        policy=request.policy,
        tool=TOOL,
        outcome=_outcome(staging, request, scan),
    )


def _outcome(staging: ObjectStore, request: ConversionRequest, scan: ScanResult) -> ConversionOutcome:
    with staging.open(request.key) as source:
        content = f"{request.target.name} of {hashlib.sha256(source.read()).hexdigest()}\n".encode()
    if request.format.puid == UNCONVERTIBLE:
        return NotConverted(reason=ConversionFault.FAILED, detail="steady on")
    stored = staging.put(request.output_key, (content,))
    profile = request.target.profile
    verdict = Conformance(tool=TOOL, profile=profile, verdict=Conformity.CONFORMS)
    return Converted(
        key=request.output_key,
        size=stored.size,
        sha256=stored.sha256,
        format=FormatDesignation(puid=request.target.puids[0], name=request.target.title),
        conformances=(verdict,) if profile else (),
        scan=scan,
    )

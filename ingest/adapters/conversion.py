"""Preservation copies by real tools: converted behind walls, put into staging, and examined like anything delivered.

A copy counts only when PRONOM knows it as what it should be, no validator objects to its profile, and no scanner finds
anything in it; otherwise it is removed again.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ingest.adapters.files import CHUNK
from ingest.adapters.tools.parts import taken
from ingest.adapters.tools.toolbox import Toolbox
from ingest.domain.conformance import Conformity, conformity_of
from ingest.domain.conversions import (
    Conversion,
    ConversionFault,
    ConversionOutcome,
    ConversionRequest,
    Converted,
    NotConverted,
)
from ingest.domain.packages import Examination, ExaminationRequest, Infected
from ingest.errors import ScannerBrokeOff
from ingest.ports import Examiner, ObjectStore


class ConfinedConverter:
    """`Converter` with the tools of a toolbox, at most `workers` at a time; `close` ends what stays warm.

    Before a batch, `make_room` lets go of memory that the tools need more.
    """

    def __init__(self, toolbox: Toolbox, examiner: Examiner, workers: int, make_room: Callable[[], None]) -> None:
        self._toolbox = toolbox
        self._make_room = make_room
        self._examiner = examiner
        self._workers = workers

    def convert(self, staging: ObjectStore, requests: Sequence[ConversionRequest]) -> tuple[Conversion, ...]:
        """Convert a batch, answered in order; a failure leaves nothing in staging.

        Raises ToolFailed, ObjectMissing, and ScannerBrokeOff over a copy; none is left in staging then.
        """
        if not requests:
            return ()
        self._make_room()
        try:
            with ThreadPoolExecutor(self._workers, thread_name_prefix="earkiv-convert") as threads:
                return tuple(threads.map(partial(self._conversion, staging), requests))
        except ScannerBrokeOff:
            # Asked again under the same keys, a tool may well make other bytes.
            staging.delete(tuple(request.output_key for request in requests))
            raise

    def close(self) -> None:
        """End what is still running."""
        self._toolbox.close()

    def _conversion(self, staging: ObjectStore, request: ConversionRequest) -> Conversion:
        tool = self._toolbox.tools.get(request.tool)
        if tool is None:
            return _answered(request, request.tool, NotConverted(reason=ConversionFault.TOOL_MISSING))
        with staging.local(request.key) as source, tool.convert(source, request) as made:
            outcome = made if isinstance(made, NotConverted) else self._landed(staging, request, made)
        return _answered(request, tool.version, outcome)

    def _landed(self, staging: ObjectStore, request: ConversionRequest, made: Path) -> ConversionOutcome:
        with taken(made) as content:
            if content is None:
                return NotConverted(reason=ConversionFault.FAILED, detail="nothing was made")
            stored = staging.put(request.output_key, _chunks(content))
        name = f"{request.name}.{request.target.extension}"
        asked = ExaminationRequest(
            ordinal=request.ordinal, key=request.output_key, name=name, algorithms=(), unscanned=request.unscanned
        )
        (found,) = self._examiner.examine(staging, (asked,))
        if (failed := _judged(request, found)) is not None:
            staging.delete((request.output_key,))
            return failed
        return Converted(
            key=request.output_key,
            size=stored.size,
            sha256=stored.sha256,
            format=found.format,
            conformances=found.conformances,
            scan=found.scan,
        )


def _chunks(content: BinaryIO) -> Iterator[bytes]:
    read: Callable[[], bytes] = partial(content.read, CHUNK)
    return iter(read, b"")


def _judged(request: ConversionRequest, found: Examination) -> NotConverted | None:
    """Say what is wrong with a copy; None when it is what it must be."""
    target, reason = request.target, ConversionFault.NOT_VALID
    if isinstance(found.scan, Infected):
        reason, detail = ConversionFault.INFECTED, f"{found.scan.name} found by {found.scan.tool}"
    elif found.format.puid not in target.puids:
        detail = f"identified as {found.format.puid or 'unknown'}, not {target.title}"
    elif target.profile and conformity_of(found.conformances) is not Conformity.CONFORMS:
        detail = f"not proven to be {target.profile}"
    else:
        return None
    return NotConverted(reason=reason, detail=detail, conformances=found.conformances)


def _answered(request: ConversionRequest, tool: str, outcome: ConversionOutcome) -> Conversion:
    return Conversion(
        ordinal=request.ordinal,
        aip_path=request.aip_path,
        target=request.target.name,
        policy=request.policy,
        tool=tool,
        outcome=outcome,
    )

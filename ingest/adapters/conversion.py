"""Preservation copies by real tools: converted behind walls, put into staging, and examined like anything delivered.

A copy counts only when PRONOM knows it as what it should be, no validator objects to its profile, and no scanner finds
anything in it; otherwise it is removed again.

Memory decides the order within a batch: first what LibreOffice makes; then, without it, what other tools make; then,
without any tool, the copies are examined.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from ingest.adapters.files import CHUNK
from ingest.adapters.tools.parts import taken
from ingest.adapters.tools.toolbox import Toolbox
from ingest.domain.allowances import Allowance, AllowanceScale, Effort, excess_seconds, vain_seconds
from ingest.domain.conformance import Conformity, conformity_of
from ingest.domain.conversions import (
    Conversion,
    ConversionFault,
    ConversionOutcome,
    ConversionRequest,
    Converted,
    NotConverted,
)
from ingest.domain.fixity import Fixity
from ingest.domain.packages import Examination, ExaminationRequest, Infected
from ingest.errors import EarkivError
from ingest.ports import ObjectStore
from ingest.tool_ports import Examiner


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The tools at hand, what each conversion with them may use, and how many are carried out at a time."""

    toolbox: Toolbox
    scale: AllowanceScale
    at_a_time: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """What a tool did: a copy in staging that is still to be examined, or none."""

    request: ConversionRequest
    tool: str
    made: Fixity | NotConverted
    wasted: float = 0.0


class _Purse:
    """What a delivery may still waste, for threads."""

    def __init__(self, scale: AllowanceScale, effort: Effort) -> None:
        self._scale = scale
        self._left = scale.purse(effort)
        self._lock = Lock()

    def allowance(self, size: int) -> Allowance | None:
        with self._lock:
            return self._scale.allowance(size, self._left)

    def pay(self, seconds: float) -> None:
        with self._lock:
            self._left -= seconds


class ConfinedConverter:
    """`Converter` with the tools of a toolbox; `close` ends what is still running.

    Before a batch, `make_room` lets go of memory that the tools need more.
    """

    def __init__(self, tools: Tools, examiner: Examiner, make_room: Callable[[], None]) -> None:
        self._tools = tools
        self._make_room = make_room
        self._examiner = examiner

    def convert(
        self, staging: ObjectStore, requests: Sequence[ConversionRequest], effort: Effort
    ) -> tuple[Conversion, ...]:
        """Convert a batch, answered in order; a failure leaves nothing in staging.

        Raises ToolFailed, ObjectMissing, and ScannerBrokeOff over a copy; none is left in staging then.
        """
        if not requests:
            return ()
        self._make_room()
        try:
            attempts = self._attempts(staging, requests, _Purse(self._tools.scale, effort))
            return self._examined(staging, tuple(attempts[request.ordinal] for request in requests))
        except EarkivError:
            # Asked again under the same keys, a tool may well make other bytes.
            staging.delete(tuple(request.output_key for request in requests))
            raise

    def close(self) -> None:
        """End what is still running."""
        self._tools.toolbox.close()

    def _attempts(
        self, staging: ObjectStore, requests: Sequence[ConversionRequest], purse: _Purse
    ) -> dict[int, _Attempt]:
        """Let the tools work, and put what they make into staging; in the end none of them is running."""
        toolbox = self._tools.toolbox
        for name in sorted({request.tool for request in requests} & toolbox.tools.keys()):
            _ = toolbox.tools[name].version  # it is a start of its own, and not to be had while a document is converted
        work = partial(self._attempt, staging, purse)
        warm = [request for request in requests if request.tool in toolbox.warm]
        others = [request for request in requests if request.tool not in toolbox.warm]
        try:
            attempts = [work(request) for request in warm]
        finally:
            toolbox.close()
        with ThreadPoolExecutor(self._tools.at_a_time, thread_name_prefix="earkiv-convert") as threads:
            attempts += threads.map(work, others)
        return {attempt.request.ordinal: attempt for attempt in attempts}

    def _attempt(self, staging: ObjectStore, purse: _Purse, request: ConversionRequest) -> _Attempt:
        tool = self._tools.toolbox.tools.get(request.tool)
        if tool is None:
            return _without(request, ConversionFault.TOOL_MISSING)
        with staging.local(request.key) as source:
            size = source.stat().st_size
            allowance = purse.allowance(size)
            if allowance is None:
                return _without(request, ConversionFault.NOT_TRIED)
            with tool.convert(source, request, allowance) as tried:
                made = tried.made if isinstance(tried.made, NotConverted) else _landed(staging, request, tried.made)
        in_vain = isinstance(made, NotConverted)
        wasted = vain_seconds(tried.seconds) if in_vain else excess_seconds(tried.seconds, size)
        purse.pay(wasted)
        return _Attempt(request=request, tool=tool.version, made=made, wasted=round(wasted, 2))

    def _examined(self, staging: ObjectStore, attempts: Sequence[_Attempt]) -> tuple[Conversion, ...]:
        """Examine the copies, and remove those that are not what they must be."""
        made = [attempt.request for attempt in attempts if not isinstance(attempt.made, NotConverted)]
        found = {}
        if made:
            examinations = self._examiner.examine(staging, tuple(map(_to_be_examined, made)))
            found = {examination.ordinal: examination for examination in examinations}
        conversions = tuple(_conversion(attempt, found) for attempt in attempts)
        kept = {one.ordinal for one in conversions if isinstance(one.outcome, Converted)}
        staging.delete(tuple(request.output_key for request in made if request.ordinal not in kept))
        return conversions


def _without(request: ConversionRequest, reason: ConversionFault) -> _Attempt:
    """Say that no tool was asked."""
    return _Attempt(request=request, tool=request.tool, made=NotConverted(reason=reason))


def _landed(staging: ObjectStore, request: ConversionRequest, made: Path) -> Fixity | NotConverted:
    with taken(made) as content:
        if content is None:
            return NotConverted(reason=ConversionFault.FAILED, detail="nothing was made")
        return staging.put(request.output_key, _chunks(content))


def _to_be_examined(request: ConversionRequest) -> ExaminationRequest:
    return ExaminationRequest(
        ordinal=request.ordinal,
        key=request.output_key,
        name=f"{request.name}.{request.target.extension}",
        algorithms=(),
        unscanned=request.unscanned,
    )


def _conversion(attempt: _Attempt, examinations: Mapping[int, Examination]) -> Conversion:
    request, made = attempt.request, attempt.made
    return Conversion(
        ordinal=request.ordinal,
        aip_path=request.aip_path,
        target=request.target.name,
        policy=request.policy,
        tool=attempt.tool,
        outcome=made if isinstance(made, NotConverted) else _outcome(request, made, examinations[request.ordinal]),
        wasted=attempt.wasted,
    )


def _outcome(request: ConversionRequest, stored: Fixity, found: Examination) -> ConversionOutcome:
    return _judged(request, found) or Converted(
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

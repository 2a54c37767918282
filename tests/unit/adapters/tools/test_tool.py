"""How the ending of a tool is told."""

import signal

import pytest

from ingest.adapters.tools.bounds import Bound, Crashed, Ending, Exited, Stopped
from ingest.adapters.tools.tool import fault_of
from ingest.domain.conversions import ConversionFault


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        (Crashed(signal=signal.SIGKILL), ConversionFault.KILLED),
        (Crashed(signal=signal.SIGTERM), ConversionFault.KILLED),
        (Exited(code=128 + signal.SIGKILL), ConversionFault.KILLED),
        (Crashed(signal=signal.SIGSEGV), ConversionFault.FAILED),
        (Exited(code=128 + signal.SIGSEGV), ConversionFault.FAILED),
        (Crashed(signal=signal.SIGXFSZ), ConversionFault.OUT_OF_BOUNDS),
        (Exited(code=1), ConversionFault.FAILED),
        (Stopped(bound=Bound.SECONDS), ConversionFault.TOOK_TOO_LONG),
        (Stopped(bound=Bound.MEMORY), ConversionFault.OUT_OF_BOUNDS),
    ],
)
def test_who_was_killed_by_others_is_told_from_who_failed(ending: Ending, told: ConversionFault) -> None:
    fault = fault_of(ending, "said")
    assert fault is not None
    assert fault.reason is told


def test_who_ended_well_has_no_fault() -> None:
    assert fault_of(Exited(code=0), "") is None

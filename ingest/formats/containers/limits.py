"""What a container may at most hold, against archives made to exhaust the reader."""

from dataclasses import dataclass, replace

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Severity

_MIB = 1 << 20
_TIB = 1 << 40
AGREED_BYTES = "EARKIV-SA-3"
AGREED_FILES = "EARKIV-SA-4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The budgets of one container; whatever exceeds one is refused at the first byte or entry beyond it.

    `entries` are files and folders. `member_bytes` and `unpacked_bytes` are those of one file and of all. A member
    above `ratio_floor` bytes, and the container as a whole, may be at most `ratio` times its packed size.
    `index_bytes` is the most that a listing may take in memory at once, `header_bytes` the same for one TAR header,
    `window_bytes` for the window that a zstd frame asks for. `agreed_bytes` and `agreed_files` are an agreement's.

    No clock: time is bounded by these, for each byte and entry is looked at a fixed number of times (docs/adr/0019).
    """

    entries: int = 500_000
    member_bytes: int = _TIB
    unpacked_bytes: int = 4 * _TIB
    ratio: int = 200
    ratio_floor: int = 10 * _MIB
    index_bytes: int = 128 * _MIB
    header_bytes: int = _MIB
    window_bytes: int = 128 * _MIB
    agreed_bytes: int | None = None
    agreed_files: int | None = None


DEFAULT_LIMITS = Limits()


def limits_of(agreement: SubmissionAgreement) -> Limits:
    """Give the limits under an agreement: the archive's own, and the agreement's where exceeding them is an error."""
    return replace(
        DEFAULT_LIMITS,
        agreed_bytes=_where_refused(agreement, AGREED_BYTES, agreement.max_bytes),
        agreed_files=_where_refused(agreement, AGREED_FILES, agreement.max_files),
    )


def _where_refused(agreement: SubmissionAgreement, rule: str, most: int | None) -> int | None:
    return most if agreement.severity_of(rule, Severity.ERROR) is Severity.ERROR else None

"""What pyHanko says of a signature, as our value; nothing is fetched, and nobody's trust list is asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.adapters.probes.reading import words
from ingest.adapters.store_faults import store_fault
from ingest.domain.characteristics import Signature, SignatureVerdict


def offline_context() -> Any:  # noqa: ANN401 - a ValidationContext, which is imported only where it is needed
    """Give a context without trust anchors and without a network."""
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 - only where there is a signature

    return ValidationContext(trust_roots=[], allow_fetching=False)


def said_of(kind: str, status: Any, changed: str = "") -> Signature:  # noqa: ANN401 - a SignatureStatus
    """Give the verdict of a checked signature; `changed` says what was done to the document afterwards."""
    forbidden = "" if getattr(status, "docmdp_ok", True) else "changed in ways that its first signer did not allow"
    changed = changed or forbidden
    holds = status.intact and status.valid and not changed
    detail = "" if holds else changed or "the signed bytes are not those that were signed"
    signed_at = getattr(status, "signer_reported_dt", None)
    return Signature(
        kind=kind,
        verdict=SignatureVerdict.HOLDS if holds else SignatureVerdict.BROKEN,
        signer=status.signing_cert.subject.human_friendly,
        signed_at=signed_at.isoformat() if signed_at else "",
        detail=detail,
    )


def undecided_unless_checked(
    path: Path, kind: str, check: Callable[[Path], tuple[Signature, ...]]
) -> tuple[Signature, ...]:
    """Check signatures by a library that raises what it likes over bad content.

    Raises StoreUnavailable, MemoryError: then there may be none left to make an answer with.
    """
    try:
        return check(path)
    except MemoryError:
        raise
    except OSError as error:
        if error.errno is not None:
            raise store_fault(error, path.parent) from error
        return (_undecided(kind, error, path),)
    except Exception as error:  # noqa: BLE001 - as in `reading`: an answer about foreign bytes, not a fault
        return (_undecided(kind, error, path),)


def _undecided(kind: str, error: Exception, path: Path) -> Signature:
    return Signature(kind=kind, verdict=SignatureVerdict.UNDECIDED, detail=words(error, path))

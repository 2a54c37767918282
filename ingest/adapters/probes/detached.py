"""A signature in a file of its own beside what it signs (CMS, RFC 5652: .p7s), checked offline."""

from pathlib import Path

from ingest.adapters.probes.verdicts import offline_context, said_of, undecided_unless_checked
from ingest.domain.characteristics import Observed, Signature

_KIND = "CMS"
_MOST_BYTES = 16 << 20


def check_detached(signature: Path, signed: Path) -> Observed:
    """Check a detached signature against the file it is about. Raises StoreUnavailable."""
    return Observed(signatures=undecided_unless_checked(signature, _KIND, lambda path: (_check(path, signed),)))


def _check(path: Path, signed: Path) -> Signature:
    import asyncio  # noqa: PLC0415 - only where there is a signature

    from asn1crypto import cms, pem  # noqa: PLC0415 - only where there is a signature
    from pyhanko.sign.validation import async_validate_detached_cms  # noqa: PLC0415 - as above

    with path.open("rb") as source:
        content = source.read(_MOST_BYTES)
    if pem.detect(content):
        _, _, content = pem.unarmor(content)
    signed_data = cms.ContentInfo.load(content)["content"]
    with signed.open("rb") as source:
        status = asyncio.run(async_validate_detached_cms(source, signed_data, offline_context(), chunk_size=1 << 20))
    return said_of(_KIND, status)

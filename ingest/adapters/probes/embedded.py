"""Signatures inside a PDF (ISO 32000-1, 12.8), checked offline against the certificates that came along."""

from pathlib import Path
from typing import Any

from ingest.adapters.probes.verdicts import offline_context, said_of, undecided_unless_checked
from ingest.domain.characteristics import Signature

_KIND = "PDF"


def check_embedded(path: Path) -> tuple[Signature, ...]:
    """Check every signature of a PDF, in the order they were made. Raises StoreUnavailable."""
    return undecided_unless_checked(path, _KIND, _check)


def _check(path: Path) -> tuple[Signature, ...]:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - only where there is a signature

    with path.open("rb") as source:
        reader = PdfFileReader(source, strict=False)
        return tuple(_checked(embedded) for embedded in reader.embedded_signatures)


def _checked(embedded: Any) -> Signature:  # noqa: ANN401 - an EmbeddedPdfSignature, not imported here
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 - as above
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415

    status = validate_pdf_signature(embedded, offline_context())
    changed = status.modification_level is ModificationLevel.OTHER
    return said_of(_KIND, status, "the document was changed after it was signed" if changed else "")

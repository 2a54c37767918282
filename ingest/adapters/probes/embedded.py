"""Signatures inside a PDF (ISO 32000-1, 12.8), checked offline against the certificates that came along."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from ingest.adapters.probes.verdicts import offline_context, said_of, undecided_unless_checked
from ingest.domain.characteristics import Signature, SignatureVerdict

_KIND: Final = "PDF"
_MAYBE_COMMENTS: Final = "changed after it was signed, maybe by no more than the comments that its signer allowed"


def check_embedded(path: Path) -> tuple[Signature, ...]:
    """Check every signature of a PDF, in the order they were made. Raises StoreUnavailable."""
    return undecided_unless_checked(path, _KIND, _check)


def _check(path: Path) -> tuple[Signature, ...]:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - only where there is a signature
    from pyhanko.sign.fields import MDPPerm  # noqa: PLC0415

    checked: list[Signature] = []
    levels: set[MDPPerm] = set()
    with path.open("rb") as source:
        for embedded in PdfFileReader(source, strict=False).embedded_signatures:
            # What it says itself, and those before it, which it has signed too; what comes later may be anybody's.
            if embedded.docmdp_level is not None:
                levels.add(embedded.docmdp_level)
            signature, changed = _checked(embedded)
            checked.append(_unless_commented(signature) if changed and levels == {MDPPerm.ANNOTATE} else signature)
    return tuple(checked)


def _checked(embedded: Any) -> tuple[Signature, bool]:  # noqa: ANN401 - an EmbeddedPdfSignature, not imported here
    """Check a signature; say too whether it would hold, were it not for what was changed afterwards."""
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 - as above
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415

    status = validate_pdf_signature(embedded, offline_context())
    changed = status.modification_level is ModificationLevel.OTHER
    said = said_of(_KIND, status, "the document was changed after it was signed" if changed else "")
    return said, changed and status.intact and status.valid


def _unless_commented(signature: Signature) -> Signature:
    """Leave open whether a signature holds: its signer allowed comments, which are not told from other changes here."""
    return replace(signature, verdict=SignatureVerdict.UNDECIDED, detail=_MAYBE_COMMENTS)

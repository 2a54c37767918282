"""What was seen inside a file when it was examined, beyond its format: characteristics and electronic signatures."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ingest.domain.paths import PackagePath


class Trait(StrEnum):
    """What may stand in the way of reading a file, now or later."""

    ENCRYPTED = "encrypted"
    MACROS = "macros"
    SCRIPTS = "scripts"
    DAMAGED = "damaged"
    TOO_LARGE_TO_CHECK = "too large to check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """One thing that a probe saw; `detail` is the particular in its own words, "" if there is none."""

    trait: Trait
    detail: str = ""


class SignatureVerdict(StrEnum):
    """What checking a signature gave.

    `HOLDS`: the signed bytes are as they were signed, by the key of the certificate that came along. Who that
    certificate belongs to is not judged. `BROKEN`: they are not. `UNDECIDED`: checking came to nothing. `NOT_CHECKED`:
    it was found, and there is no way to check its kind here.
    """

    HOLDS = "holds"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """An electronic signature: its kind, and what checking it gave.

    The kind is `PDF`, `XML`, `OOXML` or `ODF` inside a document, `CMS` beside one or in a container of its own.
    `signer` is the certificate's subject, `signed_at` the time the signer states (ISO 8601), "" where there is none.
    """

    kind: str
    verdict: SignatureVerdict
    signer: str = ""
    signed_at: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """All that the probes saw in one file."""

    characteristics: tuple[Characteristic, ...] = ()
    signatures: tuple[Signature, ...] = ()


NOTHING = Observed()
_SIGNATURE_SUFFIXES = (".p7s", ".sig")


def signed_by(path: PackagePath, paths: Collection[PackagePath]) -> PackagePath | None:
    """Give the delivered file that this one is a detached signature of: named alike, with `.p7s` or `.sig` behind."""
    for suffix in _SIGNATURE_SUFFIXES:
        signed = PackagePath(path[: -len(suffix)])
        if path.lower().endswith(suffix) and signed in paths:
            return signed
    return None

"""The documents that cases and records name: is each a file of the package, and is its checksum in order?"""

from collections.abc import Iterator

from ingest.domain.findings import Violation
from ingest.domain.fixity import DigestAlgorithm
from ingest.domain.submissions import FGS_1
from ingest.rules.rule import Rule
from ingest.rules.subjects import HeldDocument

_USUAL_NAMES = frozenset(algorithm.value for algorithm in DigestAlgorithm)


def absent_document(held: HeldDocument) -> Iterator[Violation]:
    """EARKIV-CASE-5: no file answers to the document; several, or one outside the package, have their own rules."""
    if held.sought and held.path is None:
        yield Violation(rule="EARKIV-CASE-5", location=held.location)


def document_without_digest(held: HeldDocument) -> Iterator[Violation]:
    """EARKIV-CASE-12: FGS Ärendehantering 1.0 could state a checksum and does not; ERMS has no place for one."""
    if held.dialect in FGS_1 and held.path is not None and held.digest is None:
        yield Violation(rule="EARKIV-CASE-12", location=held.location)


def oddly_written_digest(held: HeldDocument) -> Iterator[Violation]:
    """EARKIV-CASE-13: the checksum could be read, yet its algorithm or spacing is unusual; letter case is not."""
    digest = held.digest
    if held.parsed is None or digest is None:
        return
    if digest.algorithm_name not in _USUAL_NAMES or digest.value != digest.value.strip():
        detail = f"{digest.algorithm_name!r} {digest.value!r}"
        yield Violation(rule="EARKIV-CASE-13", location=held.location, detail=detail)


RULES: tuple[Rule[HeldDocument], ...] = (
    Rule(id="EARKIV-CASE-5", check=absent_document),
    Rule(id="EARKIV-CASE-12", check=document_without_digest),
    Rule(id="EARKIV-CASE-13", check=oddly_written_digest),
)

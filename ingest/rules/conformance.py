"""Whether a file is what its own marks say: PDF/A that a validator has looked at."""

from collections.abc import Iterator

from ingest.domain.conformance import Conformance, Conformity
from ingest.domain.findings import Violation
from ingest.rules.rule import Rule
from ingest.rules.subjects import JudgedFile


def broken_promise(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-PDFA-1: a validator says that the file is not the PDF/A that it claims to be."""
    for conformance in judged.file.conformances:
        if conformance.verdict is Conformity.VIOLATES:
            yield Violation(rule="EARKIV-PDFA-1", location=judged.location, detail=_said(conformance))


def unproven_promise(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-PDFA-2: a validator could not say whether the file is the PDF/A that it claims to be."""
    for conformance in judged.file.conformances:
        if conformance.verdict is Conformity.UNDECIDED:
            yield Violation(rule="EARKIV-PDFA-2", location=judged.location, detail=_said(conformance))


def _said(conformance: Conformance) -> str:
    reasons = "; ".join(conformance.reasons)
    return f"{conformance.profile}, {conformance.tool}: {reasons}".rstrip(": ")


RULES: tuple[Rule[JudgedFile], ...] = (
    Rule(id="EARKIV-PDFA-1", check=broken_promise),
    Rule(id="EARKIV-PDFA-2", check=unproven_promise),
)

"""What each delivered file is: empty, infected, unknown, damaged, locked, signed, or other than its name says."""

from collections.abc import Iterator

from ingest.domain.characteristics import SignatureVerdict, Trait
from ingest.domain.findings import Violation
from ingest.domain.packages import Infected
from ingest.rules.rule import Rule
from ingest.rules.subjects import JudgedFile

_MISMATCH = "mismatch"
_DAMAGE = ("zip:", "mscfb:", "identifier failed")
"""How siegfried's own remarks on a container that breaks off or cannot be opened begin."""


def infected_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-PKG-13: the virus scanner found something."""
    if isinstance(judged.file.scan, Infected):
        yield Violation(rule="EARKIV-PKG-13", location=judged.location, detail=judged.file.scan.name)


def unknown_format(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-1: a file with content that PRONOM has no match for."""
    found = judged.file.format
    if found is not None and found.puid is None and judged.file.size:
        yield Violation(rule="EARKIV-FMT-1", location=judged.location)


def misleading_extension(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-2: a name whose extension belongs to another format."""
    found = judged.file.format
    if found is not None and found.puid is not None and _MISMATCH in found.warning:
        detail = f"{found.puid} {found.name}".strip()
        yield Violation(rule="EARKIV-FMT-2", location=judged.location, detail=detail)


def empty_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-3: a file of no bytes."""
    if not judged.file.size:
        yield Violation(rule="EARKIV-FMT-3", location=judged.location)


def damaged_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-4: a file that the identifier could not open (ZIP, OLE2), or that breaks its own format inside."""
    remarks = judged.file.format.warning.split("; ") if judged.file.format else ()
    damages = [remark for remark in remarks if remark.startswith(_DAMAGE)]
    seen = judged.file.inside.characteristics
    damages += [one.detail for one in seen if one.trait is Trait.DAMAGED]
    if damages:
        yield Violation(rule="EARKIV-FMT-4", location=judged.location, detail=damages[0])


def file_with_trait(judged: JudgedFile, rule: str, traits: frozenset[Trait]) -> Iterator[Violation]:
    """Tell of a file in which one of these was seen, once, with what was seen."""
    seen = [one.detail for one in judged.file.inside.characteristics if one.trait in traits]
    if seen:
        yield Violation(rule=rule, location=judged.location, detail="; ".join(seen))


def locked_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-DOC-1: a password or encryption."""
    yield from file_with_trait(judged, "EARKIV-DOC-1", frozenset({Trait.ENCRYPTED}))


def file_with_programs(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-DOC-2: macros or scripts."""
    yield from file_with_trait(judged, "EARKIV-DOC-2", frozenset({Trait.MACROS, Trait.SCRIPTS}))


def unchecked_file(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-DOC-3: too large to look inside."""
    yield from file_with_trait(judged, "EARKIV-DOC-3", frozenset({Trait.TOO_LARGE_TO_CHECK}))


def file_with_verdict(judged: JudgedFile, rule: str, verdict: SignatureVerdict) -> Iterator[Violation]:
    """Tell of each signature with that verdict."""
    for signature in judged.file.inside.signatures:
        if signature.verdict is verdict:
            yield Violation(rule=rule, location=judged.location, detail=signature.detail)


def broken_signature(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-DOC-4: a signature that does not hold."""
    yield from file_with_verdict(judged, "EARKIV-DOC-4", SignatureVerdict.BROKEN)


def unchecked_signature(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-DOC-5: a signature that was found and not checked, or could not be."""
    yield from file_with_verdict(judged, "EARKIV-DOC-5", SignatureVerdict.UNDECIDED)
    yield from file_with_verdict(judged, "EARKIV-DOC-5", SignatureVerdict.NOT_CHECKED)


def document_type(judged: JudgedFile) -> Iterator[Violation]:
    """EARKIV-FMT-5: content whose document type refers to other files or has entities; a descriptor may have none."""
    if judged.file.pulled_in and not judged.describes:
        yield Violation(rule="EARKIV-FMT-5", location=judged.location, detail=judged.file.pulled_in)


RULES: tuple[Rule[JudgedFile], ...] = (
    Rule(id="EARKIV-PKG-13", check=infected_file),
    Rule(id="EARKIV-FMT-1", check=unknown_format),
    Rule(id="EARKIV-FMT-2", check=misleading_extension),
    Rule(id="EARKIV-FMT-3", check=empty_file),
    Rule(id="EARKIV-FMT-4", check=damaged_file),
    Rule(id="EARKIV-FMT-5", check=document_type),
    Rule(id="EARKIV-DOC-1", check=locked_file),
    Rule(id="EARKIV-DOC-2", check=file_with_programs),
    Rule(id="EARKIV-DOC-3", check=unchecked_file),
    Rule(id="EARKIV-DOC-4", check=broken_signature),
    Rule(id="EARKIV-DOC-5", check=unchecked_signature),
)

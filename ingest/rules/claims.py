"""Do the files agree with what descriptors claim of them? A METS entry and a case's document are judged alike."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ingest.domain.cases import Case
from ingest.domain.documents import Document
from ingest.domain.findings import Violation
from ingest.domain.fixity import DeclaredDigest, Digest, DigestAlgorithm, algorithm_named
from ingest.domain.packages import ObservedFile
from ingest.domain.paths import PackagePath
from ingest.domain.references import ReferenceRun, algorithms_of, parts_of
from ingest.domain.submissions import FileReference, Reading
from ingest.rules.rule import Rule
from ingest.rules.subjects import Claim


def wanted_digests(reading: Reading) -> Mapping[PackagePath, frozenset[DigestAlgorithm]]:
    """Give the algorithms that descriptors used for each file: these digests have to be observed, and SHA-256."""
    wanted: dict[PackagePath, set[DigestAlgorithm]] = defaultdict(set)
    for part in parts_of(reading.references):
        if isinstance(part, ReferenceRun):
            columns = part.columns()
            for named, algorithm in zip(columns.paths, algorithms_of(columns), strict=False):
                wanted[named].add(algorithm)
    for path, declared in _declared(reading):
        parsed = declared.parsed() if path is not None and declared is not None else None
        if path is not None and parsed is not None:
            wanted[path].add(parsed.algorithm)
    return {path: frozenset(algorithms) for path, algorithms in wanted.items()}


def _declared(reading: Reading) -> Iterator[tuple[PackagePath | None, DeclaredDigest | None]]:
    """Give what is declared of single files; the entries in runs are left out."""
    single = (part for part in parts_of(reading.references) if isinstance(part, FileReference))
    yield from ((reference.path, reference.digest) for reference in (*single, *reading.claims))
    for case in reading.submission.cases:
        yield from ((document.path, document.digest) for document in case_documents(case))
    for record in reading.submission.records:
        yield from ((document.path, document.digest) for document in record.documents)


def case_documents(case: Case) -> Iterator[Document]:
    """Give every document of a case, its parts and their records."""
    yield from case.documents
    for record in case.records:
        yield from record.documents
    for part in case.parts:
        yield from case_documents(part)


def differing_digest(claim: Claim) -> Iterator[Violation]:
    """EARKIV-FIX-1: the file's digest is not the one stated; letter case and spelling of the algorithm apart."""
    if claim.parsed is None or claim.file is None:
        return
    actual = observed_digest(claim.file, claim.parsed.algorithm)
    if actual is not None and actual != claim.parsed.value:
        algorithm = claim.parsed.algorithm
        detail = f"{algorithm} {actual}, stated {claim.parsed.value}"
        yield Violation(rule="EARKIV-FIX-1", location=claim.location, detail=detail)


def observed_digest(file: ObservedFile, algorithm: DigestAlgorithm) -> str | None:
    """Give the file's digest of that kind in lower-case hexadecimal, None when it was not computed."""
    if algorithm is DigestAlgorithm.SHA_256:
        return file.sha256
    return next((digest.value for digest in file.digests if digest.algorithm is algorithm), None)


def differing_size(claim: Claim) -> Iterator[Violation]:
    """EARKIV-FIX-2: the file's size is not the one stated."""
    if claim.file is not None and claim.size is not None and claim.file.size != claim.size:
        detail = f"{claim.file.size} bytes, stated {claim.size}"
        yield Violation(rule="EARKIV-FIX-2", location=claim.location, detail=detail)


def differing(run: ReferenceRun, files: Mapping[PackagePath, ObservedFile]) -> Iterator[FileReference]:
    """Give the entries of a run whose file is absent, or has another size or digest than is stated."""
    columns = run.columns()
    if not columns.paths:
        yield from run
        return
    stated = zip(columns.paths, columns.sizes, algorithms_of(columns), columns.digests, strict=True)
    for place, (path, size, algorithm, digest) in enumerate(stated):
        file = files.get(path)
        if file is None or file.size != int(size) or observed_digest(file, algorithm) != digest.lower():
            yield run.entry(columns, place)


def unknown_algorithm(claim: Claim) -> Iterator[Violation]:
    """EARKIV-FIX-8: a digest of an algorithm that the archive does not know, or of none."""
    if claim.parsed is None and claim.digest is not None and not algorithm_named(claim.digest.algorithm_name):
        yield Violation(rule="EARKIV-FIX-8", location=claim.location, detail=claim.digest.algorithm_name)


def impossible_digest(claim: Claim) -> Iterator[Violation]:
    """EARKIV-FIX-9: a digest that its algorithm cannot give: a placeholder, or cut short."""
    if claim.parsed is None and claim.digest is not None and algorithm_named(claim.digest.algorithm_name):
        detail = f"{claim.digest.algorithm_name} {claim.digest.value}"
        yield Violation(rule="EARKIV-FIX-9", location=claim.location, detail=detail)


def parsed(digest: DeclaredDigest | None) -> Digest | None:
    """Give the digest that is meant, None when none is stated or it cannot be one."""
    return None if digest is None else digest.parsed()


RULES: tuple[Rule[Claim], ...] = (
    Rule(id="EARKIV-FIX-1", check=differing_digest),
    Rule(id="EARKIV-FIX-2", check=differing_size),
    Rule(id="EARKIV-FIX-8", check=unknown_algorithm),
    Rule(id="EARKIV-FIX-9", check=impossible_digest),
)

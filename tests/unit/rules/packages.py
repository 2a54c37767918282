"""Small packages as values: a sound one of each kind, which tests change in one place."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.cases import Case, Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import Relation, TypedDate
from ingest.domain.documents import Document
from ingest.domain.findings import Location, Violation
from ingest.domain.fixity import DeclaredDigest, Digest, DigestAlgorithm
from ingest.domain.packages import Clean, FormatDesignation, ObservedFile
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, FileReference, Reading, RecordStatus, Submission
from ingest.rules.judgement import Judged, judge

SIP: Final = PackagePath("sip.xml")
CASES: Final = PackagePath("Metadata/Arendehantering.xml")
PDF: Final = PackagePath("Content/1/ansokan.pdf")
CONTENT: Final = b"%PDF-1.7 ..."
MD5: Final = hashlib.md5(CONTENT).hexdigest()  # noqa: S324
SHA256: Final = hashlib.sha256(CONTENT).hexdigest()
AGREEMENT: Final = SubmissionAgreement(
    id="avtal",
    version=1,
    producers=("ORG:2120009994",),
    dialects=(Dialect.FGS_1_2,),
    formats=("fmt/276",),
    max_bytes=1000,
    max_files=3,
)


def date(kind: str, raw: str) -> TypedDate:
    return TypedDate(type=kind, raw=raw, value=parse_date(raw))


def stated(value: str = SHA256, algorithm: str = "SHA-256") -> DeclaredDigest:
    return DeclaredDigest(algorithm_name=algorithm, value=value)


DOCUMENT: Final = Document(name="Ansökan", link="Content/1/ansokan.pdf", path=PDF, line=40, digest=stated())
RECORD: Final = Record(id="EXN 2021/17:1", title="Ansökan", system_id="h1", documents=(DOCUMENT,))
CASE: Final = Case(
    id="EXN 2021/17",
    title="Bygglov",
    system_id="a1",
    status="closed",
    dates=(date("created", "2021-04"), date("closed", "2021-06-01")),
    records=(RECORD,),
)
SUBMISSION: Final = Submission(dialect=Dialect.FGS_1_2, delivery="UUID:1", cases=(CASE,))


def entry(path: PackagePath, line: int) -> FileReference:
    href = f"file:///{path}"
    return FileReference(
        href=href, path=path, source=SIP, line=line, size=len(CONTENT), digest=stated(), id=f"ID{line}"
    )


ENTRY: Final = entry(PDF, 12)
READING: Final = Reading(
    submission=SUBMISSION,
    descriptors=(SIP, CASES),
    references=(ENTRY, entry(CASES, 20)),
    complete_listing=True,
)


def observed(path: PackagePath) -> ObservedFile:
    return ObservedFile(
        path=path,
        size=len(CONTENT),
        sha256=SHA256,
        digests=(Digest(algorithm=DigestAlgorithm.MD5, value=MD5),),
        format=FormatDesignation(puid="fmt/276", name="Acrobat PDF 1.7"),
        scan=Clean(tool="ClamAV"),
    )


FILE: Final = observed(PDF)
SOUND: Final = Judged(
    reading=READING,
    files={path: observed(path) for path in (SIP, CASES, PDF)},
    agreement=None,
    producer="ORG:2120009994",
)


def read(reading: Reading) -> Judged:
    return replace(SOUND, reading=reading)


def entered(*references: FileReference) -> Judged:
    """The sound package with these entries in place of the document's."""
    return read(replace(READING, references=(*references, READING.references[1])))


def submitted(submission: Submission) -> Judged:
    return read(replace(READING, submission=submission))


def of_kind(status: RecordStatus, previous: str | None = None) -> Judged:
    return submitted(replace(SUBMISSION, record_status=status, previous_package=previous))


def of_cases(*cases: Case) -> Judged:
    return submitted(replace(SUBMISSION, cases=cases))


def related(target: str) -> Judged:
    """The sound package as ERMS, its case related to something."""
    relation = Relation(type="reference", target=target)
    return submitted(replace(SUBMISSION, dialect=Dialect.EARK_2_2, cases=(replace(CASE, relations=(relation,)),)))


def documented(document: Document) -> Judged:
    return of_cases(replace(CASE, records=(replace(RECORD, documents=(document,)),)))


def dated(*dates: TypedDate) -> Judged:
    return of_cases(replace(CASE, dates=dates))


def holding(file: ObservedFile) -> Judged:
    """The sound package with this file in place of the document."""
    return replace(SOUND, files={**(SOUND.files or {}), file.path: file})


def without(judged: Judged, path: PackagePath) -> Judged:
    files = {name: file for name, file in (judged.files or {}).items() if name != path}
    return replace(judged, files=files)


def agreed(judged: Judged, agreement: SubmissionAgreement = AGREEMENT) -> Judged:
    return replace(judged, agreement=agreement)


def told(judged: Judged, *rules: str) -> Judged:
    """The package where the reader has told these rules of the document's line in the case description."""
    location = Location(file=CASES, line=DOCUMENT.line, value=DOCUMENT.link)
    violations = tuple(Violation(rule=rule, location=location) for rule in rules)
    return replace(judged, reading=replace(judged.reading, violations=violations))


def ids(judged: Judged) -> list[str]:
    return [finding.rule for finding in judge(judged)]


def locations(judged: Judged, rule: str) -> Iterable[Location]:
    return next(finding.locations for finding in judge(judged) if finding.rule == rule)

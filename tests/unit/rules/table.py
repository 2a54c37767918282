"""Rule id → a package that keeps the rule, one that breaks it, and what else that breaks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import normalize

from ingest.domain.agreements import DEFAULT_AGREEMENT, DisposalDefault, Standing
from ingest.domain.characteristics import Characteristic, Observed, Signature, SignatureVerdict, Trait
from ingest.domain.conformance import Conformance, Conformity
from ingest.domain.content_schemas import ContentCheck, ContentFault
from ingest.domain.descriptions import Disposal, Restriction
from ingest.domain.nested import NestedFault, NestedFaultKind, NestedFile, NestedListing
from ingest.domain.packages import FormatDesignation, Infected, NotScanned
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, RecordStatus
from ingest.rules.judgement import Judged
from tests.unit.rules.packages import (
    AGREEMENT,
    CASE,
    CASES,
    CONTENT,
    DOCUMENT,
    ENTRY,
    FILE,
    MD5,
    PDF,
    RECORD,
    SHA256,
    SIP,
    SOUND,
    SUBMISSION,
    agreed,
    date,
    dated,
    documented,
    entered,
    holding,
    observed,
    of_cases,
    of_kind,
    related,
    stated,
    submitted,
    told,
    without,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`broken` has exactly the rule's finding and those of `also`; `kept` has not the rule's."""

    kept: Judged
    broken: Judged
    also: frozenset[str] = frozenset()


def seen(trait: Trait) -> Judged:
    return holding(replace(FILE, inside=Observed(characteristics=(Characteristic(trait=trait),))))


def signed(verdict: SignatureVerdict) -> Judged:
    return holding(replace(FILE, inside=Observed(signatures=(Signature(kind="PDF", verdict=verdict),))))


def _nested(kind: NestedFaultKind) -> Judged:
    return holding(replace(FILE, nested=NestedListing(faults=(NestedFault(kind=kind, path="a/b.txt"),))))


def _listing(trait: Trait) -> Judged:
    inside = NestedFile(path="a/b.doc", size=7, sha256="0" * 64, traits=(trait,))
    return holding(replace(FILE, nested=NestedListing(files=(inside,))))


PRESERVED: Final = Disposal(disposable=False)
TO_PRESERVE: Final = DisposalDefault(disposable=False)
OTHER_SHA256: Final = "0" * 64
CONFORMS: Final = Conformance(tool="validator 1", profile="PDF/A-2b", verdict=Conformity.CONFORMS)
VIOLATES: Final = replace(CONFORMS, verdict=Conformity.VIOLATES, reasons=("6.2.2: no output intent",))
UNDECIDED: Final = replace(CONFORMS, verdict=Conformity.UNDECIDED, reasons=("too large",))
UNLISTED: Final = PackagePath("Content/1/över.pdf")
DECOMPOSED: Final = PackagePath(normalize("NFD", "Content/åäö/överklagan-1.pdf"))
"""As macOS writes it: longer than CASES in characters, but not as it is read."""
MISPLACED: Final = ContentFault(line=7, xpath="/Leverans/Datum[1]", value="i går", reason="no date")
PART: Final = replace(CASE, id="EXN 2021/17-1", system_id="a2", status=None, dates=(), records=())

TABLE: Final[Mapping[str, Row]] = {
    "EARKIV-FIX-1": Row(
        kept=entered(replace(ENTRY, digest=stated(f" {MD5.upper()} ", "md5"))),
        broken=entered(replace(ENTRY, digest=stated(MD5[::-1], "MD5"))),
    ),
    "EARKIV-FIX-2": Row(
        kept=entered(replace(ENTRY, size=None)),
        broken=entered(replace(ENTRY, size=len(CONTENT) + 1)),
    ),
    "EARKIV-FIX-3": Row(
        kept=replace(entered(replace(ENTRY, path=None)), files=None),
        broken=entered(replace(ENTRY, path=None)),
        also=frozenset({"EARKIV-FIX-4"}),
    ),
    "EARKIV-FIX-4": Row(
        kept=replace(holding(observed(UNLISTED)), side_car=UNLISTED),
        broken=holding(observed(UNLISTED)),
        also=frozenset({"FGS-PKT-60"}),
    ),
    "EARKIV-FIX-5": Row(
        kept=entered(ENTRY, replace(ENTRY, id=None, line=14)),
        broken=entered(ENTRY, replace(ENTRY, id="ID13", line=13)),
    ),
    "EARKIV-FIX-8": Row(
        kept=entered(replace(ENTRY, digest=stated(SHA256, "sha_256"))),
        broken=entered(replace(ENTRY, digest=stated(SHA256, "WHIRLPOOL"))),
    ),
    "EARKIV-FIX-9": Row(
        kept=entered(replace(ENTRY, digest=stated(SHA256.upper()))),
        broken=entered(replace(ENTRY, digest=stated("574b69cf71ceb5534c8a2547f5547d"))),
    ),
    "EARKIV-FIX-11": Row(kept=SOUND, broken=entered(replace(ENTRY, digest=None))),
    "EARKIV-CASE-1": Row(
        kept=of_cases(replace(CASE, status="ad_acta", records=(), parts=(PART,))),
        broken=of_cases(replace(CASE, status="open")),
    ),
    "EARKIV-CASE-2": Row(
        kept=of_cases(replace(CASE, aggregation_type="class", dates=())), broken=dated(date("opened", "2021"))
    ),
    "EARKIV-CASE-3": Row(
        kept=dated(date("closed", "2024-02-29")),
        broken=dated(date("closed", "2023-02-29")),
    ),
    "EARKIV-CASE-4": Row(
        kept=dated(date("opened", "2021-04-01"), date("closed", "2021")),
        broken=dated(date("opened", "2021-04-01"), date("closed", "2021-03")),
    ),
    "EARKIV-CASE-5": Row(
        kept=replace(documented(replace(DOCUMENT, path=None)), files=None),
        broken=documented(replace(DOCUMENT, path=None)),
        also=frozenset({"FGS-ARH-20"}),
    ),
    "EARKIV-CASE-9": Row(kept=SOUND, broken=of_cases(replace(CASE, status="Avslutat"))),
    "EARKIV-CASE-10": Row(
        kept=of_cases(CASE, replace(CASE, id="EXN 2021/18", system_id="a2", records=())),
        broken=of_cases(replace(CASE, records=(RECORD, replace(RECORD, system_id="h2")))),
    ),
    "EARKIV-CASE-12": Row(
        kept=submitted(
            replace(
                SUBMISSION,
                dialect=Dialect.EARK_2_1,
                cases=(replace(CASE, documents=(replace(DOCUMENT, digest=None),)),),
            )
        ),
        broken=documented(replace(DOCUMENT, digest=None)),
    ),
    "EARKIV-CASE-13": Row(
        kept=documented(replace(DOCUMENT, digest=stated(SHA256.upper()))),
        broken=documented(replace(DOCUMENT, digest=stated(SHA256, "sha256"))),
    ),
    "EARKIV-SA-2": Row(
        kept=agreed(holding(replace(observed(CASES), format=FormatDesignation(puid="fmt/101")))),
        broken=agreed(holding(replace(FILE, format=FormatDesignation(puid="fmt/412")))),
    ),
    "EARKIV-SA-3": Row(kept=agreed(SOUND), broken=agreed(SOUND, replace(AGREEMENT, max_bytes=3 * len(CONTENT) - 1))),
    "EARKIV-SA-4": Row(kept=agreed(SOUND), broken=agreed(SOUND, replace(AGREEMENT, max_files=2))),
    "EARKIV-SA-5": Row(
        kept=holding(replace(FILE, scan=NotScanned(reason="no scanner"))),
        broken=agreed(holding(replace(FILE, scan=NotScanned(reason="no scanner")))),
    ),
    "EARKIV-SA-6": Row(kept=agreed(SOUND), broken=agreed(replace(SOUND, producer="ORG:5560000000"))),
    "EARKIV-SA-7": Row(kept=agreed(SOUND), broken=agreed(SOUND, replace(AGREEMENT, dialects=(Dialect.CASE_PUSH,)))),
    "EARKIV-SA-8": Row(
        kept=agreed(submitted(replace(SUBMISSION, agreement="EXSA 2021-44"))),
        broken=agreed(submitted(replace(SUBMISSION, agreement="EXSA 2021-44")), DEFAULT_AGREEMENT),
    ),
    "EARKIV-SA-9": Row(
        kept=replace(SOUND, contents=(ContentCheck(path=CASES),)),
        broken=replace(SOUND, contents=(ContentCheck(path=CASES, faults=(MISPLACED,), more=4),)),
    ),
    "EARKIV-SA-10": Row(
        kept=replace(SOUND, contents=(ContentCheck(path=CASES),)),
        broken=replace(SOUND, contents=(ContentCheck(path=CASES, unfinished="more time than it is granted"),)),
    ),
    "EARKIV-SA-11": Row(
        kept=agreed(SOUND, replace(AGREEMENT, refused_formats=("fmt/412",))),
        broken=agreed(SOUND, replace(AGREEMENT, refused_formats=("fmt/276",))),
    ),
    "EARKIV-SA-12": Row(
        kept=agreed(SOUND, replace(AGREEMENT, held_formats=("fmt/412",))),
        broken=agreed(SOUND, replace(AGREEMENT, held_formats=("fmt/276",))),
    ),
    "EARKIV-SA-13": Row(
        kept=agreed(SOUND, replace(AGREEMENT, name_marks=" ._-", max_path_length=200)),
        broken=agreed(SOUND, replace(AGREEMENT, name_marks="")),
    ),
    "EARKIV-SA-14": Row(
        kept=agreed(SOUND, replace(AGREEMENT, closed_until="2099-12-31")),
        broken=agreed(SOUND, replace(AGREEMENT, closed_until="1999-12-31")),
    ),
    "EARKIV-SA-15": Row(
        kept=agreed(of_kind(RecordStatus.TEST), replace(AGREEMENT, standing=Standing.DRAFT)),
        broken=agreed(SOUND, replace(AGREEMENT, standing=Standing.DRAFT)),
    ),
    "EARKIV-SA-16": Row(
        kept=agreed(SOUND, replace(AGREEMENT, content_types=("FGS Ärendehantering 1.0",))),
        broken=agreed(SOUND, replace(AGREEMENT, content_types=("citserms_v3_0",))),
    ),
    "EARKIV-SA-17": Row(
        kept=agreed(of_cases(replace(CASE, disposal=PRESERVED)), replace(AGREEMENT, disposal_default=TO_PRESERVE)),
        broken=agreed(SOUND, replace(AGREEMENT, disposal_default=TO_PRESERVE)),
    ),
    "EARKIV-DLV-2": Row(kept=of_kind(RecordStatus.SUPPLEMENT, "UUID:0"), broken=of_kind(RecordStatus.SUPPLEMENT)),
    "EARKIV-DLV-3": Row(kept=SOUND, broken=of_kind(RecordStatus.OTHER)),
    "EARKIV-DLV-4": Row(kept=of_kind(RecordStatus.TEST), broken=agreed(of_kind(RecordStatus.TEST))),
    "EARKIV-ERMS-4": Row(
        kept=related("EXN 2021/17:1"),
        broken=related("EXN 1999/1"),
    ),
    "EARKIV-CASE-14": Row(kept=of_cases(), broken=agreed(of_cases())),
    "EARKIV-PKG-13": Row(
        kept=SOUND, broken=holding(replace(FILE, scan=Infected(tool="ClamAV", name="Eicar-Test-Signature")))
    ),
    "EARKIV-PKG-17": Row(
        kept=holding(observed(PackagePath("Content/1/ansökan.pdf"))),
        broken=holding(observed(PackagePath("Content/1/Ansokan.pdf"))),
        also=frozenset({"EARKIV-FIX-4"}),
    ),
    "EARKIV-PKG-18": Row(
        kept=SOUND,
        broken=holding(observed(PackagePath("Content/1/an\u202efdp.exe"))),
        also=frozenset({"EARKIV-FIX-4", "FGS-PKT-60"}),
    ),
    "EARKIV-PKG-19": Row(
        kept=holding(observed(PackagePath("Content/1/.dold fil"))),
        broken=holding(observed(PackagePath("Content/mapp./fil.pdf"))),
        also=frozenset({"EARKIV-FIX-4", "FGS-PKT-60"}),
    ),
    "EARKIV-FMT-5": Row(
        kept=SOUND, broken=holding(replace(FILE, pulled_in='<!DOCTYPE svg SYSTEM "http://example.org/x.dtd"'))
    ),
    "EARKIV-FMT-1": Row(
        kept=holding(replace(FILE, format=None)),
        broken=holding(replace(FILE, format=FormatDesignation(puid=None, warning="no match"))),
    ),
    "EARKIV-FMT-2": Row(
        kept=holding(replace(FILE, format=FormatDesignation(puid="fmt/18", warning="also fmt/19"))),
        broken=holding(replace(FILE, format=FormatDesignation(puid="fmt/18", warning="extension mismatch"))),
    ),
    "EARKIV-FMT-3": Row(
        kept=SOUND,
        broken=holding(replace(FILE, size=0, format=FormatDesignation(puid=None))),
        also=frozenset({"EARKIV-FIX-2"}),
    ),
    **{
        f"EARKIV-NST-{number}": Row(kept=_nested(other), broken=_nested(kind))
        for number, kind, other in (
            (1, NestedFaultKind.UNREADABLE, NestedFaultKind.AMBIGUOUS),
            (2, NestedFaultKind.AMBIGUOUS, NestedFaultKind.UNREADABLE),
            (3, NestedFaultKind.UNSAFE_NAME, NestedFaultKind.NO_FILE),
            (4, NestedFaultKind.NO_FILE, NestedFaultKind.UNSAFE_NAME),
            (5, NestedFaultKind.BEYOND_BUDGET, NestedFaultKind.UNFINISHED),
            (6, NestedFaultKind.LOCKED, NestedFaultKind.UNREADABLE),
            (7, NestedFaultKind.TOO_DEEP, NestedFaultKind.BEYOND_BUDGET),
            (8, NestedFaultKind.UNFINISHED, NestedFaultKind.TOO_DEEP),
        )
    },
    "EARKIV-NST-9": Row(kept=_listing(Trait.ENCRYPTED), broken=_listing(Trait.MACROS)),
    "EARKIV-NST-10": Row(kept=_listing(Trait.SCRIPTS), broken=_listing(Trait.DAMAGED)),
    "EARKIV-PDFA-1": Row(
        kept=holding(replace(FILE, conformances=(CONFORMS, UNDECIDED))),
        broken=holding(replace(FILE, conformances=(CONFORMS, VIOLATES))),
    ),
    "EARKIV-PDFA-2": Row(
        kept=holding(replace(FILE, conformances=(CONFORMS, VIOLATES))),
        broken=holding(replace(FILE, conformances=(UNDECIDED,))),
    ),
    "EARKIV-FMT-4": Row(
        kept=SOUND,
        broken=holding(
            replace(FILE, format=FormatDesignation(puid="fmt/412", warning="also x; zip: not a valid zip file"))
        ),
    ),
    "EARKIV-DOC-1": Row(kept=seen(Trait.MACROS), broken=seen(Trait.ENCRYPTED)),
    "EARKIV-DOC-2": Row(kept=seen(Trait.ENCRYPTED), broken=seen(Trait.MACROS)),
    "EARKIV-DOC-3": Row(kept=seen(Trait.DAMAGED), broken=seen(Trait.TOO_LARGE_TO_CHECK)),
    "EARKIV-DOC-4": Row(kept=signed(SignatureVerdict.HOLDS), broken=signed(SignatureVerdict.BROKEN)),
    "EARKIV-DOC-5": Row(kept=signed(SignatureVerdict.BROKEN), broken=signed(SignatureVerdict.UNDECIDED)),
}
"""Every rule of the registry, once."""

MORE_KEPT: Final[Mapping[str, tuple[Judged, ...]]] = {
    "EARKIV-FIX-1": (without(SOUND, PDF), replace(SOUND, files=None)),
    "EARKIV-FIX-3": (told(entered(replace(ENTRY, path=None, href=DOCUMENT.link, line=40)), "EARKIV-FIX-6"),),
    "EARKIV-FIX-4": (
        replace(holding(observed(UNLISTED)), reading=replace(SOUND.reading, complete_listing=False)),
        replace(SOUND, files=None),
    ),
    "EARKIV-FIX-5": (
        entered(ENTRY, replace(ENTRY, source=CASES, size=None)),
        entered(replace(ENTRY, href="", path=None), replace(ENTRY, href="", path=None)),
    ),
    "EARKIV-CASE-1": (of_cases(replace(CASE, aggregation_type="class", status=None, dates=(), records=())),),
    "EARKIV-CASE-2": (of_cases(replace(CASE, status="open", dates=())),),
    "EARKIV-CASE-5": tuple(
        told(documented(replace(DOCUMENT, path=None)), rule) for rule in ("EARKIV-FIX-6", "EARKIV-CASE-6")
    ),
    "EARKIV-SA-13": (
        agreed(holding(observed(DECOMPOSED)), replace(AGREEMENT, name_marks="._-", max_path_length=len(CASES))),
        agreed(holding(observed(PackagePath("Content/\u0915\u093c"))), replace(AGREEMENT, name_marks="._-\u093c")),
        agreed(holding(observed(PackagePath("Content/\u0958"))), replace(AGREEMENT, name_marks="._-")),
    ),
}
MORE_BROKEN: Final[Mapping[str, tuple[Judged, ...]]] = {
    "EARKIV-FIX-1": (
        documented(replace(DOCUMENT, digest=stated(OTHER_SHA256))),
        documented(replace(DOCUMENT, digest=stated(MD5[::-1], "md5"))),
    ),
    "EARKIV-FIX-2": (documented(replace(DOCUMENT, size=1)),),
    "EARKIV-FIX-4": (without(holding(observed(UNLISTED)), SIP),),
    "EARKIV-FIX-5": (
        entered(ENTRY, replace(ENTRY, source=CASES, digest=stated(OTHER_SHA256))),
        entered(ENTRY, replace(ENTRY, source=CASES, size=1)),
    ),
    "EARKIV-FIX-8": (documented(replace(DOCUMENT, digest=stated(SHA256, ""))),),
    "EARKIV-FIX-9": (documented(replace(DOCUMENT, digest=stated("okänd", "MD5"))),),
    "EARKIV-CASE-1": (
        of_cases(replace(CASE, status=None)),
        of_cases(replace(CASE, parts=(replace(PART, status="on_hold"),))),
        of_cases(replace(CASE, aggregation_type="class", parts=(PART,))),
    ),
    "EARKIV-CASE-3": (
        of_cases(replace(CASE, restrictions=(Restriction(type="gdpr", ends=date("end", "20210399")),))),
        of_cases(replace(CASE, disposal=Disposal(disposable=True, dates=(date("disposal_date", "2031-02-30"),)))),
        of_cases(replace(CASE, records=(replace(RECORD, dates=(date("created", ""),)),))),
    ),
    "EARKIV-CASE-4": (
        of_cases(
            replace(
                CASE,
                restrictions=(Restriction(type="gdpr", starts=date("start", "2091"), ends=date("end", "2021-01-01")),),
            )
        ),
    ),
    "EARKIV-CASE-10": (
        of_cases(CASE, replace(CASE, system_id="a2", records=())),
        of_cases(replace(CASE, records=(replace(RECORD, system_id="a1"),))),
        of_cases(replace(CASE, parts=(PART, replace(PART, system_id="a3")))),
        submitted(replace(SUBMISSION, records=(replace(RECORD, system_id="1"), replace(RECORD, system_id="2")))),
    ),
    "EARKIV-CASE-13": (documented(replace(DOCUMENT, digest=stated(f"{SHA256}\n"))),),
    "EARKIV-SA-2": (agreed(holding(replace(FILE, format=FormatDesignation(puid=None)))),),
    "EARKIV-SA-13": (
        agreed(SOUND, replace(AGREEMENT, max_path_length=3)),
        agreed(holding(observed(DECOMPOSED)), replace(AGREEMENT, name_marks="._")),
    ),
    "EARKIV-DLV-2": (of_kind(RecordStatus.VERSION),),
    "EARKIV-FMT-4": (
        holding(replace(FILE, format=FormatDesignation(puid=None, warning="identifier failed"))),
        seen(Trait.DAMAGED),
    ),
    "EARKIV-DOC-2": (seen(Trait.SCRIPTS),),
}

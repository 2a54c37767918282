"""The lies that only ingest can find out: under an agreement, with formats identified and files scanned."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from ingest.application.ingest_path import ingest_path
from ingest.bootstrap import Fitting, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.allowances import Effort
from ingest.domain.conversions import Conversion, ConversionFault, ConversionRequest, NotConverted
from ingest.domain.packages import Clean, Examination, ExaminationRequest, Infected, NotScanned, ScanResult
from ingest.formats.content_validation import MAX_WHOLE
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from ingest.tool_ports import Examiner
from samples.documents.pdfa import pdf_a
from tests.fakes.steady_converter import SteadyConverter
from tests.features.archives import opened, settings_of
from tests.features.genuine_documents import LETTERS
from tests.lies import folders
from tests.lies.dialects import EARK, sound
from tests.lies.packages import Package, as_folder, lied, rewritten
from tests.unit.adapters.probes import files
from tests.unit.adapters.probes.signing import officer

(SIP,) = (dialect for dialect in EARK if dialect.name == "E-ARK SIP 2.2.0")
_DATA: Final = "representations/rep1/data/"
_PDF: Final = _DATA + "Utredning skolväg.pdf"
_DOCX: Final = _DATA + "Utredning skolväg.docx"
_XML: Final = _DATA + "Ansökan om skolskjuts.xml"
_ERMS: Final = "metadata/descriptive/erms.xml"
_AGREEMENT: Final = "exsa-2026-7"
_CLEAN: Final = Clean(tool="ClamAV")
Told = Callable[[Package], Package]


class _Scanning:
    """The real examiner, with a scanner's answer for every file."""

    def __init__(self, examiner: Examiner, answer: ScanResult) -> None:
        self._examiner = examiner
        self._answer = answer

    @property
    def tool(self) -> str:
        return self._examiner.tool

    def examine(self, staging: ObjectStore, requests: Sequence[ExaminationRequest]) -> tuple[Examination, ...]:
        return tuple(replace(found, scan=self._answer) for found in self._examiner.examine(staging, requests))

    def prove_scanner(self) -> None:
        self._examiner.prove_scanner()


class _Failing:
    """A converter that fails in one way with every file."""

    def __init__(self, fault: ConversionFault) -> None:
        self._fault = fault

    def convert(
        self, staging: ObjectStore, requests: Sequence[ConversionRequest], effort: Effort
    ) -> tuple[Conversion, ...]:
        _ = staging, effort
        return tuple(
            Conversion(
                ordinal=request.ordinal,
                aip_path=request.aip_path,
                target=request.target.name,
                policy=request.policy,
                tool=request.tool,
                outcome=NotConverted(reason=self._fault),
            )
            for request in requests
        )


class _Growing:
    """The real catalogue; a file of the delivery grows as it is asked what has been staged, before anything is."""

    def __init__(self, catalogue: Any, file: Path) -> None:
        self._catalogue = catalogue
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def staged(self, delivery: str) -> Any:
        found = self._catalogue.staged(delivery)
        if not found:
            self._file.write_bytes(self._file.read_bytes() + b"%%EOF\n")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestLie:
    """A package, and under which terms and by which scanner it is taken in; `before` was taken in first.

    `schemas` are the content schemas beside the agreement, by name; `grows` is a file that is still written to;
    `policy` is the archive's own format policy, `fails` why no preservation copy can be made (there are no tools), and
    `copies` what the scanner says of those that can.
    """

    told: Told = lambda package: package
    terms: Mapping[str, Any] | None = field(default_factory=dict)
    schemas: Mapping[str, str] = field(default_factory=dict)
    scan: ScanResult = _CLEAN
    before: Told | None = None
    grows: str = ""
    policy: str = ""
    fails: ConversionFault | None = None
    copies: ScanResult | None = None
    also: frozenset[str] = frozenset()


def _with(path: str, change: Callable[[bytes], bytes]) -> Told:
    return lambda package: rewritten(package, path, change)


def _saying(pattern: str, said: str) -> Told:
    return lambda package: lied(package, "METS.xml", pattern, said)


def _unchanged(package: Package) -> Package:
    return package


def _a_pdf_called_docx(package: Package) -> Package:
    return rewritten(package, _DOCX, lambda _: package.files[_PDF])


_NAMESPACE: Final = "https://example.se/e-tjanst/skolskjuts/1"
_FORM: Final = "skolskjutsansokan"
_FORM_SCHEMA: Final = sound(SIP).text(f"schemas/{_FORM}.xsd")
_ASSERTING: Final = _FORM_SCHEMA.replace("</xs:sequence>", '</xs:sequence><xs:assert test="true()"/>')
_REGISTERED: Final = {"namespace": _NAMESPACE, "root": _FORM, "version": "1.1", "documents": ["blankett.xsd"]}
_TOO_MANY: Final = MAX_WHOLE + 1


def _without_pupil(content: bytes) -> bytes:
    return content.replace(b"elev>", b"barn>")


def _endless(content: bytes) -> bytes:
    """Repeat an element until there are more than are judged by a schema with assertions."""
    return content.replace(f"</{_FORM}>".encode(), b"<a/>" * _TOO_MANY + f"</{_FORM}>".encode())


_DEEP: Final = b'<?xml version="1.0"?>' + b"<a>" * 300 + b"</a>" * 300


def _changed_after_signing(content: bytes) -> bytes:
    del content
    return officer().signed(files.pdf()).replace(b"bifaller", b"avslaar!", 1)


def _signed_by_nobody(content: bytes) -> bytes:
    """Put noughts in place of the signature itself."""
    del content
    return re.sub(rb"(/Contents <)([0-9a-fA-F]+)", lambda m: m[1] + b"0" * len(m[2]), officer().signed(files.pdf()))


def _pdf_a(change: Callable[[bytes], bytes]) -> Told:
    return _with(_PDF, lambda _: change(pdf_a(LETTERS[0])))


_COPIED: Final = {"normalise": True}
_LACKING: Final = frozenset({"EARKIV-NRM-2"})
"""What is said of the other files where there are no tools."""


def _policy(delivery: str, preservation: str) -> str:
    return (
        f'[[group]]\ndelivery = "{delivery}"\npreservation = "{preservation}"\nsource_sv = "a"\nsource_en = "b"\n'
        'formats = { "fmt/18" = "PDF 1.4" }\n'
    )


LIES: Final[Mapping[str, IngestLie]] = {
    "EARKIV-CASE-14": IngestLie(told=folders.LIES["CSIPSTR5"].told, also=frozenset({"CSIPSTR5"})),
    "EARKIV-DLV-1": IngestLie(told=_saying(' LABEL="[^"]*"', ' LABEL="En annan rubrik"'), before=_unchanged),
    "EARKIV-DLV-4": IngestLie(told=_saying('RECORDSTATUS="NEW"', 'RECORDSTATUS="TEST"')),
    "EARKIV-DOC-1": IngestLie(told=_with(_PDF, lambda _: files.locked_pdf("hemligt"))),
    "EARKIV-DOC-2": IngestLie(told=_with(_PDF, lambda _: files.scripted_pdf())),
    "EARKIV-DOC-3": IngestLie(told=_with(_XML, lambda _: _DEEP)),
    "EARKIV-DOC-4": IngestLie(told=_with(_PDF, _changed_after_signing)),
    "EARKIV-DOC-5": IngestLie(told=_with(_PDF, _signed_by_nobody)),
    "EARKIV-FIX-15": IngestLie(grows=_PDF, also=frozenset({"EARKIV-FIX-1", "EARKIV-FIX-2", "CSIP69", "CSIP71"})),
    "EARKIV-FMT-1": IngestLie(told=_with(_PDF, lambda _: bytes(range(1, 9)) * 9)),
    "EARKIV-FMT-2": IngestLie(told=_a_pdf_called_docx),
    "EARKIV-FMT-4": IngestLie(
        told=_with(_DOCX, lambda content: content[: len(content) // 2]), also=frozenset({"EARKIV-FMT-1"})
    ),
    "EARKIV-NRM-1": IngestLie(terms=_COPIED, fails=ConversionFault.FAILED),
    "EARKIV-NRM-2": IngestLie(terms=_COPIED),
    "EARKIV-NRM-3": IngestLie(terms=_COPIED, fails=ConversionFault.NOT_VALID),
    "EARKIV-NRM-4": IngestLie(terms=_COPIED, policy=_policy("acceptable", "not acceptable"), also=_LACKING),
    "EARKIV-NRM-5": IngestLie(terms=_COPIED, policy=_policy("not acceptable", "acceptable"), also=_LACKING),
    "EARKIV-NRM-6": IngestLie(terms=_COPIED, fails=ConversionFault.INFECTED),
    "EARKIV-NRM-7": IngestLie(terms=_COPIED, copies=NotScanned(reason="too large"), also=frozenset({"EARKIV-NRM-1"})),
    "EARKIV-PDFA-1": IngestLie(told=_pdf_a(lambda content: content.replace(b"/OutputIntents", b"/OutputIntentz"))),
    "EARKIV-PDFA-2": IngestLie(
        told=_pdf_a(lambda content: content.replace(b"trailer", b"tralier")), also=frozenset({"EARKIV-FMT-4"})
    ),
    "EARKIV-PKG-13": IngestLie(scan=Infected(tool="ClamAV", name="Eicar-Test-Signature")),
    "EARKIV-SA-2": IngestLie(terms={"formats": ["fmt/43"]}),
    "EARKIV-SA-3": IngestLie(terms={"max_bytes": 1000}),
    "EARKIV-SA-4": IngestLie(terms={"max_files": 4}),
    "EARKIV-SA-5": IngestLie(scan=NotScanned(reason="no scanner")),
    "EARKIV-SA-6": IngestLie(terms={"producers": ["ORG:5560000000", "ORG:5560000001"]}),
    "EARKIV-SA-7": IngestLie(terms={"dialects": ["fgs-1.2"]}),
    "EARKIV-SA-8": IngestLie(terms=None, also=_LACKING),
    "EARKIV-SA-9": IngestLie(
        told=_with(_XML, _without_pupil),
        terms={"content_schemas": [_REGISTERED]},
        schemas={"blankett.xsd": _FORM_SCHEMA},
    ),
    "EARKIV-SA-10": IngestLie(
        told=_with(_XML, _endless), terms={"content_schemas": [_REGISTERED]}, schemas={"blankett.xsd": _ASSERTING}
    ),
    "EARKIV-SA-11": IngestLie(terms={"refused_formats": ["fmt/18"]}),
    "EARKIV-SA-12": IngestLie(terms={"held_formats": ["fmt/18"]}),
    "EARKIV-SA-13": IngestLie(terms={"name_marks": "._-"}),
    "EARKIV-SA-14": IngestLie(terms={"closed_until": "1999-12-31"}),
    "EARKIV-SA-15": IngestLie(terms={"standing": "draft"}),
    "EARKIV-SA-16": IngestLie(terms={"case_types": ["Bygglov"]}),
    "EARKIV-SA-17": IngestLie(
        told=lambda package: lied(package, _ERMS, "<erms:disposal .*?</erms:disposal>", ""),
        terms={"disposal_default": {"disposable": False}},
    ),
}


def taken_in(lie: IngestLie, place: Path) -> Mapping[str, Any]:
    """Take the package in, under the agreement or the default one, and give the receipt."""
    home = place / "home"
    if lie.terms is not None:
        with opened(home):
            pass
        # Copies are another matter: where a lie is not about them, none are asked for.
        documents = {f"{_AGREEMENT}.json": json.dumps({"normalise": False, **lie.terms}), **lie.schemas}
        for name, text in documents.items():
            (home / "agreements" / name).write_text(text, encoding="utf-8")
    if lie.policy:
        (home / "format-policy.toml").write_text(lie.policy, encoding="utf-8")
    packages = [told(sound(SIP)) for told in (lie.before, lie.told) if told is not None]
    folders_made = []
    for number, package in enumerate(packages):
        (place / str(number)).mkdir()
        folders_made.append(as_folder(package, place / str(number)))
    with writing(settings_of(home), _fitting(lie, folders_made[-1])) as archive:
        catalogue = archive.ports.catalogue
        agreement = catalogue.agreement_versions(DEFAULT_AGREEMENT.id if lie.terms is None else _AGREEMENT)[-1]
        receipts = [ingest_path(folder, agreement, archive.owner, archive.ports) for folder in folders_made]
    return receipts[-1]


def _fitting(lie: IngestLie, folder: Path) -> Fitting:
    def fit(ports: Ports) -> Ports:
        fitted = replace(ports, examiner=_Scanning(ports.examiner, lie.scan))
        if lie.fails is not None:
            fitted = replace(fitted, converter=_Failing(lie.fails))
        if lie.copies is not None:
            fitted = replace(fitted, converter=SteadyConverter(lie.copies))
        return replace(fitted, catalogue=_Growing(ports.catalogue, folder / lie.grows)) if lie.grows else fitted

    return fit

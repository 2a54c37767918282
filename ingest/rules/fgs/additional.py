"""Riksarkivet's additionalPackageInfo.xml for FGS Paketstruktur 2.0: dates, codes, marks, and the files it names.

Its schema is not published; these rules stand in for it and follow Riksarkivet's own example.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.domain.findings import Location, Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import RecordStatus
from ingest.formats.links import DeliveredNames, resolve
from ingest.formats.xml import XmlRefused
from ingest.formats.xml_elements import Element, ElementStream
from ingest.rules.chronology import is_before
from ingest.rules.fgs.codes import Code, has_check_digit, organisation_number
from ingest.rules.fgs.moments import moment
from ingest.rules.fgs.vocabularies import CODE_PREFIXES

NAMESPACE = "http://xml.ra.se/e-arkiv/implementation-IP/version10/SNAadditionalPackageInfo"
_MARKS = (
    ("disposal", "disposable"),
    ("accessRestrict", "restricted"),
    ("useRestrict", "restricted"),
    ("audience", "publishable"),
)
_BOOLEANS = frozenset({"true", "false", "1", "0"})
_CODES = CODE_PREFIXES | {"OTHER"}
_STATUSES = frozenset(RecordStatus)
_PARTS = frozenset({"control", "package"})


def additional_violations(local: Path, source: PackagePath, paths: Iterable[PackagePath]) -> Iterator[Violation]:
    """Judge the document; `paths` are the files of the package. What is no acceptable XML the reader has told.

    Raises:
        OSError: the file cannot be read.
    """
    names = DeliveredNames(paths)
    try:
        parts = _parts(local)
    except XmlRefused:
        return
    checks = (*_incomplete(parts), *_of_control(parts.get("control")), *_of_package(parts.get("package"), names))
    for rule, line, value in checks:
        yield Violation(rule=rule, location=Location(file=source, line=line, value=value))


def _parts(local: Path) -> dict[str, Element]:
    elements = ElementStream(local, namespace=NAMESPACE, whole=_PARTS, schema=None)
    return {element.name: element for _, element in elements}


_Told = tuple[str, int, str]


def _incomplete(parts: dict[str, Element]) -> Iterator[_Told]:
    """FGS-RA-8: no identity, no date of making, or no package."""
    control, package = parts.get("control"), parts.get("package")
    line = 0 if control is None else control.line
    for name in ("identification", "creationDate"):
        if control is None or not control.words(name):
            yield "FGS-RA-8", line, f"control/{name}"
    if package is None or not package.stated("id"):
        yield "FGS-RA-8", 0 if package is None else package.line, "package/@id"


def _of_control(control: Element | None) -> Iterator[_Told]:
    if control is None:
        return
    for made in control.named("creationDate"):
        if made.text.strip() and moment(made.text) is None:
            yield "FGS-RA-1", made.line, f"creationDate {made.text.strip()}"
    for status in control.named("status"):
        if status.text.strip() not in _STATUSES:
            yield "FGS-RA-3", status.line, status.text.strip()
    for creator in control.named("creator"):
        for code in creator.named("creatorCode"):
            yield from _of_code(code)


def _of_code(element: Element) -> Iterator[_Told]:
    """FGS-RA-4: a code of a kind outside the list; FGS-RA-9: an organisation number that is none."""
    code = Code(prefix=element.stated("type"), text=element.text.strip())
    if code.prefix not in _CODES:
        yield "FGS-RA-4", element.line, code.prefix
    if code.prefix == "ORG":
        number = organisation_number(code)
        if number is None or not has_check_digit(number):
            yield "FGS-RA-9", element.line, code.text


def _of_package(package: Element | None, names: DeliveredNames) -> Iterator[_Told]:
    if package is None:
        return
    yield from _of_unit(package)
    seen: Counter[str] = Counter()
    for frame in package.named("files"):
        for file in frame.named("file"):
            yield from _of_unit(file)
            yield from _of_path(file, names, seen)


def _of_unit(unit: Element) -> Iterator[_Told]:
    """FGS-RA-1, FGS-RA-2 and FGS-RA-5: dates and marks of the package or of one file."""
    for name in ("startDate", "endDate"):
        for date in unit.named(name):
            if moment(date.text) is None:
                yield "FGS-RA-1", date.line, f"{name} {date.text.strip()}"
    start, end = moment(unit.words("startDate")), moment(unit.words("endDate"))
    if start is not None and end is not None and is_before(end, start):
        yield "FGS-RA-2", unit.line, f"{start.text}, {end.text}"
    for name, attribute in _MARKS:
        for mark in unit.named(name):
            if mark.stated(attribute) not in _BOOLEANS:
                yield "FGS-RA-5", mark.line, f"{name}/@{attribute}={mark.stated(attribute)!r}"


def _of_path(file: Element, names: DeliveredNames, seen: Counter[str]) -> Iterator[_Told]:
    """FGS-RA-6: a file that is not in the package; FGS-RA-7: one named twice; what is odd about the link itself."""
    stated = file.attributes.get("path", "")
    found = resolve(stated, names)
    yield from ((remark, file.line, stated) for remark in found.remarks)
    if found.path is None:
        yield "FGS-RA-6", file.line, stated or file.stated("name")
        return
    if seen[found.path]:
        yield "FGS-RA-7", file.line, stated
    seen[found.path] += 1

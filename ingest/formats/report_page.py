"""A validation as one HTML page that can be sent to a producer: self-contained, in Swedish and in English.

It needs no JavaScript and fetches nothing. Whatever a package says is written as text, never as markup.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import html
from lxml.etree import _Element

from ingest.domain.findings import Finding, Location, Severity, Text, Verdict
from ingest.domain.statistics import Statistics
from ingest.formats import report_texts as texts
from ingest.formats.html_elements import VOICES, Voice, cleaned, grouped
from ingest.formats.html_elements import element as _e
from ingest.formats.report_style import STYLE
from schemas.requirements import Requirement, requirement

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_LONG: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReport:
    """What was found in one package: `name` is what the person called it, `statistics` what it holds."""

    name: str
    verdict: Verdict
    dialect: str | None
    package: str | None
    findings: tuple[Finding, ...]
    statistics: Statistics


def report_page(packages: Sequence[PackageReport], at: datetime, software: str) -> bytes:
    """Write the page, UTF-8; `at` is when the packages were judged, by which `software`."""
    page = _e(
        "html",
        {"lang": "sv"},
        _e(
            "head",
            _e("meta", {"charset": "utf-8"}),
            _e("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            _e("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
            _e("title", cleaned(" – ".join((texts.TITLE.sv, *(package.name for package in packages))))),
            _e("style", STYLE),
        ),
        _e(
            "body",
            _e(
                "header",
                _e("h1", f"{texts.TITLE.sv} ", _e("span", {"lang": "en"}, f"/ {texts.TITLE.en}")),
                _languages(),
            ),
            _e("main", *(_section(voice, packages) for voice in VOICES)),
            _e("footer", *(_made(voice, at, software) for voice in VOICES)),
        ),
    )
    octets: bytes = html.tostring(page, encoding="utf-8", doctype="<!DOCTYPE html>")
    return octets + b"\n"


def _languages() -> _Element:
    links = (
        _e("li", _e("a", {"href": f"#{voice.code}", "lang": voice.code}, voice(texts.LANGUAGE))) for voice in VOICES
    )
    return _e("nav", {"aria-label": texts.LANGUAGES.sv}, _e("ul", *links))


def _made(voice: Voice, at: datetime, software: str) -> _Element:
    words = voice(texts.MADE).format(at=f"{at:%Y-%m-%d %H:%M} {at.tzname() or ''}".strip(), software=software)
    return _e("p", {"class": "quiet", "lang": voice.code}, cleaned(words))


def _section(voice: Voice, packages: Sequence[PackageReport]) -> _Element:
    told = {finding.rule for package in packages for finding in package.findings}
    return _e(
        "section",
        {"lang": voice.code, "id": voice.code},
        _e("h2", voice(texts.LANGUAGE)),
        *(_package(voice, package, number) for number, package in enumerate(packages)),
        *(_rules(voice, packages) if told else ()),
    )


# ---------------------------------------------------------------------------------------------- a package


def _package(voice: Voice, package: PackageReport, number: int) -> _Element:
    return _e(
        "article",
        _e("h3", cleaned(package.name)),
        _e(
            "p",
            {"class": f"verdict {package.verdict.value}"},
            _e("strong", voice(texts.VERDICTS[package.verdict])),
            voice(texts.VERDICT_MEANS[package.verdict]),
        ),
        _facts(voice, package),
        *_findings(voice, package, number),
    )


def _facts(voice: Voice, package: PackageReport) -> _Element:
    counted = (
        (voice(texts.SEVERITIES[severity]), str(sum(finding.severity is severity for finding in package.findings)))
        for severity in Severity
    )
    facts = (
        (voice(texts.KIND), package.dialect or voice(texts.UNKNOWN_KIND)),
        (voice(texts.PACKAGE), package.package or voice(texts.NO_PACKAGE)),
        *_holds(voice, package.statistics),
        *counted,
    )
    return _e("dl", {"class": "facts"}, *(_fact(name, value) for name, value in facts))


def _holds(voice: Voice, held: Statistics) -> Iterator[tuple[str, str]]:
    figures = (
        (texts.CASES, held.cases),
        (texts.RECORDS, held.records),
        (texts.LOOSE_RECORDS, held.loose_records),
        (texts.DOCUMENTS, held.documents),
        (texts.FILES, held.files),
    )
    yield from ((voice(name), grouped(figure)) for name, figure in figures)
    yield voice(texts.BYTES), voice(texts.BYTE_COUNT).format(count=grouped(held.bytes))


def _fact(name: str, value: str) -> _Element:
    kind = {"class": "long"} if len(value) > _LONG else {}
    return _e("div", kind, _e("dt", name), _e("dd", cleaned(value)))


def _findings(voice: Voice, package: PackageReport, number: int) -> Iterator[_Element]:
    if not package.findings:
        yield _e("p", voice(texts.NO_FINDINGS))
    for severity in Severity:
        some = tuple(finding for finding in package.findings if finding.severity is severity)
        if some:
            yield _e(
                "div",
                {"class": severity.value},
                _e("h4", f"{voice(texts.SEVERITIES[severity])} ({len(some)})"),
                _e("p", {"class": "quiet"}, voice(texts.SEVERITY_MEANS[severity])),
                _table(voice, some, number),
            )


def _table(voice: Voice, findings: tuple[Finding, ...], number: int) -> _Element:
    names = (texts.RULE, texts.WHAT, texts.WHERE, texts.DO, texts.COUNT)
    head = (_e("th", {"scope": "col", "role": "columnheader"}, voice(name)) for name in names)
    rows = (_row(voice, finding, number) for finding in findings)
    return _e(
        "table",
        {"role": "table", "class": "wide"},
        _e("thead", {"role": "rowgroup"}, _e("tr", {"role": "row"}, *head)),
        _e("tbody", {"role": "rowgroup"}, *rows),
    )


def _row(voice: Voice, finding: Finding, number: int) -> _Element:
    anchor = {"id": _anchor(voice, f"finding-{number}-{finding.severity}", finding.rule), "role": "row"}
    link = _e("a", {"href": f"#{_anchor(voice, 'rule', finding.rule)}"}, finding.rule)
    return _e(
        "tr",
        anchor,
        _e("th", {"scope": "row", "class": "rule", "role": "rowheader"}, link),
        _cell(voice, texts.WHAT, "what", voice(finding.message)),
        _cell(voice, texts.WHERE, "where", _places(voice, finding)),
        _cell(voice, texts.DO, "do", voice(finding.remedy)),
        _cell(voice, texts.COUNT, "count", grouped(finding.count)),
    )


def _cell(voice: Voice, label: Text, kind: str, content: str | _Element) -> _Element:
    return _e("td", {"class": kind, "role": "cell", "data-label": voice(label)}, content)


def _places(voice: Voice, finding: Finding) -> _Element:
    places = [_place(voice, location) for location in finding.locations]
    rest = finding.count - len(places)
    if rest > 0:
        text = texts.ONE_MORE if rest == 1 else texts.MORE
        places.append(_e("li", {"class": "quiet"}, voice(text).format(count=grouped(rest))))
    return _e("ul", {"class": "places"}, *places)


def _place(voice: Voice, location: Location) -> _Element:
    line = f", {voice(texts.LINE).format(line=location.line)}" if location.line else ""
    file = cleaned(location.file) or voice(texts.WHOLE_PACKAGE)
    value = (_e("span", {"class": "value"}, cleaned(location.value)),) if location.value else ()
    return _e("li", file + line, *value)


# ---------------------------------------------------------------------------------------------- the rules


def _rules(voice: Voice, packages: Sequence[PackageReport]) -> Iterator[_Element]:
    first: dict[str, str] = {}
    for number, package in enumerate(packages):
        for finding in package.findings:
            first.setdefault(finding.rule, _anchor(voice, f"finding-{number}-{finding.severity}", finding.rule))
    yield _e("h3", voice(texts.RULES))
    yield _e("p", {"class": "quiet"}, voice(texts.RULES_MEAN))
    yield _e("dl", {"class": "rules"}, *(part for rule, back in first.items() for part in _rule(voice, rule, back)))


def _rule(voice: Voice, rule: str, back: str) -> Iterable[_Element]:
    required = requirement(rule)
    versions = ", ".join(required.versions)
    clause = _e("a", {"href": required.link}, required.clause) if required.link else required.clause
    origin = f"{required.specification} {versions}, {voice(texts.LEVELS[required.level.value])}: "
    return (
        _e("dt", {"id": _anchor(voice, "rule", rule)}, rule),
        _e("dd", origin, clause),
        *_stated_at(required),
        _e("dd", _e("a", {"href": f"#{back}", "aria-label": f"{voice(texts.BACK)}: {rule}"}, voice(texts.BACK))),
    )


def _stated_at(required: Requirement) -> Iterator[_Element]:
    if required.location:
        yield _e("dd", _e("code", required.location))


# ---------------------------------------------------------------------------------------------- words


def _anchor(voice: Voice, kind: str, rule: str) -> str:
    return f"{kind}-{rule}-{voice.code}"

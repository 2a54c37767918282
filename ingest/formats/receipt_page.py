"""A receipt as a page that can be read, printed and kept: self-contained, in Swedish or English, written as a stream.

It needs no JavaScript and fetches nothing. Whatever was delivered is written as text, never as markup. Only one row is
held at a time beside the receipt itself.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from lxml.etree import _Element

from ingest.domain.findings import Text
from ingest.domain.signing_keys import SigningKey
from ingest.formats import receipt_texts as texts
from ingest.formats.html_elements import Voice, cleaned, grouped, written
from ingest.formats.html_elements import element as _e
from ingest.formats.report_style import STYLE

_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the page: use its own style, and nothing else."""
_VERDICTS: Final = {"accepted": "valid", "rejected": "invalid", "held": "held"}
_PLACES: Final = 5
_ROWS: Final = 200
"""So many rows are written at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A receipt as it lies in the journal, and the key that signed it; None where there is no signature."""

    receipt: dict[str, Any]
    key: SigningKey | None


def receipt_page(shown: Shown, voice: Voice) -> Iterator[bytes]:
    """Write the page, UTF-8, piece by piece."""
    receipt = shown.receipt
    yield f'<!DOCTYPE html>\n<html lang="{voice.code}">'.encode()
    yield from _pieces((_head(receipt, voice),))
    yield b"<body><main>"
    yield from _pieces(_summary(shown, voice))
    yield from _files(receipt["files"], voice)
    yield from _pieces(_copies(receipt["copies"], voice))
    yield from _findings(receipt["findings"], voice)
    yield from _pieces(_signature(shown, voice))
    yield b"</main></body></html>\n"


def _pieces(elements: Iterable[_Element]) -> Iterator[bytes]:
    left = iter(elements)
    while some := "".join(map(written, islice(left, _ROWS))):
        yield some.encode()


def _head(receipt: dict[str, Any], voice: Voice) -> _Element:
    name = receipt.get("title") or receipt["delivery"] or receipt["deliveryId"]
    return _e(
        "head",
        _e("meta", {"charset": "utf-8"}),
        _e("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        _e("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
        _e("title", cleaned(f"{_called(receipt, voice)} – {name}")),
        _e("style", STYLE),
    )


def _called(receipt: dict[str, Any], voice: Voice) -> str:
    if not receipt["receipt"]:
        return voice(texts.NOTE)
    return voice(texts.TEST_RECEIPT if receipt.get("test") else texts.RECEIPT)


def _summary(shown: Shown, voice: Voice) -> Iterator[_Element]:
    receipt = shown.receipt
    yield _e("h1", _called(receipt, voice))
    yield _verdict(receipt, voice)
    compromise = shown.key.compromise if shown.key else None
    if shown.key and compromise and shown.key.leaves_doubt(datetime.fromisoformat(receipt["at"])):
        since = _time(compromise.since.isoformat())
        yield _e("p", {"class": "notice doubt"}, _e("strong", voice(texts.DOUBT).format(since=since)))
    if receipt["receipt"]:
        yield _e("p", {"class": "notice"}, _e("strong", voice(texts.NO_PERMISSION)))
    yield _e("h2", voice(texts.DELIVERY))
    yield _e("dl", {"class": "facts"}, *(_fact(voice(name), value) for name, value in _facts(receipt, voice) if value))


def _verdict(receipt: dict[str, Any], voice: Voice) -> _Element:
    outcome, is_test = receipt["outcome"], receipt.get("test")
    said = voice(texts.TEST_OUTCOMES[outcome] if is_test else texts.OUTCOMES[outcome])
    means = voice(texts.TEST_MEANS if is_test else texts.MEANS[outcome])
    kind = "held" if is_test else _VERDICTS[outcome]
    return _e(
        "p", {"class": f"verdict {kind}"}, _e("strong", said), means.format(at=_time(receipt.get("custodyPassed")))
    )


def _facts(receipt: dict[str, Any], voice: Voice) -> Iterator[tuple[Text, str]]:
    agreement, package = receipt.get("agreement"), receipt["package"]
    generation = {"package": package, "generation": receipt.get("generation")}
    yield texts.TITLE, receipt.get("title") or ""
    yield texts.OWN_ID, receipt["delivery"] or ""
    yield texts.PRODUCER, receipt.get("producer") or ""
    yield texts.DIALECT, receipt.get("dialect") or ""
    yield texts.PACKAGE, voice(texts.GENERATION).format(**generation) if package else ""
    yield texts.AGREEMENT, voice(texts.VERSION).format(**agreement) if agreement else ""
    yield texts.RECEIVED, _time(receipt.get("received"))
    yield texts.DECIDED, _time(receipt["at"] if receipt["receipt"] else None)
    yield texts.CUSTODY, _time(receipt.get("custodyPassed"))
    yield texts.RECEIPT_ID, receipt["receipt"] or ""


def _fact(name: str, value: str) -> _Element:
    return _e("div", {"class": "long"}, _e("dt", name), _e("dd", cleaned(value)))


# ---------------------------------------------------------------------------------------------- tables


def _table(voice: Voice, kind: str, names: Iterable[Text], rows: Iterable[_Element]) -> Iterator[bytes]:
    head = (_e("th", {"scope": "col", "role": "columnheader"}, voice(name)) for name in names)
    yield f'<table role="table" class="wide {kind}">'.encode()
    yield from _pieces((_e("thead", {"role": "rowgroup"}, _e("tr", {"role": "row"}, *head)),))
    yield b'<tbody role="rowgroup">'
    yield from _pieces(rows)
    yield b"</tbody></table>"


def _row(first: str, *cells: _Element) -> _Element:
    return _e("tr", {"role": "row"}, _e("th", {"scope": "row", "role": "rowheader"}, cleaned(first)), *cells)


def _cell(voice: Voice, label: Text, kind: str, *content: str | _Element) -> _Element:
    return _e("td", {"class": kind, "role": "cell", "data-label": voice(label)}, *content)


def _files(files: list[dict[str, Any]], voice: Voice) -> Iterator[bytes]:
    total = grouped(sum(file["size"] for file in files))
    said = texts.ONE if len(files) == 1 else texts.TOTAL
    yield from _pieces(
        (_e("h2", voice(texts.FILES)), _e("p", voice(said).format(count=grouped(len(files)), bytes=total)))
    )
    names = (texts.FILE, texts.SIZE, texts.FORMAT, texts.DIGEST)
    if files:
        yield from _table(voice, "files", names, (_file(file, voice) for file in files))


def _file(file: dict[str, Any], voice: Voice) -> _Element:
    return _row(
        voice(texts.NAME_REMOVED) if file["path"] is None else file["path"],
        _cell(voice, texts.SIZE, "size", grouped(file["size"])),
        _cell(voice, texts.FORMAT, "format", _format(file.get("format"), voice)),
        _cell(voice, texts.DIGEST, "digest", _e("code", file["sha256"])),
    )


def _format(found: dict[str, Any] | None, voice: Voice) -> str:
    if found is None or found["puid"] is None:
        return voice(texts.UNKNOWN_FORMAT)
    return cleaned(" ".join(part for part in (found["name"], found["version"], f"({found['puid']})") if part))


def _copies(copies: list[dict[str, Any]], voice: Voice) -> Iterator[_Element]:
    if not copies:
        return
    yield _e("h2", voice(texts.COPIES))
    yield _e("p", voice(texts.COPIES_MEAN))
    for copy in copies:
        facts = (
            (texts.STORE, copy["store"]),
            (texts.PLACE, copy["location"]),
            (texts.COMPARED, _time(copy["verified"])),
            (texts.INVENTORY, copy["inventorySha256"]),
        )
        yield _e("dl", {"class": "facts"}, *(_fact(voice(name), value) for name, value in facts))


def _findings(findings: list[dict[str, Any]] | None, voice: Voice) -> Iterator[bytes]:
    yield from _pieces((_e("h2", voice(texts.FINDINGS)),))
    if not findings:
        said = texts.FINDINGS_REMOVED if findings is None else texts.NO_FINDINGS
        yield from _pieces((_e("p", voice(said)),))
        return
    names = (texts.RULE, texts.KIND, texts.WHAT, texts.COUNT)
    yield from _table(voice, "findings", names, (_finding(finding, voice) for finding in findings))


def _finding(finding: dict[str, Any], voice: Voice) -> _Element:
    return _row(
        finding["rule"],
        _cell(voice, texts.KIND, "kind", voice(texts.SEVERITIES[finding["severity"]])),
        _cell(
            voice,
            texts.WHAT,
            "what",
            _e("p", cleaned(finding["message"][voice.code])),
            _e("p", {"class": "quiet"}, cleaned(finding["remedy"][voice.code])),
            *_places(finding, voice),
        ),
        _cell(voice, texts.COUNT, "count", grouped(finding["count"])),
    )


def _places(finding: dict[str, Any], voice: Voice) -> Iterator[_Element]:
    """Give the first places, and how many more there are: the JSON has all that were kept."""
    shown = [place for place in finding["locations"] if place["file"]][:_PLACES]
    if not shown:
        return
    lines = (f", {voice(texts.LINE).format(line=place['line'])}" if place["line"] else "" for place in shown)
    items = [_e("li", cleaned(place["file"]) + line) for place, line in zip(shown, lines, strict=True)]
    rest = finding["count"] - len(shown)
    if rest > 0:
        items.append(_e("li", {"class": "quiet"}, voice(texts.MORE).format(count=grouped(rest))))
    yield _e("ul", {"class": "places"}, *items)


# ---------------------------------------------------------------------------------------------- signature


def _signature(shown: Shown, voice: Voice) -> Iterator[_Element]:
    if shown.receipt["signature"] is None:
        return
    facts = (
        (texts.ALGORITHM, "Ed25519 (RFC 8032), RFC 8785, SHA-256"),
        (texts.KEY, shown.receipt["key"]),
        (texts.SIGNED, shown.receipt["signature"]),
    )
    yield _e("h2", voice(texts.SIGNATURE))
    yield _e("dl", {"class": "facts"}, *(_fact(voice(name), value) for name, value in facts))
    yield _e("p", voice(texts.CHECK).format(delivery=shown.receipt["deliveryId"]))


def _time(moment: str | None) -> str:
    """Write an ISO 8601 time as `2026-11-23 20:49:32 UTC`; "" for none."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment)
    return f"{at:%Y-%m-%d %H:%M:%S} {at.tzname() or ''}".strip()

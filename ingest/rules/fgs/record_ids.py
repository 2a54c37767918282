"""FGS Paketstruktur 1.x: the agreement and the reference codes (metsHdr/altRecordID)."""

import re
from collections import Counter

from ingest.domain.dates import parse_date
from ingest.formats.mets_values import AltRecordId
from ingest.rules.fgs import vocabularies as known
from ingest.rules.fgs.roots import outside
from ingest.rules.mets.breaches import KEPT, Breach, Breaches, broken
from ingest.rules.mets.subjects import Document, MetsRule, Summary

AGREEMENT = "SUBMISSIONAGREEMENT"
_DATE = re.compile(r"\d{4}-?\d\d-?\d\d\Z")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")


def no_agreement(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-39: no leveransöverenskommelse."""
    if any(record_id.type == AGREEMENT and record_id.text for record_id in summary.record_ids):
        return KEPT
    return broken(summary.headers[0] if summary.headers else summary.root)


def several_agreements(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-40: more than one leveransöverenskommelse."""
    found = [record_id for record_id in summary.record_ids if record_id.type == AGREEMENT]
    return tuple(breach for record_id in found[1:] for breach in broken(record_id, record_id.text))


def impossible_agreement_date(record_id: AltRecordId, _: Document) -> Breaches:
    """FGS-PKT-41: the agreement's date is a day that never was."""
    date = _date_of(record_id)
    is_written = _DATE.match(date) is not None
    return broken(record_id, record_id.text) if is_written and _day(date) is None else KEPT


def odd_agreement(record_id: AltRecordId, _: Document) -> Breaches:
    """FGS-PKT-42: neither `beteckning; datum` nor an address."""
    if record_id.type not in {AGREEMENT, "PREVIOUSSUBMISSIONAGREEMENT"} or not record_id.text:
        return KEPT
    is_plain = _DATE.match(_date_of(record_id)) or _ADDRESS.match(record_id.text)
    return KEPT if is_plain else broken(record_id, record_id.text)


def _date_of(record_id: AltRecordId) -> str:
    """Give what stands after the last semicolon of an agreement, "" without one."""
    is_agreement = record_id.type in {AGREEMENT, "PREVIOUSSUBMISSIONAGREEMENT"}
    return record_id.text.rpartition(";")[2].strip() if is_agreement and ";" in record_id.text else ""


def _day(text: str) -> object:
    digits = text.replace("-", "")
    return parse_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")


def unknown_kind(record_id: AltRecordId, _: Document) -> Breaches:
    """FGS-PKT-43: an altRecordID whose TYPE is not in the list."""
    return outside(record_id, "TYPE", known.RECORD_IDS)


def untold_kind(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-44: an altRecordID without TYPE, without text, or of a kind that there is one of twice."""
    seen: Counter[str] = Counter()
    found: list[Breach] = []
    for record_id in summary.record_ids:
        kind = record_id.type or ""
        is_again = bool(seen[kind]) and kind != AGREEMENT
        is_empty = not record_id.text and kind != AGREEMENT
        if not kind or is_empty or is_again:
            found += broken(record_id, f"{kind}: {record_id.text}")
        seen[kind] += 1
    return tuple(found)


COMMON: tuple[MetsRule[AltRecordId], ...] = (
    MetsRule(id="FGS-PKT-41", check=impossible_agreement_date),
    MetsRule(id="FGS-PKT-42", check=odd_agreement),
)
RULES: tuple[MetsRule[AltRecordId], ...] = (*COMMON, MetsRule(id="FGS-PKT-43", check=unknown_kind))
SUMMARY: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="FGS-PKT-39", check=no_agreement),
    MetsRule(id="FGS-PKT-40", check=several_agreements),
    MetsRule(id="FGS-PKT-44", check=untold_kind),
)

"""The eARD draft of 2013: what 1.0 later made attributes of its own stands in altRecordID there."""

import re
from collections.abc import Iterator

from ingest.domain.dates import PreciseDate, parse_date
from ingest.formats.mets_values import AltRecordId, File, Root
from ingest.rules.chronology import is_before
from ingest.rules.fgs import vocabularies as known
from ingest.rules.fgs.moments import moment
from ingest.rules.fgs.roots import outside
from ingest.rules.mets.breaches import KEPT, Breaches, broken
from ingest.rules.mets.subjects import Document, MetsRule, Summary

_KIND, _SPECIFICATION = "DELIVERYTYPE", "DELIVERYSPECIFICATION"
_START, _END = "STARTDATE", "ENDDATE"
_USE = re.compile(r"[^;]*;[^;]*;[^;]*\Z")


def no_package_type(root: Root, _: Document) -> Breaches:
    """FGS-EARD-1: mets/@TYPE is not the type of package."""
    return KEPT if root.type in known.PACKAGE_TYPES else broken(root, root.type)


def no_delivery_type(summary: Summary, _: Document) -> Breaches:
    """FGS-EARD-2: no DELIVERYTYPE."""
    return _lacks(_KIND, summary)


def no_specification(summary: Summary, _: Document) -> Breaches:
    """FGS-EARD-3: no DELIVERYSPECIFICATION."""
    return _lacks(_SPECIFICATION, summary)


def _lacks(kind: str, summary: Summary) -> Breaches:
    if any(record_id.type == kind and record_id.text for record_id in summary.record_ids):
        return KEPT
    return broken(summary.headers[0] if summary.headers else summary.root)


def unknown_delivery_type(record_id: AltRecordId, _: Document) -> Breaches:
    """FGS-EARD-4: a DELIVERYTYPE that is none of those known."""
    is_strange = record_id.type == _KIND and record_id.text and record_id.text not in known.DELIVERY_TYPES
    return broken(record_id, record_id.text) if is_strange else KEPT


def impossible_date(record_id: AltRecordId, _: Document) -> Breaches:
    """FGS-EARD-5: STARTDATE or ENDDATE is no date."""
    is_wrong = record_id.type in {_START, _END} and _date(record_id.text) is None
    return broken(record_id, f"{record_id.type}={record_id.text}") if is_wrong else KEPT


def reversed_period(summary: Summary, _: Document) -> Breaches:
    """FGS-EARD-6: ENDDATE lies before STARTDATE."""
    starts = list(_stated(summary, _START))
    for record_id in _stated(summary, _END):
        end = _date(record_id.text)
        for start in (_date(one.text) for one in starts):
            if start is not None and end is not None and is_before(end, start):
                return broken(record_id, f"{_START}={start.text}, {_END}={end.text}")
    return KEPT


def _stated(summary: Summary, kind: str) -> Iterator[AltRecordId]:
    return (record_id for record_id in summary.record_ids if record_id.type == kind)


def _date(text: str) -> PreciseDate | None:
    return moment(text) or parse_date(text)


def unknown_kind(record_id: AltRecordId, _: Document) -> Breaches:
    """FGS-EARD-7: an altRecordID of a kind that the draft is not known to have."""
    return outside(record_id, "TYPE", known.DRAFT_RECORD_IDS)


def unknown_value(record_id: AltRecordId, _: Document) -> Breaches:
    """FGS-EARD-8: APPRAISAL or ACCESSRESTRICT with a value of no list known."""
    lists = {"APPRAISAL": known.APPRAISALS, "ACCESSRESTRICT": known.ACCESS_RESTRICTIONS}
    terms = lists.get(record_id.type or "")
    return KEPT if terms is None or record_id.text in terms else broken(record_id, f"{record_id.type}={record_id.text}")


def odd_use(file: File, _: Document) -> Breaches:
    """FGS-EARD-9: file/@USE is not `format;version;register:nyckel`."""
    return KEPT if file.use is None or _USE.match(file.use) else broken(file, file.use)


ROOTS: tuple[MetsRule[Root], ...] = (MetsRule(id="FGS-EARD-1", check=no_package_type),)
RECORD_IDS: tuple[MetsRule[AltRecordId], ...] = (
    MetsRule(id="FGS-EARD-4", check=unknown_delivery_type),
    MetsRule(id="FGS-EARD-5", check=impossible_date),
    MetsRule(id="FGS-EARD-7", check=unknown_kind),
    MetsRule(id="FGS-EARD-8", check=unknown_value),
)
FILES: tuple[MetsRule[File], ...] = (MetsRule(id="FGS-EARD-9", check=odd_use),)
SUMMARY: tuple[MetsRule[Summary], ...] = (
    MetsRule(id="FGS-EARD-2", check=no_delivery_type),
    MetsRule(id="FGS-EARD-3", check=no_specification),
    MetsRule(id="FGS-EARD-6", check=reversed_period),
)

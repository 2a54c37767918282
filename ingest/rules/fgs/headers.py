"""FGS Paketstruktur 1.x: what `metsHdr` says (when made, status, package type), and that it is there."""

from ingest.formats.mets_values import Header
from ingest.rules.chronology import is_before
from ingest.rules.fgs import vocabularies as known
from ingest.rules.fgs.moments import has_time, moment
from ingest.rules.fgs.roots import foreign_extension, outside, unknown_agreement_form
from ingest.rules.mets.breaches import KEPT, Breaches, broken
from ingest.rules.mets.subjects import Document, MetsRule, Summary

_CREATED, _MODIFIED, _STATUS = "CREATEDATE", "LASTMODDATE", "ext:OAISSTATUS"


def no_header(summary: Summary, _: Document) -> Breaches:
    """FGS-PKT-8: no metsHdr."""
    return KEPT if summary.headers else broken(summary.root)


def no_creation_date(header: Header, _: Document) -> Breaches:
    """FGS-PKT-9: no CREATEDATE."""
    return KEPT if (header.created or "").strip() else broken(header)


def impossible_date(header: Header, _: Document) -> Breaches:
    """FGS-PKT-10: CREATEDATE or LASTMODDATE is no day with a time."""
    stated = ((name, header.attribute(name)) for name in (_CREATED, _MODIFIED))
    # An empty CREATEDATE is none (FGS-PKT-9).
    wrong = [
        f"{name}={text}"
        for name, text in stated
        if text is not None and not _is_second(text) and (text.strip() or name == _MODIFIED)
    ]
    return tuple(breach for found in wrong for breach in broken(header, found))


def _is_second(text: str) -> bool:
    date = moment(text)
    return date is not None and has_time(date)


def reversed_dates(header: Header, _: Document) -> Breaches:
    """FGS-PKT-11: changed before it was made."""
    made, changed = moment(header.attribute(_CREATED) or ""), moment(header.attribute(_MODIFIED) or "")
    if made is None or changed is None or not is_before(changed, made):
        return KEPT
    return broken(header, f"{_CREATED}={made.text}, {_MODIFIED}={changed.text}")


def unknown_status(header: Header, document: Document) -> Breaches:
    """FGS-PKT-12: RECORDSTATUS outside the version's list."""
    return outside(header, "RECORDSTATUS", known.STATUSES[document.dialect])


def no_package_type(header: Header, _: Document) -> Breaches:
    """FGS-PKT-13: no ext:OAISSTATUS."""
    return KEPT if (header.attribute(_STATUS) or "").strip() else broken(header)


def unknown_package_type(header: Header, _: Document) -> Breaches:
    """FGS-PKT-14: ext:OAISSTATUS outside its list."""
    return KEPT if no_package_type(header, _) else outside(header, _STATUS, known.PACKAGE_TYPES)


def stray_extension(header: Header, _: Document) -> Breaches:
    """FGS-PKT-23: an attribute of the extension that `metsHdr` has not."""
    return foreign_extension(header, known.HEADER_EXTENSIONS)


COMMON: tuple[MetsRule[Header], ...] = (
    MetsRule(id="FGS-PKT-9", check=no_creation_date),
    MetsRule(id="FGS-PKT-10", check=impossible_date),
    MetsRule(id="FGS-PKT-11", check=reversed_dates),
    MetsRule(id="FGS-PKT-12", check=unknown_status),
)
RULES: tuple[MetsRule[Header], ...] = (
    *COMMON,
    MetsRule(id="FGS-PKT-13", check=no_package_type),
    MetsRule(id="FGS-PKT-14", check=unknown_package_type),
    MetsRule(id="FGS-PKT-15", check=unknown_agreement_form),
    MetsRule(id="FGS-PKT-23", check=stray_extension),
)
SUMMARY: tuple[MetsRule[Summary], ...] = (MetsRule(id="FGS-PKT-8", check=no_header),)

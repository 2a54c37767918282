"""FGS Paketstruktur 1.x: what `mets` itself says (identity, information type, profile, secrecy, period)."""

import re

from ingest.domain.submissions import Dialect
from ingest.formats.mets_values import Element, Root
from ingest.rules.chronology import is_before
from ingest.rules.fgs import vocabularies as known
from ingest.rules.fgs.moments import has_time, moment
from ingest.rules.mets.breaches import KEPT, Breaches, broken
from ingest.rules.mets.subjects import Document, MetsRule

START, END = "ext:STARTDATE", "ext:ENDDATE"
_UUID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_IDENTITY = re.compile(rf"(UUID|GUID):{_UUID}\Z")
_PROFILE = re.compile(
    r"https?://xml\.ra\.se/e-arkiv/METS/(version1[012]/)?"
    r"(CommonSpecificationSwedenPackageProfile|eARD_Paket_FGS)\.xml\Z"
)
_PAIR = 2


def outside(element: Element, name: str, terms: frozenset[str]) -> Breaches:
    """Say whether an attribute is stated with a value that its list has not."""
    value = element.attribute(name)
    return KEPT if value is None or value in terms else broken(element, f"{name}={value!r}")


def no_identity(root: Root, _: Document) -> Breaches:
    """FGS-PKT-3: no OBJID."""
    return KEPT if (root.object_id or "").strip() else broken(root)


def odd_identity(root: Root, _: Document) -> Breaches:
    """FGS-PKT-4: an OBJID that is no UUID or GUID with its prefix."""
    identity = (root.object_id or "").strip()
    return KEPT if not identity or _IDENTITY.match(identity) else broken(root, identity)


def no_information_type(root: Root, document: Document) -> Breaches:
    """FGS-PKT-5: no TYPE, or none of the version's list."""
    if root.type in known.INFORMATION_TYPES[document.dialect]:
        return KEPT
    return broken(root, root.type)


def no_profile(root: Root, _: Document) -> Breaches:
    """FGS-PKT-6: no PROFILE."""
    return KEPT if (root.profile or "").strip() else broken(root)


def odd_profile(root: Root, _: Document) -> Breaches:
    """FGS-PKT-7: a PROFILE that is not an address of the specification's."""
    profile = (root.profile or "").strip()
    return KEPT if not profile or _PROFILE.match(profile) else broken(root, profile)


def unknown_appraisal(root: Root, _: Document) -> Breaches:
    """FGS-PKT-17: ext:APPRAISAL outside its list."""
    return outside(root, "ext:APPRAISAL", known.APPRAISALS)


def unknown_restriction(root: Root, _: Document) -> Breaches:
    """FGS-PKT-18: ext:ACCESSRESTRICT outside its list."""
    return outside(root, "ext:ACCESSRESTRICT", known.ACCESS_RESTRICTIONS)


def impossible_period(root: Root, _: Document) -> Breaches:
    """FGS-PKT-19: ext:STARTDATE or ext:ENDDATE is no date."""
    stated = ((name, root.attribute(name)) for name in (START, END))
    wrong = [f"{name}={text}" for name, text in stated if text is not None and moment(text) is None]
    return tuple(breach for found in wrong for breach in broken(root, found))


def time_in_1_2(root: Root, document: Document) -> Breaches:
    """FGS-PKT-20: 1.2 has dates without a time of day."""
    return _written(root, document, frozenset({Dialect.FGS_1_2}), timed=True)


def no_time_before_1_2(root: Root, document: Document) -> Breaches:
    """FGS-PKT-21: 1.0 and 1.1 have dates with a time of day."""
    return _written(root, document, frozenset({Dialect.FGS_1_0, Dialect.FGS_1_1}), timed=False)


def _written(root: Root, document: Document, versions: frozenset[Dialect], *, timed: bool) -> Breaches:
    if document.dialect not in versions:
        return KEPT
    stated = ((name, root.attribute(name) or "") for name in (START, END))
    dates = ((name, text, moment(text)) for name, text in stated)
    wrong = [f"{name}={text}" for name, text, date in dates if date is not None and has_time(date) is timed]
    return tuple(breach for found in wrong for breach in broken(root, found))


def reversed_period(root: Root, _: Document) -> Breaches:
    """FGS-PKT-22: ext:ENDDATE lies before ext:STARTDATE."""
    start, end = moment(root.attribute(START) or ""), moment(root.attribute(END) or "")
    if start is None or end is None or not is_before(end, start):
        return KEPT
    return broken(root, f"{START}={start.text}, {END}={end.text}")


def foreign_extension(element: Element, places: frozenset[str]) -> Breaches:
    """Say which attributes of Riksarkivet's extension do not belong on an element."""
    stray = [name for name in element.attributes if name.startswith("ext:") and name not in places]
    return tuple(breach for name in stray for breach in broken(element, f"{name}={element.attribute(name)!r}"))


def stray_extension(root: Root, _: Document) -> Breaches:
    """FGS-PKT-23: an attribute of the extension that `mets` has not."""
    return foreign_extension(root, known.ROOT_EXTENSIONS)


def agreement_form_here(root: Root, _: Document) -> Breaches:
    """FGS-PKT-16: ext:AGREEMENTFORM on `mets`; it belongs on `metsHdr`."""
    form = root.attribute("ext:AGREEMENTFORM")
    return KEPT if form is None else broken(root, form)


def unknown_agreement_form(element: Element, _: Document) -> Breaches:
    """FGS-PKT-15: ext:AGREEMENTFORM outside its list."""
    return outside(element, "ext:AGREEMENTFORM", known.AGREEMENT_FORMS)


def odd_schema_location(root: Root, _: Document) -> Breaches:
    """FGS-PKT-62: xsi:schemaLocation does not give pairs, or is not there; nobody follows it here."""
    stated = root.attribute("xsi:schemaLocation") or ""
    pairs, rest = divmod(len(stated.split()), _PAIR)
    return KEPT if pairs and not rest else broken(root, stated)


COMMON: tuple[MetsRule[Root], ...] = (
    MetsRule(id="FGS-PKT-3", check=no_identity),
    MetsRule(id="FGS-PKT-4", check=odd_identity),
    MetsRule(id="FGS-PKT-6", check=no_profile),
    MetsRule(id="FGS-PKT-7", check=odd_profile),
)
RULES: tuple[MetsRule[Root], ...] = (
    *COMMON,
    MetsRule(id="FGS-PKT-5", check=no_information_type),
    MetsRule(id="FGS-PKT-15", check=unknown_agreement_form),
    MetsRule(id="FGS-PKT-16", check=agreement_form_here),
    MetsRule(id="FGS-PKT-17", check=unknown_appraisal),
    MetsRule(id="FGS-PKT-18", check=unknown_restriction),
    MetsRule(id="FGS-PKT-19", check=impossible_period),
    MetsRule(id="FGS-PKT-20", check=time_in_1_2),
    MetsRule(id="FGS-PKT-21", check=no_time_before_1_2),
    MetsRule(id="FGS-PKT-22", check=reversed_period),
    MetsRule(id="FGS-PKT-23", check=stray_extension),
    MetsRule(id="FGS-PKT-62", check=odd_schema_location),
)

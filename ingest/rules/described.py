"""The documents that describe a package: each judged by the rules of its own vocabulary, told by its content."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from ingest.domain.findings import Violation
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Reading
from ingest.formats.dialects import XmlRoot, root_of
from ingest.formats.erms_words import ERMS
from ingest.formats.mets_values import METS
from ingest.formats.premis_elements import PREMIS
from ingest.formats.views import PackageView
from ingest.formats.xml import XmlFault, XmlRefused
from ingest.formats.xml_bounds import check_bounds
from ingest.formats.xml_violations import refusal
from ingest.rules.erms.documents import ErmsVersion, erms_violations
from ingest.rules.fgs import additional
from ingest.rules.fgs.additional import additional_violations
from ingest.rules.premis.documents import PremisJudge

_OLDER_ERMS = "EARKIV-ERMS-1"
_BROKEN = frozenset({XmlFault.NOT_WELL_FORMED, XmlFault.ENCODING})


def with_descriptions_judged(reading: Reading, view: PackageView) -> Reading:
    """Give the reading with what the rules of ERMS and PREMIS say of the package's descriptors, and with its claims.

    Raises:
        schemas.SchemasMissing: the schemas are not installed.
        OSError: a file cannot be read.
    """
    premis = PremisJudge(view.entries)
    found = tuple(_violations(reading, view, premis))
    return replace(reading, violations=(*reading.violations, *found), claims=(*reading.claims, *premis.claims))


def _violations(reading: Reading, view: PackageView, premis: PremisJudge) -> Iterator[Violation]:
    told = {violation.location.file for violation in reading.violations}
    older = {v.location.file for v in reading.violations if v.rule == _OLDER_ERMS}
    for source in reading.descriptors:
        if not source.lower().endswith(".xml") or source not in view.entries:
            continue
        with ExitStack() as lent:
            local = lent.enter_context(view.local(source))
            match _vocabulary(root_of(local)):
                case "erms":
                    version = ErmsVersion.V2_1 if source in older else ErmsVersion.V3_0
                    yield from erms_violations(local, source, version)
                case "premis":
                    yield from premis.violations(local, source)
                case "additional":
                    yield from additional_violations(local, source, view.entries)
                case "mets":
                    pass
                case _:
                    yield from () if source in told else _broken(local, source)
    yield from premis.ended()


def _vocabulary(root: XmlRoot | None) -> str:
    match root:
        case XmlRoot(namespace=namespace, name="erms") if namespace == ERMS:
            return "erms"
        case XmlRoot(namespace=namespace, name="premis") if namespace == PREMIS:
            return "premis"
        case XmlRoot(namespace=namespace) if namespace == additional.NAMESPACE:
            return "additional"
        case XmlRoot(namespace=namespace, name="mets") if namespace == METS:
            return "mets"
        case _:
            return ""


def _broken(local: Path, source: PackagePath) -> Iterator[Violation]:
    """EARKIV-XML-1 for a descriptor of another vocabulary (EAD …): a DOCTYPE may be its own there."""
    try:
        check_bounds(local)
    except XmlRefused as refused:
        if refused.code in _BROKEN:
            yield refusal(source, refused)

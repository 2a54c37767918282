"""What breaks trust in an FGS 1.x package is an error by default, and what is only untidy a warning at most."""

from collections.abc import Callable, Mapping
from typing import Final

import pytest

from ingest.domain.findings import Severity, Verdict
from tests.lies import payload
from tests.lies.dialects import FGS_1, Dialect, sound
from tests.lies.packages import Package, judged, lied, told
from tests.lies.payload import TARGETS, Target
from tests.unit.rules.fgs.paketstruktur_lies import AGREEMENT, ARCHIVIST, CONTACT, DELIVERER, NOTE, SYSTEM

Change = Callable[[Package, Target], Package]
Phrase = tuple[Change, tuple[str, ...]]


def _in_sip(find: str, put: str, times: int = 1) -> Change:
    return lambda package, _: lied(package, "sip.xml", find, put, times)


def _in_cases(find: str, put: str) -> Change:
    return lambda package, _: lied(package, "Metadata/Arendehantering.xml", find, put)


BREAKS_TRUST: Final[Mapping[str, Phrase]] = {
    "no archival creator": (_in_sip(ARCHIVIST, ARCHIVIST.replace("ARCHIVIST", "EDITOR")), ("FGS-PKT-24",)),
    "no source system": (_in_sip(SYSTEM, ""), ("FGS-PKT-31",)),
    "no delivering organisation": (_in_sip(DELIVERER, ""), ("FGS-PKT-32",)),
    "no identification code": (_in_sip(NOTE, ""), ("FGS-PKT-26",)),
    "no submission agreement": (_in_sip("<mets:altRecordID.*</mets:altRecordID>", ""), ("FGS-PKT-39",)),
    "an empty submission agreement": (_in_sip(f"{AGREEMENT}[^<]*", AGREEMENT), ("FGS-PKT-39",)),
    "no OAIS status": (_in_sip(' ext:OAISSTATUS="SIP"', ""), ("FGS-PKT-13",)),
    "an OAIS status outside its vocabulary": (_in_sip('OAISSTATUS="SIP"', 'OAISSTATUS="sip"'), ("FGS-PKT-14",)),
    "a type outside its vocabulary": (_in_sip(' TYPE="ERMS"', ' TYPE="Ärenden"'), ("FGS-PKT-5",)),
    "a status outside its vocabulary": (_in_sip('RECORDSTATUS="NEW"', 'RECORDSTATUS="OK"'), ("FGS-PKT-12",)),
    "an ext: value outside its vocabulary": (_in_sip('APPRAISAL="No"', 'APPRAISAL="Nej"'), ("FGS-PKT-17",)),
    "a restriction outside its vocabulary": (
        _in_sip('ext:APPRAISAL="No"', 'ext:ACCESSRESTRICT="Sekretess"'),
        ("FGS-PKT-18",),
    ),
    "a code outside the prefixes": (_in_sip(NOTE, "ORGNR:2120009994"), ("FGS-PKT-27",)),
    "a case's status outside its vocabulary": (_in_cases("(<fgs:StatusArande>)[^<]*", r"\1Avslutat"), ("FGS-ARH-5",)),
    "an impossible period": (_in_sip('STARTDATE="[^"]*"', 'STARTDATE="2026-02-30"'), ("FGS-PKT-19",)),
    "an impossible moment": (_in_sip('CREATEDATE="[^"]*"', 'CREATEDATE="2026-13-01T00:00:00"'), ("FGS-PKT-10",)),
    "an impossible date of a case": (_in_cases("(<fgs:Avslutat>)[^<]*", r"\g<1>2026-02-30"), ("EARKIV-CASE-3",)),
    "a reversed period": (_in_sip('ENDDATE="[^"T]*', 'ENDDATE="1999-12-31'), ("FGS-PKT-22",)),
    "reversed dates of a case": (_in_cases("(<fgs:Avslutat>)[^<]*", r"\g<1>1999-03-27"), ("EARKIV-CASE-4",)),
    "two entries for one file": (payload.doubled, ("EARKIV-FIX-5",)),
    "a file that nothing lists": (payload.unlisted, ("EARKIV-FIX-4",)),
    "a link to nothing": (payload.to_nothing, ("EARKIV-FIX-3",)),
    "a link of a record to nothing": (_in_cases('Lank="[^"]*"', 'Lank="borta.pdf"'), ("EARKIV-CASE-5",)),
    "a link out of the package": (payload.out_of_the_package, ("EARKIV-FIX-6",)),
    "a link of a record out of the package": (_in_cases('Lank="[^"]*"', 'Lank="../a.pdf"'), ("EARKIV-FIX-6",)),
    "a case that is not closed": (_in_cases("(<fgs:StatusArande>)[^<]*", r"\1Öppet"), ("EARKIV-CASE-1",)),
    "a case without a closing date": (_in_cases("<fgs:Avslutat>[^<]*</fgs:Avslutat>", ""), ("EARKIV-CASE-2",)),
    "a digest that disagrees": (payload.other_digest, ("EARKIV-FIX-1",)),
    "a size that disagrees": (payload.other_size, ("EARKIV-FIX-2",)),
    "a repeated system identifier": (
        _in_cases('(Arende Systemidentifierare="([^"]*)".*?Handling Systemidentifierare=")[^"]*', r"\1\2"),
        ("EARKIV-CASE-10",),
    ),
}
UNTIDY: Final[Mapping[str, Phrase]] = {
    "backslashes in links": (payload.backwards, ("EARKIV-FIX-7",)),
    "links without file:///": (_in_sip("file:///", "", times=0), ("FGS-PKT-56",)),
    "a byte-order mark": (_in_sip("<\\?xml", "\ufeff<?xml"), ("FGS-PKT-61",)),
    "no contact": (_in_sip(CONTACT, ""), ("FGS-PKT-37",)),
    "no receiving archive": (
        _in_sip(r'<mets:agent ROLE="PRESERVATION".*?</mets:agent>', ""),
        ("FGS-PKT-37",),
    ),
}


def _target(dialect: Dialect) -> Target:
    return next(target for target in TARGETS if target.dialect is dialect)


@pytest.mark.parametrize("dialect", FGS_1, ids=str)
@pytest.mark.parametrize("phrase", BREAKS_TRUST)
def test_what_breaks_trust_is_an_error(phrase: str, dialect: Dialect) -> None:
    change, rules = BREAKS_TRUST[phrase]
    report = judged(change(sound(dialect), _target(dialect)))
    assert {told(report, rule).severity for rule in rules} == {Severity.ERROR}
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("dialect", FGS_1, ids=str)
@pytest.mark.parametrize("phrase", UNTIDY)
def test_what_is_only_untidy_is_a_warning_at_most(phrase: str, dialect: Dialect) -> None:
    change, rules = UNTIDY[phrase]
    report = judged(change(sound(dialect), _target(dialect)))
    assert {finding.rule for finding in report.findings} == set(rules)
    assert Severity.ERROR not in {finding.severity for finding in report.findings}
    assert report.verdict is Verdict.VALID

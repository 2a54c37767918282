"""The version of FGS Paketstruktur 1.x: pinned by an address, else told by what the versions do not share."""

import pytest

from ingest.domain.findings import Location
from ingest.domain.submissions import Dialect
from ingest.formats.fgs12_versions import version_of

AT = "http://xml.ra.se/e-arkiv/METS"
PROFILE = "CommonSpecificationSwedenPackageProfile.xml"
DAY, TIME = "2021-06-01", "2021-06-01T00:00:00"


@pytest.mark.parametrize(
    ("root", "header", "dialect", "rules"),
    [
        ({"PROFILE": f"{AT}/version10/{PROFILE}"}, {}, Dialect.FGS_1_0, []),
        ({"PROFILE": f"{AT}/version11/{PROFILE}", "ext:STARTDATE": DAY}, {}, Dialect.FGS_1_1, []),
        ({"PROFILE": f"{AT}/version12/{PROFILE}", "ext:STARTDATE": TIME}, {}, Dialect.FGS_1_2, []),
        ({"xsi:schemaLocation": f"x {AT}/version11/CSPackageMETS.xsd"}, {}, Dialect.FGS_1_1, []),
        ({"ext:STARTDATE": DAY}, {}, Dialect.FGS_1_2, []),
        ({"ext:ENDDATE": TIME}, {"ext:AGREEMENTFORM": "GIFT"}, Dialect.FGS_1_1, []),
        ({"ext:ENDDATE": TIME}, {"RECORDSTATUS": "DEPOSIT"}, Dialect.FGS_1_0, []),
        ({"ext:ACCESSRESTRICT": "GDPR"}, {}, Dialect.FGS_1_2, []),
        ({"ext:STARTDATE": TIME}, {}, Dialect.FGS_1_1, ["FGS-PKT-1"]),
        ({}, {}, Dialect.FGS_1_2, ["FGS-PKT-1"]),
        ({"ext:STARTDATE": TIME, "ext:ENDDATE": DAY}, {}, Dialect.FGS_1_2, ["FGS-PKT-2"]),
        ({"ext:STARTDATE": TIME, "ext:ACCESSRESTRICT": "GDPR"}, {}, Dialect.FGS_1_2, ["FGS-PKT-2"]),
        (
            {"PROFILE": f"{AT}/version10/{PROFILE}", "xsi:schemaLocation": f"x {AT}/version12/CSPackageMETS.xsd"},
            {},
            Dialect.FGS_1_0,
            ["FGS-PKT-2"],
        ),
        ({"PROFILE": f"{AT}/eARD_Paket_FGS.xml", "ext:STARTDATE": DAY}, {}, Dialect.EARD, []),
    ],
)
def test_the_version_is_told_and_doubt_with_it(
    root: dict[str, str], header: dict[str, str], dialect: Dialect, rules: list[str]
) -> None:
    version = version_of(root, header)
    assert version.dialect is dialect
    assert [remark.rule for remark in version.remarks(Location(file="sip.xml", line=2))] == rules

"""Which XML a content schema is registered for."""

from dataclasses import replace

import pytest

from ingest.domain.content_schemas import schemas_for
from ingest.domain.paths import PackagePath
from tests.unit.content_schemas import NAMESPACE, schema

REPORT = schema()
HERE = PackagePath("Content/2024/rapport.xml")


@pytest.mark.parametrize(
    ("namespace", "root", "pattern", "meant"),
    [
        (NAMESPACE, "rapport", "", 1),
        (NAMESPACE, "Rapport", "", 0),
        ("", "rapport", "", 0),
        (NAMESPACE + "/2", "rapport", "", 0),
        (NAMESPACE, "rapport", "Content/*.xml", 1),
        (NAMESPACE, "rapport", "*rapport.xm?", 1),
        (NAMESPACE, "rapport", "content/*.xml", 0),
        (NAMESPACE, "rapport", "rapport.xml", 0),
    ],
)
def test_a_schema_is_for_its_root_element_and_its_paths(namespace: str, root: str, pattern: str, meant: int) -> None:
    assert replace(REPORT, path=pattern).is_for(namespace, root, HERE) == bool(meant)


def test_every_schema_that_is_meant_is_given_in_the_order_of_the_agreement() -> None:
    other = replace(REPORT, root="annat")
    narrow = replace(REPORT, path="Content/*")
    assert schemas_for((narrow, other, REPORT), NAMESPACE, "rapport", HERE) == (narrow, REPORT)
    assert schemas_for((other,), NAMESPACE, "rapport", HERE) == ()

"""A signature that was found and not checked is told like one that could not be checked."""

from dataclasses import replace

import pytest

from ingest.domain.characteristics import Observed, Signature, SignatureVerdict
from ingest.rules.judgement import judge
from tests.unit.rules.packages import FILE, holding

TOLD = {
    SignatureVerdict.HOLDS: set[str](),
    SignatureVerdict.BROKEN: {"EARKIV-DOC-4"},
    SignatureVerdict.UNDECIDED: {"EARKIV-DOC-5"},
    SignatureVerdict.NOT_CHECKED: {"EARKIV-DOC-5"},
}


@pytest.mark.parametrize("verdict", SignatureVerdict)
def test_each_verdict_is_told_as_what_it_is(verdict: SignatureVerdict) -> None:
    signed = replace(FILE, inside=Observed(signatures=(Signature(kind="XML", verdict=verdict),)))
    assert {one.rule for one in judge(holding(signed))} == TOLD[verdict]

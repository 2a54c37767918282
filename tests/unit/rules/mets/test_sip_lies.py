"""Every lie that `tests/lies` knows of a SIP 2.2, for the quick run; all versions and kinds are judged there."""

import pytest

from tests.lies import kinds_mets, package_mets
from tests.lies.dialects import EARK, sound
from tests.lies.mets_lies import Lie
from tests.lies.packages import ids, judged, lied

(SIP,) = (dialect for dialect in EARK if dialect.name == "E-ARK SIP 2.2.0")
LIES = [lie for lie in (*package_mets.LIES, *kinds_mets.LIES) if lie.is_told_of(SIP)]


@pytest.mark.parametrize("lie", [pytest.param(lie, id=f"{lie.rule} ({number})") for number, lie in enumerate(LIES)])
def test_a_lie_is_found_out_with_its_consequences_alone(lie: Lie) -> None:
    package = lied(sound(SIP), "METS.xml", lie.pattern, lie.said)
    assert ids(judged(package)) == lie.expected(SIP)

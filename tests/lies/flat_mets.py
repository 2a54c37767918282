"""Packages whose representation has no METS of its own, as in Riksarkivet's example, and the lies in their divisions.

CSIPSTR12 recommends that METS, so its absence is told of every one of them.
"""

import re
from functools import cache
from typing import Final

from tests.lies.dialects import Dialect, sound
from tests.lies.mets_lies import lie
from tests.lies.packages import Package, lied, without

TOLD: Final = frozenset({"CSIPSTR12"})
_FOLDER: Final = "representations/rep1/"
_FILES: Final = re.compile(r"<mets:file .*?</mets:file>", re.DOTALL)
_FPTR: Final = r'(LABEL="Representations/rep1">\s*)<mets:fptr[^>]*/>'

LIES: Final = (
    lie(
        "CSIP101",
        '<mets:div [^>]*LABEL="Representations/rep1".*?</mets:div>',
        "",
        "CSIP104",
        v2_0_4="CSIP103",
        v2_1_0="CSIP103",
    ),
    lie("CSIP102", '<mets:div ID="[^"]*" LABEL="Representations/rep1"', '<mets:div LABEL="Representations"'),
    lie("CSIP103", 'LABEL="Representations/rep1"', 'LABEL="Innehåll"', "CSIP101"),
    lie("CSIP104", _FPTR, r"\1"),
    lie(
        "CSIP119",
        r'LABEL="Representations/rep1">\s*<mets:fptr[^>]*/>',
        'LABEL="Representations"><mets:fptr/>',
        "CSIP104",
    ),
)


@cache
def flat(dialect: Dialect) -> Package:
    """Give the correct package of a dialect, without that METS."""
    return flattened(sound(dialect))


def flattened(package: Package) -> Package:
    """List the content in the package's own METS, and leave the representation nothing but its content."""
    own = _FILES.findall(package.text(_FOLDER + "METS.xml"))
    files = "".join(file.replace('xlink:href="', f'xlink:href="{_FOLDER}') for file in own)
    for path in ("METS.xml", "metadata/preservation/premis.xml"):
        package = without(package, _FOLDER + path)
    package = lied(package, "METS.xml", '(USE="Representations.*?)<mets:file .*?</mets:file>', rf"\1{files}")
    return lied(package, "METS.xml", r'<mets:mptr[^>]*xlink:title="([^"]*)" />', r'<mets:fptr FILEID="\1"/>')

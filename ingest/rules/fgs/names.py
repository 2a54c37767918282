"""FGS Paketstruktur 1.x: which names files and folders may have; only an agreement makes it binding."""

import re
from collections.abc import Iterator

from ingest.domain.findings import Location, Violation
from ingest.domain.submissions import FGS_1
from ingest.rules.rule import Rule
from ingest.rules.subjects import Judged

_FOLDER = re.compile(r"[A-Za-z0-9_-]+\Z")
_FILE = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)?\Z")


def odd_name(judged: Judged) -> Iterator[Violation]:
    """FGS-PKT-60: a name with other characters, or with more than the one full stop before the extension."""
    if judged.reading.submission.dialect not in FGS_1:
        return
    for path in judged.files or ():
        *folders, name = path.split("/")
        if not _FILE.match(name) or not all(map(_FOLDER.match, folders)):
            yield Violation(rule="FGS-PKT-60", location=Location(file=path))


RULES: tuple[Rule[Judged], ...] = (Rule(id="FGS-PKT-60", check=odd_name),)

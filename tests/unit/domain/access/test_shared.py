"""A document that lies in a marked unit is closed in every other unit that it lies in."""

from dataclasses import replace

import pytest

from ingest.domain.access.marks import Cause
from ingest.domain.access.shared import shared_causes
from ingest.domain.access.units import UnitKey
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import Restriction
from ingest.domain.documents import Document
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Submission

SECRET = (Restriction(type="confidential", regulation="OSL 21 kap. 3 §"),)
PRIVATE = (Restriction(type="gdpr", regulation="Art. 6"),)
OTHER: UnitKey = ("B", "2")
FILES = {PackagePath("a.pdf"): "a" * 64, PackagePath("copy.pdf"): "a" * 64, PackagePath("b.pdf"): "b" * 64}


def record(number: str, path: str, restrictions: tuple[Restriction, ...] = ()) -> Record:
    document = Document(name=path, link=path, path=PackagePath(path))
    return Record(id=number, documents=(document,), restrictions=restrictions)


def delivered(one: Record, other: Record, over: tuple[Restriction, ...] = ()) -> Submission:
    cases = (Case(id="A", restrictions=over, records=(one,)), Case(id="B", records=(other,)))
    return Submission(dialect=Dialect.FGS_1_2, cases=cases)


@pytest.mark.parametrize("path", ["a.pdf", "copy.pdf"])
@pytest.mark.parametrize(
    ("marks", "cause"),
    [(SECRET, Cause.ALSO_IN_HIDDEN), (PRIVATE, Cause.ALSO_IN_PRIVATE), (SECRET + PRIVATE, Cause.ALSO_IN_HIDDEN)],
)
def test_the_same_bytes_are_closed_wherever_they_lie(path: str, marks: tuple[Restriction, ...], cause: Cause) -> None:
    submission = delivered(record("1", "a.pdf", marks), record("2", path))
    assert shared_causes(submission, FILES) == {OTHER: cause}
    above = delivered(record("1", "a.pdf"), record("2", path), over=marks)
    assert shared_causes(above, FILES) == {OTHER: cause}


def test_what_is_marked_as_strictly_or_shares_nothing_is_closed_by_nothing_else() -> None:
    secret = record("1", "a.pdf", SECRET)
    assert shared_causes(delivered(secret, record("2", "b.pdf")), FILES) == {}
    assert shared_causes(delivered(secret, record("2", "a.pdf", SECRET)), FILES) == {}
    assert shared_causes(delivered(record("1", "a.pdf"), record("2", "a.pdf")), FILES) == {}
    assert shared_causes(delivered(secret, record("2", "a.pdf", PRIVATE)), FILES) == {OTHER: Cause.ALSO_IN_HIDDEN}


def test_a_document_whose_bytes_are_not_there_is_known_by_its_place() -> None:
    submission = delivered(record("1", "gone.pdf", SECRET), record("2", "gone.pdf"))
    assert shared_causes(submission, {}) == {OTHER: Cause.ALSO_IN_HIDDEN}
    twice = replace(record("2", "gone.pdf"), documents=(Document(name="x", link="x", path=None),))
    assert shared_causes(delivered(record("1", "gone.pdf", SECRET), twice), {}) == {}

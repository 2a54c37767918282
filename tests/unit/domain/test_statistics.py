"""What is counted of the cases and records of a delivery."""

from ingest.domain.cases import Case, Record
from ingest.domain.documents import Document
from ingest.domain.statistics import Statistics, described

FILE = Document(name="a", link="a")
RECORD = Record(id="1-1", documents=(FILE, FILE))


def test_nothing_is_nothing() -> None:
    assert described((), ()) == Statistics()


def test_a_part_of_a_case_is_no_case_but_its_records_and_documents_count() -> None:
    part = Case(id="1-a", documents=(FILE,), records=(RECORD,))
    case = Case(id="1", documents=(FILE,), parts=(part, part))
    assert described((case,), ()) == Statistics(cases=1, records=2, documents=7)


def test_a_class_is_no_case_but_what_it_holds_is() -> None:
    case = Case(id="1", records=(RECORD,))
    around = Case(id="3.1", aggregation_type="class", parts=(case, case))
    assert described((around, case), ()) == Statistics(cases=3, records=3, documents=6)


def test_loose_records_count_apart() -> None:
    assert described((), (RECORD,)) == Statistics(loose_records=1, documents=2)


def test_files_are_counted_with_their_bytes() -> None:
    assert Statistics(cases=1).with_files((3, 4)) == Statistics(cases=1, files=2, bytes=7)

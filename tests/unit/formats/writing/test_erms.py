"""CITS ERMS 3.0 of an AIP: valid by both schemas, nothing made up, and nothing lost on the way back."""

from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ingest.domain.aips import Aip
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import Disposal, OwnElement, Restriction
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Submission
from ingest.formats.erms_reader import read_erms
from ingest.formats.writing.erms import write_erms
from ingest.formats.writing.erms_beyond import BEYOND, restored_all
from ingest.formats.writing.erms_terms import ERMS
from tests.unit.formats.writing import strategies
from tests.unit.formats.writing.maximal import CASE, RECORD, dated
from tests.unit.formats.writing.values import AIP, OBJECTS, SUBMISSION, saved, texts, written

OURS = Path(__file__).resolve().parents[4] / "schemas" / "erms" / "earkiv-erms-3.0.xsd"
LOOSE = replace(RECORD, id="utan ärende")


def holding(cases: tuple[Case, ...], records: tuple[Record, ...] = ()) -> Aip:
    return replace(AIP, submission=replace(SUBMISSION, cases=cases, records=records))


def erms(aip: Aip) -> bytes:
    return written(lambda sink: write_erms(sink, aip))


def found(xpath: str, aip: Aip) -> list[str]:
    return texts(erms(aip), xpath, e=ERMS)


@cache
def schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(path))


def faults(path: Path, document: bytes) -> list[str]:
    compiled = schema(path)
    return [] if compiled.validate(etree.fromstring(document)) else str(compiled.error_log).splitlines()


def resolve(link: str, _: int) -> PackagePath | None:
    return next((one.path for one in OBJECTS if one.place.aip_path == link), None)


def without_lines(case: Case) -> Case:
    documents = tuple(replace(one, line=0) for one in case.documents)
    records = tuple(map(record_without_lines, case.records))
    parts = tuple(map(without_lines, case.parts))
    return replace(case, documents=documents, records=records, parts=parts)


def record_without_lines(record: Record) -> Record:
    return replace(record, documents=tuple(replace(one, line=0) for one in record.documents))


def read_back(folder: Path, document: bytes) -> tuple[tuple[Case, ...], tuple[Record, ...]]:
    description = read_erms(saved(folder, document), resolve, schema=None)
    assert description is not None
    cases, records = restored_all(description.cases, description.records)
    return tuple(map(without_lines, cases)), tuple(map(record_without_lines, records))


SHAPES = [
    pytest.param((CASE,), (), id="a case"),
    pytest.param((CASE, replace(CASE, id="2")), (), id="two cases"),
    pytest.param((), (LOOSE,), id="a loose record"),
    pytest.param((CASE,), (LOOSE,), id="both"),
    pytest.param((replace(CASE, records=(), parts=(CASE,)),), (), id="parts"),
]


@pytest.mark.parametrize(("cases", "records"), SHAPES)
def test_the_document_is_valid_by_both_schemas(
    corpus: Path, cases: tuple[Case, ...], records: tuple[Record, ...]
) -> None:
    document = erms(holding(cases, records))
    assert faults(OURS, document) == []
    assert faults(corpus / "fgs" / "xsd" / "ERMS_v3.xsd", document) == []


@pytest.mark.parametrize(("cases", "records"), SHAPES)
def test_what_was_written_is_read_back(tmp_path: Path, cases: tuple[Case, ...], records: tuple[Record, ...]) -> None:
    assert read_back(tmp_path, erms(holding(cases, records))) == (cases, records)


def test_every_field_of_the_model_has_a_value_in_these_tests() -> None:
    empty: tuple[object, ...] = (None, "", (), 0)
    for described in (CASE, RECORD):
        lacking = {one.name for one in fields(described) if getattr(described, one.name) in empty}
        assert lacking <= {"parts", "other_aggregation_type", "line"}


def test_the_same_values_give_the_same_bytes() -> None:
    assert erms(holding((CASE,))) == erms(holding((CASE,)))


def test_an_appendix_points_into_the_aip() -> None:
    path = "//e:record/e:additionalInformation/e:appendix/@path"
    assert found(path, holding((CASE,))) == [OBJECTS[1].place.aip_path]


def test_a_document_without_a_file_keeps_its_link() -> None:
    lost = replace(RECORD, documents=(replace(RECORD.documents[0], path=None),))
    assert found("//e:appendix/@path", holding((), (lost,))) == [RECORD.documents[0].link]


def test_no_date_is_made_up() -> None:
    record = Record(id="1", dates=(dated("created", "2021"), dated("received", "2021-04-01")))
    assert found("//e:date", holding((), (record,))) == ["2021-04-01T00:00:00"]
    own = f"//e:ownElement[e:ownElementDescription='{BEYOND}']//e:ownElement[@name='raw']/e:value"
    assert found(own, holding((), (record,))) == ["2021", "2021-04-01"]


def test_the_end_of_a_secret_is_never_earlier_than_stated() -> None:
    secret = Restriction(type="confidential", regulation="OSL", ends=dated("end", "2091"))
    assert found("//e:restriction//e:date", holding((), (Record(id="1", restrictions=(secret,)),))) == []


def test_a_disposal_without_a_date_is_kept_as_an_own_element() -> None:
    record = Record(id="1", disposal=Disposal(disposable=False))
    assert found("//e:disposal", holding((), (record,))) == []
    own = f"//e:ownElement[e:ownElementDescription='{BEYOND}']/e:ownElement/@name"
    assert "disposal" in found(own, holding((), (record,)))


def test_what_erms_can_say_needs_no_own_element() -> None:
    record = Record(id="1", system_id="s", title="T", dates=(dated("created", "2021-04-01T00:00:00"),))
    assert BEYOND not in found("//e:ownElementDescription", holding((), (record,)))


def test_a_producers_element_named_as_ours_is_not_taken_for_ours(tmp_path: Path) -> None:
    theirs = OwnElement(name=BEYOND, elements=(OwnElement(name="title", value="annat"),))
    record = Record(id="1", system_id="s", additional=replace(RECORD.additional, own_elements=(theirs,)))
    assert read_back(tmp_path, erms(holding((), (record,)))) == ((), (record,))


def test_control_says_where_it_comes_from() -> None:
    aip = holding((CASE,))
    assert found("//e:identification[@identificationType='package']", aip) == [AIP.objid]
    assert found("//e:identification[@identificationType='archivalCreator']", aip) == ["Exempelnämnden"]
    assert found("//e:classificationSchema//e:p", aip) == ["KLASSA", "2.0"]
    assert found("//e:systemInformation//e:name", aip) == ["Exempeldiariet"]
    attribute = "//e:ownElement[@name='ext:ARCHIVALNAME']/e:value"
    assert found(attribute, aip) == ["Exempelnämndens arkiv"]


def test_nothing_to_describe_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="at least one"):
        erms(replace(AIP, submission=Submission(dialect=SUBMISSION.dialect)))


def test_a_text_that_xml_cannot_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="XML"):
        erms(holding((), (Record(id="\x00"),)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cases=st.lists(strategies.cases, max_size=2).map(tuple),
    records=st.lists(strategies.records, min_size=1, max_size=2).map(tuple),
)
def test_any_case_is_valid_and_comes_back(tmp_path: Path, cases: tuple[Case, ...], records: tuple[Record, ...]) -> None:
    document = erms(holding(cases, records))
    assert faults(OURS, document) == []
    assert read_back(tmp_path, document) == (cases, records)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=strategies.cases, record=strategies.records)
def test_any_case_is_valid_by_the_published_schema(corpus: Path, case: Case, record: Record) -> None:
    assert faults(corpus / "fgs" / "xsd" / "ERMS_v3.xsd", erms(holding((case,), (record,)))) == []

"""When two deliveries are the same: order and container do not matter, any byte, name or fact of the case does."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.deliveries import SourceContainer
from ingest.domain.findings import Location, Severity, Violation
from ingest.domain.packages import StagedObject
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Dialect, Organisation, Reading, RecordStatus, Submission
from ingest.pipeline.identity import identity_of, unreadable_identity
from tests.unit.pipeline.facts import FOLDER, READING, finding, staged

NAMES = st.lists(
    st.text(st.characters(categories=("L", "N"), include_characters="._- åäö"), min_size=1, max_size=12),
    min_size=1,
    max_size=6,
    unique=True,
)
FILES = NAMES.flatmap(lambda names: st.tuples(*(st.tuples(st.just(name), st.binary(max_size=8)) for name in names)))
CONTAINERS = st.sampled_from(
    [
        FOLDER,
        SourceContainer(name="a.zip", kind="zip", size=9, sha256="e" * 64, key="k"),
        SourceContainer(name="b.tar", kind="tar", size=8, sha256="f" * 64, key="l"),
    ]
)
Objects = tuple[StagedObject, ...]


def sameness(objects: Objects, reading: Reading = READING, source: SourceContainer = FOLDER) -> str:
    return identity_of(reading, objects, DEFAULT_AGREEMENT, source, ()).sameness


def pushed(submission: Submission = READING.submission) -> Reading:
    return replace(
        READING,
        submission=replace(submission, dialect=Dialect.CASE_PUSH),
        descriptors=(PackagePath("case.json"),),
    )


@given(files=FILES, source=CONTAINERS, order=st.randoms())
def test_order_container_ordinals_and_keys_do_not_matter(
    files: tuple[tuple[str, bytes], ...], source: SourceContainer, order: Random
) -> None:
    shuffled = list(files)
    order.shuffle(shuffled)
    moved = tuple(replace(o, ordinal=o.ordinal + 7, key=f"elsewhere/{o.ordinal}") for o in staged(*shuffled))
    assert sameness(moved, source=source) == sameness(staged(*files))


@given(files=FILES, which=st.integers(min_value=0), byte=st.binary(min_size=1, max_size=2))
def test_any_changed_byte_matters(files: tuple[tuple[str, bytes], ...], which: int, byte: bytes) -> None:
    place = which % len(files)
    name, content = files[place]
    changed = [*files]
    changed[place] = (name, content + byte)
    assert sameness(staged(*changed)) != sameness(staged(*files))


@given(files=FILES, which=st.integers(min_value=0), name=st.text(min_size=1, max_size=5))
def test_any_changed_name_matters(files: tuple[tuple[str, bytes], ...], which: int, name: str) -> None:
    assume(name not in {known for known, _ in files})
    place = which % len(files)
    changed = [*files]
    changed[place] = (name, files[place][1])
    assert sameness(staged(*changed)) != sameness(staged(*files))


@given(files=FILES, more=st.binary(max_size=3))
def test_a_file_more_matters(files: tuple[tuple[str, bytes], ...], more: bytes) -> None:
    assert sameness(staged(*files, ("en till/fil", more))) != sameness(staged(*files))


def test_two_names_exchanged_matter() -> None:
    one, two = staged(("a", b"1"), ("b", b"2")), staged(("a", b"2"), ("b", b"1"))
    assert sameness(one) != sameness(two)


def test_names_that_are_no_text_on_disk_are_told_apart() -> None:
    assert sameness(staged(("\udce5.txt", b"1"))) != sameness(staged(("\udce4.txt", b"1")))


CASE = READING.submission.cases[0]
CHANGES: dict[str, Callable[[Submission], Submission]] = {
    "title": lambda told: replace(told, cases=(replace(CASE, title="Annat"),)),
    "case id": lambda told: replace(told, cases=(replace(CASE, id="EXN 2026/2"),)),
    "status": lambda told: replace(told, cases=(replace(CASE, status="closed"),)),
    "keywords": lambda told: replace(told, cases=(replace(CASE, keywords=("buller",)),)),
    "record": lambda told: replace(told, cases=(replace(CASE, records=(replace(CASE.records[0], number="2"),)),)),
    "record gone": lambda told: replace(told, cases=(replace(CASE, records=()),)),
    "twice": lambda told: replace(told, cases=(CASE, CASE)),
    "loose record": lambda told: replace(told, records=CASE.records),
    "kind": lambda told: replace(told, record_status=RecordStatus.REPLACEMENT),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("reading", [READING, pushed()], ids=["fgs", "push"])
def test_any_fact_of_the_case_matters(reading: Reading, change: Callable[[Submission], Submission]) -> None:
    objects = staged(("a.pdf", b"1"), ("case.json", b"{}"), ("sip.xml", b"<"))
    changed = replace(reading, submission=change(reading.submission))
    assert sameness(objects, changed) != sameness(objects, reading)


@given(line=st.integers(min_value=0, max_value=10**6))
def test_the_line_on_which_something_stood_does_not_matter(line: int) -> None:
    record = CASE.records[0]
    moved = replace(record, documents=(replace(record.documents[0], line=line),))
    reading = replace(READING, submission=replace(READING.submission, cases=(replace(CASE, records=(moved,)),)))
    assert sameness(staged(("a", b"")), reading) == sameness(staged(("a", b"")))


@pytest.mark.parametrize("reading", [READING, pushed()], ids=["fgs", "push"])
def test_the_bytes_of_a_descriptor_matter_too(reading: Reading) -> None:
    files = (("case.json", b"{ }"), ("sip.xml", b"< >"), ("a.pdf", b"1"))
    changed = (("case.json", b"{}"), ("sip.xml", b"<>"), files[2])
    assert sameness(staged(*changed), reading) != sameness(staged(*files), reading)


@pytest.mark.parametrize("name", ["\ud800", "EXN \udfff/17"])
def test_half_a_surrogate_is_spelt_out(name: str) -> None:
    broken = replace(READING, submission=replace(READING.submission, delivery=name))
    named = identity_of(broken, staged(("a", b"")), DEFAULT_AGREEMENT, FOLDER, ()).delivery
    assert named.encode()
    assert "\\u" in named or "\\x" in named


def noted(value: str) -> Reading:
    wrong = Violation(rule="EARKIV-FIX-10", location=Location(file="a.json", line=3, value=value))
    return replace(READING, violations=(wrong,))


def test_a_delivery_note_does_not_matter_unless_it_is_wrong() -> None:
    with_note = SourceContainer(name="a.zip", kind="zip", sha256="e" * 64, key="k", side_car="a.json")
    one, other = (staged(("a.json", note), ("b.pdf", b"1")) for note in (b"{}", b"{ }"))
    assert sameness(one, source=with_note) == sameness(other, source=with_note)
    assert sameness(one, noted("1fcb"), with_note) != sameness(one, source=with_note)
    assert sameness(one, noted("1fcb"), with_note) == sameness(other, noted("1fcb"), with_note)
    assert sameness(one, noted("1fcb"), with_note) != sameness(one, noted("2fcb"), with_note)


def test_what_could_not_be_taken_matters() -> None:
    objects, link = staged(("a", b"1")), finding("EARKIV-PKG-6")
    with_link = identity_of(READING, objects, DEFAULT_AGREEMENT, FOLDER, (link,))
    assert with_link.sameness != sameness(objects)
    assert unreadable_identity(objects, FOLDER, (link,)) != unreadable_identity(objects, FOLDER, ())
    lighter = identity_of(READING, objects, DEFAULT_AGREEMENT, FOLDER, (replace(link, severity=Severity.INFO),))
    assert lighter == with_link


@pytest.mark.parametrize(
    ("producer", "creator", "parties", "expected"),
    [
        (Organisation(name="P", identifier="ORG:1"), Organisation(name="C", identifier="ORG:2"), (), "ORG:1"),
        (None, Organisation(name="C", identifier="ORG:2"), (), "ORG:2"),
        (Organisation(name="P"), None, (), "P"),
        (None, None, (), "unknown"),
        (Organisation(name="P", identifier="ORG:1"), None, ("ORG:9",), "ORG:9"),
        (Organisation(name="P", identifier="ORG:1"), None, ("ORG:9", "ORG:1"), "ORG:1"),
    ],
)
def test_the_producer_is_the_agreements_only_party_or_the_one_declared(
    producer: Organisation | None, creator: Organisation | None, parties: tuple[str, ...], expected: str
) -> None:
    submission = replace(READING.submission, producer=producer, archival_creator=creator)
    agreement = replace(DEFAULT_AGREEMENT, producers=parties)
    found = identity_of(replace(READING, submission=submission), (), agreement, FOLDER, ())
    assert found.producer == expected


def test_a_delivery_without_an_id_is_named_by_its_sameness() -> None:
    nameless = replace(READING, submission=replace(READING.submission, delivery=None))
    found = identity_of(nameless, staged(("a", b"1")), DEFAULT_AGREEMENT, FOLDER, ())
    assert found.delivery == f"sha256:{found.sameness}"


def test_what_cannot_be_read_is_named_by_its_bytes() -> None:
    container = SourceContainer(name="a.zip", kind="zip", sha256="e" * 64, key="k")
    assert unreadable_identity((), container, ()).delivery == "sha256:" + "e" * 64
    one, other = staged(("a", b"1")), staged(("a", b"2"))
    assert unreadable_identity(one, FOLDER, ()) != unreadable_identity(other, FOLDER, ())
    assert unreadable_identity(one, FOLDER, ()) == unreadable_identity(one, replace(FOLDER, name="annan"), ())

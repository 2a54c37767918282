"""Content schemas are used in processes of their own, within bounds: what is made to take for ever ends."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.adapters.bounds import OutOfTime, bounded_time
from ingest.adapters.content import DIED, PooledContentChecker
from ingest.adapters.content_work import DEFAULT_BOUNDS, Bounds, SchemaWork, try_schema
from ingest.adapters.directory import DirectoryStore
from ingest.domain.content_schemas import ContentCheck, ContentRequest, ContentSchema
from ingest.domain.paths import PackagePath
from ingest.errors import ToolFailed
from tests.unit.adapters.deadly import be_killed_over, die_of, not_ready, tell_time
from tests.unit.content_schemas import ASSERTION, of_one, plain, post, report, schema

BRIEF = Bounds(seconds=2, seconds_per_mib=0, most_seconds=2, memory=1024**3)
Opened = Callable[..., PooledContentChecker]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Open checkers that are closed after the test."""
    made: list[PooledContentChecker] = []

    def _open(*, patience: float = 120, bounds: Bounds = DEFAULT_BOUNDS) -> PooledContentChecker:
        made.append(PooledContentChecker(workers=1, patience_seconds=patience, bounds=bounds))
        return made[-1]

    yield _open
    for checker in made:
        checker.close()


@pytest.fixture
def staging(tmp_path: Path) -> DirectoryStore:
    (tmp_path / "staging").mkdir()
    return DirectoryStore(tmp_path / "staging", "staging")


def checked(
    checker: PooledContentChecker, staging: DirectoryStore, content: ContentSchema, *texts: str
) -> tuple[ContentCheck, ...]:
    requests = []
    for number, text in enumerate(texts):
        staging.put(f"{number}", [text.encode()])
        requests.append(ContentRequest(key=f"{number}", path=PackagePath(f"{number}.xml"), schema=content))
    answers = checker.check(staging, requests)
    assert [answer.path for answer in answers] == [request.path for request in requests]
    return answers


def children() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def valued(facet: str) -> ContentSchema:
    kind = f'<xs:simpleType><xs:restriction base="xs:string">{facet}</xs:restriction></xs:simpleType>'
    return of_one(plain(f'<xs:element name="rapport">{kind}</xs:element>'))


def test_no_process_is_made_before_the_first_question(opened: Opened) -> None:
    before = set(children())
    opened()
    assert set(children()) == before


def test_a_pattern_that_a_text_drives_to_despair_ends_and_the_next_file_is_checked(
    opened: Opened, staging: DirectoryStore
) -> None:
    hopeless = valued('<xs:pattern value="(a+)+b"/>')
    texts = (f"<rapport>{'a' * 60}</rapport>", "<rapport>aab</rapport>")
    first, second = checked(opened(bounds=BRIEF), staging, hopeless, *texts)
    assert "more time" in first.unfinished
    assert second == ContentCheck(path=second.path)


def test_an_assertion_that_never_ends_ends(opened: Opened, staging: DirectoryStore) -> None:
    many = "(1 to 100000)"
    endless = valued(f'<xs:assertion test="every $a in {many}, $b in {many} satisfies $a + $b gt 0"/>')
    (answer,) = checked(opened(bounds=BRIEF), staging, endless, "<rapport>a</rapport>")
    assert "more time" in answer.unfinished


def test_a_document_that_asks_for_more_memory_than_there_is_ends(opened: Opened, staging: DirectoryStore) -> None:
    greedy = Bounds(seconds=60, most_seconds=60, memory=256 * 1024**2)
    text = report(*(post() for _ in range(120_000)))
    answers = checked(opened(bounds=greedy), staging, schema(assertion=ASSERTION), text, report(post()))
    assert "memory" in answers[0].unfinished or answers[0].unfinished == DIED
    assert answers[1] == ContentCheck(path=answers[1].path)


def test_a_schema_that_never_compiles_is_refused(opened: Opened) -> None:
    several = "".join(f'<xs:element name="a{n}" minOccurs="0"/>' for n in range(20_000))
    body = (
        f'<xs:element name="rapport"><xs:complexType><xs:sequence>{several}</xs:sequence></xs:complexType></xs:element>'
    )
    fault = opened(bounds=BRIEF).fault_of(of_one(plain(body)))
    assert fault is not None
    assert "bounds of time and memory" in fault.en


def test_a_process_that_dies_costs_nothing_but_time(opened: Opened, staging: DirectoryStore) -> None:
    checker = opened()
    before = set(children())
    assert checker.fault_of(schema()) is None
    for pid in set(children()) - before:
        os.kill(pid, signal.SIGKILL)
    assert checked(checker, staging, schema(), report(post("x")))[0].faults
    for pid in set(children()) - before:
        os.kill(pid, signal.SIGKILL)
    assert checker.fault_of(schema()) is None


def test_a_document_that_kills_its_process_is_told_and_the_others_are_checked(
    opened: Opened, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.adapters.content.check_document", die_of)
    texts = (report(post()), report(post("poison")), report(post("x")))
    sound, deadly, broken = checked(opened(), staging, schema(), *texts)
    assert sound == ContentCheck(path=sound.path)
    assert deadly == ContentCheck(path=deadly.path, unfinished=DIED)
    assert len(broken.faults) == 1


def test_a_process_that_is_killed_from_outside_is_no_answer(
    opened: Opened, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.adapters.content.check_document", be_killed_over)
    with pytest.raises(ToolFailed):
        checked(opened(), staging, schema(), report(post()))


def test_children_that_die_of_nothing_are_a_fault_of_the_machine(
    opened: Opened, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.adapters.content.check_document", die_of)
    monkeypatch.setattr("ingest.adapters.content.is_ready", not_ready)
    with pytest.raises(ToolFailed):
        checked(opened(), staging, schema(), report(post("poison")))


def test_processes_that_say_nothing_are_an_outage(opened: Opened) -> None:
    checker = opened(patience=10)
    before = set(children())
    assert checker.fault_of(schema()) is None
    (pid,) = set(children()) - before
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(ToolFailed):
        checker.fault_of(schema())
    assert checker.fault_of(schema()) is None


def test_no_document_gets_more_than_a_quarter_of_the_time_after_which_silence_is_an_outage(
    opened: Opened, staging: DirectoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.adapters.content.check_document", tell_time)
    granted = [checked(opened(patience=patience), staging, schema(), "") for patience in (120, 36_000)]
    assert [answer.unfinished for (answer,) in granted] == ["30.0", f"{DEFAULT_BOUNDS.most_seconds}"]


def test_closing_ends_the_processes(opened: Opened) -> None:
    before = set(children())
    checker = opened()
    checker.fault_of(schema())
    assert set(children()) > before
    checker.close()
    assert set(children()) == before


def test_time_that_is_not_used_up_raises_nothing() -> None:
    with bounded_time(0.2):
        sum(range(1000))
    time.sleep(0.3)


def test_time_that_is_used_up_passes_through_those_who_catch_everything() -> None:
    def stubborn() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001, S112 - that is the point
                continue

    with pytest.raises(OutOfTime), bounded_time(0.2):
        stubborn()


def test_the_bounds_belong_to_processes_of_their_own() -> None:
    """A signal can be awaited in the main thread alone: nobody else may come to believe in the bound."""
    raised: list[BaseException] = []

    def elsewhere() -> None:
        try:
            try_schema(SchemaWork(schema=schema(), bounds=Bounds(memory=1 << 60)))
        except ValueError as error:
            raised.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(raised) == 1

"""An event is added to a stored PREMIS document, and everything else in it stays as it was, byte for byte."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest

from ingest.domain.provenance import Agent, AgentKind, EventOutcome, EventType, PreservationEvent
from ingest.formats.writing import premis_additions
from ingest.formats.writing.premis import write_premis
from ingest.formats.writing.premis_additions import NotOurs, add_event
from tests.unit.formats.writing.values import AIP

ANNA = Agent(kind=AgentKind.PERSON, name="Anna <Arkivarie>")
EVENT = PreservationEvent(
    id="0f0c7a4e-9a6f-4f0e-8a6e-2f7d8a0b6c11",
    type=EventType.METADATA_MODIFICATION,
    at=datetime(2031, 5, 6, tzinfo=UTC),
    step="correct_metadata",
    outcome=EventOutcome.SUCCESS,
    detail="Titeln var fel & ful: <premis:agent>",
    agents=(ANNA,),
)


def _document() -> bytes:
    sink = BytesIO()
    write_premis(sink, AIP)
    return sink.getvalue()


def _added(document: bytes, event: PreservationEvent = EVENT) -> bytes:
    sink = BytesIO()
    add_event(BytesIO(document), sink, AIP.id, event)
    return sink.getvalue()


@pytest.mark.parametrize("chunk", [7, 1 << 20])
def test_an_event_and_its_new_agents_come_to_what_is_there(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(premis_additions, "_CHUNK", chunk)
    before = _document()
    after = _added(before)
    agents = before.index(b"\n  <premis:agent>")
    assert after.startswith(before[:agents])
    assert before[agents:].removesuffix(b"\n</premis:premis>\n") in after
    assert after.count(b"<premis:event>") == before.count(b"<premis:event>") + 1
    assert after.count(b"<premis:agent>") == before.count(b"<premis:agent>") + 1


def test_an_agent_that_is_there_is_not_there_twice() -> None:
    once = _added(_document())
    twice = _added(once, replace(EVENT, id="1f0c7a4e-9a6f-4f0e-8a6e-2f7d8a0b6c11"))
    assert twice.count(b"<premis:agent>") == once.count(b"<premis:agent>")
    assert twice.count(b"<premis:event>") == once.count(b"<premis:event>") + 1


@pytest.mark.parametrize("document", [b"", b"<premis/>", b"\n  <premis:agent>"])
def test_what_is_none_of_ours_is_left_alone(document: bytes) -> None:
    with pytest.raises(NotOurs):
        _added(document)

"""Whatever a delivery says of somebody, and whatever goes wrong with it: no log, metric or error line repeats it."""

import io
import json
import logging
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.adapters.log_lines import LogForm, set_up_logging
from ingest.errors import DamageFound, StoreUnavailable
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.features.api_client import Client, case_push, document, served
from tests.patience import PATIENCE_SECONDS, wait_until

WORDS = ("Vintergatsvägen", "Hjärtesorg", "Öhmansson", "191212121212", "mellannamn", "kvittblivning", "blåbärsskog")
TITLE, NAME, PERSON, NUMBER, QUERY, BODY, INSIDE = WORDS


class Broken:
    """A store that fails at every OCFL root, quoting what it was to keep there, until it is mended."""

    def __init__(self, store: ObjectStore, faults: list[Exception]) -> None:
        self._store = store
        self._faults = faults

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, key: str, chunks: Any) -> Any:
        if self._faults and key.endswith("=ocfl_object_1.1"):
            raise self._faults.pop()
        return self._store.put(key, chunks)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root, raising = logging.getLogger(), logging.raiseExceptions
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    written = io.StringIO()
    set_up_logging(LogForm.JSON, written)
    yield written
    root.handlers[:], level, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    logging.raiseExceptions = raising
    logging.captureWarnings(capture=False)


def case(delivery: str, **fields: Any) -> dict[str, Any]:
    pushed: dict[str, Any] = case_push(delivery, document(f"{BODY} {NUMBER}".encode(), f"{NAME}.txt"), **fields)
    pushed["case"] |= {"title": TITLE, "parties": [{"type": "counterpart", "name": PERSON}]}
    return pushed


def package(descriptor: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(f"{NAME}/sip.xml", descriptor)
        archive.writestr(f"{NAME}/content/{INSIDE}.txt", BODY)
    return written.getvalue()


def refuse_and_fail(client: Client) -> list[httpx.Response]:
    """Send what is refused in all ways that a request can be."""
    zipped = {"Content-Type": "application/zip"}
    return [
        client.post(json=case("1", **{INSIDE: PERSON})),
        client.post(content=f'{{"delivery": "{PERSON}'.encode(), headers={"Content-Type": "application/json"}),
        client.post(content=package(f"<mets>{PERSON}"), headers={**zipped, "Idempotency-Key": QUERY}),
        client.post(content=package(f"<mets OBJID='{NUMBER}'>{PERSON}</mets>"), headers=zipped),
        client.post(content=b"PK\3\4" + PERSON.encode(), headers=zipped),
        client.http.get(f"/v1/deliveries/{PERSON}", params={"q": QUERY}),
        client.http.get(f"/{TITLE}/{NAME}?namn={QUERY}"),
        client.http.get(f"/v1/packages/{TITLE}", headers={"Authorization": f"Bearer {NUMBER}"}),
        client.http.post("/v1/validations", json=case("2", **{INSIDE: PERSON})),
    ]


def wait_until_over(client: Client) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while client.archive.ports.catalogue.open_work():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_no_log_metric_or_error_line_repeats_what_a_delivery_says(
    tmp_path: Path, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    faults: list[Exception] = [
        StoreUnavailable(f"{NAME}.txt saknas", f"{NAME}.txt is missing"),
        OSError(5, f"{TITLE}", f"/srv/{NAME}.txt"),
    ]

    def fit(ports: Ports) -> Ports:
        (replica,) = ports.replicas
        return replace(ports, replicas=(Broken(replica, faults),))

    with served(tmp_path / "home", fit=fit) as client:
        answers = refuse_and_fail(client)
        assert {answer.status_code for answer in answers} >= {202, 401, 404, 422}
        taken = client.post(json=case(PERSON))
        assert taken.status_code == httpx.codes.ACCEPTED, taken.text
        assert client.receipt(taken.headers["location"])["outcome"] == "accepted"
        wait_until_over(client)
        metrics = client.http.get("/metrics").text
    assert faults == []
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    events = {line["event"] for line in lines}
    assert {"a step is done", "a request was answered", "a delivery waits until the outage is over"} <= events
    told = {line.get("fault") for line in lines}
    assert "StoreUnavailable" in told
    captured = capfd.readouterr()
    for word in WORDS:
        for said in (log.getvalue(), metrics, captured.out, captured.err):
            assert word not in said
            assert json.dumps(word)[1:-1] not in said


def test_a_fault_of_the_program_is_told_by_its_kind_and_place_alone(
    tmp_path: Path, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    faults: list[Exception] = [KeyError(PERSON)]

    def fit(ports: Ports) -> Ports:
        (replica,) = ports.replicas
        return replace(ports, replicas=(Broken(replica, faults),))

    with served(tmp_path / "home", fit=fit) as client:
        assert client.post(json=case(PERSON)).status_code == httpx.codes.ACCEPTED
        deadline = time.monotonic() + PATIENCE_SECONDS
        while '"fault": "ProgramFault"' not in log.getvalue():
            assert time.monotonic() < deadline, log.getvalue()
            time.sleep(0.05)
        metrics = client.http.get("/metrics").text
        assert 'earkiv_open_deliveries{standing="parked"} 1.0' in metrics
    (line,) = (json.loads(one) for one in log.getvalue().splitlines() if "ProgramFault" in one)
    assert line["exceptions"] == ["ProgramFault", "KeyError"]
    assert line["trace"]
    captured = capfd.readouterr()
    for word in WORDS:
        assert word not in log.getvalue() + metrics + captured.out + captured.err


def test_a_fault_while_a_request_is_answered_is_told_by_its_kind(tmp_path: Path, log: io.StringIO) -> None:
    class Damaged:
        def __init__(self, catalogue: Any) -> None:
            self._catalogue = catalogue

        def __getattr__(self, name: str) -> Any:
            return getattr(self._catalogue, name)

        def delivery(self, delivery_id: str) -> Any:
            if delivery_id == NUMBER:
                raise DamageFound(PERSON, PERSON)
            raise RuntimeError(PERSON)

    def fit(ports: Ports) -> Ports:
        return replace(ports, catalogue=Damaged(ports.catalogue))

    with served(tmp_path / "home", fit=fit, working=False) as client:
        for asked in (NUMBER, PERSON):
            assert client.http.get(f"/v1/deliveries/{asked}").status_code == httpx.codes.INTERNAL_SERVER_ERROR
        # The server tells of a fault that nobody foresaw when its answer is on its way already.
        wait_until(lambda: "RuntimeError" in log.getvalue(), log.getvalue)
    faults = [line for line in map(json.loads, log.getvalue().splitlines()) if line["level"] == "error"]
    # The record of what is read asks of the same delivery, and meets the same fault.
    assert [line["fault"] for line in faults] == ["DamageFound", "DamageFound", "RuntimeError", "RuntimeError"]
    assert faults[0]["route"] == "/v1/deliveries/{delivery_id}"
    for word in WORDS:
        assert word not in log.getvalue()

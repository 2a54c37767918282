"""The work of the load benchmark: the same packages through the library alone, through a service, and beside others."""

import base64
import json
import logging
import os
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks.load_shapes import BUSY, QUIET, Alone, Service
from benchmarks.measuring import Meter
from ingest.application.ingest_path import ingest_path
from ingest.bootstrap import writing
from ingest.config import read_settings

SENDERS = 8
"""Connections on which a producer sends at the same time: more than are worked on at a time."""
_LOOK_SECONDS = 0.05
_DECIDED = {"archived", "tested", "rejected", "quarantined", "repeated"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Ingests every case below a folder by the library alone, with as many threads as a worker has."""

    archive: Alone
    threads: int

    def __call__(self, material: Path, _scratch: Path, meter: Meter) -> None:
        """Measure it. Raises RuntimeError where not all is accepted."""
        logging.disable(logging.INFO)
        with writing(read_settings(self.archive.environment, os.cpu_count() or 1)) as archive:
            agreement = archive.ports.catalogue.agreement(self.archive.agreement)
            if agreement is None:
                raise RuntimeError(f"the archive has no agreement {self.archive.agreement}")

            def ingest(source: Path) -> str:
                return str(ingest_path(source, agreement, archive.owner, archive.ports)["outcome"])

            meter.start()
            with ThreadPoolExecutor(self.threads) as threads:
                outcomes = set(threads.map(ingest, sorted(material.iterdir())))
            meter.stop()
        if outcomes != {"accepted"}:
            raise RuntimeError(f"not all was accepted: {outcomes}")


def pushed(source: Path, name: str) -> bytes:
    """Give a case folder as the body of a request, its documents inline, under a name of its own."""
    case: dict[str, Any] = json.loads((source / "case.json").read_text(encoding="utf-8"))
    for record in case["case"]["records"]:
        for document in record["documents"]:
            content = (source / document.pop("path")).read_bytes()
            document["content"] = base64.b64encode(content).decode("ascii")
    return json.dumps({**case, "delivery": name}).encode()


def saturated(material: Path, service: Service) -> tuple[float, float]:
    """Push every case below a folder; give the seconds until all were received, and until all were archived."""
    sources = sorted(material.iterdir())
    with service.called_by(BUSY) as http:
        begun = time.perf_counter()
        locations = _sent(http, ((source, f"full-{source.name}") for source in sources))
        received = archived = time.perf_counter() - begun
        for location in reversed(locations):
            if not _is_decided(http, location):  # Looking at those that were long ago is no work of the archive.
                wait(http, location)
                archived = time.perf_counter() - begun
        for location in locations:
            outcome = http.get(f"{location}/receipt").json()["outcome"]
            if outcome != "accepted":
                raise RuntimeError(f"{location}: {outcome}")
    return received, archived


def _sent(http: httpx.Client, cases: Iterable[tuple[Path, str]]) -> list[str]:
    def send(case: tuple[Path, str]) -> str:
        answer = _posted(http, pushed(*case))
        location: str = answer.headers["location"]
        return location

    with ThreadPoolExecutor(SENDERS) as threads:
        return list(threads.map(send, cases))


def _posted(http: httpx.Client, body: bytes) -> httpx.Response:
    while True:
        answer = http.post("/v1/deliveries", content=body, headers={"Content-Type": "application/json"})
        if answer.status_code == httpx.codes.ACCEPTED:
            return answer
        if answer.status_code not in {httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS}:
            raise RuntimeError(f"{answer.status_code}: {answer.text}")
        time.sleep(1.0)


def wait(http: httpx.Client, location: str) -> None:
    """Wait until a delivery is decided."""
    while not _is_decided(http, location):
        time.sleep(_LOOK_SECONDS)


def _is_decided(http: httpx.Client, location: str) -> bool:
    return http.get(location).json()["status"] in _DECIDED


def lone_and_beside(material: Path, service: Service, crowd: int, rounds: int) -> tuple[float, float, int]:
    """Give a single case's seconds to the archive alone, beside another's `crowd`, and how many waited before it last.

    Both are medians of so many rounds.
    """
    sources = sorted(material.iterdir())
    with ExitStack() as opened:
        quiet, busy = (opened.enter_context(service.called_by(producer)) for producer in (QUIET, BUSY))
        lone = [_latency(quiet, sources[0], f"lone-{n}") for n in range(rounds)]
        sending = opened.enter_context(ThreadPoolExecutor(1))
        many = ((sources[n % len(sources)], f"crowd-{n}") for n in range(crowd))
        sent = sending.submit(_sent, busy, many)
        locations: list[str] = []
        beside = []
        for n in range(rounds):
            if not locations:
                locations = sent.result()  # From here on nothing competes but the work itself.
            beside.append(_latency(quiet, sources[0], f"beside-{n}"))
        waits = busy.get(locations[-1]).json()["queue"] or 0
    return median(lone), median(beside), waits


def _latency(http: httpx.Client, source: Path, name: str) -> float:
    body = pushed(source, name)
    begun = time.perf_counter()
    wait(http, _posted(http, body).headers["location"])
    return time.perf_counter() - begun

"""One delivery of many gigabytes through a service: made while it is sent, so no disk holds it but the archive's."""

import hashlib
import io
import json
import random
import time
from dataclasses import dataclass
from typing import Any, Final

import httpx

from benchmarks.load_memory import Held, Watched
from benchmarks.load_shapes import BUSY, Service
from benchmarks.load_work import wait

_BLOCK: Final = 1 << 20
_PARTY: Final = {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}
_SENDING_SECONDS: Final = 4 * 3600
MOST_BYTES: Final = 300 * 10**6
"""What API and worker may hold each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeOne:
    """What it took: seconds until it was received and until it was archived, and the memory of each process."""

    bytes: int
    documents: int
    received: float
    archived: float
    memory: dict[str, Held]

    @property
    def is_within(self) -> bool:
        """Whether no process has ever held more than it may."""
        return all(peak <= MOST_BYTES for held in self.memory.values() for peak in held.each)


class Repeated:
    """A file of any size that is made while it is read: a mebibyte of noise, again and again; another for each seed."""

    def __init__(self, size: int, seed: int) -> None:
        self._size = size
        self._at = 0
        self._block = random.Random(seed).randbytes(_BLOCK)  # noqa: S311 - the same bytes each time, nothing is secret

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes: at most `size`, and never beyond the end of a block."""
        begin = self._at % _BLOCK
        end = min(_BLOCK, begin + (self._size - self._at))
        piece = self._block[begin:end] if size < 0 else self._block[begin : min(end, begin + size)]
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        """Say where the next bytes come from."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def sha256(self) -> str:
        """Give the digest of the whole, and go back to its start."""
        digest = hashlib.sha256()
        self.seek(0)
        while piece := self.read():
            digest.update(piece)
        self.seek(0)
        return digest.hexdigest()


def pushed_large(size: int, documents: int, service: Service) -> LargeOne:
    """Push one case whose documents are so many bytes together; give what it took. Raises RuntimeError if refused."""
    files = [Repeated(size // documents + (n < size % documents), n) for n in range(documents)]
    parts: dict[str, Any] = {"case": (None, _case(files), "application/json")}
    parts |= {f"part-{n}": (f"matning-{n}.bin", file) for n, file in enumerate(files)}
    with service.called_by(BUSY) as http, Watched(service.pids) as watched:
        begun = time.perf_counter()
        answer = http.post("/v1/deliveries", files=parts, timeout=_SENDING_SECONDS)
        if answer.status_code != httpx.codes.ACCEPTED:
            raise RuntimeError(f"{answer.status_code}: {answer.text}")
        received = time.perf_counter() - begun
        location = answer.headers["location"]
        wait(http, location)
        archived = time.perf_counter() - begun
        outcome = http.get(f"{location}/receipt").json()["outcome"]
    if outcome != "accepted":
        raise RuntimeError(f"{location}: {outcome}")
    return LargeOne(bytes=size, documents=documents, received=received, archived=archived, memory=watched.held())


def _case(files: list[Repeated]) -> bytes:
    documents = [
        {"name": f"matning-{n}.bin", "size": file.seek(0, io.SEEK_END), "sha256": file.sha256(), "part": f"part-{n}"}
        for n, file in enumerate(files)
    ]
    record = {"id": "EXN 2021/1:1", "title": "Mätningar", "date": "2021-04-01", "documents": documents}
    dates = {"opened": "2021-04-01", "closed": "2021-06-01"}
    case = {"id": "EXN 2021/1", "title": "Ett stort ärende", "status": "closed", **dates, "records": [record]}
    whole = {"delivery": "benchmark-large", "archivalCreator": _PARTY, "producer": _PARTY, "recordStatus": "NEW"}
    return json.dumps({**whole, "case": case}).encode()

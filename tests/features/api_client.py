"""The API over a real embedded archive with its runner, on a port of this machine."""

import base64
import hashlib
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from starlette.types import ASGIApp

from earkiv.serving.runner import running
from ingest.adapters.secrets import Secret
from ingest.api.server import Server
from ingest.api.service import Service
from ingest.application.arriving import Arrivals
from ingest.application.desk_record import DeskRecord
from ingest.bootstrap import Archive, Fitting, as_is
from tests.features.archives import opened
from tests.patience import PATIENCE_SECONDS

KEY = "en-nyckel-for-prov"
NOTHING: Mapping[str, ASGIApp] = {}
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A producer's system that holds a valid key."""

    http: httpx.Client
    archive: Archive
    service: Service

    def post(self, **request: Any) -> httpx.Response:
        """Deliver."""
        return self.http.post("/v1/deliveries", **request)

    def receipt(self, location: str) -> Json:
        """Wait for the receipt of a delivery."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (answer := self.http.get(f"{location}/receipt")).status_code == httpx.codes.NOT_FOUND:
            assert time.monotonic() < deadline, "no receipt came"
            time.sleep(0.05)
        assert answer.status_code == httpx.codes.OK, answer.text
        document: Json = answer.json()
        return document

    def kept_of(self, delivery: str) -> list[str]:
        """List what staging holds of a delivery."""
        return list(self.archive.ports.staging.keys(f"{delivery}/"))


@contextmanager
def served(home: Path, *, working: bool = True, fit: Fitting = as_is, **bounds: Any) -> Iterator[Client]:
    """Serve an archive; one that is not working takes in and works nothing off. `bounds` are those of the service."""
    with opened(home, fit) as archive, running(archive) if working else nullcontext():
        arrivals = Arrivals(archive.owner, archive.ports)
        service = Service(
            archive=archive,
            arrivals=arrivals,
            record=DeskRecord(archive.ports, pause=0),
            api_key=Secret(KEY),
            is_ready=lambda: True,
            **bounds,
        )
        with listening(service) as address:
            headers = {"Authorization": f"Bearer {KEY}"}
            with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE_SECONDS) as http:
                yield Client(http=http, archive=archive, service=service)


@contextmanager
def listening(service: Service, beside: Mapping[str, ASGIApp] = NOTHING) -> Iterator[str]:
    """Run the server on a free port of the loopback interface, and give its address."""
    server = Server(service, 5, beside)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def document(held: bytes, name: str = "ansökan.txt", **fields: Any) -> Json:
    """A document of a push; its bytes inline, unless another field says where they are."""
    digest = hashlib.sha256(held).hexdigest()
    where = {} if fields.keys() & {"part", "upload", "path"} else {"content": base64.b64encode(held).decode()}
    return {"name": name, "size": len(held), "sha256": digest, **where, **fields}


def case_push(delivery: str, *documents: Json, **fields: Any) -> Json:
    """A whole case with one record."""
    record = {"id": "EXN 2021/17:1", "title": "Ansökan", "documents": list(documents)}
    case = {"id": "EXN 2021/17", "title": "Bygglov", "status": "closed", "closed": "2021-06-01", "records": [record]}
    creator = {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}
    return {"delivery": delivery, "archivalCreator": creator, "case": case, **fields}

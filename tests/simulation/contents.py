"""What producers send: small cases, sound ones, others that are refused, and the same in a container."""

import base64
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any, Final

_EPOCH: Final = (2026, 1, 1, 0, 0, 0)


class Form(Enum):
    """How a delivery is sent: as JSON, or as a ZIP that is settled at once, or left to the workers."""

    PUSH = auto()
    CONTAINER = auto()
    CONTAINER_LEFT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One delivery as its producer has it: the same values are the same bytes.

    `name` is the producer's own id, `words` tell contents of one name apart; a case that is not `closed` is refused.
    """

    name: str
    words: str
    form: Form
    closed: bool = True
    replaces: bool = False

    @property
    def sent(self) -> bytes:
        """The bytes that go over the network."""
        return _sent(self)


@cache
def _sent(content: Content) -> bytes:
    document = _document(content)
    if content.form is Form.PUSH:
        return _json(content, {"content": base64.b64encode(document).decode()})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        container.writestr(zipfile.ZipInfo("case.json", _EPOCH), _json(content, {"path": "brev.txt"}))
        container.writestr(zipfile.ZipInfo("brev.txt", _EPOCH), document)
    return packed.getvalue()


def _document(content: Content) -> bytes:
    return f"Brev {content.name}: {content.words}\n".encode()


def _json(content: Content, place: dict[str, str]) -> bytes:
    document = _document(content)
    listed = {"name": "brev.txt", "size": len(document), "sha256": hashlib.sha256(document).hexdigest(), **place}
    record = {"id": "EXN 2026/1:1", "number": "1", "title": "Brev", "date": "2026-02-01", "documents": [listed]}
    case: dict[str, Any] = {"id": "EXN 2026/1", "title": content.words, "status": "closed", "closed": "2026-06-01"}
    if not content.closed:
        case |= {"status": "in_progress"}
    whole = {
        "delivery": content.name,
        "recordStatus": "REPLACEMENT" if content.replaces else "NEW",
        "archivalCreator": {"name": "Exempelnämnden", "identifier": "ORG:2120009994"},
        "case": {**case, "records": [record]},
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def sender_of(name: str) -> str:
    """Give the registered producer that sends what bears that name."""
    return f"system of {name}"

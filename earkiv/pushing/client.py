"""Speaks to an archive's REST API: sends until it has an answer, and waits for the receipt.

Sending twice is harmless: the archive knows the same delivery again and gives its first answer.
"""

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from earkiv.pushing import texts
from earkiv.pushing.packed import Packed
from earkiv.pushing.uploading import LARGE, Remembered, Uploading
from ingest.adapters.secrets import Secret
from ingest.errors import ConfigurationError, StoreUnavailable

Json = dict[str, Any]

_TRY_AGAIN: Final = frozenset(
    {
        httpx.codes.REQUEST_TIMEOUT,
        httpx.codes.TOO_MANY_REQUESTS,
        httpx.codes.BAD_GATEWAY,
        httpx.codes.SERVICE_UNAVAILABLE,
        httpx.codes.GATEWAY_TIMEOUT,
    }
)
_CONTENT: Final = frozenset({httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY})
_LONGEST_PAUSE: Final = 60.0
_CHUNK: Final = 1 << 20
_TIMEOUT: Final = httpx.Timeout(30.0, read=600.0)
"""An answer may take long: the archive reads the package first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The archive has it; `location` leads to the delivery."""

    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """The archive refused it at once, and says why; nothing of it is kept there."""

    problem: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An archive: its address, the key that it gave, and how long it is asked again when it does not answer."""

    address: str
    key: Secret
    language: str
    agreement: str | None = None
    patience_seconds: float = 300.0


@dataclass(slots=True, kw_only=True)
class Client:
    """One conversation with an archive.

    `told` hears how many bytes were sent since it heard last, `retrying` why the same is asked once more.
    """

    target: Target
    http: httpx.Client
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    told: Callable[[int], None] = field(default=lambda _: None)
    retrying: Callable[[str], None] = field(default=lambda _: None)

    def send(self, packed: Packed) -> Sent | NotTaken:
        """Send until the archive has it or refuses it.

        Raises StoreUnavailable when it does not answer for long, ConfigurationError for a wrong address or key.
        """
        large = packed.size >= LARGE
        answer = self._uploaded(packed) if large else self._until_answered(lambda: self._post(packed))
        if answer.status_code in {httpx.codes.OK, httpx.codes.ACCEPTED}:
            return Sent(location=answer.headers["location"])
        if answer.status_code in _CONTENT:
            return NotTaken(problem=answer.json())
        raise self._wrong(answer)

    def _uploaded(self, packed: Packed) -> httpx.Response:
        """Upload a package, then deliver it; an upload that is lost in between is begun anew."""
        remembered = Remembered.of(packed, self.target.address)
        uploading = Uploading(http=self.http, packed=packed, remembered=remembered, told=self.told)

        def deliver() -> httpx.Response:
            sent = uploading.go_on()
            return self._deliver(packed, uploading.id) if sent.is_success else sent

        answer = self._until_answered(deliver)
        if answer.is_success or answer.status_code in _CONTENT:
            uploading.let_go()
        return answer

    def _deliver(self, packed: Packed, upload: str) -> httpx.Response:
        parameters = {**self._asked(), "upload": upload, "sha256": packed.sha256.hex()}
        if packed.note is None:
            return self.http.post("/v1/deliveries", params=parameters)
        with packed.note.open("rb") as note:
            return self.http.post("/v1/deliveries", params=parameters, files={"note": (packed.note.name, note)})

    def _asked(self) -> dict[str, str]:
        return {} if self.target.agreement is None else {"agreement": self.target.agreement}

    def receipt(self, location: str, seconds: float) -> Json | None:
        """Wait for a delivery's receipt, None when it is not there after so many seconds. Raises as `send` does."""
        deadline, pause = self.monotonic() + seconds, 0.5
        while True:
            answer = self._until_answered(lambda: self.http.get(f"{location}/receipt"))
            if answer.status_code == httpx.codes.OK:
                receipt: Json = answer.json()
                return receipt
            if answer.status_code != httpx.codes.NOT_FOUND:
                raise self._wrong(answer)
            if self.monotonic() + pause > deadline:
                return None
            self.sleep(pause)
            pause = min(2 * pause, 10.0)

    def _post(self, packed: Packed) -> httpx.Response:
        parameters = self._asked()
        with ExitStack() as opened:
            if packed.note is not None:
                files = {
                    "note": (packed.note.name, opened.enter_context(packed.note.open("rb"))),
                    "package": (packed.name, opened.enter_context(packed.path.open("rb"))),
                }
                return self.http.post("/v1/deliveries", params=parameters, files=files)
            digest = base64.b64encode(packed.sha256).decode()
            headers = {
                "Content-Type": "application/octet-stream",
                "Content-Length": str(packed.size),
                "Repr-Digest": f"sha-256=:{digest}:",
            }
            named = {**parameters, "name": packed.name}
            return self.http.post("/v1/deliveries", params=named, headers=headers, content=self._chunks(packed))

    def _chunks(self, packed: Packed) -> Iterator[bytes]:
        with packed.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
                self.told(len(chunk))

    def _until_answered(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        deadline, pause = self.monotonic() + self.target.patience_seconds, 1.0
        while True:
            try:
                answer = ask()
                why = f"{answer.status_code} {answer.reason_phrase}"
            except httpx.TransportError as error:
                answer, why = None, str(error) or type(error).__name__
            if answer is not None and answer.status_code not in _TRY_AGAIN:
                return answer
            wait = max(pause, _retry_after(answer))
            if answer is not None and answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                # It answers, and will take this too once it has done with what it was sent before.
                deadline = self.monotonic() + wait + self.target.patience_seconds
            if self.monotonic() + wait > deadline:
                said = {"address": self.target.address, "why": why}
                raise StoreUnavailable(texts.NO_ANSWER.sv.format(**said), texts.NO_ANSWER.en.format(**said))
            self.retrying(why)
            self.sleep(wait)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _wrong(self, answer: httpx.Response) -> ConfigurationError:
        problem = _problem(answer)
        said = {"address": self.target.address, "why": problem}
        return ConfigurationError(texts.NOT_UNDERSTOOD.sv.format(**said), texts.NOT_UNDERSTOOD.en.format(**said))


def conversation(target: Target) -> httpx.Client:
    """Open connections to an archive; closed by its `with` block. Raises ConfigurationError for what is no address."""
    try:
        url = httpx.URL(target.address.rstrip("/").removesuffix("/v1"))
    except (httpx.InvalidURL, UnicodeError):
        url = httpx.URL()
    if url.scheme not in {"http", "https"} or not url.host:
        said = {"address": target.address}
        raise ConfigurationError(texts.NO_ADDRESS.sv.format(**said), texts.NO_ADDRESS.en.format(**said))
    headers = {"Authorization": f"Bearer {target.key.reveal()}", "Accept-Language": target.language}
    return httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT)


def _retry_after(answer: httpx.Response | None) -> float:
    stated = "" if answer is None else answer.headers.get("retry-after", "")
    return min(float(stated), _LONGEST_PAUSE) if stated.isascii() and stated.isdigit() else 0.0


def _problem(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        return f"{answer.status_code}: {problem['title']}. {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"{answer.status_code} {answer.reason_phrase}"

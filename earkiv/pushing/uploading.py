"""Sends a large package piece by piece, by the tus protocol 1.0: what came before a cut is not sent again.

Where an upload lies is kept between runs, so that a run that was ended can be followed by another.
"""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

import httpx
from platformdirs import user_state_path

from earkiv.pushing.packed import Packed

LARGE: Final = 16 << 20
"""From so many bytes on a package is uploaded before it is delivered."""
_CHUNK: Final = 1 << 20
_TUS: Final = {"Tus-Resumable": "1.0.0"}
_GONE: Final = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Where the upload of one package to one archive lies, as a small file in the user's state folder."""

    path: Path

    @classmethod
    def of(cls, packed: Packed, address: str) -> "Remembered":
        """Find the place by the package's bytes and name and the archive's address."""
        name = sha256(f"{address}\n{packed.name}\n{packed.sha256.hex()}".encode()).hexdigest()
        return cls(path=user_state_path("earkiv") / "push" / f"{name}.json")

    def location(self) -> str | None:
        """Give where the upload lies, None when it is not known."""
        try:
            stored = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        location = stored.get("location") if isinstance(stored, dict) else None
        return location if isinstance(location, str) else None

    def keep(self, location: str) -> None:
        """Remember where the upload lies. A place that cannot be written costs a later run its resuming alone."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps({"location": location}), encoding="utf-8")

    def forget(self) -> None:
        """Forget it; one that is not known is no error."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


@dataclass(slots=True, kw_only=True)
class Uploading:
    """The upload of one package; `told` hears how many bytes of it the archive has got since it heard last."""

    http: httpx.Client
    packed: Packed
    remembered: Remembered
    told: Callable[[int], None]
    location: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Take up where an earlier run left off."""
        self.location = self.remembered.location()

    @property
    def id(self) -> str:
        """The archive's id of the upload, "" before there is one."""
        return (self.location or "").rpartition("/")[2]

    def go_on(self) -> httpx.Response:
        """Go on where the upload is, or begin it; give the archive's last answer, 2xx when it has all bytes.

        Raises httpx.TransportError for a cut: ask again.
        """
        while self.location is not None:
            asked = self.http.head(self.location, headers=_TUS)
            if asked.status_code in _GONE:
                break
            if not asked.is_success:
                return asked
            answer = self._append(self.location, int(asked.headers["Upload-Offset"]))
            # What was sent before a cut may have been kept meanwhile.
            if answer.status_code != httpx.codes.CONFLICT:
                return answer
        return self._begin()

    def let_go(self) -> None:
        """Let the archive free what it holds of the upload: it would do so by itself after some days."""
        self.remembered.forget()
        if self.location is not None:
            with suppress(httpx.TransportError):
                self.http.delete(self.location, headers=_TUS)

    def _begin(self) -> httpx.Response:
        name = base64.b64encode(self.packed.name.encode()).decode()
        announced = {**_TUS, "Upload-Length": str(self.packed.size), "Upload-Metadata": f"filename {name}"}
        begun = self.http.post("/v1/uploads", headers=announced)
        if not begun.is_success:
            return begun
        self.location = begun.headers["Location"]
        self.remembered.keep(self.location)
        return self._append(self.location, 0)

    def _append(self, location: str, offset: int) -> httpx.Response:
        headers = {
            **_TUS,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Content-Length": str(self.packed.size - offset),
        }
        return self.http.patch(location, headers=headers, content=self._from(offset))

    def _from(self, offset: int) -> Iterator[bytes]:
        with self.packed.path.open("rb") as stream:
            stream.seek(offset)
            while chunk := stream.read(_CHUNK):
                yield chunk
                self.told(len(chunk))

"""The virus scanner clamd, asked by INSTREAM over a unix or TCP socket (clamd(8), "COMMANDS").

A verdict is a value; an outage is a fault. What clamd did not look at whole counts as not scanned, never as clean.
"""

import re
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from struct import pack

from ingest.domain.packages import Clean, Infected, NotScanned, ScanResult
from ingest.errors import ScannerBrokeOff, ToolFailed

_ANSWER_BYTES = 4096
_PAUSES = (0.1, 0.5, 2.0, 5.0)
_KNOWN_FOR = 60.0
_LIMIT_FOUND = "Heuristics.Limits.Exceeded"
_UNREAD_FOUND = "Heuristics.Encrypted"
_ANSWER = re.compile(r"stream: (?P<name>.*?) ?(?P<verdict>OK|FOUND|ERROR)")
_VERSION = re.compile(r"(?P<engine>ClamAV [^/]+)(?:/(?P<signatures>\d+)/(?P<made>.+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClamdAddress:
    """Where clamd listens: a unix socket's path, or host and port."""

    path: str = ""
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        """Give the address as it is written in a setting."""
        return f"unix:{self.path}" if self.path else f"tcp:{self.host}:{self.port}"


def parse_address(text: str) -> ClamdAddress:
    """Read `unix:/run/clamd.sock` or `tcp:host:3310`. Raises ValueError for anything else."""
    kind, _, rest = text.partition(":")
    host, _, port = rest.rpartition(":")
    match kind:
        case "unix" if rest.startswith("/"):
            return ClamdAddress(path=rest)
        case "tcp" if host and port.isascii() and port.isdigit() and 0 < int(port) < 1 << 16:
            return ClamdAddress(host=host.strip("[]"), port=int(port))
        case _:
            raise ValueError(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What clamd says of itself; `made` is when its signatures were made, None where it does not say."""

    text: str
    made: datetime | None


@dataclass(slots=True)
class _Known:
    """The last answer to VERSION and when it came, so that a thousand small files do not ask a thousand times."""

    version: Version | None = None
    until: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClamdScanner:
    """`VirusScanner` that streams to clamd; it may be sent to another process.

    More than `most_bytes` (clamd's own StreamMaxLength) is not sent; signatures older than `patience` do not count as
    a scan. `timeout_seconds` bounds each wait for clamd.
    """

    address: ClamdAddress
    most_bytes: int
    timeout_seconds: float
    patience: timedelta
    _known: _Known = field(default_factory=_Known, repr=False, compare=False)

    def scan(self, size: int, chunks: Iterable[bytes]) -> ScanResult:
        """Scan `size` bytes.

        Raises ToolFailed when clamd is not reached after some tries, ScannerBrokeOff when it is and gives no verdict.
        """
        if size > self.most_bytes:
            return NotScanned(reason=f"larger than the scanner's limit of {self.most_bytes} bytes")
        version = self.version()
        if self.is_outdated(version):
            return NotScanned(reason=f"the scanner's signatures are out of date ({version.text})")
        return self._verdict(self._streamed(chunks), version.text)

    def version(self) -> Version:
        """Ask clamd for its name, version and signatures; an answer holds for a minute. Raises ToolFailed."""
        known = self._known
        if known.version is None or time.monotonic() > known.until:
            with closing(self._connected()) as connection:
                said = self._asked(connection)
            known.version, known.until = _version(said), time.monotonic() + _KNOWN_FOR
        return known.version

    def is_outdated(self, version: Version) -> bool:
        """Whether the signatures are older than `patience`; where clamd does not say, that is not known and not so."""
        return version.made is not None and datetime.now(UTC) - version.made > self.patience

    def _streamed(self, chunks: Iterable[bytes]) -> str:
        with closing(self._connected()) as connection:
            try:
                return _exchanged(connection, chain((b"zINSTREAM\0",), _framed(chunks), (pack("!L", 0),)))
            except OSError as error:
                raise self._broke_off(str(error)) from error

    def _verdict(self, said: str, tool: str) -> ScanResult:
        answer = _ANSWER.fullmatch(said)
        if answer is None:
            return self._unsaid(said)
        name = answer["name"]
        match answer["verdict"]:
            case "OK":
                return Clean(tool=tool)
            case "FOUND" if name.startswith((_LIMIT_FOUND, _UNREAD_FOUND)):
                return NotScanned(reason=f"the scanner could not read it whole ({name})")
            case "FOUND":
                return Infected(tool=tool, name=name)
            case _:
                raise self._broke_off(said)

    def _unsaid(self, said: str) -> NotScanned:
        if said.startswith("INSTREAM size limit exceeded"):
            return NotScanned(reason="larger than the scanner's own limit (StreamMaxLength)")
        raise self._broke_off(said or "no answer")

    def _asked(self, connection: socket.socket) -> str:
        try:
            return _exchanged(connection, (b"zVERSION\0",))
        except OSError as error:
            raise self._failed(str(error)) from error

    def _connected(self) -> socket.socket:
        for pause in _PAUSES:
            try:
                return self._connect()
            except OSError:
                time.sleep(pause)
        try:
            return self._connect()
        except OSError as error:
            raise self._failed(str(error)) from error

    def _connect(self) -> socket.socket:
        if not self.address.path:
            return socket.create_connection((self.address.host, self.address.port), self.timeout_seconds)
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(self.timeout_seconds)
            connection.connect(self.address.path)
        except OSError:
            connection.close()
            raise
        return connection

    def _broke_off(self, reason: str) -> ScannerBrokeOff:
        return ScannerBrokeOff(
            f"Virussökningen ({self.address}) gav inget besked om en fil: {reason}.",
            f"The virus scanner ({self.address}) gave no verdict on a file: {reason}.",
        )

    def _failed(self, reason: str) -> ToolFailed:
        return ToolFailed(
            f"Virussökningen ({self.address}) svarar inte som den ska: {reason}.",
            f"The virus scanner ({self.address}) does not answer as it should: {reason}.",
        )


def _exchanged(connection: socket.socket, request: Iterable[bytes]) -> str:
    """Send a request and give the answer, which may come before all is sent: clamd then stops listening."""
    _send(connection, request)
    return _received(connection)


def _framed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Put each chunk's length before it, as INSTREAM asks; an empty chunk would end the stream."""
    for chunk in filter(None, chunks):
        yield pack("!L", len(chunk))
        yield chunk


def _send(connection: socket.socket, request: Iterable[bytes]) -> None:
    try:
        for part in request:
            connection.sendall(part)
    except (BrokenPipeError, ConnectionResetError):
        return  # clamd has closed its end, having said why: the answer is read next.


def _received(connection: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _ANSWER_BYTES:
        part = connection.recv(_ANSWER_BYTES)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("utf-8", "backslashreplace")


def _version(said: str) -> Version:
    found = _VERSION.fullmatch(said)
    if found is None or found["made"] is None:
        return Version(text=said, made=None)
    try:
        made = datetime.strptime(found["made"].strip(), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        made = None
    return Version(text=f"{found['engine']}, signatures {found['signatures']}", made=made)

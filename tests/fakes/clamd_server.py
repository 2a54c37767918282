"""A server on loopback that speaks clamd's protocol and answers as it is told: for what a healthy clamd never says."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Answers:
    """What is said to VERSION and to a stream (None: the connection is closed without a word); `heard` is what came."""

    version: bytes | None = b"ClamAV 1.4.6/27000/Sat Nov 28 09:00:00 2026\0"
    stream: bytes | None = b"stream: OK\0"
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def answering(answers: Answers) -> Iterator[int]:
    """Serve on a free port of loopback, which is given, until the end of the `with` block."""

    class Asked(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = self._word()
            if command == b"zINSTREAM":
                answers.heard.append(self._streamed())
            said = answers.version if command == b"zVERSION" else answers.stream
            if said is not None:
                self.wfile.write(said)

        def _word(self) -> bytes:
            said = b""
            while (byte := self.rfile.read(1)) not in {b"\0", b""}:
                said += byte
            return said

        def _streamed(self) -> bytes:
            content = b""
            while size := struct.unpack("!L", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
            return content

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()

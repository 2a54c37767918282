"""A server on loopback that speaks clamd's protocol and answers as it is told: for what a healthy clamd never says."""

import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Answers:
    """What is said to VERSION and to a stream (None: the connection is closed without a word); `heard` is what came.

    `meanwhile` happens while a stream is looked at.

    Of a stream that holds `deadly` it dies: the connection is closed, and from then on too, where it `stays_dead`.
    """

    version: bytes | None = b"ClamAV 1.4.6/27000/Sat Nov 28 09:00:00 2026\0"
    stream: bytes | None = b"stream: OK\0"
    deadly: bytes | None = None
    stays_dead: bool = False
    is_dead: bool = False
    heard: list[bytes] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None

    def is_deadly(self, content: bytes) -> bool:
        """Whether it dies of that."""
        return self.deadly is not None and self.deadly in content

    def suffer(self, content: bytes) -> None:
        """Take in a stream, and be dead if it is that kind."""
        self.is_dead = self.is_dead or (self.stays_dead and self.is_deadly(content))


@contextmanager
def answering(answers: Answers) -> Iterator[int]:
    """Serve on a free port of loopback, which is given, until the end of the `with` block."""

    class Asked(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = self._word()
            if command == b"zINSTREAM":
                answers.heard.append(self._streamed())
                answers.meanwhile()
                answers.suffer(answers.heard[-1])
            said = answers.version if command == b"zVERSION" else self._said_of_stream()
            if said is not None and not answers.is_dead:
                self.wfile.write(said)

        def _said_of_stream(self) -> bytes | None:
            return None if answers.is_deadly(answers.heard[-1]) else answers.stream

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

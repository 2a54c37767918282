"""Whoever asks for much and takes nothing of it would hold a connection, and an open file behind it, for ever."""

import asyncio
import socket
from typing import Final

TAKING_SECONDS: Final = 120.0
LEAST_TAKEN: Final = 64 * 1024
"""Bytes that a reader takes within TAKING_SECONDS, as long as some wait for it; 1 KiB a second is always enough."""
_KERNEL_HOLDS: Final = 64 * 1024


class Taking:
    """Watches over a connection for as long as what was sent waits to be taken; hangs up on who takes too little."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Have the connection tell of every byte that waits, and the kernel hold so few that they tell the pace."""
        self._transport, self._loop = transport, loop
        self._look: asyncio.TimerHandle | None = None
        self._left = 0
        transport.set_write_buffer_limits(high=0)
        held: socket.socket | None = transport.get_extra_info("socket")
        if held is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
            held.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _KERNEL_HOLDS)

    def begin(self) -> None:
        """Something waits to be taken."""
        self.end()
        self._left = self._transport.get_write_buffer_size()
        self._look = self._loop.call_later(TAKING_SECONDS, self._judge)

    def end(self) -> None:
        """All is taken, or nobody is there any more."""
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _judge(self) -> None:
        if self._left - self._transport.get_write_buffer_size() < LEAST_TAKEN:
            self._transport.abort()
        else:
            self.begin()

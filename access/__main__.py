"""`python -m access`: opens the reading room by itself, or (`--fd N`) on a socket that its parent listens on."""

import argparse
import os
import sys
from threading import Thread

import uvicorn

from access.app import reading_room
from access.connections import Connection
from access.settings import SettingsRefused, read_settings

_USAGE = 2
_PARTING_SECONDS = 5
"""So long those who are being answered are waited for when the room closes, and no longer: some read nothing."""


def main() -> int:
    """Serve until told to stop. Exit 2 for settings that cannot be used."""
    given = _given()
    try:
        settings = read_settings(os.environ)
    except SettingsRefused as error:
        print(error, file=sys.stderr)  # noqa: T201 - whoever starts it has to read this
        return _USAGE
    server = uvicorn.Server(
        uvicorn.Config(
            reading_room(settings),
            host=settings.host,
            port=settings.port,
            fd=given,
            http=Connection,
            access_log=False,
            server_header=False,
            date_header=True,
            log_level="warning",
            timeout_graceful_shutdown=_PARTING_SECONDS,
        )
    )
    if given is not None:
        Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    server.run()
    return 0


def _given() -> int | None:
    parser = argparse.ArgumentParser(prog="python -m access", description="The public reading room.")
    parser.add_argument("--fd", type=int, help="a listening socket; the room closes when its standard input ends")
    number: int | None = parser.parse_args().fd
    return number


def _end_with_parent(server: uvicorn.Server) -> None:
    """Stop when whoever started this process is gone: its end of the pipe closes then, however it went."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True


if __name__ == "__main__":
    sys.exit(main())

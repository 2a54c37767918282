"""`python -m access`: opens the reading room by itself."""

import os
import sys

import uvicorn

from access.app import reading_room
from access.settings import SettingsRefused, read_settings

_USAGE = 2


def main() -> int:
    """Serve until told to stop. Exit 2 for settings that cannot be used."""
    try:
        settings = read_settings(os.environ)
    except SettingsRefused as error:
        print(error, file=sys.stderr)  # noqa: T201 - whoever starts it has to read this
        return _USAGE
    server = uvicorn.Config(
        reading_room(settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        date_header=True,
        log_level="warning",
    )
    uvicorn.Server(server).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())

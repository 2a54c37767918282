"""Python imports this as it starts, in every process that has this folder in its PYTHONPATH, children of pools too.

Every socket that is asked for is written to the file that SOCKET_WATCH names, as it is asked for.
"""

import os
import sys

_WATCH = os.environ["SOCKET_WATCH"]


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        # One write, appended: several processes share the file.
        place = os.open(_WATCH, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(place, f"{os.getpid()} {event} {arguments!r}\n".encode("utf-8", "backslashreplace"))
        os.close(place)


sys.addaudithook(_note)

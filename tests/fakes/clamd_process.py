"""A real clamd with a database of one signature, on a unix socket of its own."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STREAM_BYTES = 1 << 20
_PATIENCE_SECONDS = 60


def clamd_program() -> str:
    """Give the program; absent, the test is skipped visibly, and in CI it fails."""
    found = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if found:
        return found
    missing = "clamd is not installed (Debian: clamav-daemon)"
    if os.environ.get("CI"):
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


@contextmanager
def running(folder: Path) -> Iterator[Path]:
    """Run clamd below a folder with a short path, and give its socket once it listens."""
    socket = folder / "clamd.sock"
    database = folder / "signatures"
    database.mkdir(exist_ok=True)
    (database / "test.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n", encoding="ascii")
    settings = {
        "Foreground": "yes",
        "LocalSocket": socket,
        "DatabaseDirectory": database,
        "TemporaryDirectory": folder,
        "StreamMaxLength": STREAM_BYTES,
        "MaxScanSize": STREAM_BYTES,
        "MaxFileSize": STREAM_BYTES,
        "AlertExceedsMax": "yes",
        "AlertEncrypted": "no",
    }
    text = "".join(f"{name} {value}\n" for name, value in settings.items())
    (folder / "clamd.conf").write_text(text, encoding="utf-8")
    with (folder / "clamd.log").open("ab") as log:
        command = [clamd_program(), "--config-file", str(folder / "clamd.conf")]
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _await(socket, process, folder)
        yield socket
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)
        socket.unlink(missing_ok=True)


def _await(socket: Path, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"clamd did not start: {(folder / 'clamd.log').read_text(encoding='utf-8')}")
        time.sleep(0.05)

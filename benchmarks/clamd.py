"""A clamd of the benchmark's own, with one signature: where it is installed."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.adapters.clamd import ClamdAddress, ClamdScanner
from ingest.adapters.unscanned import Unscanned
from ingest.tool_ports import VirusScanner

_PATIENCE_SECONDS = 60
_MOST_BYTES = 1 << 30
_SIGNATURE = f"Benchmark.Nothing:0:*:{b'no file that is measured holds this'.hex()}\n"


def program() -> str | None:
    """Give the path of clamd, None where it is not installed (Debian: clamav-daemon)."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def scanner() -> Iterator[VirusScanner]:
    """Lend a scanner, with a clamd behind it that ends with the block; where there is none, files go unscanned."""
    found = program()
    if found is None:
        yield Unscanned()
        return
    # A socket's path must be short, shorter than many a scratch folder's.
    with TemporaryDirectory(prefix="earkiv-clamd-") as folder, _running(found, Path(folder)) as socket:
        address = ClamdAddress(path=str(socket))
        yield ClamdScanner(address=address, most_bytes=_MOST_BYTES, timeout_seconds=60, patience=timedelta(days=1))


@contextmanager
def _running(found: str, folder: Path) -> Iterator[Path]:
    socket, signatures, settings = folder / "socket", folder / "signatures", folder / "clamd.conf"
    signatures.mkdir()
    (signatures / "benchmark.ndb").write_text(_SIGNATURE, encoding="ascii")
    said = {
        "Foreground": "yes",
        "LocalSocket": socket,
        "DatabaseDirectory": signatures,
        "TemporaryDirectory": folder,
        "StreamMaxLength": _MOST_BYTES,
        "MaxScanSize": _MOST_BYTES,
        "MaxFileSize": _MOST_BYTES,
    }
    settings.write_text("".join(f"{name} {value}\n" for name, value in said.items()), encoding="utf-8")
    with (folder / "log").open("wb") as log:
        command = [found, "--config-file", str(settings)]
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _await(socket, process)
        yield socket
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)


def _await(socket: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("clamd did not start")
        time.sleep(0.05)

"""An embedded archive with staging and the first copy in S3, and a second copy in a folder; as a program it takes in.

`python -m tests.features.s3_archives HOME DIE-AT PATH…`, with the two addresses in the environment, kills itself at
that call to the S3 copy while an AIP is stored (0 = never).
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.adapters.directory import DirectoryStore
from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.store import S3Store
from ingest.adapters.secrets import Secret
from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import Archive, writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.pipeline.step import Ports
from tests.features import archives
from tests.servers.buckets import QUICK


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the archive's stores lie beside its home."""

    staging: S3Address
    archive: S3Address

    def environment(self) -> dict[str, str]:
        """Tell a child."""
        told = {"ENDPOINT": self.archive.endpoint or "", "KEY": self.archive.key_id}
        told |= {"SECRET": self.archive.secret.reveal(), "REGION": self.archive.region}
        told |= {"STAGING": self.staging.bucket, "ARCHIVE": self.archive.bucket}
        return {f"TEST_S3_{name}": value for name, value in told.items()}

    def fit(self, ports: Ports) -> Ports:
        """Put the stores in the place of those at home; what was the only copy is the second."""
        scratch = _scratch(ports)
        (at_home,) = ports.replicas
        return replace(
            ports,
            staging=S3Store(self.staging, "staging", scratch, QUICK),
            replicas=(S3Store(self.archive, "archive", scratch, QUICK), _Renamed(at_home, "archive-2")),
        )


def _scratch(ports: Ports) -> Path:
    (at_home,) = ports.replicas
    assert isinstance(at_home, DirectoryStore)
    return at_home.root.parent / "scratch"


class _Renamed(DirectoryStore):
    def __init__(self, store: Any, name: str) -> None:
        super().__init__(store.root, name)


@contextmanager
def opened(home: Path, places: Places) -> Iterator[Archive]:
    """Open the archive as its writer."""
    with writing(archives.settings_of(home), places.fit) as archive:
        yield archive


def hand_over(home: Path, places: Places, *paths: Path) -> tuple[archives.Receipt, ...]:
    """Take paths in after whatever an earlier run left, and give their receipts."""
    with opened(home, places) as archive:
        assert run_pending(archive.owner, archive.ports) == ()
        return tuple(ingest_path(path, DEFAULT_AGREEMENT, archive.owner, archive.ports) for path in paths)


class _Deadly(S3Store):
    """Dies at a call that writes below `ocfl/`."""

    calls = 0

    def __init__(self, address: S3Address, scratch: Path, die_at: int) -> None:
        super().__init__(address, "archive", scratch, QUICK)
        self._die_at = die_at

    def _count(self, key: str) -> None:
        self.calls += key.startswith("ocfl/")
        if self._die_at and self.calls == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def put(self, key: str, chunks: Any) -> Any:
        self._count(key)
        return super().put(key, chunks)

    def replace(self, key: str, content: bytes) -> None:
        self._count(key)
        super().replace(key, content)

    def open(self, key: str) -> Any:
        self._count(key)
        return super().open(key)


def places_told() -> Places:
    """Read what a parent tells."""
    told = {name: os.environ[f"TEST_S3_{name}"] for name in ("ENDPOINT", "KEY", "SECRET", "REGION")}
    staging, archive = (
        S3Address(
            bucket=os.environ[f"TEST_S3_{name}"],
            prefix="",
            endpoint=told["ENDPOINT"],
            region=told["REGION"],
            key_id=told["KEY"],
            secret=Secret(told["SECRET"]),
        )
        for name in ("STAGING", "ARCHIVE")
    )
    return Places(staging=staging, archive=archive)


def main() -> None:
    """Take in, and die where told."""
    home, die_at, *paths = sys.argv[1:]
    places = places_told()

    def fit(ports: Ports) -> Ports:
        fitted = places.fit(ports)
        return replace(fitted, replicas=(_Deadly(places.archive, _scratch(ports), int(die_at)), *fitted.replicas[1:]))

    with writing(archives.settings_of(Path(home)), fit) as archive:
        for path in paths:
            ingest_path(Path(path), DEFAULT_AGREEMENT, archive.owner, archive.ports)
    calls = next(store.calls for store in archive.ports.replicas if isinstance(store, _Deadly))
    sys.stdout.write(f"{calls}\n")


if __name__ == "__main__":
    main()

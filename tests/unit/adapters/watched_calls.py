"""What a store in a folder asks of the system: recorded, or refused."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Never

import pytest

from ingest.adapters.directory import DirectoryStore


def refuse(code: int) -> Callable[..., Never]:
    def refusal(*_: object, **__: object) -> Never:
        raise OSError(code, os.strerror(code))

    return refusal


def incoming(store: DirectoryStore) -> list[str]:
    return sorted(path.name for path in (store.root / ".incoming").iterdir())


def record_syncs(monkeypatch: pytest.MonkeyPatch, calls: list[str]) -> None:
    fsync, link, replace = os.fsync, os.link, os.replace

    def recorded_fsync(descriptor: int) -> None:
        calls.append("fsync folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "fsync file")
        fsync(descriptor)

    def recorded_link(src: str, dst: str, *, src_dir_fd: int, dst_dir_fd: int, follow_symlinks: bool) -> None:
        calls.append("link")
        link(src, dst, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd, follow_symlinks=follow_symlinks)

    def recorded_replace(src: str, dst: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        calls.append("replace")
        replace(src, dst, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "link", recorded_link)
    monkeypatch.setattr(os, "replace", recorded_replace)

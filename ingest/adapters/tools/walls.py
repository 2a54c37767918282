"""Walls that a process raises around itself before it becomes a tool: namespaces, Landlock, resource limits.

Linux offers each of them or not; what it does not offer is left out, and the caller is told which ones stand. Runs in a
process of its own that has just been made, and imports nothing but the standard library.
"""

import ctypes
import os
import resource
import struct
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LIBC: Final = ctypes.CDLL(None, use_errno=True)
_CLONE: Final = {"USERS": 0x10000000, "PROCESSES": 0x20000000, "NETWORK": 0x40000000}
_SYSTEM_V_IPC, _NEW_MOUNTS = 0x08000000, 0x00020000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_BIND, _MS_REC, _MS_PRIVATE = 2, 4, 8, 1 << 12, 1 << 14, 1 << 18
_PR_SET_NO_NEW_PRIVS, _PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 38, 1, 36

_SHARED: Final = tuple(path for path in (Path("/tmp"), Path("/var/tmp")) if path.is_dir())  # noqa: S108 - walled off
_MACHINE: Final = (Path("/proc/cpuinfo"), Path("/proc/meminfo"), Path("/proc/stat"))

# linux/landlock.h; the numbers of the calls are the same on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH, _VERSION = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_ALL_OF_1 = (1 << 13) - 1
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_SOCKETS = 1 << 9 | 1 << 5  # making one, and removing a file
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ON_A_FILE = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE


def enter_namespaces(wanted: Collection[str]) -> tuple[str, ...]:
    """Leave the users, processes and network of the system, as wanted; give the names of the layers that stand.

    The process itself stays where it is in the tree: its next child is the first of the new set of processes.
    """
    names = tuple(name for name in _CLONE if name in wanted)
    owner, group = os.geteuid(), os.getegid()
    if "USERS" in names and _LIBC.unshare(sum(_CLONE[name] for name in names) | _SYSTEM_V_IPC) == 0:
        _map_to_itself(owner, group)
        return names
    # Root in a container that has no user namespaces may still have the other ones, one by one.
    return tuple(name for name in names if name != "USERS" and _LIBC.unshare(_CLONE[name]) == 0)


def _map_to_itself(owner: int, group: int) -> None:
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{owner} {owner} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where a tool finds itself: its folder by the name that it knows, and what it may write and read.

    `sockets` are folders in which it may make sockets and remove files: LibreOffice insists on a socket in `/tmp`.
    """

    folder: Path
    writable: tuple[Path, ...]
    sockets: tuple[Path, ...]
    readable: tuple[Path, ...]


def move_in(folder: Path, needed: Collection[Path]) -> House:
    """Let the tool see its own processes alone, its own `tmp` as everybody's, and no socket of a service.

    What is `needed` stays in sight. Where no file system can be mounted, the tool stays where it is and sees nothing of
    other processes at all.
    """
    calm = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    if _LIBC.unshare(_NEW_MOUNTS) != 0 or not _mount(b"none", "/", None, _MS_REC | _MS_PRIVATE):
        return stay_in(folder)
    own = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    if not _mount(b"proc", "/proc", b"proc", calm) or not _mount(b"none", "/run", b"tmpfs", _MS_NOSUID | _MS_NODEV):
        return stay_in(folder)
    work = Path("/run/work")
    work.mkdir(mode=0o700)
    _require(0 if _mount(b"/proc/self/fd/%d" % own, str(work), None, _MS_BIND) else -1, "bind")
    os.close(own)
    shared = tuple(path for path in _SHARED if not any(one.is_relative_to(path) for one in needed))
    for path in shared:
        _require(0 if _mount(os.fsencode(work / "tmp"), str(path), None, _MS_BIND) else -1, "bind")
    left = tuple(path for path in _SHARED if path not in shared)
    return House(folder=work, writable=(work, *shared), sockets=left, readable=(Path("/proc"),))


def stay_in(folder: Path) -> House:
    """Leave the tool where it is."""
    return House(folder=folder, writable=(folder,), sockets=_SHARED, readable=_MACHINE)


def _mount(source: bytes, target: str, kind: bytes | None, flags: int) -> bool:
    return bool(_LIBC.mount(source, os.fsencode(target), kind, flags, None) == 0)


def restrict_files(house: House, writable: Iterable[Path], readable: Iterable[Path]) -> bool:
    """Allow this process and its children nothing but the house and these; False where there is no Landlock."""
    version = _LIBC.syscall(_CREATE_RULESET, None, 0, _VERSION)
    if version < 1:
        return False
    every = _ALL_OF_1 | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)  # noqa: PLR2004
    attributes = ctypes.create_string_buffer(struct.pack("=Q", every))
    ruleset = _LIBC.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(8), 0)
    if ruleset < 0:
        return False
    granted = (
        (every, (*house.writable, *writable)),
        (_READ, (*house.readable, *readable)),
        (_SOCKETS, house.sockets),
    )
    for rights, paths in granted:
        for path in paths:
            _allow(ruleset, path, rights)
    _require(_LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    _require(_LIBC.syscall(_RESTRICT_SELF, ruleset, 0), "landlock_restrict_self")
    os.close(ruleset)
    return True


def _allow(ruleset: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        granted = rights if path.is_dir() else rights & _ON_A_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", granted, descriptor))
        _require(_LIBC.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0), f"landlock_add_rule {path}")
    finally:
        os.close(descriptor)


def limit_resources(*, file_bytes: int, processes: int | None, data: int | None) -> None:
    """Set the kernel's own limits: size of a file, no core; processes, and data of each of them, where given."""
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_NPROC: processes,
        resource.RLIMIT_DATA: data,
    }
    for kind, most in limits.items():
        if most is not None:
            _, hard = resource.getrlimit(kind)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (allowed, allowed))


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, so that none is lost from sight."""
    _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent(signal: int) -> None:
    """Get that signal when the parent ends."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal, 0, 0, 0)


def _require(result: int, call: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), f"{call}: {os.strerror(ctypes.get_errno())}")

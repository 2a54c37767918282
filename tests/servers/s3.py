"""A real S3 for tests: one throw-away Ceph (monitor, storage daemon, RADOS gateway) on loopback, from Debian packages.

`with ceph(folder) as server:` starts it and ends its three processes by their ids. One cluster per run of tests, a new
bucket per test. Without pytest: `python -m tests.servers.s3 FOLDER` prints the address and stops at end of input.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = ("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "monmaptool", "ceph-authtool")
PACKAGES = "radosgw ceph-mon ceph-osd ceph-common"
READER = "reader"
"""The user who owns nothing, as policies of buckets name it."""
_SETUP_SECONDS, _START_SECONDS, _STOP_SECONDS = 120, 120, 30
_CAPABILITIES = {
    "mon.": ("mon", "allow *"),
    "client.admin": ("mon", "allow *", "osd", "allow *", "mgr", "allow *"),
    "osd.0": ("mon", "allow profile osd", "osd", "allow *"),
    "client.rgw.a": ("mon", "allow rw", "osd", "allow rwx"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Server:
    """Where a test's S3 answers, and with which keys; `reader` is a user who owns nothing, by key id and secret."""

    endpoint: str
    key_id: str
    secret: str
    region: str = "default"
    reader: tuple[str, str] | None = None


def given() -> S3Server | None:
    """Read a server that runs already from EARKIV_TEST_S3: endpoint, key id, secret, and those of a reader."""
    words = os.environ.get("EARKIV_TEST_S3", "").split()
    if not words:
        return None
    reader = (words[3], words[4]) if words[3:] else None
    return S3Server(endpoint=words[0], key_id=words[1], secret=words[2], reader=reader)


def missing() -> tuple[str, ...]:
    """Name the programs that are not installed."""
    return tuple(program for program in PROGRAMS if shutil.which(program) is None)


@contextmanager
def ceph(folder: Path, shards: int = 1) -> Iterator[S3Server]:
    """Run a new cluster in a folder of its own within the `with` block.

    Each bucket's index has so many shards: one is quickest to make, and too few for hundreds of thousands of objects.
    """
    cluster = _Cluster(folder, shards, *_free_ports(3))
    server = S3Server(
        endpoint=f"http://127.0.0.1:{cluster.port}",
        key_id="AKIDTEST",
        secret=uuid.uuid4().hex,
        reader=("AKIDREADER", uuid.uuid4().hex),
    )
    try:
        cluster.create(server)
        yield server
    finally:
        cluster.stop()


class _Cluster:
    def __init__(self, folder: Path, shards: int, port: int, *mon_ports: int) -> None:
        self._folder, self.port, self._mon_ports = folder.absolute(), port, mon_ports
        self._shards = shards
        self._running: list[subprocess.Popen[bytes]] = []
        user = pwd.getpwuid(os.getuid()).pw_name
        self._as_me = ("--setuser", user, "--setgroup", user, "-f")

    def create(self, server: S3Server) -> None:
        for name in ("mon", "osd", "rgw", "log", "asok"):
            (self._folder / name).mkdir(parents=True)
        fsid, osd = str(uuid.uuid4()), str(uuid.uuid4())
        (self._folder / "ceph.conf").write_text(self._configuration(fsid), encoding="utf-8")
        keyring, monmap = str(self._folder / "keyring"), str(self._folder / "monmap")
        for number, (name, capabilities) in enumerate(_CAPABILITIES.items()):
            pairs = zip(capabilities[::2], capabilities[1::2], strict=True)
            said = [word for pair in pairs for word in ("--cap", *pair)]
            new = ["--create-keyring"] if number == 0 else []
            self._do("ceph-authtool", *new, keyring, "--gen-key", "-n", name, *said)
        both = ",".join(f"v{n}:127.0.0.1:{port}" for n, port in zip((2, 1), self._mon_ports, strict=True))
        self._do("monmaptool", "--create", "--fsid", fsid, "--addv", "a", f"[{both}]", monmap)
        self._do("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap, "--keyring", keyring)
        self._start("ceph-mon", "-i", "a", *self._as_me)
        self._do("ceph", "osd", "new", osd, "0")
        self._do("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd)
        self._do("ceph", "osd", "crush", "add", "0", "1.0", "root=default")
        self._start("ceph-osd", "-i", "0", *self._as_me)
        self._start("radosgw", "-n", "client.rgw.a", *self._as_me)
        self._await_gateway()
        self._add_user("test", server.key_id, server.secret)
        if server.reader is not None:
            self._add_user(READER, *server.reader)

    def _add_user(self, name: str, key_id: str, secret: str) -> None:
        who = ("--uid", name, "--display-name", name, "--access-key", key_id, "--secret", secret)
        self._do("radosgw-admin", "-n", "client.rgw.a", "user", "create", *who)

    def stop(self) -> None:
        for process in reversed(self._running):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "CEPH_CONF": str(self._folder / "ceph.conf")}

    def _do(self, *command: str) -> None:
        with (self._folder / "log" / "setup").open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, env=self._environment(), timeout=_SETUP_SECONDS)

    def _start(self, *command: str) -> None:
        with (self._folder / "log" / "daemons").open("ab") as log:
            self._running.append(
                subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment())
            )

    def _await_gateway(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                if time.monotonic() > deadline or self._running[-1].poll() is not None:
                    raise
            time.sleep(0.2)

    def _configuration(self, fsid: str) -> str:
        v2, v1 = self._mon_ports
        here = self._folder
        return "\n".join(
            [
                "[global]",
                f"fsid = {fsid}",
                f"keyring = {here}/keyring",
                f"mon host = [v2:127.0.0.1:{v2},v1:127.0.0.1:{v1}]",
                "public addr = 127.0.0.1",
                "cluster addr = 127.0.0.1",
                "ms bind ipv6 = false",
                *(f"auth {who} required = cephx" for who in ("cluster", "service", "client")),
                *(f"osd pool default {what}" for what in ("size = 1", "min size = 1", "pg num = 4", "pgp num = 4")),
                "osd pool default pg autoscale mode = off",
                "osd crush chooseleaf type = 0",
                "mon allow pool size one = true",
                "mon max pg per osd = 1000",
                "mon data avail crit = 1",
                "mon data avail warn = 2",
                f"run dir = {here}",
                f"crash dir = {here}",
                f"log file = {here}/log/$name.log",
                f"admin socket = {here}/asok/$name.asok",
                "[mon.a]",
                f"mon data = {here}/mon",
                "[osd.0]",
                f"osd data = {here}/osd",
                "osd objectstore = bluestore",
                "osd class update on start = false",
                "bluestore block size = 21474836480",
                "osd memory target = 939524096",
                "bluestore cache autotune = false",
                "bluestore cache size = 134217728",
                "[client.rgw.a]",
                f"rgw frontends = beast endpoint=127.0.0.1:{self.port}",
                f"rgw data = {here}/rgw",
                "rgw thread pool size = 64",
                f"rgw override bucket index max shards = {self._shards}",
                "",
            ]
        )


def _free_ports(count: int) -> tuple[int, ...]:
    found = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return tuple(each.getsockname()[1] for each in found)
    finally:
        for each in found:
            each.close()


def main() -> None:
    """Run a cluster in the folder named on the command line until standard input ends."""
    with ceph(Path(sys.argv[1])) as server:
        words = (server.endpoint, server.key_id, server.secret, *(server.reader or ()))
        sys.stdout.write(f"{' '.join(words)}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()

"""Put, copy and read an object of the size named, and print what memory that took (a program for a test).

`ENDPOINT KEY-ID SECRET REGION BUCKET SCRATCH MIB` → peak resident MiB before any object, and after all of it.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from ingest.adapters.files import CHUNK, fixity_of
from ingest.adapters.s3.store import S3Store
from tests.servers.buckets import QUICK, address_of
from tests.servers.s3 import S3Server


def chunks(mib: int) -> Iterator[bytes]:
    """Give so many MiB, each different from all others."""
    block = hashlib.shake_256(b"block").digest(CHUNK - 8)
    return (number.to_bytes(8, "big") + block for number in range(mib))


def peak() -> int:
    """Give the peak of this program in MiB; what `getrusage` says has the parent's in it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) >> 10


def main() -> None:
    """Do it."""
    endpoint, key_id, secret, region, bucket, scratch, mib = sys.argv[1:]
    server = S3Server(endpoint=endpoint, key_id=key_id, secret=secret, region=region)
    store = S3Store(address_of(server, bucket), "archive", Path(scratch), QUICK)
    store.put("small", [b"x"])
    before = peak()
    fixity = store.put("large", chunks(int(mib)))
    store.adopt("copy", store, "large", fixity)
    with store.open("copy") as stream:
        assert fixity_of(stream) == fixity
    store.delete(["large", "copy"])
    sys.stdout.write(f"{before} {peak()}\n")


if __name__ == "__main__":
    main()

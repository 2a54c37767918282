"""A worker that takes a lease and sleeps. Arguments: database, delivery, owner; prints the fence, 0 for none."""

import sys
import time

from ingest.adapters.sql.catalogue import open_catalogue
from ingest.adapters.sql.processes import worker_here

if __name__ == "__main__":
    address, delivery, owner = sys.argv[1:]
    with open_catalogue(address) as catalogue:
        catalogue.enrol(worker_here(owner))
        lease = catalogue.acquire(delivery, owner)
        print(lease.fence if lease else 0, flush=True)  # noqa: T201 - the answer to the test
        time.sleep(60)

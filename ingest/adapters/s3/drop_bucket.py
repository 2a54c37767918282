"""A bucket in which systems that can only write objects leave their deliveries, and find their receipts.

    in/        where they write: a package `X` or all that is below `X/`, its note `X.json`, and last `X.ready`
    taken/     the claims: a small object for each drop that is being taken in, with the objects it is made of
    done/      what was accepted, in a folder of its own, with `receipt.json` beside it (or `earkiv-receipt.json`)
    refused/   what was refused, likewise

Objects cannot be moved, so a drop stays where it is until it is decided. Its claim is put where there is none: of
several watchers one makes it, and all may go on with it, for the archive gives the same delivery the same receipt. To
file a drop it is copied, then the receipt is put, then what was claimed and is still the same goes from `in/`, then
the claim. Until the receipt is there all of it is done anew; from then on the rest is. A note that another drop in
`in/` has too goes with the last of them. Nothing else is ever removed.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from ingest.adapters.drop_names import (
    READY,
    marked_among,
    may_be_taken,
    notes_of,
    receipt_of,
    shares_note,
    unmarked_among,
)
from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.bucket import Bucket
from ingest.adapters.s3.client import Patience
from ingest.adapters.s3.drop_claims import DropClaim, Seen, drop_of, read_claim, snapshots_of
from ingest.adapters.s3.dropped import DroppedObjects, changed, read_as_seen
from ingest.adapters.s3.multipart import PART, resume
from ingest.adapters.s3.side_by_side import side_by_side
from ingest.drop_ports import Claim, Filed, Snapshot
from ingest.errors import DamageFound, EarkivError

_LOOK_SECONDS: Final = 10.0
_MOST_KEY_BYTES: Final = 1024
_CLAIM: Final = re.compile(r"[0-9a-f]{32}\.json")


class DropBucket:
    """The four folders below a prefix of a bucket."""

    def __init__(self, address: S3Address, patience: Patience | None = None) -> None:
        """Ask nothing of it yet."""
        self._bucket = Bucket(address, patience or Patience())
        self._address = address
        self._in, self._taken = f"{address.prefix}in/", f"{address.prefix}taken/"

    @property
    def shown(self) -> str:
        """How a person is told of the bucket."""
        return f"s3://{self._address.bucket}/{self._address.prefix}".rstrip("/")

    @property
    def look_seconds(self) -> float:
        """How long to wait between two looks, each of which costs a request or two."""
        return _LOOK_SECONDS

    def marked(self) -> tuple[str, ...]:
        """List the drops whose marker is there and that nobody has claimed, in the order of their names."""
        objects, folders = self._bucket.names(self._in)
        return tuple(name for name in self._unclaimed(marked_among(objects)) if name in objects | folders)

    def unmarked(self) -> Mapping[str, Snapshot]:
        """Give what could be a drop but has no marker, each as it looks now."""
        listed = tuple(self._listed(""))
        names = unmarked_among(one.key.partition("/")[0] for one in listed)
        return snapshots_of(self._unclaimed(names), listed)

    def _unclaimed(self, names: tuple[str, ...]) -> tuple[str, ...]:
        wanted = tuple(name for name in names if may_be_taken(name))
        claimed = self._bucket.names(self._taken)[0] if wanted else frozenset()
        return tuple(name for name in wanted if _claim_name(name) not in claimed)

    def claim(self, name: str, place: str) -> None:
        """Make a drop ours as it is listed now; one that has been claimed by now, or filed, is left alone."""
        objects = self._objects_of(name)
        if objects:
            claim = DropClaim(name=name, place=place, objects=objects)
            self._bucket.put_object(self._taken + _claim_name(name), claim.written())

    def resume(self) -> None:
        """File to its end what a kill cut off after its receipt, and let claims go whose objects are others by now."""
        for claim in self._read_claims():
            is_whole = self._objects_of(claim.name) == claim.objects
            # Looked for last: what goes from `in/` once a receipt is there was there when the receipt was not.
            if self._receipt_key(claim) is not None:
                self._clear(claim)
            elif not is_whole:
                self._let_go(claim)

    def claims(self) -> Iterator[Claim]:
        """Give every drop that is claimed and not filed yet, oldest first."""
        for claim in sorted(self._read_claims(), key=lambda one: one.place):
            # What could not be put away is not taken in either.
            beyond = claim.beyond(self._folder_of(claim, Filed.REFUSED), _MOST_KEY_BYTES)
            source = DroppedObjects(self._bucket, self._in, claim, beyond)
            yield Claim(place=claim.place, name=claim.name, source=source)

    def holds(self, claim: Claim) -> bool:
        """Say whether the claim still waits to be filed: another watcher may have filed it."""
        return self._held(claim.name, claim.place) is not None

    def file(self, claim: Claim, receipt: bytes, into: Filed) -> None:
        """Put a drop away with its receipt beside it; what another watcher has filed stays as it is.

        Raises SourceUnreadable where its producer has changed it since it was claimed.
        """
        held = self._held(claim.name, claim.place)
        if held is None:
            return
        if self._receipt_key(held) is None:
            try:
                self._put_away(held, receipt, into)
            except EarkivError:
                if self.holds(claim) and self._receipt_key(held) is None:
                    raise
        self._clear(held)

    def _put_away(self, claim: DropClaim, receipt: bytes, into: Filed) -> None:
        folder = self._folder_of(claim, into)
        side_by_side(partial(self._copy, one, folder + one.key) for one in claim.objects)
        self._bucket.put_object(folder + receipt_of(claim.name), receipt)

    def _copy(self, seen: Seen, to: str) -> None:
        if seen.size < PART:
            self._bucket.replace(to, b"".join(read_as_seen(self._bucket, self._in, seen)))
            return
        upload = resume(self._bucket, to)
        if self._is_still(seen):
            upload.copy(self._bucket, self._in + seen.key, seen.size)
        if not self._is_still(seen):
            upload.abort()
            raise changed(seen.key)
        upload.complete(lambda: (there := self._bucket.head(to)) is not None and there.size == seen.size)

    def _is_still(self, seen: Seen) -> bool:
        found = self._bucket.head(self._in + seen.key)
        return found is not None and found.etag == seen.etag

    def _clear(self, claim: DropClaim) -> None:
        """Take away what was claimed and is still the same, then the claim.

        The note goes last: of two that clear at once, each whose package is gone by then, one finds it shared no more.
        """
        same = frozenset(self._around(claim.name)) & frozenset(claim.objects)
        self._bucket.remove(self._in + one.key for one in claim.leaving if one in same and one != claim.note)
        if claim.note in same and not self._is_shared(claim.note, claim.name):
            self._bucket.remove((self._in + claim.note.key,))
        self._let_go(claim)

    def _is_shared(self, note: Seen, drop: str) -> bool:
        beginning = note.key.rpartition(".")[0]
        objects, folders = self._bucket.names(self._in + beginning)
        return shares_note(note.key, drop, (beginning + rest for rest in objects | folders))

    def _let_go(self, claim: DropClaim) -> None:
        if self._held(claim.name, claim.place):
            self._bucket.remove((self._taken + _claim_name(claim.name),))

    def _receipt_key(self, claim: DropClaim) -> str | None:
        keys = (self._folder_of(claim, into) + receipt_of(claim.name) for into in Filed)
        return next((key for key in keys if self._bucket.head(key) is not None), None)

    def _folder_of(self, claim: DropClaim, into: Filed) -> str:
        return f"{self._address.prefix}{into.value}/{claim.place}/"

    def _held(self, name: str, place: str) -> DropClaim | None:
        """Read the claim of that place, None when it is gone; another to the same name is of a later drop."""
        found = self._read_claim(_claim_name(name))
        return found if found is not None and found.place == place else None

    def _read_claims(self) -> Iterator[DropClaim]:
        for name in sorted(self._bucket.names(self._taken)[0]):
            if _CLAIM.fullmatch(name) and (claim := self._read_claim(name)):
                yield claim

    def _read_claim(self, name: str) -> DropClaim | None:
        content = self._bucket.content(self._taken + name)
        try:
            return None if content is None else read_claim(content)
        except ValueError as error:
            place = f"{self.shown}/taken/{name}"
            raise DamageFound(
                f"{place} är ingen märkning av arkivets.", f"{place} is no claim of the archive."
            ) from error

    def _objects_of(self, name: str) -> tuple[Seen, ...]:
        return drop_of(name, self._around(name))

    def _around(self, name: str) -> tuple[Seen, ...]:
        """List what may be of a drop: its package, its marker, its notes."""
        beside = [one for key in (name, name + READY, *notes_of(name)) for one in self._exactly(key)]
        below = () if any(one.key == name for one in beside) else tuple(self._listed(f"{name}/"))
        return (*beside, *below)

    def _exactly(self, key: str) -> Iterator[Seen]:
        """Look at one key by a listing: what tells its time as all other listings do."""
        first = next(self._listed(key), None)
        if first is not None and first.key == key:
            yield first

    def _listed(self, below: str) -> Iterator[Seen]:
        for one in self._bucket.listed(self._in + below):
            yield Seen(key=one.key.removeprefix(self._in), size=one.size, etag=one.etag, at=one.at.isoformat())


def _claim_name(drop: str) -> str:
    """Give the claim's name: short and plain whatever the drop is called."""
    return f"{hashlib.sha256(drop.encode()).hexdigest()[:32]}.json"

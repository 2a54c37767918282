"""Uploads over the network on their way in: under this process's lease, and let go unless they become deliveries.

Nobody can go on with one that was cut off, for its sender sends it anew. What cannot be let go at once, since the
catalogue or staging does not answer, is let go by `tidy`; so is what a process left that died.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from ingest.application.handing_over import discard, taken_over
from ingest.application.room import Room
from ingest.application.within_quota import require_fit
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.deliveries import Delivery, DeliveryState, SourceContainer
from ingest.errors import EarkivError, LeaseLost, ObjectMissing, UnknownSubject, logged_of
from ingest.pipeline.names import RECEIVE_SUBMISSION
from ingest.pipeline.step import Ports
from ingest.ports import Lease

logger = logging.getLogger(__name__)

_ARRIVING: Final = SourceContainer(name="", kind="arriving")
"""The source of an upload of which nothing is known yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An upload that this process is landing; `request_key` is what its sender calls the request, if it calls it.

    `most_bytes` is how many bytes it counts for in its sender's quota, and may have; None is without bound.
    """

    upload: Delivery
    lease: Lease
    request_key: str | None = None
    most_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends: a registered producer, None where none is known, and the agreement that it sends under by default.

    `request_key` is the sender's own name for this request (Idempotency-Key), None when it has none.
    """

    producer: str | None
    agreement: SubmissionAgreement
    request_key: str | None = None


class Arrivals:
    """All that is arriving at this process, from any of its threads."""

    def __init__(self, owner: str, ports: Ports) -> None:
        """Take leases as `owner`."""
        self._owner = owner
        self._ports = ports
        self._under_way: set[str] = set()
        self._left: dict[str, Lease | None] = {}
        self.room = Room(ports)

    def arriving(self, sender: Sender, stated: int | None, uploaded: int = 0) -> AbstractContextManager[Arrival]:
        """Open an upload for the `with` block; what has not become a delivery at its end is let go.

        `stated` is how many bytes its request says that it brings, `uploaded` how many were uploaded for it before.
        Which agreement it comes under may turn out while it lands. Raises QuotaReached and QuotaTooSmall before
        anything of it is kept, EarkivError.
        """
        catalogue = self._ports.catalogue
        most = self._quota_of(sender.producer) if stated is None else stated
        return self._opened(
            sender, lambda upload: require_fit(catalogue.open_within_quota(upload, stated, uploaded)), most
        )

    def begun_here(self, sender: Sender) -> AbstractContextManager[Arrival]:
        """Open in a sender's name what the archive itself begins, as `arriving` does but outside any quota.

        Raises EarkivError.
        """
        return self._opened(sender, self._ports.catalogue.open_upload, None)

    @contextmanager
    def _opened(self, sender: Sender, register: Callable[[Delivery], None], most: int | None) -> Iterator[Arrival]:
        upload = self._upload(sender)
        lease: Lease | None = None
        self._under_way.add(upload.id)
        try:
            register(upload)
            lease = self._leased(upload.id)
            yield Arrival(upload=upload, lease=lease, request_key=sender.request_key, most_bytes=most)
        except LeaseLost:
            self._clear(upload.id)
            raise
        except (UnknownSubject, ObjectMissing) as fault:
            if lease is None or self._ports.catalogue.holds(lease):
                raise
            # This process gave no sign of life for so long that another one's `tidy` let its upload go.
            self._clear(upload.id)
            raise _cleared_away(upload.id) from fault
        finally:
            self._end(upload.id, lease)

    def _quota_of(self, producer: str | None) -> int | None:
        return next((quota.bytes for quota in self._ports.catalogue.quotas() if quota.producer == producer), None)

    def _leased(self, upload_id: str) -> Lease:
        """Take the lease of an upload that is open. Raises LeaseLost, EarkivError.

        A process that sleeps between the two may find that another one's `tidy` took the upload for left behind.
        """
        try:
            lease = self._ports.catalogue.acquire(upload_id, self._owner)
        except UnknownSubject:
            lease = None
        if lease is None:
            raise _cleared_away(upload_id)
        return lease

    def _upload(self, sender: Sender) -> Delivery:
        return Delivery(
            id=self._ports.ids.new(),
            state=DeliveryState.UPLOADING,
            step=RECEIVE_SUBMISSION,
            version=1,
            received_at=self._ports.clock.now(),
            source=_ARRIVING,
            agreement=sender.agreement.id,
            agreement_version=sender.agreement.version,
            sender=sender.producer,
        )

    def _end(self, upload_id: str, lease: Lease | None) -> None:
        """Let an upload go unless it is settled. A fault in that is no reason for another answer to the sender."""
        try:
            self._let_go(upload_id, lease)
        except EarkivError as fault:
            logger.warning("an upload is let go later", extra={"delivery": upload_id, **logged_of(fault)})
            self._left[upload_id] = lease
        finally:
            self._under_way.discard(upload_id)

    def _clear(self, upload_id: str) -> None:
        """Take away what this process has staged since another one let its upload go: nobody else knows of it."""
        with suppress(EarkivError):
            self._ports.staging.delete(tuple(self._ports.staging.keys(f"{upload_id}/")))

    def _let_go(self, upload_id: str, lease: Lease | None) -> None:
        try:
            found = self._ports.catalogue.delivery(upload_id)
        except UnknownSubject:
            return
        if found.state is DeliveryState.UPLOADING:
            discard(found, self._ports)
        if lease is not None:
            self._ports.catalogue.release(lease)

    def tidy(self) -> None:
        """Let go what could not be let go before, and what processes left that are dead. Raises EarkivError."""
        for upload_id, lease in tuple(self._left.items()):
            self._let_go(upload_id, lease)
            self._left.pop(upload_id, None)
        ours = frozenset(self._under_way)
        for upload in self._ports.catalogue.unfinished():
            if _is_arriving(upload) and upload.id not in ours | self._under_way:
                self._take_away(upload)

    def _take_away(self, upload: Delivery) -> None:
        if taken_over(upload, self._owner, self._ports) is not None:
            discard(upload, self._ports)
            logger.info("an upload was left by a process that is gone, and is let go", extra={"delivery": upload.id})


def _is_arriving(upload: Delivery) -> bool:
    return upload.state is DeliveryState.UPLOADING and upload.source == _ARRIVING


def _cleared_away(upload_id: str) -> LeaseLost:
    return LeaseLost(
        f"Uppladdningen {upload_id} har redan städats bort; skicka på nytt.",
        f"The upload {upload_id} has been cleared away already; send it anew.",
    )

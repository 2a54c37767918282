"""What the network service asks of the outside world: who calls, what comes, whose turn it is, who is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from ingest.domain.deliveries import Delivery
from ingest.domain.keys import ApiKey
from ingest.domain.quotas import Fit, Quota
from ingest.domain.receivers import ReceiverFault
from ingest.domain.sign_in import SignInFlow
from ingest.domain.uploads import Part, Segment, SentPart, Upload
from ingest.domain.webhooks import Answer, Message, Notice, Subscription


class KeyLedger(Protocol):
    """The keys that producers' systems show to the API."""

    def add_key(self, key: ApiKey) -> None:
        """Record a key; the same again is no error."""

    def api_keys(self) -> tuple[ApiKey, ...]:
        """List every key, revoked ones too, oldest first."""

    def key_of(self, sha256: str) -> ApiKey | None:
        """Give the key with that hash, None when there is none."""

    def revoke_key(self, key_id: str, at: datetime) -> None:
        """Let a key open nothing from now on; one revoked before keeps its time. Raises UnknownSubject."""

    def note_use(self, key_id: str, at: datetime) -> None:
        """Remember that a key was used, exact to the hour. Raises UnknownSubject."""

    def claim_request(self, sender: str, name: str, content: str, at: datetime) -> bool:
        """Let a sender's name for a request stand for this content; False when it stands for other content."""


class IdentityProvider(Protocol):
    """Who vouches for clients that show a token instead of a key of the archive's."""

    issuer: str
    """By what name the provider signs."""

    def client_of(self, token: str, now: datetime) -> str | None:
        """Give the client that a token names, None when it proves nothing. Raises IdentityProviderUnavailable."""


class PeopleProvider(Protocol):
    """Where people sign in for the archivist's desk."""

    def address(self, flow: SignInFlow, redirect: str) -> str:
        """Give where a browser signs in, to come back to `redirect`. Raises IdentityProviderUnavailable."""

    def claims(self, code: str, flow: SignInFlow, redirect: str, now: datetime) -> Mapping[str, Any] | None:
        """Redeem a code for what is proven of a person, None where it proves nothing.

        Raises IdentityProviderUnavailable.
        """


class UploadLedger(Protocol):
    """Resumable uploads, and how far each has come."""

    def upload(self, upload_id: str) -> Upload:
        """Give an upload. Raises UnknownSubject."""

    def begin_direct(self, upload_id: str, begun: str) -> Upload:
        """Note the store's id for a direct upload that was just begun, and give the upload. Raises UnknownSubject."""

    def extend_upload(self, upload_id: str, offset: int, segments: tuple[Segment, ...]) -> bool:
        """Add what has come after the first `offset` bytes; False when others have come meanwhile.

        Raises UnknownSubject.
        """

    def bytes_to_come(self, now: datetime) -> int:
        """Say how many bytes of all uploads whose time is not over were announced and have not come yet."""

    def forget_upload(self, upload_id: str) -> None:
        """Strike an upload off; one that is gone already is no error."""

    def expired_uploads(self, now: datetime) -> tuple[Upload, ...]:
        """List the uploads whose time was over before `now`."""


class DirectStore(Protocol):
    """Staging as producers reach it by themselves: they put an object there in parts, by addresses that are signed.

    Nobody sees an object before it is completed, and nobody but the archive completes it.
    """

    def begin(self, key: str) -> str:
        """Begin an object that comes in parts, and give the store's id for that."""

    def address(self, key: str, begun: str, part: Part, lasting: timedelta) -> str:
        """Sign the address to which exactly that part may be put for so long. It is a secret, and in no log."""

    def sent(self, key: str, begun: str) -> tuple[SentPart, ...] | None:
        """List the parts that have come, in order; None where it was completed or given up."""

    def complete(self, key: str, begun: str, parts: Sequence[SentPart]) -> bool:
        """Make these parts the object under the key; False where it was given up; where completed before, either.

        Raises StoreUnavailable where a part was put anew meanwhile, or a store cannot tell that it was given up.
        """

    def give_up(self, folder: str) -> None:
        """Free the parts of all that was begun and not completed below a folder (ending in `/`)."""

    def under_way(self, folder: str) -> tuple[str, ...]:
        """List the keys below a folder that were begun and not completed, sorted."""


class WebhookLedger(Protocol):
    """What producers are told of their deliveries, and how far each of their receivers has come.

    News enter a producer's feed in the transaction that commits the transition they tell (`DeliveryLedger.commit`), and
    are numbered there without gaps.
    """

    def add_subscription(self, subscription: Subscription) -> None:
        """Record a subscription; the same again is no error."""

    def add_subscription_within(self, most: int, subscription: Subscription) -> bool:
        """Record a new subscription unless its producer has `most` of them, also when many are made at once."""

    def subscription(self, subscription_id: str) -> Subscription:
        """Give a subscription. Raises UnknownSubject."""

    def subscriptions(self) -> tuple[Subscription, ...]:
        """List every subscription, oldest first."""

    def amend_subscription(
        self, subscription_id: str, change: Callable[[Subscription], Subscription | None]
    ) -> Subscription | None:
        """Put in its place what `change` makes of it, while nobody else can; None leaves it, and is given back.

        Raises UnknownSubject, and what `change` raises.
        """

    def remove_subscription(self, subscription_id: str) -> None:
        """Strike a subscription off; one that is gone already is no error."""

    def due_subscriptions(self, now: datetime, limit: int) -> tuple[str, ...]:
        """List the ids of those that have something to be sent by `now`, who waits longest first."""

    def newest_notice(self, producer: str | None) -> int:
        """Give the number of the last notice in a producer's feed, 0 before the first."""

    def notices(self, producer: str | None, after: int, limit: int) -> tuple[Notice, ...]:
        """List the notices of a feed behind number `after` that are still kept, in order, at most `limit`."""

    def all_notices(self) -> tuple[Notice, ...]:
        """List every notice that is kept, by feed and number."""

    def add_notices(self, notices: Sequence[Notice]) -> None:
        """Put notices in their places (`rebuild` only); the same again is no error."""

    def forget_notices(self, before: datetime) -> int:
        """Forget the notices from before then, and say how many they were."""


class WebhookSender(Protocol):
    """Sends messages to receivers on the network, and to nowhere else than the operator allows."""

    def fault_of(self, url: str, producer: str | None) -> ReceiverFault | None:
        """Say why a producer's messages may not go to a URL; None when all that can be known without asking is well."""

    def send(self, message: Message) -> Answer:
        """Send a message once, within bounds of time. What goes wrong over there is an answer, never an exception."""


class QuotaLedger(Protocol):
    """How much producers may have under way, and uploads that begin within that, also when many begin at once."""

    def set_quota(self, quota: Quota) -> None:
        """Let a quota hold from now on, in place of any other of its producer; one without bounds lifts it."""

    def quotas(self) -> tuple[Quota, ...]:
        """List the quotas by producer."""

    def open_within_quota(self, upload: Delivery, stated: int | None, uploaded: int = 0) -> Fit:
        """Register an upload (state `uploading`) unless it does not fit into its producer's quota now.

        It counts for the bytes that its request states, and for those uploaded before: what they count for as an upload
        is let in already, what they count for in other deliveries is not.
        """

    def count_uploaded(self, upload: Delivery, uploaded: int) -> Fit:
        """Count for a delivery that is arriving so many bytes of its sender's own uploads, unless they do not fit.

        What the uploads count for themselves is let in already; each delivery that uses them counts for them anew.
        """

    def begin_within_quota(self, upload: Upload) -> Fit:
        """Record an upload of which nothing has come yet unless it does not fit into its producer's quota now.

        Nor does one more where the producer has `MOST_OPEN` that are not whole, or `MOST_KEPT` in all.
        """


class QueueLedger(Protocol):
    """Whose turn it is: each producer's deliveries come by age, and producers take turns, however many each has."""

    def runnable(self) -> Iterator[str]:
        """Give deliveries that a worker could take now (not final, not held, no living lease) in their turn."""

    def step_back(self, delivery_id: str) -> None:
        """Let a delivery go behind all others of its producer; one that is gone is no error."""

    def make_way(self, delivery_id: str) -> None:
        """Let a delivery go behind all whose turn has come; one that is gone is no error."""

    def has_come(self, delivery_id: str) -> bool:
        """Say whether a delivery's turn has come: one that is as late or later has been taken already."""

    def place(self, delivery_id: str) -> int | None:
        """Say how many others have their turn before it, those under way too; None unless it waits for a worker."""

    def place_among_own(self, delivery_id: str) -> int | None:
        """Say how many others of its producer have their turn before it, as `place` does of all."""

    def decided_lately(self, limit: int) -> tuple[datetime, ...]:
        """Give when the last deliveries were decided, at most `limit` of them, newest first."""


class NetworkLedger(KeyLedger, UploadLedger, QuotaLedger, QueueLedger, WebhookLedger, Protocol):
    """All that the network service asks of the catalogue beyond deliveries."""

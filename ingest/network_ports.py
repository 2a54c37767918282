"""What the API asks of the catalogue beyond deliveries: who calls, what is being uploaded; a part of `ingest.ports`."""

from datetime import datetime
from typing import Protocol

from ingest.domain.keys import ApiKey
from ingest.domain.uploads import Segment, Upload


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


class UploadLedger(Protocol):
    """Resumable uploads, and how far each has come."""

    def begin_upload(self, upload: Upload) -> None:
        """Record an upload of which nothing has come yet; the same again is no error."""

    def upload(self, upload_id: str) -> Upload:
        """Give an upload. Raises UnknownSubject."""

    def extend_upload(self, upload_id: str, offset: int, segments: tuple[Segment, ...]) -> bool:
        """Add what has come after the first `offset` bytes; False when others have come meanwhile.

        Raises UnknownSubject.
        """

    def forget_upload(self, upload_id: str) -> None:
        """Strike an upload off; one that is gone already is no error."""

    def expired_uploads(self, now: datetime) -> tuple[Upload, ...]:
        """List the uploads whose time was over before `now`."""

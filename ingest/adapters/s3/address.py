"""Where an S3 store lies, with what credentials, and how it is spoken to."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from ingest.adapters.s3.faults import faults_of
from ingest.adapters.secrets import Secret

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Address:
    """A folder of a bucket: `prefix` is "" or ends in `/`; `endpoint` None is Amazon's own for the region.

    `lock_days` above 0 asks for Object Lock in governance mode for so many days on every object put or adopted.
    """

    bucket: str
    prefix: str
    endpoint: str | None
    region: str
    key_id: str
    secret: Secret
    lock_days: int = 0

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}" + (f" ({self.endpoint})" if self.endpoint else "")

    def reaches(self, other: "S3Address") -> bool:
        """Say whether one server holds both and takes the same credentials for both: then it can copy by itself."""
        ours = (self.endpoint, self.region, self.key_id, self.secret)
        return ours == (other.endpoint, other.region, other.key_id, other.secret)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How often a request is made, first try included, and how many seconds each may be silent; back-off between.

    Not slotted: the configuration is made once.
    """

    attempts: int = 6
    connect_seconds: float = 10
    read_seconds: float = 60

    @cached_property
    def config(self) -> Config:
        """Give it in botocore's words. Checksums that stores do not agree on are left out: Content-MD5 is sent."""
        return Config(
            signature_version="s3v4",
            connect_timeout=self.connect_seconds,
            read_timeout=self.read_seconds,
            retries={"mode": "standard", "total_max_attempts": self.attempts},
            max_pool_connections=32,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
        )


def client_of(address: S3Address, patience: Patience) -> "S3Client":
    """Make a client for this address alone, deaf to the credentials and settings that the machine has otherwise."""
    with faults_of(str(address)):
        return boto3.session.Session(
            aws_access_key_id=address.key_id,
            aws_secret_access_key=address.secret.reveal(),
            region_name=address.region,
        ).client("s3", endpoint_url=address.endpoint, config=patience.config)

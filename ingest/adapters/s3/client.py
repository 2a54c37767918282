"""How an S3 store is spoken to: how patiently, and by which of the many ways that S3 knows."""

from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.faults import faults_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MAKING = Lock()
"""A session makes clients for one thread at a time; the clients serve many."""


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
    """Make a client for this address alone, deaf to the credentials that the machine has otherwise.

    Its other settings, such as AWS_CA_BUNDLE, are heeded.
    """
    with faults_of(str(address)), _MAKING:
        return _session().client(
            "s3",
            aws_access_key_id=address.key_id,
            aws_secret_access_key=address.secret.reveal(),
            region_name=address.region,
            endpoint_url=address.endpoint,
            config=patience.config,
        )


@cache
def _session() -> boto3.session.Session:
    """Give what has read botocore's account of S3, which takes longer than all else."""
    return boto3.session.Session()

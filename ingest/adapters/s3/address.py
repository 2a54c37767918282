"""Where an S3 store lies, and with what credentials."""

from dataclasses import dataclass

from ingest.adapters.secrets import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Address:
    """A folder of a bucket: `prefix` is "" or ends in `/`; `endpoint` None is Amazon's own for the region.

    `public_endpoint` is the name by which producers reach the same service, None where they do not.

    `lock_days` above 0 asks for Object Lock in governance mode for so many days on every object put or adopted.
    """

    bucket: str
    prefix: str
    endpoint: str | None
    region: str
    key_id: str
    secret: Secret
    lock_days: int = 0
    public_endpoint: str | None = None

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}" + (f" ({self.endpoint})" if self.endpoint else "")

    def reaches(self, other: "S3Address") -> bool:
        """Say whether one server holds both and takes the same credentials for both: then it can copy by itself."""
        ours = (self.endpoint, self.region, self.key_id, self.secret)
        return ours == (other.endpoint, other.region, other.key_id, other.secret)

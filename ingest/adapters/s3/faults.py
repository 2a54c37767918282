"""What an S3 store says when it does not do as asked, in the words of the error tree; no secret is ever in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
)
from urllib3.exceptions import HTTPError

from ingest.errors import (
    ConfigurationError,
    EarkivError,
    ObjectMissing,
    OutOfSpace,
    StoreUnavailable,
)

MISSING: Final = frozenset({"NoSuchKey", "404", "NotFound"})
TAKEN: Final = frozenset({"PreconditionFailed", "412"})
UPLOAD_GONE: Final = frozenset({"NoSuchUpload", "NoSuchKey"})
"""Ceph 16 says the latter where the parts of such an upload are asked for."""
_FULL = frozenset({"QuotaExceeded", "InsufficientStorage", "StorageFull", "507"})
_TRANSIENT = frozenset(
    {"RequestTimeout", "BadDigest", "IncompleteBody", "InvalidPart", "OperationAborted", "ConditionalRequestConflict"}
    | {"NoSuchUpload", "RequestTimeTooSkewed", "TooManyRequests", "SlowDown", "408", "409", "429"}
)
_FIRST_REFUSAL, _FIRST_FAILURE = 400, 500


def code_of(error: ClientError) -> str:
    """Give the store's word for what is wrong (`NoSuchKey`, `SlowDown` …)."""
    return str(error.response.get("Error", {}).get("Code", "?"))


def s3_fault(error: Exception, place: str) -> EarkivError:
    """Translate what botocore raised into the error tree, with texts that name the store."""
    if isinstance(error, ClientError):
        return _answered(error, place)
    reason = type(error).__name__
    if isinstance(error, NoCredentialsError | PartialCredentialsError | ParamValidationError | ValueError):
        return ConfigurationError(
            f"Lagret {place} kan inte användas med dessa inställningar ({reason}).",
            f"The store {place} cannot be used with these settings ({reason}).",
        )
    return StoreUnavailable(f"Lagret {place} svarar inte ({reason}).", f"The store {place} does not answer ({reason}).")


@contextmanager
def faults_of(place: str) -> Iterator[None]:
    """Raise all that botocore raises within as the EarkivError it stands for."""
    try:
        yield
    except (ClientError, BotoCoreError, HTTPError, ValueError) as error:
        raise s3_fault(error, place) from error


def _answered(error: ClientError, place: str) -> EarkivError:
    code = code_of(error)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _FULL:
        return OutOfSpace(f"Lagret {place} är fullt ({code}).", f"The store {place} is full ({code}).")
    if code in MISSING:
        return ObjectMissing(f"Objektet saknas i {place}.", f"The object is missing in {place}.")
    if code in _TRANSIENT or not _FIRST_REFUSAL <= status < _FIRST_FAILURE:
        return StoreUnavailable(
            f"Lagret {place} klarade inte att svara just nu ({code}).",
            f"The store {place} could not answer just now ({code}).",
        )
    return ConfigurationError(
        f"Lagret {place} tillåter inte detta ({code}). Kontrollera hink, adress, nyckel och rättigheter.",
        f"The store {place} does not allow this ({code}). Check bucket, address, key and rights.",
    )

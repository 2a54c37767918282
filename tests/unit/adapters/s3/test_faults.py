"""Whatever botocore raises becomes a fault of the tree, of the kind that tells whether to try again."""

import botocore.exceptions
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from ingest.adapters.s3.faults import s3_fault
from ingest.adapters.s3.multipart import part_size
from ingest.errors import ConfigurationError, EarkivError, ObjectMissing, OutOfSpace, StoreUnavailable


def said(code: str, status: int) -> ClientError:
    answer = {"Error": {"Code": code, "Message": "hemligt"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "PutObject")  # type: ignore[arg-type]  # no more of an answer is read


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("SlowDown", 503, StoreUnavailable),
        ("InternalError", 500, StoreUnavailable),
        ("InternalError", 200, StoreUnavailable),
        ("BadDigest", 400, StoreUnavailable),
        ("RequestTimeout", 400, StoreUnavailable),
        ("InvalidPart", 400, StoreUnavailable),
        ("NoSuchKey", 404, ObjectMissing),
        ("NoSuchBucket", 404, ConfigurationError),
        ("AccessDenied", 403, ConfigurationError),
        ("SignatureDoesNotMatch", 403, ConfigurationError),
        ("InvalidAccessKeyId", 403, ConfigurationError),
        ("NotImplemented", 400, ConfigurationError),
        ("QuotaExceeded", 403, OutOfSpace),
        ("InsufficientStorage", 507, OutOfSpace),
    ],
)
def test_an_answer_is_of_its_kind(code: str, status: int, kind: type[EarkivError]) -> None:
    fault = s3_fault(said(code, status), "s3://hink/")
    assert type(fault) is kind
    assert "s3://hink/" in fault.sv
    assert "s3://hink/" in fault.en
    assert "hemligt" not in fault.sv + fault.en


def test_every_error_of_botocore_is_mapped() -> None:
    kinds = [kind for kind in vars(botocore.exceptions).values() if isinstance(kind, type)]
    errors = [kind for kind in kinds if issubclass(kind, BotoCoreError)]
    assert len(errors) > 50
    for kind in errors:
        assert isinstance(s3_fault(kind.__new__(kind), "s3://hink/"), StoreUnavailable | ConfigurationError)


def test_ten_thousand_parts_hold_480_gib_and_none_is_smaller_than_s3_takes() -> None:
    sizes = [part_size(number) for number in range(1, 10_001)]
    assert min(sizes) >= 5 << 20
    assert sum(sizes) >= 480 << 30

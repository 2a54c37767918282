"""As much of S3 as the adapter uses, in memory: conditional PUT, Content-MD5, parts; like Ceph, completing overwrites.

It checks no signature. What it promises the real one promises too: both are behind the same tests.
"""

import base64
import hashlib
import itertools
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

from lxml import etree

from tests.servers.http_faults import Answer, Request

_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Object:
    body: bytes
    metadata: dict[str, str]
    etag: str
    at: datetime
    """Later than that of everything put before."""


@dataclass(slots=True, kw_only=True)
class _Upload:
    key: str
    metadata: dict[str, str]
    parts: dict[int, bytes] = field(default_factory=dict)


class MemoryS3:
    """A `Backend` that keeps buckets in memory."""

    def __init__(self) -> None:
        self._buckets: dict[str, dict[str, _Object]] = {}
        self._uploads: dict[str, _Upload] = {}
        self._ids, self._lock = itertools.count(1), threading.Lock()

    def __call__(self, request: Request) -> Answer:
        """Answer one request."""
        url = urlsplit(request.target)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        bucket, _, key = unquote(url.path).removeprefix("/").partition("/")
        with self._lock:
            if not key and request.method == "PUT":
                self._buckets[bucket] = {}
                return Answer(status=200)
            if bucket not in self._buckets:
                return _error(404, "NoSuchBucket")
            if not key:
                return self._about_bucket(bucket, request, query)
            if "uploads" in query or "uploadId" in query:
                return self._about_upload(bucket, key, request, query)
            return self._about_object(self._buckets[bucket], key, request)

    def _about_bucket(self, bucket: str, request: Request, query: dict[str, str]) -> Answer:
        objects = self._buckets[bucket]
        if "delete" in query:
            for key in etree.fromstring(request.body).iter("{*}Key"):
                objects.pop(key.text or "", None)
            return _xml("DeleteResult", ())
        if "versioning" in query:
            return _xml("VersioningConfiguration", ())
        if "uploads" in query:
            begun = ((each, upload.key) for each, upload in self._uploads.items())
            found = [(each, key) for each, key in begun if key.startswith(query.get("prefix", ""))]
            return _xml(
                "ListMultipartUploadsResult",
                (
                    f"<Upload><Key>{escape(key)}</Key><UploadId>{each}</UploadId>"
                    f"<Initiated>{_WHEN:%Y-%m-%dT%H:%M:%SZ}</Initiated></Upload>"
                    for each, key in found
                ),
            )
        if "list-type" in query:
            return _listing(objects, query)
        return Answer(status=200)

    def _about_object(self, objects: dict[str, _Object], key: str, request: Request) -> Answer:
        if request.method == "PUT":
            if request.headers.get("If-None-Match") == "*" and key in objects:
                return _error(412, "PreconditionFailed")
            if not _arrived(request):
                return _error(400, "BadDigest")
            objects[key] = self._stored(request.body, _metadata(request))
            return Answer(status=200, headers={"ETag": objects[key].etag})
        found = objects.get(key)
        if found is None:
            return _error(404, "NoSuchKey") if request.method == "GET" else Answer(status=404)
        headers = {"ETag": found.etag, "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT", **found.metadata}
        if request.method == "HEAD":
            return Answer(status=200, headers=headers, length=len(found.body))
        if start := int(request.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-")):
            return Answer(status=206, body=found.body[start:], headers=headers)
        return Answer(status=200, body=found.body, headers=headers)

    def _about_upload(self, bucket: str, key: str, request: Request, query: dict[str, str]) -> Answer:
        if "uploads" in query:
            each = f"upload{next(self._ids)}"
            self._uploads[each] = _Upload(key=key, metadata=_metadata(request))
            return _xml("InitiateMultipartUploadResult", (f"<UploadId>{each}</UploadId>",))
        upload = self._uploads.get(query["uploadId"])
        if upload is None:
            return _error(404, "NoSuchUpload")
        match request.method:
            case "PUT":
                return self._part(upload, int(query["partNumber"]), request)
            case "GET":
                lines = (
                    f"<Part><PartNumber>{number}</PartNumber><ETag>{_etag(body)}</ETag><Size>{len(body)}</Size></Part>"
                    for number, body in sorted(upload.parts.items())
                )
                return _xml("ListPartsResult", lines)
            case "DELETE":
                del self._uploads[query["uploadId"]]
                return Answer(status=204)
            case _:
                return self._complete(self._buckets[bucket], query["uploadId"], request)

    def _part(self, upload: _Upload, number: int, request: Request) -> Answer:
        source = request.headers.get("x-amz-copy-source")
        if source is None:
            if not _arrived(request):
                return _error(400, "BadDigest")
            upload.parts[number] = request.body
            return Answer(status=200, headers={"ETag": _etag(request.body)})
        bucket, _, key = unquote(source).removeprefix("/").partition("/")
        first, _, last = request.headers["x-amz-copy-source-range"].removeprefix("bytes=").partition("-")
        upload.parts[number] = self._buckets[bucket][key].body[int(first) : int(last) + 1]
        return _xml("CopyPartResult", (f"<ETag>{_etag(upload.parts[number])}</ETag>",))

    def _complete(self, objects: dict[str, _Object], upload_id: str, request: Request) -> Answer:
        upload = self._uploads[upload_id]
        named = [(e.text or "").strip('"') for e in etree.fromstring(request.body).iter("{*}ETag")]
        if named != [_etag(body).strip('"') for _, body in sorted(upload.parts.items())]:
            return _error(400, "InvalidPart")
        del self._uploads[upload_id]
        whole = b"".join(body for _, body in sorted(upload.parts.items()))
        objects[upload.key] = self._stored(whole, upload.metadata)
        return _xml("CompleteMultipartUploadResult", (f"<ETag>{objects[upload.key].etag}</ETag>",))

    def _stored(self, body: bytes, metadata: dict[str, str]) -> _Object:
        at = _WHEN + timedelta(seconds=next(self._ids))
        return _Object(body=body, metadata=metadata, etag=_etag(body), at=at)


def _listing(objects: dict[str, _Object], query: dict[str, str]) -> Answer:
    after, prefix = query.get("continuation-token", ""), query.get("prefix", "")
    found = {_place(key, prefix, query.get("delimiter", "")) for key in objects if key.startswith(prefix)}
    page = sorted(place for place in found if place > after)
    more = f"<NextContinuationToken>{escape(page[_PAGE - 1])}</NextContinuationToken>" if len(page) > _PAGE else ""
    folders = {place for place in page if query.get("delimiter") and place.endswith("/") and place != prefix}
    lines = (_folder(place) if place in folders else _line(place, objects[place]) for place in page[:_PAGE])
    about = f"<EncodingType>url</EncodingType><IsTruncated>{str(bool(more)).lower()}</IsTruncated>{more}"
    return _xml("ListBucketResult", (about, *lines))


def _place(key: str, prefix: str, delimiter: str) -> str:
    """Give the folder that a key is listed as, or the key itself."""
    name, found, _ = key.removeprefix(prefix).partition(delimiter) if delimiter else (key, "", "")
    return f"{prefix}{name}{found}" if found else key


def _folder(place: str) -> str:
    return f"<CommonPrefixes><Prefix>{quote(place)}</Prefix></CommonPrefixes>"


def _line(key: str, found: _Object) -> str:
    return (
        f"<Contents><Key>{quote(key)}</Key><Size>{len(found.body)}</Size><ETag>{escape(found.etag)}</ETag>"
        f"<LastModified>{found.at:%Y-%m-%dT%H:%M:%S}.{found.at.microsecond // 1000:03d}Z</LastModified></Contents>"
    )


def _metadata(request: Request) -> dict[str, str]:
    return {name: value for name, value in request.headers.items() if name.lower().startswith("x-amz-meta-")}


def _arrived(request: Request) -> bool:
    said = request.headers.get("Content-MD5")
    return said is None or said == base64.b64encode(hashlib.md5(request.body, usedforsecurity=False).digest()).decode()


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def _xml(name: str, lines: Iterable[str]) -> Answer:
    body = f'<?xml version="1.0" encoding="UTF-8"?><{name}>{"".join(lines)}</{name}>'.encode()
    return Answer(status=200, body=body, headers={"Content-Type": "application/xml"})


def _error(status: int, code: str) -> Answer:
    return Answer(status=status, body=f"<Error><Code>{code}</Code></Error>".encode())

"""Write a package's own files into staging, each checked by our own validator before it goes anywhere."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from ingest.domain.packages import GeneratedFile
from ingest.domain.paths import PackagePath
from ingest.errors import PermanentError
from ingest.formats.validation import schema_errors
from ingest.pipeline.staging_keys import generated_folder
from ingest.pipeline.step import Work

CHUNK: Final = 1 << 20
IN_MEMORY: Final = 8 * CHUNK
METS: Final = "mets-csip-2.2"
PREMIS: Final = "premis-3.0"
ERMS: Final = "erms-3.0"


class Writing:
    """Writes into staging, then reads back through the validator; `created` is when, None = with the package."""

    def __init__(self, work: Work, created: datetime | None = None) -> None:
        """Write under keys of this attempt alone."""
        self._created = created
        self._folder = generated_folder(work.delivery.id, work.lease.fence)
        self._staging = work.ports.staging

    def made(self, path: str, schema: str, write: Callable[[BinaryIO], None]) -> GeneratedFile:
        """Write one file, validate it, and say what it became. Raises PermanentError when our own writer is wrong."""
        key = f"{self._folder}/{path}"
        with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            sink = cast(BinaryIO, spool)
            write(sink)
            sink.seek(0)
            fixity = self._staging.put(key, iter(partial(sink.read, CHUNK), b""))
        with self._staging.local(key) as local:
            errors = schema_errors(local, schema, limit=3)
        if errors:
            raise PermanentError(
                f"E-arkivet skrev en {path} som inte följer {schema}: {errors[0].message}",
                f"The archive wrote a {path} that does not follow {schema}: {errors[0].message}",
            )
        return GeneratedFile(
            aip_path=PackagePath(path), key=key, size=fixity.size, sha256=fixity.sha256, created=self._created
        )

    def enclosed(self, path: str, content: bytes, mime_type: str) -> GeneratedFile:
        """Enclose a file that follows no schema of ours."""
        key = f"{self._folder}/{path}"
        fixity = self._staging.put(key, (content,))
        return GeneratedFile(
            aip_path=PackagePath(path),
            key=key,
            size=fixity.size,
            sha256=fixity.sha256,
            mime_type=mime_type,
            created=self._created,
        )

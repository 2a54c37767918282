"""What one process of the pool does with one content schema, or with one document: within bounds, whatever it is.

xmlschema is imported there alone: it takes a third of a second, which no other command should wait for.
"""

# ruff: noqa: PLC0415 - see above

from dataclasses import dataclass
from pathlib import Path

from ingest.adapters.bounds import OutOfTime, bound_memory, bounded_time
from ingest.adapters.store_faults import faults_of
from ingest.domain.content_schemas import ContentCheck, ContentRequest, ContentSchema, SchemaFault
from ingest.errors import ConfigurationError, ObjectMissing
from ingest.formats.content_documents import SchemaUnusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one schema or one document may use: memory in bytes, seconds of the processor.

    A document gets more `seconds` for each MiB of it, up to `most_seconds`. A sound one of a MiB takes about ten.
    """

    seconds: float = 120
    seconds_per_mib: float = 60
    most_seconds: float = 900
    memory: int = 3 * 1024**3


DEFAULT_BOUNDS = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaWork:
    """A schema to try."""

    schema: ContentSchema
    bounds: Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWork:
    """A document to hold against its schema, lent as a local file."""

    path: Path
    request: ContentRequest
    bounds: Bounds


def is_ready(_: None) -> bool:
    """Load what every check needs, and say so."""
    import ingest.formats.content_schemas
    import ingest.formats.content_validation  # noqa: F401 - only whether they can be loaded

    return True


def try_schema(work: SchemaWork) -> SchemaFault | None:
    """Say why a schema cannot be used, None when it can."""
    from ingest.formats.content_schemas import fault_of

    bound_memory(work.bounds.memory)
    try:
        with bounded_time(min(work.bounds.seconds, work.bounds.most_seconds)):
            return fault_of(work.schema)
    except (OutOfTime, MemoryError):
        return too_much(work.schema)


def check_document(work: DocumentWork) -> ContentCheck:
    """Hold a document against its schema. Raises ConfigurationError, ObjectMissing, StoreUnavailable."""
    from ingest.formats.content_schemas import compiled
    from ingest.formats.content_validation import check

    bound_memory(work.bounds.memory)
    request = work.request
    try:
        with faults_of(work.path.parent), bounded_time(work.bounds.seconds):
            compiled(request.schema)
        with faults_of(work.path.parent), bounded_time(_seconds(work)):
            return check(work.path, request.path, request.schema)
    except SchemaUnusable as unusable:
        raise schema_refused(unusable.fault) from unusable
    except OutOfTime:
        return ContentCheck(path=request.path, unfinished="more time than the archive grants one document")
    except MemoryError:
        return ContentCheck(path=request.path, unfinished="more memory than the archive grants one document")


def too_much(schema: ContentSchema) -> SchemaFault:
    """Say that a schema takes more time or memory than it is granted, or kills its process."""
    sv = "schemat går inte att tolka inom de gränser för tid och minne som e-arkivet har"
    en = "the schema cannot be compiled within the archive's bounds of time and memory"
    return SchemaFault(document=schema.documents[0].name if schema.documents else "", line=0, sv=sv, en=en)


def schema_refused(fault: SchemaFault) -> ConfigurationError:
    """Say to whoever laid down the agreement why a content schema of it cannot be used."""
    return ConfigurationError(
        f"Innehållsschemat {fault.document}, rad {fault.line}: {fault.sv}.",
        f"The content schema {fault.document}, line {fault.line}: {fault.en}.",
    )


def _seconds(work: DocumentWork) -> float:
    try:
        size = work.path.stat().st_size
    except FileNotFoundError as error:
        raise ObjectMissing(f"{work.path} saknas.", f"{work.path} is missing.") from error
    return min(work.bounds.seconds + work.bounds.seconds_per_mib * size / 1024**2, work.bounds.most_seconds)

"""Agreements of an embedded archive: one JSON file each in the home's `agreements/` folder.

A file names the documents of its content schemas by paths relative to itself; they are read here and kept with the
agreement from then on.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cattrs.errors import BaseValidationError

from ingest.application.agreement_versions import date_fault, disposal_fault
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.nested import DEEPEST
from ingest.domain.paths import UnsafePath, parse_path
from ingest.errors import ConfigurationError
from ingest.formats.content_documents import MAX_BYTES
from ingest.formats.wire import from_json

_SCHEMAS = "content_schemas"
_DOCUMENTS = "documents"
_DEPTH = "nested_depth"
_NOT_IN_FILES = ("id", "version", "by")


class _Unusable(ValueError):
    """A term that cannot be used, such as a schema document that cannot be read, with a text in both languages."""

    def __init__(self, sv: str, en: str) -> None:
        super().__init__(en)
        self.sv = sv
        self.en = en


def read_agreements(folder: Path) -> tuple[SubmissionAgreement, ...]:
    """Read every `<id>.json`; the id is the file's name, the version is counted by the archive.

    Raises ConfigurationError that names the file when it is no agreement, or a schema document cannot be read.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.json")))


def _read(path: Path) -> SubmissionAgreement:
    try:
        terms = json.loads(path.read_text(encoding="utf-8"))
        _require_own_terms(terms)
        whole = {**terms, "id": path.stem, "version": 1}
        if _SCHEMAS in whole:
            whole[_SCHEMAS] = [_with_documents(schema, path.parent) for schema in whole[_SCHEMAS]]
        _require_depth(terms.get(_DEPTH, 0))
        return _sound(from_json(whole, SubmissionAgreement))
    except _Unusable as error:
        raise ConfigurationError(f"{path}: {error.sv}", f"{path}: {error.en}") from error
    except (OSError, ValueError, TypeError, BaseValidationError) as error:
        raise ConfigurationError(
            f"{path} är ingen leveransöverenskommelse: {error}", f"{path} is no submission agreement: {error}"
        ) from error


def _sound(agreement: SubmissionAgreement) -> SubmissionAgreement:
    if fault := date_fault(agreement) or disposal_fault(agreement):
        raise _Unusable(fault.sv, fault.en)
    return agreement


def _require_own_terms(terms: Mapping[str, object]) -> None:
    for name in _NOT_IN_FILES:
        if name in terms:
            raise _Unusable(
                f"{name} anges inte i filen: arkivet vet det självt.",
                f"{name} is not given in the file: the archive itself knows it.",
            )


def _require_depth(depth: object) -> None:
    if type(depth) is not int or not 0 <= depth <= DEEPEST:
        raise _Unusable(
            f"{_DEPTH} är {depth!r} men ska vara ett heltal från 0 till {DEEPEST}.",
            f"{_DEPTH} is {depth!r} but must be a whole number from 0 to {DEEPEST}.",
        )


def _with_documents(schema: Any, folder: Path) -> dict[str, Any]:  # noqa: ANN401 - whatever the JSON says there
    """Put the text of each document in the place of its name. Raises TypeError for what is no schema."""
    return {**schema, _DOCUMENTS: [_document(name, folder) for name in schema.get(_DOCUMENTS, ())]}


def _document(name: object, folder: Path) -> dict[str, str]:
    if not isinstance(name, str) or isinstance(parse_path(name), UnsafePath):
        raise _Unusable(
            f"{name!r} är ingen sökväg till ett schemadokument bredvid eller under överenskommelsens fil.",
            f"{name!r} is no path to a schema document beside or below the agreement's file.",
        )
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise _Unusable(
            f"{name} är en länk ut ur mappen med överenskommelser; lägg dokumentet där i stället.",
            f"{name} is a link out of the folder of agreements; put the document there instead.",
        )
    return {"name": name, "text": _text(path, name)}


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as source:
            content = source.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise _Unusable(
                f"schemadokumentet {name} är större än {MAX_BYTES} byte.",
                f"the schema document {name} is larger than {MAX_BYTES} bytes.",
            )
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Unusable(
            f"schemadokumentet {name} är inte skrivet i UTF-8; spara om det så.",
            f"the schema document {name} is not written in UTF-8; save it so.",
        ) from error
    except OSError as error:
        raise _Unusable(
            f"schemadokumentet {name} kan inte läsas: {error.strerror}.",
            f"the schema document {name} cannot be read: {error.strerror}.",
        ) from error

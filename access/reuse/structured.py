"""What a page tells search engines of its record (schema.org as JSON-LD)."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from access.records import PublicDocument, PublicRecord
from access.reuse.about import About

_CONTEXT = "https://schema.org"
# Inside <script>, these would end the element, begin a comment or be markup in XML.
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def structured_data(record: PublicRecord, about: About) -> dict[str, object]:
    """Describe a public record as an ArchiveComponent; of a stub no more than its page and neutral text are told."""
    told: dict[str, object | None] = {
        "@context": _CONTEXT,
        "@type": "ArchiveComponent",
        "@id": about.page(record.kind, record.id),
        "url": about.page(record.kind, record.id),
        "name": record.title,
        "holdingArchive": {"@type": "ArchiveOrganization", "name": about.name, "url": about.address("/")},
    }
    return _without_gaps(told if record.level == "on-request" else told | _whole(record, about))


def script_text(data: Mapping[str, object]) -> Markup:
    """Write data as the text of `<script type="application/ld+json">`; nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPED))  # noqa: S704 (every character that HTML would read is escaped)


def _whole(record: PublicRecord, about: About) -> dict[str, object | None]:
    creator = record.archival_creator
    return {
        "identifier": list(filter(None, (record.ark, record.reference))),
        "description": record.description,
        "inLanguage": record.language,
        "temporalCoverage": "/".join(filter(None, (record.date, record.date_to))),
        "datePublished": record.released,
        "license": record.licence,
        "creator": None if creator is None else {"@type": "Organization", "name": creator.name},
        "isPartOf": None
        if record.part_of is None
        else {"@type": "ArchiveComponent", "@id": about.page("case", record.part_of)},
        "about": [" ".join(filter(None, (place.code, place.title))) for place in record.classification],
        "keywords": list(record.keywords),
        "spatialCoverage": list(record.places),
        "associatedMedia": [_media(document) for document in record.documents],
    }


def _media(document: PublicDocument) -> dict[str, object]:
    return {
        "@type": "MediaObject",
        "name": document.name,
        "encodingFormat": document.media_type,
        "contentSize": f"{document.size} B",
        "sha256": document.sha256,
    }


def _without_gaps(told: Mapping[str, object | None]) -> dict[str, object]:
    return {name: value for name, value in told.items() if value not in (None, "", [])}

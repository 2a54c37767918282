"""A case and a record in which every field of the case model has a value."""

from typing import Final

from ingest.domain.cases import Case, Record
from ingest.domain.dates import parse_date
from ingest.domain.descriptions import (
    Additional,
    Classification,
    Disposal,
    ExtraId,
    IdText,
    Note,
    OwnElement,
    Party,
    Relation,
    Restriction,
    TypedDate,
    TypedText,
)
from ingest.domain.documents import Document
from ingest.domain.fixity import DeclaredDigest
from tests.unit.formats.writing.values import OBJECTS


def dated(kind: str, raw: str, other: str | None = None) -> TypedDate:
    return TypedDate(type=kind, raw=raw, value=parse_date(raw), other_type=other)


PARTY: Final = Party(
    type="counterpart",
    name="Bo Testman",
    organisation="Testbolaget",
    unit="Enheten",
    role="Sökande",
    id_number="191212121212",
    id_number_type="Personnr",
    addresses=(TypedText(type="postal_address", text="Testvägen 1"), TypedText(type="country", text="Sverige")),
    contacts=(TypedText(type="email", text="bo@example.se"), TypedText(type="fax", text="08-1")),
    protected_identity=True,
    notes=(Note(text="Nås säkrast per post", type="kontakt"),),
)
HANDLER: Final = Party(type="responsible_person", name="Anna", organisation="Nämnden", role="Handläggare")
SECRECY: Final = Restriction(
    type="confidential",
    regulation="OSL 21 kap. 3 §",
    explanatory_text="Skyddad adress",
    information_class="K3",
    security_class="S1",
    starts=dated("created", "2021-04-01T09:00:00"),
    ends=dated("end", "2091"),
    other_dates=(dated("last_reviewed", "2025-01-01"),),
    durations=("70 år",),
    agents=(HANDLER,),
)
DISPOSAL: Final = Disposal(
    disposable=True,
    action="gallras",
    period="P5Y",
    mandate="RA-FS 1991:6",
    description="Efter fem år",
    schedule_id="DHP-3",
    comments=("En", "Två"),
    dates=(dated("retention_period_end", "2026-06-01"),),
)
DOCUMENT: Final = Document(
    name="Ansökan.pdf",
    link="Content/1/ansökan & bilaga #1.pdf",
    path=OBJECTS[1].path,
    description="Ansökan",
    size=OBJECTS[1].size,
    mime_type="application/pdf",
    character_set="utf-8",
    digest=DeclaredDigest(algorithm_name="SHA256", value=OBJECTS[1].sha256.upper()),
    file_format="PDF/A-2b",
    original_file_format="DOCX",
    schema_uri="urn:schema",
    e_signature=True,
    preserve=True,
    disposable=False,
    version="2",
    variant="preservation",
)
ADDITIONAL: Final = Additional(
    own_elements=(
        OwnElement(
            name="Egna uppgifter",
            elements=(OwnElement(name="Fastighet", value="Exemplet 1:1", type="text", format="fri"),),
        ),
    ),
    xml=('<f:Fastighet xmlns:f="urn:fastighet" nr="1">Exemplet 1:1</f:Fastighet>',),
)
_COMMON: Final = {
    "other_titles": (TypedText(type="public", text="Offentlig titel"),),
    "description": "Beskrivning",
    "information_class": "K2",
    "security_class": "S2",
    "extra_ids": (ExtraId(type="motpartens diarienummer", text="A-77/2021"),),
    "identifications": (IdText(type="fastighet", text="Exemplet 1:1"),),
    "classifications": (
        Classification(code="3.1.2", title="Bygglov", scheme="KLASSA", version="2.0", id="k1", qualified_code="3.1.2"),
    ),
    "keywords": ("garage", "bygglov"),
    "subjects": ("Byggnader",),
    "relations": (Relation(type="reference", target="EXN 2021/16"),),
    "restrictions": (SECRECY,),
    "disposal": DISPOSAL,
    "access": "Efter prövning",
    "archival_history": ("Överförd 2020",),
    "dispatch_mode": "e-post",
    "level_name": "ärende",
    "parent_id": "serie F1",
    "locations": ("Hylla 3",),
    "notes": (Note(text="Notering", type="intern", date="2021-06-01T00:00:00"),),
    "additional": ADDITIONAL,
    "documents": (DOCUMENT,),
}
RECORD: Final = Record(
    id="EXN 2021/17:1",
    system_id="r-1",
    title="Ansökan",
    type="Inkommen handling",
    status="received",
    number="1",
    direction="incoming",
    physical_or_digital="digital",
    parties=(PARTY,),
    dates=(dated("created", "2021-04-01"), dated("received", "2021-04")),
    **_COMMON,  # type: ignore[arg-type]
)
CASE: Final = Case(
    id="EXN 2021/17",
    system_id="UUID:3f0a6c1e-5e0d-4a55-9a34-0c2f3a1f7b01",
    title="Ansökan om bygglov",
    type="Bygglov",
    status="closed",
    parties=(HANDLER, PARTY),
    dates=(
        dated("opened", "2021-04-01T09:00:00"),
        dated("closed", "2021-06-01"),
        dated("other", "2021-05", "sammanträde"),
    ),
    records=(RECORD,),
    **_COMMON,  # type: ignore[arg-type]
)

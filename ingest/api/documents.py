"""What goes over the wire, as OpenAPI describes it; pydantic lives here alone."""

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from ingest.api.problems import MEDIA_TYPE

PROBLEM: Final = "Problem"


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Text(_Document):
    """A text in both languages."""

    sv: str
    en: str


class Location(_Document):
    """Where something is wrong."""

    file: str
    line: int
    xpath: str
    value: str


class Finding(_Document):
    """Everything that breaks one rule: how often, where, why it matters, and what to do."""

    rule: str = Field(examples=["EARKIV-FIX-1"])
    specification: str
    severity: str = Field(examples=["error"])
    message: Text
    remedy: Text
    count: int
    locations: list[Location]


class Health(_Document):
    """Whether the archive can be used."""

    status: str = Field(examples=["ready"])


class ProblemDocument(BaseModel):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(extra="allow", title=PROBLEM)

    type: str = Field(examples=["urn:earkiv:problem:content-refused"])
    title: str = Field(examples=["Innehållet kan inte tas emot"])
    status: int = Field(examples=[422])
    detail: str
    instance: str
    findings: list[Finding] = []


class AgreementVersion(_Document):
    """A version of a submission agreement."""

    id: str = Field(examples=["default"])
    version: int = Field(examples=[1])


class Question(_Document):
    """What a person at the archive asks the producer of a delivery that is held."""

    words: str = Field(examples=["Vilken nämnd är arkivbildare?"])
    by: str = Field(description="Who asks.", examples=["Karin Arkivsson"])
    at: str = Field(examples=["2026-11-29T10:00:00+00:00"])


class Delivery(_Document):
    """A delivery and where it is; final are archived, rejected, quarantined and repeated."""

    id: str = Field(description="The archive's id.", examples=["1f0c7a4e-9a6f-4f0e-8a6e-2f7d8a0b6c11"])
    delivery: str | None = Field(description="The producer's own id.", examples=["2021-17"])
    status: str = Field(examples=["checking"])
    step: str | None = Field(description="What is to be done next.", examples=["examine_objects"])
    attempt: int = Field(examples=[1])
    recordStatus: str = Field(examples=["NEW"])  # noqa: N815 - a name of the wire
    test: bool = Field(description="Whether it is a test delivery (recordStatus TEST): it ends as `tested`.")
    dialect: str | None = Field(examples=["case-push"])
    title: str
    agreement: AgreementVersion
    package: str | None = Field(description="The package, once it is stored: in the archive, or in the test store.")
    repeatOf: str | None  # noqa: N815 - a name of the wire
    receivedAt: str = Field(examples=["2026-11-29T10:00:00+00:00"])  # noqa: N815 - a name of the wire
    queue: int | None = Field(
        description="How many deliveries have their turn before it, those under way too; to a producer, how many of "
        "its own; null when it does not wait."
    )
    expectedAt: str | None = Field(  # noqa: N815 - a name of the wire
        description="When it may be decided, an estimate to the next whole quarter of an hour; null when it does not "
        "wait, or too little is known.",
        examples=["2026-11-29T10:15:00+00:00"],
    )
    question: Question | None = Field(description="What the archive asks while it is held; null when nothing is.")


class Event(_Document):
    """One thing that happened."""

    number: int
    at: str
    step: str
    type: str
    outcome: str
    detail: str
    agents: list[str]


class Events(_Document):
    """Events in their order; ask again with `after` = `next`."""

    events: list[Event]
    next: int


class Package(BaseModel):
    """All that is known of a package (docs/reference/command-line.md, `show --json`)."""

    model_config = ConfigDict(extra="allow")

    package: str
    delivery: str | None
    status: str = Field(examples=["archived"], description="`archived`, or `tested` for that of a test delivery.")
    test: bool
    generation: int


class Told(_Document):
    """One thing that happened."""

    at: str
    step: str
    type: str
    outcome: str
    detail: str
    agents: list[str]


class Timeline(_Document):
    """What happened to a package, in order."""

    events: list[Told]


class PackageFile(_Document):
    """A file by its path in the package."""

    path: str
    sha256: str


class Files(_Document):
    """Every file of a package's newest generation."""

    generation: int
    files: list[PackageFile]


class Storage(_Document):
    """What would be stored; what copies and the package's own metadata add is not known before they are made."""

    files: int = Field(description="Delivered files.")
    bytes: int = Field(description="Bytes of the delivered files, the same content counted once.")
    copies: int = Field(description="Preservation copies that would be made.")
    replicas: int = Field(description="On how many stores all of it would lie.")


class PlannedCopy(_Document):
    """A preservation copy that would be made."""

    target: str = Field(examples=["pdf-a-2b"])
    title: str = Field(examples=["PDF/A-2b"])
    tool: str = Field(examples=["libreoffice"])


class WhyNot(_Document):
    """Why no preservation copy would be made."""

    reason: str = Field(examples=["kept as it is"])
    message: Text


class PlannedFile(_Document):
    """A delivered file and its copy, or why it has none."""

    path: str
    size: int
    format: dict[str, Any]
    copied: PlannedCopy | None = Field(alias="copy")
    why: WhyNot | None


class Plan(_Document):
    """What would be done with the delivery."""

    agreement: AgreementVersion
    outcome: str = Field(examples=["accepted"], description="accepted, rejected, or held: a person would be asked.")
    findings: list[Finding] = Field(description="What would be said of it under the agreement.")
    storage: Storage
    formatPolicy: int | None = Field(description="The version of the format policy; null: no copies are agreed upon.")  # noqa: N815 - a name of the wire
    files: list[PlannedFile]


class DryRun(_Document):
    """What a dry run says."""

    verdict: str = Field(examples=["valid"])
    dialect: str | None
    package: str | None
    findings: list[Finding]
    statistics: dict[str, int]
    plan: Plan | None = Field(description="Null where nothing of the delivery can be read.")


class Receipt(BaseModel):
    """The signed receipt, exactly as it lies in the journal; while a person is to decide, an unsigned note like it."""

    model_config = ConfigDict(extra="allow")

    receipt: str | None = Field(description="Its id; null for the note on a delivery that is held.")
    outcome: str = Field(examples=["accepted"], description="accepted, rejected, or held: a person is to decide.")
    test: bool = Field(default=False, description="Whether it is of a test delivery: custody never passes.")


class Compromise(_Document):
    """Since when others may have had a key, and when that was reported."""

    since: str
    reported: str


class SigningKey(_Document):
    """A public key as a JWK (RFC 8037), when it signed, what it is good for now, and the entry that introduced it."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    alg: Literal["Ed25519"]
    use: Literal["sig"]
    kid: str = Field(description="The `key` of receipts.", examples=["21fe31dfa154a261"])
    x: str = Field(description="The key: 32 bytes, base64url.")
    status: Literal["active", "retired", "compromised"]
    since: str = Field(alias="from", examples=["2026-11-29T10:00:00+00:00"])
    until: str | None = Field(description="When another key took over; null for the one that signs now.")
    compromised: Compromise | None
    introducedBy: str  # noqa: N815 - a name of the wire
    introduction: dict[str, Any] = Field(description="The journal entry: header, signature, salt and body.")


class KeySet(_Document):
    """Every key that the archive ever signed with, oldest first."""

    keys: list[SigningKey]


RECEIPT: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "model": Receipt,
        "description": "The receipt, or the unsigned note on a delivery that is held; as a page, "
        "in Swedish or English by `Accept-Language`, where HTML is preferred.",
        "content": {"text/html": {"schema": {"type": "string"}}},
    },
}
EVENTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "model": Events,
        "description": "Events so far; or, where that is accepted, a stream that goes on until the delivery is final.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    204: {"description": "All is told to who followed it to its end; do not come back."},
}


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that an operation may answer with; a fault of the archive's own is always among them."""
    schema = {"$ref": f"#/components/schemas/{PROBLEM}"}
    return {
        status: {
            "description": _MEANING[status],
            "headers": {"Content-Language": _LANGUAGE, **_HEADERS.get(status, {})},
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in (*statuses, 500)
    }


def header(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Describe a header that an answer always has."""
    return {"description": description, "required": True, "schema": schema}


LOCATION: Final = {"Location": header("The path of the delivery.", {"type": "string", "pattern": "^/v1/deliveries/"})}
GENERATION: Final = {
    "ETag": header("The newest generation, for `If-Match`.", {"type": "string", "pattern": '^"[0-9]+"$'})
}
_LANGUAGE: Final = header("The language of the texts.", {"type": "string", "enum": ["sv", "en"]})
_HEADERS: Final = {
    401: {"WWW-Authenticate": header("How to show a key.", {"type": "string"})},
    429: {"Retry-After": header("After so many seconds it is worth trying again.", {"type": "integer"})},
    503: {"Retry-After": header("After so many seconds it is worth trying again.", {"type": "integer"})},
}


_MEANING: Final = {
    400: "The request cannot be understood.",
    401: "No key, or not a valid one.",
    403: "The key is valid, but not for this.",
    404: "Not there, or not for this key.",
    408: "The client sent nothing for a minute, or too little.",
    409: "The id is taken, by other content or by another agreement; the upload is at another place; "
    "or there are too many webhooks.",
    412: "What `If-Match` names is not the newest version; or another version of the upload protocol.",
    413: "Too large.",
    415: "A media type that is not read.",
    422: "The content is wrong; `findings` say what and where. Or the body is not what Repr-Digest states. "
    "Or nothing can be sent there.",
    429: "The producer has as much under way as it may; try again after `Retry-After` seconds.",
    460: "The bytes are not what Upload-Checksum states; none of them is kept.",
    428: "`If-Match` is missing: it names the version that is changed.",
    500: "A fault in the archive, which its operator has to mend.",
    503: "The archive cannot take anything right now; try again after `Retry-After` seconds.",
}

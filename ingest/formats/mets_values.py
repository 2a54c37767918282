"""The elements of a METS document as frozen values, the same for every dialect (CSIP, SIP, FGS 1.x, eARD).

Every value has its line and all its attributes by readable name: without prefix when METS itself has the
attribute, else with the usual prefix of its namespace (`csip:NOTETYPE`, `ext:APPRAISAL`, `xlink:href`),
whichever prefix the document uses; a namespace we do not know stays as `{namespace}name`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

METS = "http://www.loc.gov/METS/"
PREFIXES: Mapping[str, str] = {
    "https://DILCIS.eu/XML/METS/CSIPExtensionMETS": "csip",
    "https://DILCIS.eu/XML/METS/SIPExtensionMETS": "sip",
    "ExtensionMETS": "ext",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


@lru_cache(maxsize=512)
def readable(name: str) -> str:
    """Give the readable form of an attribute's name as the parser gives it (`{namespace}name`, or `name`)."""
    namespace, _, local = name[1:].partition("}") if name[0] == "{" else ("", "", name)
    prefix = PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else name


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What all elements have: the line (from 1) where the start tag ends, and the attributes."""

    line: int
    attributes: Mapping[str, str]

    def attribute(self, name: str) -> str | None:
        """Give an attribute by its readable name, None when it is not there."""
        return self.attributes.get(name)

    @property
    def id(self) -> str | None:
        """@ID."""
        return self.attributes.get("ID")

    @property
    def label(self) -> str | None:
        """@LABEL."""
        return self.attributes.get("LABEL")

    @property
    def dmd_ids(self) -> tuple[str, ...]:
        """The ids in @DMDID."""
        return tuple(self.attributes.get("DMDID", "").split())

    @property
    def adm_ids(self) -> tuple[str, ...]:
        """The ids in @ADMID."""
        return tuple(self.attributes.get("ADMID", "").split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Root(Element):
    """`mets`, always the first."""

    @property
    def object_id(self) -> str | None:
        """@OBJID."""
        return self.attributes.get("OBJID")

    @property
    def type(self) -> str | None:
        """@TYPE."""
        return self.attributes.get("TYPE")

    @property
    def profile(self) -> str | None:
        """@PROFILE."""
        return self.attributes.get("PROFILE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header(Element):
    """`metsHdr`; its agents and texts follow as elements of their own."""

    @property
    def created(self) -> str | None:
        """@CREATEDATE."""
        return self.attributes.get("CREATEDATE")

    @property
    def record_status(self) -> str | None:
        """@RECORDSTATUS."""
        return self.attributes.get("RECORDSTATUS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Element):
    """`note` of an agent, its text without surrounding blanks."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Element):
    """`agent`; `name` without surrounding blanks, "" when it has none."""

    name: str
    notes: tuple[Note, ...] = ()

    @property
    def role(self) -> str | None:
        """@ROLE."""
        return self.attributes.get("ROLE")

    @property
    def type(self) -> str | None:
        """@TYPE."""
        return self.attributes.get("TYPE")


@dataclass(frozen=True, slots=True, kw_only=True)
class AltRecordId(Element):
    """`altRecordID`, its text without surrounding blanks."""

    text: str

    @property
    def type(self) -> str | None:
        """@TYPE."""
        return self.attributes.get("TYPE")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentId(Element):
    """`metsDocumentID`, its text without surrounding blanks."""

    text: str


class Listing(Element):
    """What names a file with its size and digest: `file` and `mdRef`."""

    __slots__ = ()

    @property
    def size(self) -> str | None:
        """@SIZE as written."""
        return self.attributes.get("SIZE")

    @property
    def checksum(self) -> str | None:
        """@CHECKSUM as written."""
        return self.attributes.get("CHECKSUM")

    @property
    def checksum_type(self) -> str | None:
        """@CHECKSUMTYPE as written."""
        return self.attributes.get("CHECKSUMTYPE")

    @property
    def mime_type(self) -> str | None:
        """@MIMETYPE."""
        return self.attributes.get("MIMETYPE")

    @property
    def created(self) -> str | None:
        """@CREATED as written."""
        return self.attributes.get("CREATED")


@dataclass(frozen=True, slots=True, kw_only=True)
class MdRef(Listing):
    """`mdRef`."""

    @property
    def href(self) -> str | None:
        """@xlink:href."""
        return self.attributes.get("xlink:href")

    @property
    def md_type(self) -> str | None:
        """@MDTYPE, or @OTHERMDTYPE when it is OTHER."""
        kind = self.attributes.get("MDTYPE")
        return self.attributes.get("OTHERMDTYPE", kind) if kind == "OTHER" else kind


@dataclass(frozen=True, slots=True, kw_only=True)
class MdWrap(Element):
    """`mdWrap`, without what it wraps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmdSection(Element):
    """`amdSec`; its sections follow as elements of their own."""


class SectionKind(StrEnum):
    """The elements that hold or point to metadata."""

    DMD = "dmdSec"
    TECH = "techMD"
    RIGHTS = "rightsMD"
    SOURCE = "sourceMD"
    DIGIPROV = "digiprovMD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Element):
    """A metadata section, what it points to and wraps; `amd` is the amdSec around it (dmdSec: None)."""

    kind: SectionKind
    amd: AmdSection | None
    references: tuple[MdRef, ...] = ()
    wrapped: tuple[MdWrap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSection(Element):
    """`fileSec`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileGroup(Element):
    """`fileGrp`, at its start; `parent` is the group around it."""

    parent: "FileGroup | None"

    @property
    def use(self) -> str | None:
        """@USE."""
        return self.attributes.get("USE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Element):
    """`FLocat`."""

    @property
    def href(self) -> str | None:
        """@xlink:href."""
        return self.attributes.get("xlink:href")


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Listing):
    """`file` with its locations; `group` is the fileGrp around it. A file inside a file follows it."""

    group: FileGroup | None
    locations: tuple[Location, ...] = ()

    @property
    def use(self) -> str | None:
        """@USE."""
        return self.attributes.get("USE")

    @property
    def owner_id(self) -> str | None:
        """@OWNERID."""
        return self.attributes.get("OWNERID")

    @property
    def hrefs(self) -> tuple[str, ...]:
        """What its locations point to, those without @xlink:href left out."""
        return tuple(place.attributes["xlink:href"] for place in self.locations if "xlink:href" in place.attributes)


@dataclass(frozen=True, slots=True, kw_only=True)
class StructMap(Element):
    """`structMap`, at its start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Div(Element):
    """`div`, at its start; `parent` is the div around it."""

    map: StructMap | None
    parent: "Div | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fptr(Element):
    """`fptr` in its div."""

    div: Div | None

    @property
    def file_id(self) -> str | None:
        """@FILEID."""
        return self.attributes.get("FILEID")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mptr(Element):
    """`mptr` in its div: another METS document."""

    div: Div | None

    @property
    def href(self) -> str | None:
        """@xlink:href."""
        return self.attributes.get("xlink:href")


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Element):
    """`structLink` or `behaviorSec`, at its start, by local name."""

    name: str


MetsElement = (
    Root
    | Header
    | Agent
    | AltRecordId
    | DocumentId
    | AmdSection
    | Section
    | FileSection
    | FileGroup
    | File
    | StructMap
    | Div
    | Fptr
    | Mptr
    | Other
)

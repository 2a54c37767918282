"""The forms in which a record is handed out; each lies rendered in the public store (OAI-PMH 2.0 §3.4)."""

from dataclasses import dataclass

from schemas.public_store import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataFormat:
    """Where a form is described, for harvesters."""

    prefix: Form
    schema: str
    namespace: str


FORMATS: tuple[MetadataFormat, ...] = (
    MetadataFormat(
        prefix=Form.OAI_DC,
        schema="http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        namespace="http://www.openarchives.org/OAI/2.0/oai_dc/",
    ),
    MetadataFormat(
        prefix=Form.EAD3,
        schema="https://www.loc.gov/ead/ead3.xsd",
        namespace="http://ead3.archivists.org/schema/",
    ),
    MetadataFormat(
        prefix=Form.METS,
        schema="http://www.loc.gov/standards/mets/mets.xsd",
        namespace="http://www.loc.gov/METS/",
    ),
)
_OF = {each.prefix: each for each in FORMATS}


def format_of(form: Form) -> MetadataFormat:
    """Give the description of a form."""
    return _OF[form]


def offered(prefix: str) -> Form | None:
    """Give the form that a metadataPrefix names, spelled exactly so; None if it is not offered."""
    return Form(prefix) if prefix in set(Form) else None

"""Who answers: what every form of open data says of the archive itself."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from access.addresses import record_path
from access.oai_identifiers import is_repository
from access.settings import PublicSettings

NOBODYS_REPOSITORY = "earkiv.invalid"
NOBODYS_EMAIL = "arkiv@earkiv.invalid"
"""What an archive is called that has no domain name and no address of its own yet (RFC 2606)."""

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
LOCAL_AUTHORITY = "http://purl.org/adms/publishertype/LocalAuthority"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The archive as others see it.

    `url` is the address of the reading room without a last slash, `repository` the domain name in its identifiers,
    `publisher_type` an IRI. `licence` holds for the descriptions of records, never for their documents.
    """

    url: str
    name: str
    email: str = NOBODYS_EMAIL
    repository: str = NOBODYS_REPOSITORY
    licence: str = CC0
    publisher_type: str = LOCAL_AUTHORITY

    def address(self, path: str) -> str:
        """Give the address of a path of the reading room."""
        return f"{self.url}{path}"

    def page(self, kind: Literal["case", "record"], public_id: str) -> str:
        """Give the address of a record's page."""
        return self.address(record_path(kind, public_id))


def about_of(settings: PublicSettings, url: str) -> About:
    """Say who answers; `url` is the address that the reading room is asked by."""
    return About(
        url=url,
        name=settings.name,
        email=settings.contact or NOBODYS_EMAIL,
        repository=settings.repository or _repository(url),
        licence=settings.licence or CC0,
        publisher_type=settings.publisher_type or LOCAL_AUTHORITY,
    )


def _repository(url: str) -> str:
    """Name a repository by the host of its address; without a domain name of its own it is nobody's."""
    host = urlsplit(url).hostname or ""
    return host if is_repository(host) else NOBODYS_REPOSITORY

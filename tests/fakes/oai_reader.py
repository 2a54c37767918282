"""Reads answers of OAI-PMH as a harvester does, without knowing who wrote them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

_NS = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer."""

    root: Any

    def texts(self, path: str) -> list[str]:
        """Give the texts at a path whose prefix `o` is the protocol's."""
        return [
            found if isinstance(found, str) else found.text or "" for found in self.root.xpath(path, namespaces=_NS)
        ]

    @property
    def errors(self) -> list[str]:
        return self.texts("//o:error/@code")

    @property
    def token(self) -> str | None:
        """The token to go on with; "" = the last of several pages, None = the only page."""
        return next(iter(self.texts("//o:resumptionToken")), None)

    def records(self) -> list[tuple[str, str | None]]:
        """Give public ids with titles, None = deleted."""
        return [
            (
                header.findtext("o:identifier", namespaces=_NS).rpartition(":")[2],
                None
                if header.get("status") == "deleted"
                else header.getparent().findtext(".//dc:title", namespaces=_NS),
            )
            for header in self.root.iterfind(".//o:header", _NS)
        ]


def page(content: bytes) -> Page:
    """Read an answer."""
    return Page(root=etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True)))


class Harvester:
    """Harvests as harvesters do: the last word on an id is what it keeps."""

    def __init__(self, ask: Callable[[dict[str, str]], bytes], **arguments: str) -> None:
        self._ask = ask
        self._next: dict[str, str] | None = {"verb": "ListRecords", "metadataPrefix": "oai_dc", **arguments}
        self.kept: dict[str, str | None] = {}
        self.seen: list[str] = []
        self.pages: list[Page] = []

    @property
    def is_done(self) -> bool:
        return self._next is None

    def fetch(self) -> None:
        """Fetch one page."""
        assert self._next is not None
        answer = page(self._ask(self._next))
        assert answer.errors in ([], ["noRecordsMatch"]), answer.errors
        self.pages.append(answer)
        self.kept |= dict(answer.records())
        self.seen += [record for record, _ in answer.records()]
        self._next = {"verb": "ListRecords", "resumptionToken": answer.token} if answer.token else None

    def fetch_all(self) -> None:
        """Fetch until the list ends."""
        while not self.is_done:
            self.fetch()

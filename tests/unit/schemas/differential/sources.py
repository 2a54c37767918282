"""A schema's text and the files that answer its imports: read by two processors, neither of which has a network."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import xmlschema
from lxml import etree

import schemas
from schemas.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A schema; whatever it imports or includes is the file of that name in `files`, and nothing else."""

    text: str
    files: Mapping[str, Path]

    def compiled(self) -> etree.XMLSchema:
        """As the archive compiles schemas: by libxml2."""
        parser = etree.XMLParser(no_network=True)
        parser.resolvers.add(_Among(self.files))
        return etree.XMLSchema(etree.fromstring(self.text.encode(), parser))

    def opened(self) -> xmlschema.XMLSchema:
        """By the second processor, which also tells what the schema declares."""
        return xmlschema.XMLSchema(self.text, allow="local", uri_mapper=self._address)

    def _address(self, uri: str) -> str:
        file = self.files.get(uri.rsplit("/", maxsplit=1)[-1])
        return uri if file is None else file.resolve().as_uri()


class _Among(etree.Resolver):
    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__()
        self._files = files

    def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
        del public_id
        file = self._files[system_url.rsplit("/", maxsplit=1)[-1]]
        return cast("Any", self).resolve_filename(str(file), context)  # lxml's stubs leave this method out


def ours(name: str) -> Source:
    """A schema of the catalogue, to be read; the archive itself compiles it. A published address leads to our file."""
    by_name = {Path(schema.name).name: schema.name for schema in CATALOGUE}
    by_address = {uri.split("/")[-1]: schema.name for schema in CATALOGUE for uri in schema.uris}
    files = {name: schemas.locate(found) for name, found in {**by_name, **by_address}.items()}
    return Source(text=_text(schemas.locate(name)), files=files)


def installed(name: str) -> Source:
    """A third-party schema of this installation, with the third-party files alone beside it."""
    file = schemas.locate(name)
    return Source(text=_text(file), files={other.name: other for other in file.parent.glob("*.xsd")})


def published(file: Path) -> Source:
    """A published schema of the corpus, with the files of its folder."""
    return Source(text=_text(file), files={other.name: other for other in file.parent.glob("*.xsd")})


def together(files: Mapping[str, Path]) -> Source:
    """Several published schemas as one: by the namespace of each, and the file."""
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="http://published/{file.name}"/>'
        for namespace, file in files.items()
    )
    head = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:together"'
    beside = {other.name: other for file in files.values() for other in file.parent.glob("*.xsd")}
    named = {file.name: file for file in files.values()}
    return Source(text=f"<xs:schema {head}>{imports}</xs:schema>", files={**beside, **named})


def without_namespace(source: Source, namespace: str) -> Source:
    """The same rules for documents that state no namespace."""
    text = source.text
    for declaration in (f'xmlns="{namespace}"', f'targetNamespace="{namespace}"'):
        assert text.count(declaration) == 1
        text = text.replace(declaration, "")
    return Source(text=text, files=source.files)


def _text(file: Path) -> str:
    """A file's text without the XML declaration, which a str may not have."""
    text = file.read_text("utf-8-sig")
    return text.split("?>", 1)[1].strip() if text.startswith("<?xml") else text

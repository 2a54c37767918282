"""Compiled schemas, from the catalogue alone: whatever a schema imports comes from there or is refused.

A package's own schema files and `xsi:schemaLocation` are never followed.
"""

from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, cast
from urllib.parse import unquote

from lxml import etree

import schemas
from schemas.catalogue import CATALOGUE


class _CatalogueOnly(etree.Resolver):
    """Answers an import by its published address or by its file name in the catalogue; nothing else."""

    def resolve(self, system_url: str, public_id: str, context: object = None) -> object:
        del public_id
        path = schemas.resolve(system_url) or _catalogued(system_url)
        return cast("Any", self).resolve_filename(str(path), context)  # lxml's stubs leave this method out


def _catalogued(url: str) -> Path:
    wanted = PurePosixPath(unquote(url)).name
    for schema in CATALOGUE:
        if PurePosixPath(schema.name).name == wanted:
            return schemas.locate(schema.name)
    raise ValueError(f"no schema of the catalogue: {url}")


@cache
def compiled(name: str) -> etree.XMLSchema:
    """Compile the schema with this short name (`schemas.catalogue.ENTRY_POINTS`), once per process.

    Raises:
        schemas.SchemasMissing: not all schemas of the catalogue are installed.
        KeyError: the catalogue knows no such name.
    """
    if absent := schemas.missing():
        raise schemas.SchemasMissing(absent)
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    parser.resolvers.add(_CatalogueOnly())
    return etree.XMLSchema(etree.parse(str(schemas.locate(name)), parser))

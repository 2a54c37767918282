"""Packages that the journal knows and the catalogue does not: it is another archive's, or waits for a rebuild."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ingest.application.access_chains import package_chain
from ingest.application.inspect_journal import Signatures, chain_folder, read_chain, signatures
from ingest.application.inspect_storage import Inspector, Progress
from ingest.domain.journal import EMPTY_CHAIN
from ingest.errors import ConfigurationError
from ingest.pipeline.step import Ports

_PACKAGES: Final = "journal/package/"


def require_none_forgotten(ports: Ports) -> None:
    """Refuse a catalogue that a rebuild would add a package to. Raises ConfigurationError, StoreUnavailable.

    What is in no genuine entry of any copy is lost, not forgotten: a rebuild does not bring it back.
    """
    judged: Signatures | None = None
    for inspector in (Inspector(store, Progress(report=lambda _objects, _bytes: None)) for store in ports.replicas):
        for package in _packages(inspector):
            if _is_known(package, ports):
                continue
            judged = judged or signatures(ports)
            if _is_genuine(package, inspector, judged):
                raise ConfigurationError(
                    f"Katalogen känner inte till paket {package}, som finns i arkivets lager. Ange rätt "
                    "EARKIV_DATABASE, eller kör `earkiv rebuild`. Till dess tas inget ut ur läsesalen för att beslut "
                    "saknas.",
                    f"The catalogue does not know package {package}, which is in the archive's stores. Name the right "
                    "EARKIV_DATABASE, or run `earkiv rebuild`. Until then nothing is taken out of the reading room for "
                    "want of a decision.",
                )


def _packages(inspector: Inspector) -> Iterator[str]:
    for package, _ in groupby(inspector.keys(_PACKAGES), lambda key: key.split("/")[-2]):
        yield package


def _is_known(package: str, ports: Ports) -> bool:
    """Whether the catalogue has the package, or a delivery under way that has made it."""
    if _has_chain(package, ports) or any(one.package == package for one in ports.catalogue.unfinished()):
        return True
    # It may have been registered between the two looks.
    return _has_chain(package, ports)


def _has_chain(package: str, ports: Ports) -> bool:
    return ports.catalogue.chain_head(package_chain(package)) != EMPTY_CHAIN


def _is_genuine(package: str, inspector: Inspector, judged: Signatures) -> bool:
    folder = chain_folder(package_chain(package))
    return any(read.signed for read in read_chain(inspector, folder, inspector.keys(folder), judged))

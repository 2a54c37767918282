"""Adapters and fakes have their port's methods, parameter for parameter."""

import inspect
from collections.abc import Iterator

import pytest

from ingest import ports, tool_ports
from ingest.adapters.conversion import ConfinedConverter
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.examination import PooledExaminer
from ingest.adapters.pronom import PronomIdentifier
from ingest.adapters.s3.store import S3Store
from ingest.adapters.signing import Ed25519Signer, FollowingSigner
from ingest.adapters.system import RandomIds, SystemClock
from ingest.adapters.unscanned import Unscanned
from tests.fakes.memory_store import MemoryStore
from tests.fakes.steady_converter import SteadyConverter

IMPLEMENTATIONS: tuple[tuple[type, type], ...] = (
    (ports.ObjectStore, DirectoryStore),
    (ports.ObjectStore, MemoryStore),
    (ports.ObjectStore, S3Store),
    (tool_ports.Examiner, PooledExaminer),
    (tool_ports.Converter, ConfinedConverter),
    (tool_ports.Converter, SteadyConverter),
    (tool_ports.FormatIdentifier, PronomIdentifier),
    (tool_ports.VirusScanner, Unscanned),
    (ports.Signer, Ed25519Signer),
    (ports.Signer, FollowingSigner),
    (ports.Clock, SystemClock),
    (ports.Ids, RandomIds),
)


def promises(port: type) -> Iterator[str]:
    return (name for name in vars(port) if not name.startswith("_"))


@pytest.mark.parametrize(("port", "implementation"), IMPLEMENTATIONS)
def test_every_method_has_the_ports_parameters(port: type, implementation: type) -> None:
    for name in promises(port):
        promised, made = vars(port)[name], inspect.getattr_static(implementation, name)
        assert isinstance(made, property) == isinstance(promised, property), name
        if not isinstance(promised, property):
            assert _parameters(made) == _parameters(promised), name


def _parameters(function: object) -> list[tuple[str, object, object]]:
    assert callable(function)
    parameters = inspect.signature(function).parameters.values()
    return [(parameter.name, parameter.kind, parameter.default) for parameter in parameters]

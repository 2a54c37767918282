"""Verification of a whole archive, as tests ask for it."""

from audit.verification import Damage, verify_packages
from ingest.pipeline.step import Ports


def silent(_objects: int, _bytes: int) -> None:
    """Report to nobody."""


def damages(ports: Ports) -> tuple[Damage, ...]:
    return verify_packages(ports, None, silent).damages


def keys_named(ports: Ports) -> set[str]:
    return {damage.key for damage in damages(ports)}

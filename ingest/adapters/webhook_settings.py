"""Where webhooks may be sent, as settings say it."""

from collections.abc import Mapping
from ipaddress import ip_network

from ingest.domain.receivers import HOST, Network


def parse_networks(value: str) -> tuple[Network, ...]:
    """Read networks, commas between. Raises ValueError."""
    return tuple(ip_network(one.strip()) for one in value.split(","))


def parse_hosts(value: str) -> Mapping[str, tuple[str, ...]]:
    """Read `PRODUCER=host,*.host;*=host`: hosts by producer. Raises ValueError."""
    return dict(_entry(entry) for entry in value.split(";") if entry.strip())


def _entry(entry: str) -> tuple[str, tuple[str, ...]]:
    producer, separator, listed = entry.rpartition("=")
    hosts = tuple(host.strip().lower() for host in listed.split(","))
    if not (separator and producer.strip()) or not all(HOST.fullmatch(host.removeprefix("*.")) for host in hosts):
        raise ValueError(entry)
    return producer.strip(), hosts

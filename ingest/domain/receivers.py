"""Where messages to producers may go: by https to the public internet, and to what else the operator names.

A producer says where its messages go, and the archive's machines reach places that the producer must not. So a URL is
held against these rules when it is registered and each time before it is used, and so is every address that its name
stands for, before a connection is made to exactly that address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

ANY_PRODUCER: Final = "*"
PORTS: Final = frozenset({443, 8443})
"""Ports of receivers on the public internet."""
MOST_CHARACTERS: Final = 2000
HOST: Final = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
)
_NUMBER: Final = re.compile(r"(.*\.)?([0-9]+|0[xX][0-9A-Fa-f]*)")
"""Ends in a number: where that is no address as we write them, some programs read one all the same (`127.1`)."""
_PLAIN: Final = re.compile(r"[!-~]+")
_HOME: Final = ("localhost", "127.0.0.1", "::1")
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_NEVER: Final[tuple[Network, ...]] = tuple(
    ip_network(one) for one in ("100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128")
)
"""What clouds tell their machines about themselves, secrets too, where that is not link-local."""
_NOT_PUBLIC: Final[tuple[Network, ...]] = tuple(
    ip_network(one)
    for one in (
        "192.0.0.0/24",  # protocols
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # Teredo and other protocols
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",
    )
)
"""Leading inwards, or nowhere, though some version of Python calls them global."""


class ReceiverFault(StrEnum):
    """Why a URL is no receiver."""

    NOT_A_URL = "not-a-url"
    NOT_HTTPS = "not-https"
    CREDENTIALS = "credentials"
    PORT = "port"
    HOST = "host"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A URL in its parts: `host` a name or an address without brackets, `target` what comes after host and port."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header says them (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """What the operator allows: `networks` beyond the public internet, and `hosts` by producer.

    A producer that `hosts` names, itself or by `*`, is told at those alone; `*.example.se` means all names below.
    """

    networks: tuple[Network, ...] = ()
    hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        hosts = ";".join(f"{producer}={','.join(listed)}" for producer, listed in self.hosts.items())
        return f"networks={','.join(map(str, self.networks))} hosts={hosts}"

    def fault_of(self, url: str, producer: str | None) -> ReceiverFault | None:
        """Say why a producer's messages may not go to a URL; None when all that can be known without asking is well."""
        found = read_receiver(url)
        if isinstance(found, ReceiverFault):
            return found
        if not self._names(found.host, producer):
            return ReceiverFault.HOST
        if found.scheme != "https" and not (found.host in _HOME and self.networks):
            return ReceiverFault.NOT_HTTPS
        if not self.networks and found.port not in PORTS:
            return ReceiverFault.PORT
        literal = _address(found.host)
        return ReceiverFault.ADDRESS if literal and not self.permits(literal, found) else None

    def _names(self, host: str, producer: str | None) -> bool:
        allowed = self.hosts.get(producer or "", self.hosts.get(ANY_PRODUCER))
        return allowed is None or any(_covers(pattern, host) for pattern in allowed)

    def permits(self, address: Address, receiver: Receiver) -> bool:
        """Say whether a connection to an address may be made for a receiver."""
        if _is_barred(address):
            return False
        if any(address in network for network in self.networks):
            return receiver.scheme == "https" or address.is_loopback
        return receiver.scheme == "https" and receiver.port in PORTS and is_public(address)


def _is_barred(address: Address) -> bool:
    """Say whether an address is never connected to, whatever networks the operator names."""
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address.sixtofour or address.teredo):
        return True  # an IPv4 address inside, which is not looked at as one
    special = address.is_multicast or address.is_link_local or address.is_unspecified
    return special or any(address in network for network in _NEVER)


def is_public(address: Address) -> bool:
    """Say whether an address lies on the public internet, and hides none that does not."""
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False  # also IPv4 inside IPv6: mapped, translated, site-local and whatever comes to be
    return address.is_global and not _is_barred(address) and not any(address in one for one in _NOT_PUBLIC)


def read_receiver(url: str) -> Receiver | ReceiverFault:
    """Take a URL apart, strictly: what two programs could read in two ways is no URL here."""
    if len(url) > MOST_CHARACTERS or not _PLAIN.fullmatch(url) or "\\" in url or "#" in url:
        return ReceiverFault.NOT_A_URL
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ReceiverFault.NOT_A_URL
    if parts.scheme not in {"https", "http"}:
        return ReceiverFault.NOT_HTTPS
    if "@" in parts.netloc:
        return ReceiverFault.CREDENTIALS
    host = parts.hostname or ""
    is_name = HOST.fullmatch(host) and not _NUMBER.fullmatch(host)
    if not (is_name or _address(host)) or parts.netloc.endswith(":"):
        return ReceiverFault.NOT_A_URL
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Receiver(
        scheme=parts.scheme, host=host, port=port or {"https": 443, "http": 80}[parts.scheme], target=target
    )


def _address(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _covers(pattern: str, host: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern

"""Add an event to the PREMIS document of an AIP that is stored: everything else in it stays byte for byte.

The documents are our own (`premis.py`): events, then agents, then the end. In them `<premis:agent>` can only be the
element, since text holds no `<`.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

from ingest.domain.provenance import PreservationEvent
from ingest.formats.writing.premis import PREMIS, VERSION, XSI, write_agent, write_package_event
from ingest.formats.xml_writer import write_xml

_AGENT: Final = b"\n  <premis:agent>"
_END: Final = b"\n</premis:premis>"
_EVENT: Final = b"\n  <premis:event>"
_IDENTITY: Final = re.compile(rb"<premis:agentIdentifierValue>(.*?)</premis:agentIdentifierValue>", re.DOTALL)
_CHUNK: Final = 1 << 20


class NotOurs(ValueError):
    """This is no PREMIS document that this archive wrote."""


def add_event(source: BinaryIO, sink: BinaryIO, package: str, event: PreservationEvent) -> None:
    """Copy a document with one event more, about the package, and with the agents of it that are new.

    Raises NotOurs, OSError, and ValueError for what XML cannot carry.
    """
    events, agents = _fragments(package, event)
    tail = _copied_to(source, sink, _AGENT)
    cut = tail.rfind(_END)
    if cut < 0:
        raise NotOurs("it does not end as it should")
    known = set(_IDENTITY.findall(tail))
    sink.write(events + tail[:cut])
    for agent in agents:
        if not known.intersection(_IDENTITY.findall(agent)):
            sink.write(agent)
    sink.write(tail[cut:])


def _copied_to(source: BinaryIO, sink: BinaryIO, token: bytes) -> bytes:
    """Copy all that comes before a token, and give the rest, the token first. Raises NotOurs without one."""
    held = b""
    for chunk in _chunks(source):
        held += chunk
        place = held.find(token)
        if place >= 0:
            sink.write(held[:place])
            return held[place:] + b"".join(_chunks(source))
        safe = max(len(held) - len(token), 0)
        sink.write(held[:safe])
        held = held[safe:]
    raise NotOurs("it has no agent")


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _fragments(package: str, event: PreservationEvent) -> tuple[bytes, list[bytes]]:
    """Give the event, and each of its agents, as they stand in a document."""
    written = BytesIO()
    namespaces = {"premis": PREMIS, "xsi": XSI}
    with write_xml(written, f"{{{PREMIS}}}premis", namespaces=namespaces, attributes={"version": VERSION}) as root:
        write_package_event(root, package, event)
        for agent in event.agents:
            write_agent(root, agent)
    whole = written.getvalue()
    begin, end = whole.index(_EVENT), whole.index(_END)
    first = whole.index(_AGENT, begin)
    agents = [_AGENT + part for part in whole[first:end].split(_AGENT)[1:]]
    return whole[begin:first], agents

"""Keys of every role, made where an archive is served."""

from ingest.application.manage_keys import ProducersKey, StaffKey, issue_key
from ingest.domain.keys import Role
from tests.features.api_client import Client

Header = dict[str, str]


def key_for(client: Client, role: Role, name: str, *agreements: str) -> Header:
    """Make a key and give the header that shows it."""
    ports = client.archive.ports
    wanted = (
        ProducersKey(producer=name, agreements=agreements or ("default",))
        if role is Role.PRODUCER
        else StaffKey(role=role, holder=name)
    )
    issued = issue_key(wanted, "prov", ports.catalogue, ports.ids, ports.clock.now())
    return {"Authorization": f"Bearer {issued.secret}"}

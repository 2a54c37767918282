"""`earkiv keys` and `earkiv establish`: what has to be there before anybody can deliver over the network."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from earkiv.cli import serving_texts as texts
from earkiv.cli.endings import FINE, WrongUse
from earkiv.cli.schema_setup import require_schemas
from earkiv.cli.session import Printing, Session, print_json
from ingest.adapters.system import RandomIds, SystemClock
from ingest.application.manage_keys import ProducersKey, StaffKey, Vouched, Wanted, admit_client, issue_key
from ingest.bootstrap import establishing, keeping, reading
from ingest.domain.keys import Action, ApiKey, Role
from ingest.errors import ConfigurationError


def establish_archive(session: Session) -> int:
    """Make the archive, or bring it up to date. Raises EarkivError."""
    require_schemas(session)
    with establishing(session.settings) as archive:
        key = archive.ports.signer.key_id
    session.page().print(session.voice(texts.ESTABLISHED).format(key=key))
    return FINE


def create_key(wanted: Wanted, note: str, session: Session) -> int:
    """Make a key and print it, once. Raises ConfigurationError for one that would be nobody's, or open nothing."""
    with keeping(session.settings) as archive:
        issued = issue_key(wanted, note, archive.ports.catalogue, RandomIds(), SystemClock().now())
    if session.printing is Printing.JSON:
        print_json({**_document(issued.key), "key": issued.secret})
        return FINE
    session.note(session.voice(texts.KEY_CREATED))
    session.page().print(issued.secret)
    return FINE


def admit(client: str, wanted: Wanted, note: str, session: Session) -> int:
    """Let a client of the identity provider in. Raises ConfigurationError where none is named, or it is in already."""
    issuer = session.settings.identity_issuer
    if issuer is None:
        raise ConfigurationError(texts.NO_ISSUER.sv, texts.NO_ISSUER.en)
    vouched = Vouched(issuer=issuer, client=client)
    with keeping(session.settings) as archive:
        key = admit_client(wanted, vouched, note, archive.ports.catalogue, RandomIds(), SystemClock().now())
    if session.printing is Printing.JSON:
        print_json(_document(key))
        return FINE
    session.page().print(session.voice(texts.CLIENT_ADMITTED).format(client=client, id=key.id))
    return FINE


class Scope(NamedTuple):
    """What a producer's key opens, as it was asked for; no actions means all of them."""

    producer: str
    agreements: Sequence[str]
    actions: Sequence[Action]


def wanted_key(role: Role, scope: Scope, holder: str) -> Wanted:
    """Say what key is asked for. Raises WrongUse where that contradicts itself."""
    if role is Role.PRODUCER and not holder:
        actions = frozenset(scope.actions or Action)
        return ProducersKey(producer=scope.producer, agreements=scope.agreements, actions=actions)
    if role is Role.PRODUCER or any(scope):
        raise WrongUse(texts.MIXED_KEY.sv, texts.MIXED_KEY.en)
    return StaffKey(role=role, holder=holder)


def list_keys(session: Session) -> int:
    """Print every key, without what its holder shows."""
    with reading(session.settings) as archive:
        documents = [_document(key) for key in archive.ports.catalogue.api_keys()]
    if session.printing is Printing.JSON:
        print_json(documents)
    elif documents:
        _print_table(documents, session)
    else:
        session.page().print(session.voice(texts.NO_KEYS))
    return FINE


def revoke_key(key_id: str, session: Session) -> int:
    """Let a key open nothing from now on. Raises UnknownSubject."""
    with keeping(session.settings) as archive:
        archive.ports.catalogue.revoke_key(key_id, SystemClock().now())
    session.page().print(session.voice(texts.KEY_REVOKED).format(id=key_id))
    return FINE


def _document(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "role": key.role.value,
        "producer": key.producer or None,
        "holder": key.holder or None,
        "client": key.client or None,
        "agreements": list(key.agreements),
        "actions": [action.value for action in key.actions],
        "note": key.note,
        "created": key.created_at.isoformat(),
        "revoked": key.revoked_at.isoformat() if key.revoked_at else None,
        "lastUsed": key.last_used.isoformat() if key.last_used else None,
    }


def _print_table(documents: Sequence[dict[str, Any]], session: Session) -> None:
    from rich.table import Table  # noqa: PLC0415 - JSON needs no tables

    table = Table(*(session.voice(column) for column in texts.KEY_COLUMNS), box=None)
    for key in documents:
        used = session.voice(texts.REVOKED) if key["revoked"] else key["lastUsed"] or session.voice(texts.IN_USE)
        lists = (", ".join(key["agreements"]), ", ".join(key["actions"]))
        table.add_row(
            key["id"], key["role"], key["producer"] or key["holder"], *lists, key["created"], used, key["note"]
        )
    session.page().print(table)

"""`earkiv quotas`: how much a producer may have under way."""

from typing import Any

from earkiv.cli import serving_texts as texts
from earkiv.cli.endings import FINE
from earkiv.cli.session import Printing, Session, print_json
from ingest.bootstrap import keeping, reading
from ingest.domain.quotas import Quota


def set_quota(quota: Quota, session: Session) -> int:
    """Let a quota hold from now on; one without bounds lifts it."""
    with keeping(session.settings) as archive:
        archive.ports.catalogue.set_quota(quota)
    if session.printing is Printing.JSON:
        print_json(_document(quota))
    else:
        session.page().print(session.voice(texts.QUOTA_SET).format(producer=quota.producer, **_said(quota, session)))
    return FINE


def list_quotas(session: Session) -> int:
    """Print every quota."""
    with reading(session.settings) as archive:
        found = archive.ports.catalogue.quotas()
    if session.printing is Printing.JSON:
        print_json([_document(quota) for quota in found])
        return FINE
    for quota in found:
        session.page().print(session.voice(texts.QUOTA).format(producer=quota.producer, **_said(quota, session)))
    if not found:
        session.page().print(session.voice(texts.NO_QUOTAS))
    return FINE


def _said(quota: Quota, session: Session) -> dict[str, object]:
    any_number = session.voice(texts.ANY_NUMBER)
    bounds = {"deliveries": quota.deliveries, "bytes": quota.bytes}
    return {name: any_number if most is None else most for name, most in bounds.items()}


def _document(quota: Quota) -> dict[str, Any]:
    return {"producer": quota.producer, "deliveries": quota.deliveries, "bytes": quota.bytes}

"""What is told of a webhook, and to whom."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.application.manage_webhooks import operators_document, webhook_document
from ingest.domain.webhooks import Answer, Attempt, Outcome
from tests.contracts.catalogue_values import NOON
from tests.contracts.catalogue_webhooks import SUBSCRIPTION
from tests.fakes.small_archive import opened_to_write


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_producer_is_not_told_which_names_lead_to_the_inside(outcome: Outcome, tmp_path: Path) -> None:
    tried = replace(SUBSCRIPTION, last=Attempt(at=NOON, answer=Answer(outcome=outcome)))
    with opened_to_write(tmp_path / "home") as ports:
        told, operators = webhook_document(tried, ports), operators_document(tried, ports)
    as_told = Outcome.NO_ADDRESS if outcome is Outcome.FORBIDDEN_RECEIVER else outcome
    assert told["lastAttempt"] == {"at": NOON.isoformat(), "outcome": as_told.value, "status": None}
    assert operators["lastAttempt"]["outcome"] == outcome.value
    assert operators["producer"] == "Exempelstaden"

"""What is told of a webhook, and to whom."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.application.manage_webhooks import Subscribed, Wanted, operators_document, subscribe, webhook_document
from ingest.domain.agreements import Standing, SubmissionAgreement
from ingest.domain.webhooks import Answer, Attempt, NoticeType, Outcome
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


ACCEPTED, REJECTED = NoticeType.ACCEPTED, NoticeType.REJECTED


@pytest.mark.parametrize(
    ("named", "asked", "told"),
    [
        ({"skola": (ACCEPTED,)}, (), (ACCEPTED,)),
        ({"skola": (REJECTED,), "bygg": (ACCEPTED,)}, (), (ACCEPTED, REJECTED)),
        ({"skola": (ACCEPTED,), "bygg": ()}, (), tuple(NoticeType)),
        ({}, (), tuple(NoticeType)),
        ({"skola": (ACCEPTED,)}, (REJECTED,), (REJECTED,)),
    ],
)
def test_a_webhook_tells_what_the_agreements_name_unless_it_says_itself(
    named: dict[str, tuple[NoticeType, ...]],
    asked: tuple[NoticeType, ...],
    told: tuple[NoticeType, ...],
    tmp_path: Path,
) -> None:
    with opened_to_write(tmp_path / "home") as ports:
        for agreement, notifications in named.items():
            ports.catalogue.add_agreement(SubmissionAgreement(id=agreement, version=1, notifications=notifications))
        draft = SubmissionAgreement(id="skola", version=2, standing=Standing.DRAFT, notifications=(NoticeType.HELD,))
        ports.catalogue.add_agreement(draft)
        url = "https://mottagare.example/"
        wanted = Wanted(producer="Staden", url=url, types=asked, agreements=(*named, "finns-inte"))
        made = subscribe(wanted, ports)
    assert isinstance(made, Subscribed)
    assert made.subscription.types == told

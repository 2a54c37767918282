"""No term of the domain is left in English to who reads Swedish."""

import pytest

from audit.desk.terms import EVENTS, OUTCOMES, SEVERITIES, STATES
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Severity
from ingest.domain.provenance import EventOutcome, EventType


@pytest.mark.parametrize(
    ("texts", "terms"),
    [(STATES, DeliveryState), (EVENTS, EventType), (OUTCOMES, EventOutcome), (SEVERITIES, Severity)],
)
def test_every_term_is_said_in_both_languages(
    texts: dict[str, object], terms: type[DeliveryState | EventType | EventOutcome | Severity]
) -> None:
    assert set(texts) == {str(term) for term in terms}

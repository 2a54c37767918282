"""Every text exists in Swedish and in English, and both speak of the same things."""

import string

import pytest

from earkiv import demo_texts
from earkiv.cli import command_texts, scan_texts, serving_texts, store_texts, texts, webhook_texts
from earkiv.cli.language import Voice
from earkiv.cli.vocabulary import said
from earkiv.pushing import texts as pushing_texts
from ingest.api import texts as api_texts
from ingest.api import webhook_texts as api_webhook_texts
from ingest.config import Language
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Text
from ingest.domain.provenance import EventOutcome, EventType

SAYING = (
    api_texts,
    command_texts,
    demo_texts,
    pushing_texts,
    scan_texts,
    serving_texts,
    store_texts,
    texts,
    webhook_texts,
    api_webhook_texts,
)
EVERY = [
    pytest.param(text, id=f"{module.__name__}.{name}")
    for module in SAYING
    for name, text in vars(module).items()
    if isinstance(text, Text)
]
SWEDISH = Voice(language=Language.SWEDISH)
ENGLISH = Voice(language=Language.ENGLISH)


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("text", EVERY)
def test_both_languages_are_there_and_fill_in_the_same_values(text: Text) -> None:
    assert text.sv.strip()
    assert text.en.strip()
    assert named(text.sv) == named(text.en)


def test_there_are_texts() -> None:
    assert len(EVERY) > 100


@pytest.mark.parametrize("term", [*EventType, *EventOutcome, *DeliveryState])
def test_every_term_is_said_in_swedish(term: str) -> None:
    assert said(term, SWEDISH) != str(term)
    assert said(term, ENGLISH) == str(term)


def test_a_term_that_is_not_known_stays() -> None:
    assert said("unheard of", SWEDISH) == "unheard of"

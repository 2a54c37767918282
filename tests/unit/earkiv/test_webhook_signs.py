"""What `doctor` says of webhooks."""

from dataclasses import replace
from pathlib import Path

from earkiv.cli.language import Voice
from earkiv.cli.signs import State
from earkiv.cli.webhook_signs import webhook_signs
from ingest.config import Language
from ingest.domain.webhook_progress import answered
from ingest.domain.webhooks import Answer, Attempt, Outcome
from tests.contracts.catalogue_webhooks import SUBSCRIPTION, told
from tests.fakes.small_archive import opened_to_write, settings_of

ENGLISH = Voice(language=Language.ENGLISH)


def test_an_archive_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert list(webhook_signs(settings_of(tmp_path / "home"), ENGLISH)) == []
    assert not (tmp_path / "home").exists()


def test_one_that_was_given_up_is_told_and_until_then_how_far_they_are(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with opened_to_write(home) as ports:
        assert list(webhook_signs(settings_of(home), ENGLISH)) == []
        told(ports.catalogue, "a")
        ports.catalogue.add_subscription(SUBSCRIPTION)
        ports.catalogue.add_subscription(replace(SUBSCRIPTION, id="s2", producer=None))
        (well,) = webhook_signs(settings_of(home), ENGLISH)
        assert (well.state, "2, none" in well.text, "at most 1 event" in well.text) == (State.OK, True, True)
        gone = Attempt(at=ports.clock.now(), answer=Answer(outcome=Outcome.GONE, status=410))
        ports.catalogue.amend_subscription("s2", lambda one: answered(one, 0, 1, gone))
        (ill,) = webhook_signs(settings_of(home), ENGLISH)
    assert ill.state is State.WARN
    assert all(word in ill.text for word in ("s2", "EARKIV_API_KEY", "gone", "/replay"))

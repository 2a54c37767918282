"""What `doctor` says of producers that may announce as many bytes as they like."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from earkiv.cli.language import Voice
from earkiv.cli.quota_signs import quota_signs
from earkiv.cli.signs import Sign, State
from ingest.config import Language
from ingest.domain.keys import Action, ApiKey, Role
from ingest.domain.quotas import Quota

NOW = datetime(2026, 11, 29, tzinfo=UTC)
KEY = ApiKey(id="1", sha256="", producer="Nämnden", agreements=("a",), actions=tuple(Action), note="", created_at=NOW)
BOUNDED = Quota(producer="Nämnden", bytes=1)


def signs(*keys: ApiKey, quotas: tuple[Quota, ...] = (), language: Language = Language.ENGLISH) -> list[Sign]:
    return list(quota_signs(keys, quotas, Voice(language=language)))


@pytest.mark.parametrize(("language", "word"), [(Language.SWEDISH, "kvot"), (Language.ENGLISH, "quota")])
def test_a_producer_without_a_bound_is_named(language: Language, word: str) -> None:
    for quotas in ((), (Quota(producer="Nämnden", deliveries=5),), (replace(BOUNDED, producer="En annan"),)):
        (sign,) = signs(KEY, KEY, quotas=quotas, language=language)
        assert sign.state is State.WARN
        assert word in sign.text
        assert sign.text.endswith("(Nämnden)")


def test_where_all_are_bounded_it_says_so() -> None:
    (sign,) = signs(KEY, quotas=(BOUNDED,))
    assert (sign.state, sign.text) == (State.OK, "All producers that may deliver have a quota of bytes: 1")


def test_who_cannot_deliver_needs_no_quota() -> None:
    reading = replace(KEY, actions=(Action.READ,))
    archivist = replace(KEY, role=Role.ARCHIVIST, producer="", holder="Anna Arkivarie")
    assert signs(reading, archivist, replace(KEY, revoked_at=NOW)) == []


def test_of_many_the_first_are_named() -> None:
    (sign,) = signs(*(replace(KEY, producer=f"N{number}") for number in range(7)))
    assert sign.text.endswith("(N0, N1, N2, N3, N4 …)")

"""What a catalogue promises of the API's keys."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.domain.keys import Action, ApiKey
from ingest.errors import UnknownSubject
from ingest.ports import Catalogue
from tests.contracts.catalogue_values import NOON

KEY = ApiKey(
    id="k1",
    sha256="a" * 64,
    producer="Stadsbyggnadsnämnden",
    agreements=("bygglov", "ovrigt"),
    actions=(Action.DELIVER, Action.READ),
    note="driftsatt på måndag",
    created_at=NOON,
)


class KeysContract:
    """Part of the catalogue's contract; the whole gives `catalogue`."""

    def test_a_key_is_found_by_its_hash_alone(self, catalogue: Catalogue) -> None:
        catalogue.add_key(KEY)
        catalogue.add_key(KEY)
        assert catalogue.key_of(KEY.sha256) == KEY
        assert catalogue.key_of("b" * 64) is None
        assert catalogue.key_of(KEY.id) is None

    def test_keys_are_listed_oldest_first(self, catalogue: Catalogue) -> None:
        newer = replace(KEY, id="k0", sha256="b" * 64, created_at=NOON + timedelta(days=1))
        for key in (newer, KEY):
            catalogue.add_key(key)
        assert catalogue.api_keys() == (KEY, newer)

    def test_a_revoked_key_stays_known_and_keeps_its_time(self, catalogue: Catalogue) -> None:
        catalogue.add_key(KEY)
        catalogue.revoke_key(KEY.id, NOON)
        catalogue.revoke_key(KEY.id, NOON + timedelta(days=1))
        assert catalogue.key_of(KEY.sha256) == replace(KEY, revoked_at=NOON)
        catalogue.note_use(KEY.id, NOON)
        found = catalogue.key_of(KEY.sha256)
        assert found is not None
        assert (found.revoked_at, found.is_in_force) == (NOON, False)

    def test_its_last_use_is_exact_to_the_hour(self, catalogue: Catalogue) -> None:
        catalogue.add_key(KEY)
        used = []
        for minutes in (0, 59, 60, 61):
            catalogue.note_use(KEY.id, NOON + timedelta(minutes=minutes))
            (found,) = catalogue.api_keys()
            used.append(found.last_used)
        assert used == [NOON, NOON, NOON + timedelta(minutes=60), NOON + timedelta(minutes=60)]

    def test_an_unknown_key_cannot_be_changed(self, catalogue: Catalogue) -> None:
        with pytest.raises(UnknownSubject):
            catalogue.revoke_key("k9", NOON)
        with pytest.raises(UnknownSubject):
            catalogue.note_use("k9", NOON)

    def test_a_senders_name_for_a_request_stands_for_one_content(self, catalogue: Catalogue) -> None:
        claims = [("a", "1", "x"), ("a", "1", "x"), ("a", "1", "y"), ("b", "1", "y"), ("a", "2", "y"), ("a", "1", "x")]
        answers = [catalogue.claim_request(sender, name, content, NOON) for sender, name, content in claims]
        assert answers == [True, True, False, True, True, True]

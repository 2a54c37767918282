"""Which key signs, and what is known of those that did: by the journal alone."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.verification import DamageKind, verify_packages
from ingest.adapters.directory import DirectoryStore
from ingest.adapters.home import Home
from ingest.adapters.signing import create_key, public_key
from ingest.application.journal_keys import ARCHIVE, introduced_keys, public_keys, signing_keys
from ingest.application.manage_signing_keys import NewKey, add_signing_key, report_compromise
from ingest.application.rebuild_catalogue import rebuild
from ingest.bootstrap import reading, rebuilding, signing, writing
from ingest.bootstrap.signing import replace_lost_key, rotate_key, unused_key
from ingest.domain.signing_keys import KeyStatus, SigningKey
from ingest.errors import ConfigurationError, DamageFound, StoreUnavailable, UnknownSubject
from ingest.formats.journal import signed_bytes
from ingest.pipeline.step import Ports
from tests.fakes.small_archive import settings_of

LEAK = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    with writing(settings_of(tmp_path / "home")):
        return Home(root=tmp_path / "home")


@pytest.fixture
def ports(home: Home) -> Iterator[Ports]:
    with signing(settings_of(home.root)) as archive:
        yield archive.ports


def rotated(home: Home, ports: Ports) -> str:
    key = create_key(home.keys)
    rotate_key(key, home, ports)
    return key


def known(home: Home) -> tuple[SigningKey, ...]:
    with reading(settings_of(home.root)) as archive:
        return signing_keys(archive.ports)


def test_a_rotated_key_signs_at_once_and_the_one_before_is_kept(home: Home, ports: Ports) -> None:
    first = ports.signer.key_id
    second = rotated(home, ports)
    assert ports.signer.key_id == second
    assert [(key.id, key.status, key.introduced_by) for key in known(home)] == [
        (first, KeyStatus.RETIRED, first),
        (second, KeyStatus.ACTIVE, first),
    ]
    old, new = known(home)
    assert old.retired_at == new.added_at
    assert new.retired_at is None


def test_whoever_has_the_first_key_can_check_every_later_one(home: Home, ports: Ports) -> None:
    for _ in range(3):
        rotated(home, ports)
    before = known(home)[0].id
    for one in introduced_keys(ports):
        header = one.entry.header
        assert header.key == one.key.introduced_by == before
        assert ports.signer.verify(header.key, signed_bytes(header), one.entry.signature)
        before = one.key.id


def test_the_same_rotation_again_changes_nothing(home: Home, ports: Ports) -> None:
    second = rotated(home, ports)
    rotate_key(second, home, ports)
    assert ports.catalogue.chain_head(ARCHIVE).sequence == 2


def test_a_key_that_was_replaced_never_signs_again(home: Home, ports: Ports) -> None:
    first = ports.signer.key_id
    second = rotated(home, ports)
    with pytest.raises(ConfigurationError, match=first):
        rotate_key(first, home, ports)
    assert ports.signer.key_id == second


def test_a_key_whose_private_half_is_not_there_cannot_sign(home: Home, ports: Ports) -> None:
    with pytest.raises(ConfigurationError, match="0" * 16):
        rotate_key("0" * 16, home, ports)
    assert len(known(home)) == 1


def test_a_key_that_waits_is_no_key_of_the_archive_yet(home: Home, ports: Ports) -> None:
    waiting = create_key(home.keys)
    assert unused_key(home, ports) == waiting
    with writing(settings_of(home.root)) as archive:
        assert archive.ports.signer.key_id != waiting
    assert len(known(home)) == 1


def test_a_lost_key_is_replaced_only_where_it_is_lost(home: Home, ports: Ports) -> None:
    lost, fresh = ports.signer.key_id, create_key(home.keys)
    with pytest.raises(ConfigurationError, match="without --current-is-lost"):
        replace_lost_key(fresh, home, ports)
    (home.keys / f"{lost}.pem").unlink()
    with signing(settings_of(home.root)) as archive:
        with pytest.raises(ConfigurationError, match=lost):
            rotate_key(fresh, home, archive.ports)
        replace_lost_key(fresh, home, archive.ports)
        assert archive.ports.signer.key_id == fresh
    assert [key.introduced_by for key in known(home)] == [lost, fresh]


def test_an_embedded_archive_whose_key_is_gone_goes_on_with_a_new_one_introduced_by_an_older(
    home: Home, ports: Ports
) -> None:
    first = ports.signer.key_id
    second = rotated(home, ports)
    (home.keys / f"{second}.pem").unlink()
    with writing(settings_of(home.root)) as archive:
        third = archive.ports.signer.key_id
    assert [(key.id, key.introduced_by) for key in known(home)] == [(first, first), (second, first), (third, first)]


def test_the_keys_are_the_same_after_a_rebuild(home: Home, ports: Ports) -> None:
    first = ports.signer.key_id
    rotated(home, ports)
    report_compromise(first, LEAK, "Prov", ports)
    before = known(home)
    (home.root / "catalogue.sqlite").unlink()
    with rebuilding(settings_of(home.root)) as archive:
        assert rebuild(archive.ports).damages == ()
    assert known(home) == before


def test_a_compromised_key_is_told_and_what_it_signed_since_is_doubtful(home: Home, ports: Ports) -> None:
    first = ports.signer.key_id
    rotated(home, ports)
    when = datetime.now(UTC) - timedelta(days=1)
    reported = report_compromise(first, when, " Bärbar dator stulen ", ports)
    assert reported.status is KeyStatus.COMPROMISED
    assert reported.compromise is not None
    assert (reported.compromise.since, reported.compromise.reason) == (when, "Bärbar dator stulen")
    found = verify_packages(ports, None, lambda _objects, _bytes: None)
    assert found.damages == ()
    assert {doubt.kind for doubt in found.doubts} == {DamageKind.DOUBTFUL_SIGNATURE}
    assert "journal/archive/ar/archive/00000001.json" in {doubt.key for doubt in found.doubts}
    assert "journal/archive/ar/archive/00000003.json" not in {doubt.key for doubt in found.doubts}


def test_what_was_signed_before_a_key_leaked_is_not_doubted(home: Home, ports: Ports) -> None:
    first = ports.signer.key_id
    rotated(home, ports)
    report_compromise(first, datetime.now(UTC) + timedelta(minutes=1), "Prov", ports)
    assert verify_packages(ports, None, lambda _objects, _bytes: None).doubts == ()


def test_the_report_that_doubts_more_counts_and_the_same_one_again_is_nothing(home: Home, ports: Ports) -> None:
    first = ports.signer.key_id
    rotated(home, ports)
    for since in (LEAK, LEAK, LEAK + timedelta(days=1), LEAK - timedelta(days=1)):
        report_compromise(first, since, "Prov", ports)
    assert ports.catalogue.chain_head(ARCHIVE).sequence == 4
    compromise = known(home)[0].compromise
    assert compromise is not None
    assert compromise.since == LEAK - timedelta(days=1)


def test_the_key_that_signs_cannot_be_reported_nor_one_that_is_unknown_nor_without_a_reason(ports: Ports) -> None:
    with pytest.raises(ConfigurationError, match="rotate"):
        report_compromise(ports.signer.key_id, LEAK, "Prov", ports)
    with pytest.raises(UnknownSubject, match="0" * 16):
        report_compromise("0" * 16, LEAK, "Prov", ports)
    with pytest.raises(ConfigurationError, match="--reason"):
        report_compromise(ports.signer.key_id, LEAK, "  ", ports)


class Overtaken:
    """A catalogue beside which others write: each question for the end of the archive's chain lets one of them act."""

    def __init__(self, catalogue: Any, *others: Callable[[], object]) -> None:
        self._catalogue, self._others = catalogue, iter(others)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def chain_head(self, subject: Any) -> Any:
        head = self._catalogue.chain_head(subject)
        next(self._others, dict)()
        return head


def test_of_two_rotations_at_the_same_instant_both_are_made_one_after_the_other(home: Home, ports: Ports) -> None:
    ours, theirs = create_key(home.keys), create_key(home.keys)
    first = ports.signer.key_id

    def other() -> None:
        with signing(settings_of(home.root)) as archive:
            rotate_key(theirs, home, archive.ports)

    # Asked three times: to catch up, which keys are usable, and which place is next.
    overtaken: Any = Overtaken(ports.catalogue, dict, dict, other)
    new = NewKey(id=ours, public=public_key(home.keys, ours), introduced_by=first)
    add_signing_key(new, replace(ports, catalogue=overtaken))
    assert [key.id for key in known(home)] == [first, theirs, ours]


class Away:
    """A store that does not answer to writing, as long as it is away."""

    def __init__(self, store: Any) -> None:
        self._store, self.is_away = store, True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def put(self, key: str, chunks: Any) -> Any:
        if self.is_away:
            raise StoreUnavailable("borta", "away")
        return self._store.put(key, chunks)


def test_a_key_signs_only_once_it_is_known_in_every_replica(home: Home, ports: Ports, tmp_path: Path) -> None:
    second: Any = Away(DirectoryStore(shutil.copytree(home.archive, tmp_path / "second"), "second"))
    both = replace(ports, replicas=(*ports.replicas, second))
    first, fresh = ports.signer.key_id, create_key(home.keys)
    with pytest.raises(StoreUnavailable):
        rotate_key(fresh, home, both)
    assert ports.signer.key_id == first
    with signing(settings_of(home.root)) as started_since:
        assert started_since.ports.signer.key_id == first
    second.is_away = False
    rotate_key(fresh, home, both)
    assert ports.signer.key_id == fresh
    for store in both.replicas:
        assert list(public_keys((store,))) == [first, fresh]


def test_damage_to_the_archives_own_chain_is_told_and_never_takes_work_or_verifying_away(
    home: Home, ports: Ports
) -> None:
    rotated(home, ports)
    entry = home.archive / "journal/archive/ar/archive/00000001.json"
    entry.chmod(0o600)
    entry.write_bytes(b"{}")
    with pytest.raises(DamageFound):
        known(home)
    with writing(settings_of(home.root)) as archive:
        assert archive.ports.signer.key_id
        damages = verify_packages(archive.ports, None, lambda _objects, _bytes: None).damages
    assert "journal/archive/ar/archive/00000001.json" in {damage.key for damage in damages}


def test_a_rotation_that_others_keep_overtaking_gives_up_and_says_so(home: Home, ports: Ports) -> None:
    class Taken:
        def __getattr__(self, name: str) -> Any:
            return getattr(ports.replicas[0], name)

        def put(self, key: str, chunks: Any) -> Any:
            path = home.archive / key
            if not path.exists():
                shutil.copyfile(home.archive / "journal/archive/ar/archive/00000001.json", path)
            return ports.replicas[0].put(key, chunks)

        def stat(self, _key: str) -> None:
            return None

    key = create_key(home.keys)
    new = NewKey(id=key, public=public_key(home.keys, key), introduced_by=ports.signer.key_id)
    store: Any = Taken()
    with pytest.raises(StoreUnavailable, match="try again"):
        add_signing_key(new, replace(ports, replicas=(store,)))

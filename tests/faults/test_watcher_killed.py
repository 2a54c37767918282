"""A watcher that is killed, at any of its effects, loses and doubles nothing: each drop ends in one package or refusal.

Every drop is another delivery, so whatever is taken in twice is seen. A watcher of a bucket is killed before and after
each kind of request that it makes, in an order drawn from a seed that is told, and at calls of its archive to its ports
between them; one of a folder before each of its effects on it.
"""

import io
import logging
import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest

from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.client import client_of
from ingest.bootstrap import reading
from ingest.config import read_settings
from tests.faults.pace import Pace
from tests.faults.recovery import RECOVERY_SECONDS
from tests.faults.watchers import Dropped, Moment, Reaper, Watch, Watcher, drop, receipt_beside, watching
from tests.features.front_door import Door
from tests.features.server_shape import AGREEMENT, server
from tests.patience import end_of, wait_until
from tests.servers.buckets import QUICK, address_of
from tests.servers.http_faults import Script, forwarding, standing_before
from tests.servers.postgres import Postgres
from tests.servers.s3 import S3Server

pytestmark = [pytest.mark.ci, pytest.mark.timeout(1200)]

logger = logging.getLogger(__name__)

_PRODUCER: Final = "ORG:2120009994"
_EFFECTS: Final = (
    ("the claim", "PUT", r"/taken/"),
    ("reading", "GET", r"/in/drop"),
    ("a copy", "PUT", r"/(done|refused)/.*drop-[^/]*(/|\.zip)"),
    ("the receipt", "PUT", r"receipt\.json$"),
    ("clearing", "POST", r"\?delete"),
)
_MOMENTS: Final = tuple(
    Moment(name=f"{'after' if is_after else 'before'} {name}", method=method, target=target, is_after=is_after)
    for name, method, target in _EFFECTS
    for is_after in (False, True)
)
_CALLS: Final = (10, 35, 60, 85)
"""Calls to ports: of the first hundred or so that a delivery takes."""
_FOLDER_EFFECTS: Final = 12
"""Effects on a folder that one drop takes, from its marker to its receipt."""


class _Bucket:
    """A bucket in which is dropped, as its producer sees it."""

    def __init__(self, server: S3Server) -> None:
        self._address: S3Address = address_of(server, f"earkiv-{uuid.uuid4()}")
        self._client = client_of(self._address, QUICK)
        self._client.create_bucket(Bucket=self._address.bucket)
        self.place = f"s3://{self._address.bucket}/nämnden"

    def settings(self, endpoint: str) -> dict[str, str]:
        """Give the settings of a watcher that reaches it there."""
        return {
            "EARKIV_DROPS_ENDPOINT": endpoint,
            "EARKIV_DROPS_REGION": self._address.region,
            "EARKIV_DROPS_KEY_ID": self._address.key_id,
            "EARKIV_DROPS_SECRET": self._address.secret.reveal(),
        }

    def put(self, dropped: Dropped) -> None:
        """Drop the package first, the marker last."""
        for name, content in {**dropped.files, dropped.marker: b""}.items():
            self._client.put_object(Bucket=self._address.bucket, Key=f"nämnden/in/{name}", Body=io.BytesIO(content))

    def paths(self) -> list[str]:
        """List everything that lies there."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._address.bucket)
        return [one["Key"].removeprefix("nämnden/") for page in pages for one in page.get("Contents", ())]

    def is_clear(self) -> bool:
        """Whether nothing waits or is claimed."""
        return not any(path.startswith(("in/", "taken/")) for path in self.paths())

    def found(self) -> dict[str, bytes]:
        """Give everything that lies there."""
        return {path: self._content(f"nämnden/{path}") for path in self.paths()}

    def _content(self, key: str) -> bytes:
        return self._client.get_object(Bucket=self._address.bucket, Key=key)["Body"].read()


def _judge(door: Door, found: dict[str, bytes], everything: list[Dropped]) -> None:
    """Every drop lies with its receipt in one place, and is one package or one refusal; nothing else is left."""
    assert {path.partition("/")[0] for path in found} == {"done", "refused"}, sorted(found)
    receipts = [receipt_beside(dropped, found) for dropped in everything]
    assert len({path.split("/")[1] for path in found}) == len(everything)
    with reading(read_settings(door.environment(), 1)) as archive:
        catalogue = archive.ports.catalogue
        ended = {
            one.delivery: [str(d.state) for d in catalogue.attempts(_PRODUCER, one.delivery)] for one in everything
        }
        assert ended == {one.delivery: [_state(one)] for one in everything}
        assert catalogue.unfinished() == ()
        assert tuple(archive.ports.staging.keys("")) == ()
        packages = sorted(package.package for package in catalogue.packages())
    assert packages == sorted(str(receipt["package"]) for receipt in receipts if receipt["outcome"] == "accepted")
    verified = door.run("verify", "--all")
    assert verified.code == 0, verified


def _state(dropped: Dropped) -> str:
    return {"accepted": "archived", "rejected": "rejected"}[dropped.outcome]


def _told_seed() -> random.Random:
    seed = int(os.environ.get("WATCHER_SEED") or random.SystemRandom().randrange(2**32))
    print(f"WATCHER_SEED={seed}")  # noqa: T201 - shown where the test fails
    return random.Random(seed)  # noqa: S311 - in which order to kill, no secret


def test_a_watcher_of_a_bucket_killed_at_every_kind_of_effect_loses_and_doubles_nothing(
    s3_server: S3Server, tmp_path: Path
) -> None:
    door, bucket = Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1"}), _Bucket(s3_server)
    chance, everything, log = _told_seed(), [], tmp_path / "watch.log"
    kills: list[Moment | int] = [*_MOMENTS, *_CALLS]
    chance.shuffle(kills)
    reaper = Reaper(forwarding(s3_server.endpoint))
    with standing_before(reaper, Script()) as endpoint:
        environment = door.environment(**bucket.settings(endpoint))
        for number, kill in enumerate(kills):
            everything.append(drop(number, tmp_path / "drops"))
            bucket.put(everything[-1])
            die_at_call = kill if isinstance(kill, int) else None
            with watching(Watch(place=bucket.place, environment=environment, log=log, die_at_call=die_at_call)) as one:
                if isinstance(kill, Moment):
                    reaper.aim(kill, one.kill)
                one.await_death()
    answer = door.run("watch", bucket.place, "--once", "--lang", "en", **bucket.settings(s3_server.endpoint))
    assert answer.code in {0, 1}, answer
    _judge(door, bucket.found(), everything)


@pytest.fixture(params=["embedded", "server"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Door]]:
    """Give the door of each of two machines to one archive; an embedded one has one machine."""
    if request.param == "embedded":
        yield lambda _machine: Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1", "EARKIV_LOCK_WAIT": "300"})
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    with server(tmp_path / "server", postgres, tmp_path / "no-broker") as shared:
        shared.establish()
        yield lambda machine: Door(home=shared.root / machine, settings=shared.environment(machine))


def test_of_two_watchers_that_are_at_it_one_is_killed_and_the_other_takes_over_within_a_minute(
    archive: Callable[[str], Door], s3_server: S3Server, tmp_path: Path
) -> None:
    bucket, chance, everything = _Bucket(s3_server), _told_seed(), list[Dropped]()
    machines, log = ("one", "two"), tmp_path / "watch.log"
    reapers = {machine: Reaper(forwarding(s3_server.endpoint)) for machine in machines}
    options = ("--agreement", AGREEMENT) if archive("one").settings.get("EARKIV_DATABASE") else ()
    with ExitStack() as closing:

        def started(machine: str) -> Watcher:
            environment = archive(machine).environment(**bucket.settings(endpoints[machine]))
            watch = Watch(place=bucket.place, environment=environment, log=log, options=options)
            return closing.enter_context(watching(watch))

        endpoints = {m: closing.enter_context(standing_before(reapers[m], Script())) for m in machines}
        watchers: dict[str, Watcher] = {}
        for moment in chance.sample(_MOMENTS, 2):
            watchers |= {machine: started(machine) for machine in machines if machine not in watchers}
            for machine, reaper in reapers.items():
                reaper.aim(moment, watchers[machine].kill)
            for _ in range(2):
                everything.append(drop(len(everything), tmp_path / "drops"))
                bucket.put(everything[-1])
            wait_until(lambda: any(one.struck.is_set() for one in reapers.values()), lambda: end_of(log))
            at, pace = time.monotonic(), Pace()
            dead = [machine for machine, reaper in reapers.items() if reaper.rest()]
            for machine in dead:
                watchers.pop(machine).await_death()
            if not watchers:
                watchers["one"] = started("one")
            wait_until(bucket.is_clear, lambda: end_of(log))
            took = time.monotonic() - at
            logger.info("filed %.1f s after a watcher was killed %s", took, moment.name)
            pace.rest()
            assert took < pace.stretched(RECOVERY_SECONDS), moment
        for watcher in watchers.values():
            watcher.stop()
    _judge(archive("one"), bucket.found(), everything)


def test_a_watcher_of_a_folder_killed_before_each_of_its_effects_loses_and_doubles_nothing(tmp_path: Path) -> None:
    door, folder, everything = Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1"}), tmp_path / "watched", []
    for number in range(_FOLDER_EFFECTS):
        everything.append(drop(number, tmp_path / "drops"))
        for name, content in {**everything[-1].files, everything[-1].marker: b""}.items():
            path = folder / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        watch = Watch(place=str(folder), environment=door.environment(), log=tmp_path / "log", die_at_effect=number + 1)
        with watching(watch) as one:
            one.await_death()
    answer = door.run("watch", folder, "--once", "--lang", "en")
    assert answer.code in {0, 1}, answer
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    _judge(door, found, everything)

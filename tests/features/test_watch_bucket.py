"""`earkiv watch s3://…`: systems that can only write objects deliver and find receipts, as in a watched folder."""

import io
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from ingest.adapters.s3.address import S3Address
from ingest.adapters.s3.client import client_of
from tests.features.front_door import BAD, SAMPLES, Answer, Door
from tests.servers.buckets import QUICK, address_of
from tests.servers.http_faults import Fault, Script, forwarding, standing_before
from tests.servers.memory_s3 import MemoryS3
from tests.servers.s3 import S3Server

_FOREVER = 10_000


class Bucket:
    """A bucket as a producer's system sees it, and as the archive is told of it."""

    def __init__(self, address: S3Address) -> None:
        self._address, self._client = address, client_of(address, QUICK)
        self._client.create_bucket(Bucket=address.bucket)
        self.place = f"s3://{address.bucket}/nämnden"
        self.settings = {
            "EARKIV_DROPS_ENDPOINT": address.endpoint or "",
            "EARKIV_DROPS_REGION": address.region,
            "EARKIV_DROPS_KEY_ID": address.key_id,
            "EARKIV_DROPS_SECRET": address.secret.reveal(),
        }

    def put(self, name: str, content: bytes) -> None:
        self._client.put_object(Bucket=self._address.bucket, Key=f"nämnden/in/{name}", Body=io.BytesIO(content))

    def drop(self, sample: str, name: str = "", marker: str = ".ready") -> None:
        """Put as a careful system does: the package first, its note, and the marker last."""
        source, name = SAMPLES / sample, name or sample
        for file in sorted(source.rglob("*")) if source.is_dir() else (source,):
            if file.is_file():
                self.put(name if file == source else f"{name}/{file.relative_to(source)}", file.read_bytes())
        note = source.with_suffix(".json")
        if source.is_file() and note.is_file():
            self.put(Path(name).with_suffix(".json").name, note.read_bytes())
        if marker:
            self.put(f"{name}{marker}", b"")

    def keys(self, folder: str) -> list[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._address.bucket, Prefix=f"nämnden/{folder}/"
        )
        return [one["Key"].removeprefix(f"nämnden/{folder}/") for page in pages for one in page.get("Contents", ())]

    def receipts(self) -> dict[str, dict[str, str]]:
        """Give the receipt that lies beside each drop, by the drop's name."""
        found = {}
        for folder, outcome in (("done", "accepted"), ("refused", "rejected")):
            keys = self.keys(folder)
            for key in (key for key in keys if key.endswith("/receipt.json")):
                place = key.partition("/")[0]
                (marker,) = (key for key in keys if key.startswith(f"{place}/") and key.endswith(".ready"))
                name = marker.removeprefix(f"{place}/").removesuffix(".ready")
                assert any(key == f"{place}/{name}" or key.startswith(f"{place}/{name}/") for key in keys)
                found[name] = self._receipt(f"nämnden/{folder}/{key}")
                assert found[name]["outcome"] == outcome
                assert found[name]["signature"]
        return found

    def _receipt(self, key: str) -> dict[str, str]:
        told: dict[str, str] = json.load(self._client.get_object(Bucket=self._address.bucket, Key=key)["Body"])
        return told


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture(params=["memory", pytest.param("ceph", marks=pytest.mark.ci)])
def bucket(request: pytest.FixtureRequest, script: Script) -> Iterator[Bucket]:
    ceph: S3Server | None = request.getfixturevalue("s3_server") if request.param == "ceph" else None
    with standing_before(MemoryS3() if ceph is None else forwarding(ceph.endpoint), script) as endpoint:
        keys = ("id", "secret") if ceph is None else (ceph.key_id, ceph.secret)
        region = "default" if ceph is None else ceph.region
        server = S3Server(endpoint=endpoint, key_id=keys[0], secret=keys[1], region=region)
        yield Bucket(address_of(server, f"earkiv-{uuid.uuid4()}"))


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(home=tmp_path / "home", settings={"EARKIV_WORKERS": "1"})


def once(door: Door, bucket: Bucket, *options: str) -> Answer:
    return door.run("watch", bucket.place, "--once", "--lang", "en", *options, **bucket.settings)


def test_what_is_complete_is_taken_in_with_its_receipt_and_what_is_not_is_left(door: Door, bucket: Bucket) -> None:
    bucket.drop("klagomal-case-push")
    bucket.drop("flera-arenden-erms.zip")
    bucket.drop(BAD)
    bucket.drop("klagomal-case-push", "utan-markering", marker="")
    answer = once(door, bucket)
    assert answer.code == 1, answer
    receipts = bucket.receipts()
    outcomes = {name: receipt["outcome"] for name, receipt in receipts.items()}
    assert outcomes == {"klagomal-case-push": "accepted", "flera-arenden-erms.zip": "accepted", BAD: "rejected"}
    assert {key.partition("/")[0] for key in bucket.keys("in")} == {"utan-markering"}
    assert bucket.keys("taken") == []
    # The same again is the same delivery.
    bucket.drop("klagomal-case-push", "en-gang-till")
    assert once(door, bucket).code == 0
    assert bucket.receipts()["en-gang-till"]["receipt"] == receipts["klagomal-case-push"]["receipt"]
    assert len(door.run("list", "--json").document) == 2


def test_what_is_cut_off_while_it_streams_goes_on_and_is_taken_in_once(
    door: Door, bucket: Bucket, script: Script
) -> None:
    bucket.drop("klagomal-case-push")
    last = quote(bucket.keys("in")[-2].rpartition("/")[2])
    script.plan(Fault.FORBIDDEN, "GET", last, _FOREVER)
    answer = once(door, bucket)
    assert (answer.code, bucket.receipts()) == (2, {}), answer
    assert len(bucket.keys("taken")) == 1
    script.plan(Fault.FORBIDDEN, "GET", last, 0)
    assert once(door, bucket).code == 0
    assert bucket.receipts()["klagomal-case-push"]["outcome"] == "accepted"
    assert len(door.run("list", "--json").document) == 1
    assert door.run("leftovers", "--json").document == []


def test_without_a_key_of_its_own_no_bucket_is_watched(door: Door) -> None:
    own = {"EARKIV_S3_KEY_ID": "id", "EARKIV_S3_SECRET": "hemligt"}
    answer = door.run("watch", "s3://hink/nämnden", "--once", "--lang", "en", **own)
    assert (answer.code, "EARKIV_DROPS_KEY_ID" in answer.err, "hemligt" in answer.err) == (2, True, False), answer

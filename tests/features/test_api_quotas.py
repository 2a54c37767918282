"""Quotas over the API: what goes beyond is sent away before anything of it is taken, and comes later."""

import json
from pathlib import Path

from tests.features.api_client import Client, case_push, document, served
from tests.features.front_door import Door


def _key(door: Door) -> dict[str, str]:
    answer = door.run("keys", "create", "--producer", "Nämnden", "--agreement", "default", "--json")
    assert answer.code == 0, answer
    return {"Authorization": f"Bearer {answer.document['key']}"}


def _limited(door: Door, *bounds: str) -> None:
    assert door.run("quotas", "set", "--producer", "Nämnden", *bounds).code == 0


def _kept(client: Client) -> list[str]:
    return list(client.archive.ports.staging.keys(""))


def test_a_producer_that_has_as_much_under_way_as_it_may_is_asked_to_wait(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with served(tmp_path / "home", working=False) as client:
        ours = _key(door)
        _limited(door, "--deliveries", "1")
        assert client.post(json=case_push("d-1", document(b"Hej!")), headers=ours).status_code == 202
        before = _kept(client)
        second = client.post(json=case_push("d-2", document(b"Hopp!")), headers=ours)
        assert (second.status_code, second.json()["type"]) == (429, "urn:earkiv:problem:quota-reached")
        assert int(second.headers["retry-after"]) > 0
        assert _kept(client) == before
        assert client.post(json=case_push("d-3", document(b"Hej!"))).status_code == 202, "another producer"
    with served(tmp_path / "home") as client:
        client.receipt(f"/v1/deliveries/{before[0].partition('/')[0]}")
        assert client.post(json=case_push("d-2", document(b"Hopp!")), headers=ours).status_code == 202


def test_bytes_are_counted_for_deliveries_and_uploads_and_what_never_fits_is_too_large(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with served(tmp_path / "home", working=False) as client:
        ours = _key(door)
        _limited(door, "--bytes", "5000")
        tus = {**ours, "Tus-Resumable": "1.0.0"}
        lengths = {5001: 413, 4900: 201, 101: 429}
        for length, status in lengths.items():
            answer = client.http.post("/v1/uploads", headers={**tus, "Upload-Length": str(length)})
            assert answer.status_code == status, answer.text
        case = json.dumps(case_push("d-1", document(b"Hej!"))).encode()
        json_ = {**ours, "Content-Type": "application/json"}
        assert client.post(content=case, headers=json_).status_code == 429
        assert client.post(content=b" " * 5001, headers=json_).status_code == 413
        assert client.post(content=iter([case]), headers=json_).status_code == 429, "of unknown length"
    listed = door.run("quotas", "list", "--json")
    assert listed.document == [{"producer": "Nämnden", "deliveries": None, "bytes": 5000}]


def test_quotas_are_kept_when_the_catalogue_is_made_anew(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with served(tmp_path / "home"):
        _limited(door, "--deliveries", "7")
    assert door.run("rebuild").code == 0
    assert [quota["deliveries"] for quota in door.run("quotas", "list", "--json").document] == [7]
    _limited(door)
    assert door.run("quotas", "list", "--json").document == []


def test_a_case_counts_for_the_uploads_that_it_names(tmp_path: Path) -> None:
    door, content = Door(home=tmp_path / "home"), b"x" * 10_000
    with served(tmp_path / "home", working=False) as client:
        ours = _key(door)
        _limited(door, "--bytes", "15000")
        begin = {**ours, "Tus-Resumable": "1.0.0", "Upload-Length": "10000"}
        begun = client.http.post(
            "/v1/uploads", headers={**begin, "Content-Type": "application/offset+octet-stream"}, content=content
        )
        upload = begun.headers["location"].rpartition("/")[2]
        named = document(content, upload=upload)
        assert client.post(json=case_push("d-1", named), headers=ours).status_code == 202
        assert client.post(json=case_push("d-2", named), headers=ours).status_code == 429


def test_what_does_not_state_its_size_is_cut_off_where_the_quota_ends(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with served(tmp_path / "home", working=False) as client:
        ours = {**_key(door), "Content-Type": "application/zip"}
        _limited(door, "--bytes", "5000")
        largest = client.post(content=iter([b"x" * 2500] * 2), headers=ours)
        assert largest.status_code == 422, "it is no package"
        larger = client.post(content=iter([b"x" * 2500] * 2 + [b"x"]), headers=ours)
        assert (larger.status_code, larger.json()["type"]) == (413, "urn:earkiv:problem:too-large")
        assert _kept(client) == []
        both = {**ours, "Content-Length": "1", "Transfer-Encoding": "chunked"}
        assert client.post(content=iter([b"x" * 2500]), headers=both).status_code in {400, 413}

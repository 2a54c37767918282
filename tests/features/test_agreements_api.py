"""Agreements as versioned resources: made, changed, compared and read over the API, and kept by the journal."""

import threading
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import pytest

from ingest.api.agreement_documents import Terms
from ingest.application.edit_agreements import NotPermitted, change_agreement, create_agreement
from ingest.application.told_agreements import agreement_document
from ingest.domain.agreements import AccessDefault, SubmissionAgreement
from ingest.domain.journal import EntryType
from ingest.domain.keys import Caller, Role
from tests.features import archives
from tests.features.api_client import Client, case_push, document, served
from tests.features.api_keys import Header, key_for
from tests.features.front_door import Door

SCHEMA: Final = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="betyg"/></xs:schema>'
TERMS: Final[dict[str, Any]] = {
    "title": "Skolans ärenden",
    "contact": "arkivet@example.se",
    "max_files": 10,
    "severities": [["EARKIV-SA-5", "warning"]],
    "content_schemas": [{"root": "betyg", "documents": [{"name": "betyg.xsd", "text": SCHEMA}]}],
}


def _create(client: Client, key: Header, agreement: str = "skola", **terms: Any) -> Any:
    body = {**TERMS, "id": agreement, "reason": "Ny överenskommelse", **terms}
    return client.http.post("/v1/agreements", json=body, headers=key)


def _change(client: Client, key: Header, seen: str, **terms: Any) -> Any:
    body = {**TERMS, "reason": "Fler filer", **terms}
    return client.http.post("/v1/agreements/skola/versions", json=body, headers={**key, "If-Match": seen})


def test_an_agreement_is_made_changed_read_and_compared(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        anna = key_for(client, Role.ARCHIVIST, "Anna Arkivarie")
        first = _create(client, anna)
        assert (first.status_code, first.headers["etag"]) == (201, '"1"')
        assert first.headers["location"] == "/v1/agreements/skola/versions/1"
        second = _change(client, anna, '"1"', max_files=20)
        assert (second.status_code, second.headers["etag"]) == (201, '"2"')
        newest = client.http.get("/v1/agreements/skola", headers=anna)
        assert (newest.headers["etag"], newest.json()) == ('"2"', second.json())
        assert newest.json()["content_schemas"][0]["documents"][0]["text"] == SCHEMA
        assert client.http.get("/v1/agreements/skola/versions/1", headers=anna).json() == first.json()
        assert client.http.get("/v1/agreements/skola/versions/3", headers=anna).status_code == 404
        told = client.http.get("/v1/agreements/skola/versions", headers=anna).json()["versions"]
        assert [(one["version"], one["by"], one["reason"]) for one in told] == [
            (1, "Anna Arkivarie", "Ny överenskommelse"),
            (2, "Anna Arkivarie", "Fler filer"),
        ]
        difference = {"field": "max_files", "before": 10, "after": 20}
        for asked in ({}, {"from": 1, "to": 2}):
            changes = client.http.get("/v1/agreements/skola/changes", params=asked, headers=anna).json()
            assert changes == {"id": "skola", "from": 1, "to": 2, "changes": [difference]}
        listed = client.http.get("/v1/agreements", headers=anna).json()["agreements"]
        assert listed[-1] == {"id": "skola", "version": 2, "standing": "in force", "title": "Skolans ärenden"}


def test_every_term_goes_over_the_wire() -> None:
    terms = {field.name for field in fields(SubmissionAgreement)} - {"id", "version", "by", "reason"}
    assert terms == set(Terms.model_fields)
    told = agreement_document(SubmissionAgreement(id="skola", version=1))
    assert Terms.model_validate({}).model_dump(mode="json") == {name: told[name] for name in terms}


WHAT_IT_COVERS: Final[dict[str, Any]] = {
    "content_types": ["citserms_v3_0"],
    "case_types": ["Bygglov"],
    "access_default": "hidden",
    "notifications": ["delivery.accepted", "delivery.rejected"],
    "disposal_default": {"disposable": True, "period": "10 år", "mandate": "Nämndens beslut 2024-05-02 § 9"},
}


def test_terms_are_kept_compared_and_there_after_a_rebuild(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        anna = key_for(client, Role.ARCHIVIST, "Anna")
        assert _create(client, anna).status_code == 201
        second = _change(client, anna, '"1"', **WHAT_IT_COVERS)
        assert (second.status_code, {name: second.json()[name] for name in WHAT_IT_COVERS}) == (201, WHAT_IT_COVERS)
        changes = client.http.get("/v1/agreements/skola/changes", headers=anna).json()["changes"]
        assert {one["field"]: one["after"] for one in changes} == WHAT_IT_COVERS
    before = _read_from(tmp_path / "home")
    assert Door(home=tmp_path / "home").run("rebuild").code == 0
    assert _read_from(tmp_path / "home") == before
    assert before.access_default is AccessDefault.HIDDEN


def _read_from(home: Path) -> SubmissionAgreement:
    with archives.opened(home) as archive:
        return archive.ports.catalogue.agreement_version("skola", 2)


def test_nobody_overwrites_what_they_have_not_seen(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        anna, bo = (key_for(client, Role.ARCHIVIST, name) for name in ("Anna", "Bo"))
        assert _create(client, anna).status_code == 201
        assert _change(client, anna, '"1"', max_files=20).status_code == 201
        refused = _change(client, bo, '"1"', max_files=30)
        assert (refused.status_code, refused.json()["type"]) == (412, "urn:earkiv:problem:outdated")
        for seen in ('W/"2"', "2", '"3"'):
            assert _change(client, bo, seen, max_files=30).status_code == 412
        again = _change(client, anna, '"1"', max_files=20)
        assert (again.status_code, again.headers["etag"]) == (200, '"2"')
        nothing_new = _change(client, bo, '"2"', max_files=20)
        assert (nothing_new.status_code, nothing_new.headers["etag"]) == (200, '"2"')
        assert _change(client, bo, "*", max_files=30).status_code == 428
        body = {**TERMS, "reason": "x"}
        assert client.http.post("/v1/agreements/skola/versions", json=body, headers=bo).status_code == 428


def test_a_draft_is_tried_by_test_deliveries_and_by_no_others(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        anna = key_for(client, Role.ARCHIVIST, "Anna")
        assert _create(client, anna).status_code == 201
        assert _change(client, anna, '"1"', max_files=1, standing="draft").status_code == 201
        listed = client.http.get("/v1/agreements", headers=anna).json()["agreements"]
        assert [(one["id"], one["version"], one["standing"]) for one in listed][-1] == ("skola", 2, "draft")
        receipts = {}
        for version, status in ((None, "NEW"), (2, "NEW"), (2, "TEST"), (3, "TEST")):
            asked = {"agreement": "skola"} if version is None else {"agreement": "skola", "agreementVersion": version}
            case = case_push(f"d-{version}-{status}", document(b"Hej!"), recordStatus=status)
            taken = client.post(json=case, params=asked)
            if version == 3:
                assert taken.status_code == 400
            else:
                receipts[version, status] = client.receipt(taken.headers["location"])
        assert receipts[None, "NEW"]["agreement"] == {"id": "skola", "version": 1}
        for kind in ("NEW", "TEST"):
            assert receipts[2, kind]["agreement"] == {"id": "skola", "version": 2}
            rules = {finding["rule"] for finding in receipts[2, kind]["findings"]}
            assert "EARKIV-SA-4" in rules
            assert ("EARKIV-SA-15" in rules) is (kind == "NEW")
        assert _change(client, anna, '"2"', max_files=3, standing="in force").status_code == 201
        last = client.post(json=case_push("d-last", document(b"Hej!")), params={"agreement": "skola"})
        assert client.receipt(last.headers["location"])["agreement"]["version"] == 3


def test_of_two_at_the_same_instant_one_is_written(tmp_path: Path) -> None:
    with served(tmp_path / "home") as client:
        anna = key_for(client, Role.ARCHIVIST, "Anna")
        statuses = _at_once([lambda n=n: _create(client, anna, max_files=n).status_code for n in range(4)])
        assert statuses == [201, 409, 409, 409]
        statuses = _at_once([lambda n=n: _change(client, anna, '"1"', max_files=n + 9).status_code for n in range(4)])
        assert statuses == [201, 412, 412, 412]
        assert client.http.get("/v1/agreements/skola", headers=anna).headers["etag"] == '"2"'


def _at_once(calls: list[Any]) -> list[int]:
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda call=call: statuses.append(call())) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"severities": [["EARKIV-SA-99", "error"]]}, 422),
        ({"hold": ["HITTEPÅ-1"]}, 422),
        ({"content_schemas": [{"root": "x", "documents": [{"name": "x.xsd", "text": "<"}]}]}, 422),
        ({"closed_until": "2025-02-30"}, 422),
        ({"closed_until": "2025"}, 400),
        ({"disposal_default": {"disposable": True, "period": "10 år"}}, 422),
        ({"disposal_default": {"disposable": False, "period": "10 år"}}, 422),
        ({"disposal_default": {"period": "10 år"}}, 400),
        ({"max_files": -1}, 400),
        ({"max_files": "10"}, 400),
        ({"nested_depth": 99}, 400),
        ({"content_types": [""]}, 400),
        ({"access_default": "public"}, 400),
        ({"notifications": ["delivery.lost"]}, 400),
        ({"id": "../x"}, 400),
        ({"id": "Skola"}, 400),
        ({"reason": ""}, 400),
        ({"hittepå": 1}, 400),
        ({"id": "default"}, 409),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(
    tmp_path: Path, terms: dict[str, Any], status: int
) -> None:
    with served(tmp_path / "home", working=False) as client:
        before = client.archive.ports.catalogue.journal_records()
        answer = _create(client, key_for(client, Role.ARCHIVIST, "Anna"), **terms)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        written = set(client.archive.ports.catalogue.journal_records()) - set(before)
        assert [one.header.type for one in written] == [EntryType.DESK_USED]  # that it was tried, and no more


def test_the_programs_own_agreement_and_one_that_is_not_there_are_not_changed(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        key = {**key_for(client, Role.ARCHIVIST, "Anna"), "If-Match": '"1"'}
        for agreement, status in (("default", 409), ("finns-inte", 404), ("%2e%2e", 404), ("%00", 404)):
            body = {**TERMS, "reason": "x"}
            answer = client.http.post(f"/v1/agreements/{agreement}/versions", json=body, headers=key)
            assert answer.status_code == status


def test_a_producer_is_told_its_own_agreements_alone(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        anna = key_for(client, Role.ARCHIVIST, "Anna")
        for agreement in ("skola", "bygg"):
            assert _create(client, anna, agreement).status_code == 201
        producer = key_for(client, Role.PRODUCER, "Skolnämnden", "skola")
        listed = client.http.get("/v1/agreements", headers=producer).json()["agreements"]
        assert [one["id"] for one in listed] == ["skola"]
        assert client.http.get("/v1/agreements/skola", headers=producer).json()["contact"] == "arkivet@example.se"
        assert client.http.get("/v1/agreements/bygg", headers=producer).status_code == 404


def test_the_use_case_itself_lets_only_an_archivist_write(tmp_path: Path) -> None:
    with served(tmp_path / "home", working=False) as client:
        terms, ports = SubmissionAgreement(id="skola", version=1), client.archive.ports
        for role in (Role.PRODUCER, Role.OPERATOR):
            caller = Caller(role=role, name="x")
            assert create_agreement(terms, caller, ports) == NotPermitted()
            assert change_agreement(terms, (1,), caller, ports) == NotPermitted()


def test_a_package_names_the_version_under_which_it_came_also_after_a_rebuild(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home) as client:
        anna = key_for(client, Role.ARCHIVIST, "Anna")
        assert _create(client, anna).status_code == 201
        packages = {}
        for number in (1, 2):
            taken = client.post(json=case_push(f"d-{number}", document(b"Hej!")), params={"agreement": "skola"})
            packages[client.receipt(taken.headers["location"])["package"]] = number
            assert _change(client, anna, f'"{number}"', max_files=20 + number).status_code == 201
        before = _read(client, packages)
    assert Door(home=home).run("rebuild").code == 0
    assert Door(home=home).run("verify", "--all").code == 0
    with served(home, working=False) as client:
        assert _read(client, packages) == before
        for package, number in packages.items():
            told = client.http.get(f"/v1/packages/{package}").json()
            assert told["agreement"] == {"id": "skola", "version": number}


def _read(client: Client, packages: dict[str, int]) -> Any:
    paths = ("/v1/agreements/skola", "/v1/agreements/skola/versions", "/v1/agreements/skola/versions/1")
    return [client.http.get(path).json() for path in (*paths, *(f"/v1/packages/{one}" for one in packages))]


def test_the_folder_speaks_when_it_changes_and_not_before(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "archive").mkdir(parents=True)
    (home / "agreements").mkdir()
    file = home / "agreements" / "skola.json"
    file.write_text('{"title": "ur mappen"}', encoding="utf-8")
    with served(home, working=False) as client:
        assert _change(client, key_for(client, Role.ARCHIVIST, "Anna"), '"1"', title="över nätet").status_code == 201
    with served(home, working=False) as client:
        assert client.http.get("/v1/agreements/skola").json()["title"] == "över nätet"
    file.write_text('{"title": "ur mappen igen"}', encoding="utf-8")
    with served(home, working=False) as client:
        told = client.http.get("/v1/agreements/skola").json()
        assert (told["title"], told["version"], told["by"]) == ("ur mappen igen", 3, "")

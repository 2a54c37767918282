"""What a fault of the machine is to a client: the right status, and nothing of the machine's inside."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import Request

from ingest import errors
from ingest.api import texts
from ingest.api.problems import Problem, answer, malformed, of_fault, refused
from ingest.domain.findings import Location, Text, Violation
from ingest.errors import EarkivError
from ingest.rules.grouping import group

INSIDE = "/srv/earkiv/staging/1f0c: s3.example.se AKIA4711"


def every_kind(of: type[EarkivError]) -> Iterator[type[EarkivError]]:
    yield of
    for kind in of.__subclasses__():
        yield from every_kind(kind)


STATUSES: dict[type[EarkivError], int] = {
    errors.EarkivError: 500,
    errors.TransientError: 503,
    errors.StoreUnavailable: 503,
    errors.CatalogueUnavailable: 503,
    errors.IdentityProviderUnavailable: 503,
    errors.LeaseLost: 503,
    errors.CorrectionUnderWay: 503,
    errors.QuotaReached: 429,
    errors.HandedBack: 503,
    errors.HomeLocked: 503,
    errors.ToolFailed: 503,
    errors.ScannerBrokeOff: 503,
    errors.KilledFromOutside: 503,
    errors.PermanentError: 500,
    errors.ProgramFault: 500,
    errors.Exhausted: 500,
    errors.ConfigurationError: 500,
    errors.UnknownSubject: 404,
    errors.SourceUnreadable: 500,
    errors.QuotaTooSmall: 413,
    errors.StagingTooSmall: 413,
    errors.OutOfSpace: 503,
    errors.StoreReadOnly: 503,
    errors.InvalidKey: 500,
    errors.ObjectExists: 500,
    errors.SlotTaken: 500,
    errors.ObjectMissing: 500,
    errors.DamageFound: 500,
}


def told(problem: Problem, *headers: tuple[bytes, bytes]) -> tuple[int, dict[str, str], dict[str, Any]]:
    scope = {"type": "http", "method": "GET", "path": "/v1/å", "query_string": b"", "headers": list(headers)}
    given = answer(problem, Request({**scope, "server": ("arkiv.example.se", 80), "scheme": "http"}))
    return given.status_code, dict(given.headers), json.loads(bytes(given.body))


def test_every_fault_of_the_machine_has_its_place_here() -> None:
    assert {kind for kind in every_kind(EarkivError) if kind.__module__ == errors.__name__} == set(STATUSES)


@pytest.mark.parametrize(("kind", "status"), STATUSES.items())
def test_a_fault_gives_its_status_and_tells_nothing_of_the_machine(kind: type[EarkivError], status: int) -> None:
    given, headers, document = told(of_fault(kind(INSIDE, INSIDE)))
    assert (given, document["status"]) == (status, status)
    assert headers["content-type"] == "application/problem+json"
    assert ("retry-after" in headers) is (status in {429, 503})
    assert not [piece for piece in INSIDE.split() if piece in json.dumps(document)]


def test_a_problem_is_told_in_the_language_that_is_asked_for() -> None:
    problem = malformed(texts.NO_CASE)
    _, headers, document = told(problem, (b"accept-language", b"en"))
    assert (document["title"], document["detail"]) == (texts.MALFORMED.en, texts.NO_CASE.en)
    assert (headers["content-language"], headers["vary"]) == ("en", "Accept-Language")
    _, headers, document = told(problem)
    assert (document["title"], document["detail"]) == (texts.MALFORMED.sv, texts.NO_CASE.sv)
    assert headers["content-language"] == "sv"
    assert (document["type"], document["instance"]) == ("urn:earkiv:problem:malformed-request", "/v1/å")
    assert "findings" not in document


def test_a_refusal_lists_its_findings() -> None:
    violation = Violation(rule="EARKIV-FIX-1", location=Location(file="å\udcff", line=3, value="x"))
    _, _, document = told(refused(group([violation])))
    (finding,) = document["findings"]
    assert (finding["rule"], finding["locations"][0]["file"]) == ("EARKIV-FIX-1", "å\\udcff")


def test_every_text_is_there_in_both_languages() -> None:
    every = {name: text for name, text in vars(texts).items() if isinstance(text, Text)}
    assert len(every) > 20
    for name, text in every.items():
        assert text.sv, name
        assert text.en, name
        assert text.sv != text.en, name
        assert set(_places(text.sv)) == set(_places(text.en)), name


def _places(text: str) -> list[str]:
    return [piece.partition("}")[0] for piece in text.split("{")[1:]]

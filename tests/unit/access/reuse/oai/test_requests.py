"""Every verb and what is wrong with its arguments: a table of requests, each with the errors it gives."""

from datetime import UTC, datetime

import pytest

from access.reuse.dates import Window
from access.reuse.oai.requests import (
    Asked,
    GetRecord,
    Harvest,
    Identify,
    ListMetadataFormats,
    ListSets,
    Reading,
    Refused,
    Verb,
    read_request,
)
from schemas.public_store import Form

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ID = "k3v9q2m7x1c5b8n4"
NAME = f"oai:example.se:{ID}"
KNOWN = {
    "records": Harvest(verb=Verb.LIST_RECORDS, form=Form.EAD3, after=7),
    "headers": Harvest(verb=Verb.LIST_IDENTIFIERS, form=Form.EAD3, after=7),
}
READING = Reading(repository="example.se", resume=lambda token, _now: KNOWN.get(token), now=NOW)


def ask(query: str) -> Asked | Refused:
    """Read a request written as `name=value` with spaces between."""
    pairs = [(name, value) for name, _, value in (pair.partition("=") for pair in query.split(" ") if pair)]
    return read_request(pairs, READING)


def seconds(text: str) -> datetime:
    return datetime.fromisoformat(text)


LIST_RECORDS = Harvest(verb=Verb.LIST_RECORDS, form=Form.OAI_DC)


@pytest.mark.parametrize(
    ("query", "request_"),
    [
        ("verb=Identify", Identify()),
        ("verb=ListMetadataFormats", ListMetadataFormats()),
        (f"verb=ListMetadataFormats identifier={NAME}", ListMetadataFormats(id=ID)),
        ("verb=ListSets", ListSets()),
        (f"verb=GetRecord identifier={NAME} metadataPrefix=mets", GetRecord(id=ID, form=Form.METS)),
        (f"metadataPrefix=mets identifier={NAME} verb=GetRecord", GetRecord(id=ID, form=Form.METS)),
        ("verb=ListRecords metadataPrefix=oai_dc", LIST_RECORDS),
        ("verb=ListIdentifiers metadataPrefix=ead3", Harvest(verb=Verb.LIST_IDENTIFIERS, form=Form.EAD3)),
        ("verb=ListRecords resumptionToken=records", KNOWN["records"]),
        ("verb=ListIdentifiers resumptionToken=headers", KNOWN["headers"]),
        (
            "verb=ListRecords metadataPrefix=oai_dc set=class:a:b",
            Harvest(verb=Verb.LIST_RECORDS, form=Form.OAI_DC, set="class:a:b"),
        ),
        (
            "verb=ListRecords metadataPrefix=oai_dc from=2026-02-01 until=2026-02-01",
            Harvest(
                verb=Verb.LIST_RECORDS,
                form=Form.OAI_DC,
                window=Window(start=seconds("2026-02-01T00:00:00Z"), end=seconds("2026-02-01T23:59:59Z")),
            ),
        ),
        (
            "verb=ListRecords metadataPrefix=oai_dc from=2026-02-01T10:00:00Z until=2026-02-01T10:00:00Z",
            Harvest(
                verb=Verb.LIST_RECORDS,
                form=Form.OAI_DC,
                window=Window(start=seconds("2026-02-01T10:00:00Z"), end=seconds("2026-02-01T10:00:00Z")),
            ),
        ),
        (
            "verb=ListRecords metadataPrefix=oai_dc until=9999-12-31",
            Harvest(verb=Verb.LIST_RECORDS, form=Form.OAI_DC, window=Window(end=seconds("9999-12-31T23:59:59Z"))),
        ),
    ],
)
def test_a_sound_request_is_understood(query: str, request_: object) -> None:
    asked = ask(query)
    assert isinstance(asked, Asked)
    assert asked.request == request_
    assert asked.arguments == dict(pair.split("=") for pair in query.split(" "))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["badVerb"]),
        ("metadataPrefix=oai_dc", ["badVerb"]),
        ("verb=", ["badVerb"]),
        ("verb=Harvest", ["badVerb"]),
        ("verb=identify", ["badVerb"]),
        ("verb=Identify verb=Identify", ["badVerb"]),
        ("verb=Identify until=2026-01-01", ["badArgument"]),
        ("verb=Identify resumptionToken=records", ["badArgument"]),
        ("verb=ListMetadataFormats metadataPrefix=oai_dc", ["badArgument"]),
        (f"verb=ListMetadataFormats identifier={NAME} identifier={NAME}", ["badArgument"]),
        ("verb=ListMetadataFormats identifier=<x>", ["badArgument"]),
        ("verb=ListMetadataFormats identifier=", ["badArgument"]),
        ("verb=ListMetadataFormats identifier=oai:other.se:k3v9q2m7x1c5b8n4", ["idDoesNotExist"]),
        ("verb=ListSets set=class", ["badArgument"]),
        ("verb=ListSets resumptionToken=records", ["badResumptionToken"]),
        ("verb=GetRecord", ["badArgument", "badArgument"]),
        (f"verb=GetRecord identifier={NAME}", ["badArgument"]),
        ("verb=GetRecord metadataPrefix=oai_dc", ["badArgument"]),
        (f"verb=GetRecord identifier={NAME} metadataPrefix=oai_dc set=class", ["badArgument"]),
        (f"verb=GetRecord identifier={NAME} metadataPrefix=marc21", ["cannotDisseminateFormat"]),
        (f"verb=GetRecord identifier={NAME} metadataPrefix=OAI_DC", ["cannotDisseminateFormat"]),
        (f"verb=GetRecord identifier={NAME} metadataPrefix=a/b", ["badArgument"]),
        ("verb=GetRecord identifier=k3v9q2m7x1c5b8n4 metadataPrefix=oai_dc", ["idDoesNotExist"]),
        ("verb=GetRecord identifier=oai:example.se:EXN metadataPrefix=oai_dc", ["idDoesNotExist"]),
        ("verb=ListRecords", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=marc21", ["cannotDisseminateFormat"]),
        ("verb=ListRecords metadataPrefix=oai_dc metadataPrefix=oai_dc", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc identifier=x", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc set=a::b", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc set=å", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026-02-30", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026-02-01T10:00Z", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026-02-01T10:00:00", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026-02-01T10:00:00+01:00", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026-02-01T24:00:01Z", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=２０２６-02-01", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026-02-01 until=2026-02-02T00:00:00Z", ["badArgument"]),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026-02-02 until=2026-02-01", ["badArgument"]),
        ("verb=ListRecords resumptionToken=other", ["badResumptionToken"]),
        ("verb=ListRecords resumptionToken=", ["badResumptionToken"]),
        ("verb=ListRecords resumptionToken=headers", ["badResumptionToken"]),
        ("verb=ListRecords resumptionToken=records metadataPrefix=oai_dc", ["badArgument"]),
        ("verb=ListRecords resumptionToken=records resumptionToken=records", ["badArgument"]),
        ("verb=ListRecords resumptionToken=a\x00b", ["badArgument"]),
        ("verb=ListIdentifiers", ["badArgument"]),
        ("verb=ListIdentifiers metadataPrefix=marc21", ["cannotDisseminateFormat"]),
        ("verb=ListIdentifiers resumptionToken=records", ["badResumptionToken"]),
        ("verb=ListIdentifiers colour=red", ["badArgument", "badArgument"]),
    ],
)
def test_what_is_wrong_is_told_by_its_code(query: str, codes: list[str]) -> None:
    asked = ask(query)
    assert isinstance(asked, Refused)
    assert [error.code for error in asked.errors] == codes
    assert all(error.sv and error.en for error in asked.errors)


@pytest.mark.parametrize(
    ("query", "are_repeated"),
    [
        ("verb=ListRecords metadataPrefix=marc21", True),
        ("verb=ListRecords resumptionToken=other", True),
        ("verb=ListRecords metadataPrefix=oai_dc colour=red", False),
        ("verb=Harvest metadataPrefix=oai_dc", False),
        ("verb=ListRecords metadataPrefix=oai_dc from=2026", False),
    ],
)
def test_arguments_are_repeated_but_after_badverb_and_badargument(query: str, *, are_repeated: bool) -> None:
    """OAI-PMH 2.0 §3.2."""
    asked = ask(query)
    assert isinstance(asked, Refused)
    assert bool(asked.arguments) is are_repeated

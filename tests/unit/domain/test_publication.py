"""What crosses over: only what was decided, only what a public record may say, and always a valid one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from access.records import read_record
from ingest.domain.access.decisions import AccessDecision, Reference, ToldUnit
from ingest.domain.access.levels import Level
from ingest.domain.access.standing import AccessEvent, PackageStanding, Told, standing_after
from ingest.domain.access.units import UnitKey, units_of
from ingest.domain.aips import Aip
from ingest.domain.cases import Case, Record
from ingest.domain.descriptions import Classification, Note, Party, TypedDate, TypedText
from ingest.domain.documents import Document
from ingest.domain.publication import PublicUnit, public_ids, public_units
from ingest.domain.submissions import Organisation
from tests.fakes.decided import decision, told
from tests.unit.formats.writing.values import AIP, OBJECTS, UNKNOWN, digital_object

FILE: Final = OBJECTS[1]
RECORD: Final = Record(
    id="EXN 2021/17:1",
    number="1",
    title="Ansökan från Anna Andersson",
    other_titles=(TypedText(type="public", text="Ansökan"),),
    dates=(TypedDate(type="created", raw="2021-04", value=None),),
    documents=(Document(name="ansökan.pdf", link="x", path=FILE.path), Document(name="borta.pdf", link="y")),
)
CASE: Final = Case(
    id="EXN 2021/17",
    title="Ansökan om bygglov",
    type="Bygglov",
    parties=(Party(type="individual", name="Anna Andersson"),),
    notes=(Note(text="Ring Anna Andersson"),),
    classifications=(Classification(code="3.1.2", title="Bygglov", scheme="KLASSA", version="2.0"),),
    records=(RECORD, replace(RECORD, id="EXN 2021/17:2", title="", other_titles=(), documents=())),
)
PACKAGE: Final = replace(AIP, submission=replace(AIP.submission, cases=(CASE,)))
TOP, FIRST, SECOND = (unit.key for unit in units_of(PACKAGE.submission))


def stands(aip: Aip, *decisions: AccessDecision) -> PackageStanding:
    units: Mapping[UnitKey, ToldUnit] = {unit.key: told() for unit in units_of(aip.submission)}
    events: tuple[AccessEvent, ...] = (Told(units=units), *decisions)
    return standing_after(events)


def crossed(
    *decisions: AccessDecision, aip: Aip = PACKAGE, barred: frozenset[str] = frozenset()
) -> dict[UnitKey, PublicUnit]:
    units = public_units(aip, stands(aip, *decisions), public_ids(decisions), barred)
    for unit in units:
        read_record(json.dumps(unit.record))
    return {unit.key: unit for unit in units}


def public(*keys: UnitKey, **changes: Any) -> AccessDecision:
    return replace(decision(Level.PUBLIC, *keys), **changes)


def test_nothing_crosses_without_a_decision() -> None:
    assert crossed() == {}


def test_a_public_record_says_what_it_is_and_names_its_files() -> None:
    unit = crossed(public(TOP, FIRST))[FIRST]
    assert unit.record == {
        "id": unit.id,
        "kind": "record",
        "level": "public",
        "partOf": crossed(public(TOP))[TOP].id,
        "title": "Ansökan",
        "archivalCreator": {"name": "Exempelnämnden", "identifier": "ORG:2120009994"},
        "documents": [
            {
                "name": "ansökan.pdf",
                "mediaType": "application/pdf",
                "format": "Acrobat PDF 1.4",
                "size": FILE.size,
                "sha256": FILE.sha256,
            }
        ],
    }
    assert [file.aip_path for file in unit.files] == [FILE.place.aip_path]


def test_a_case_is_placed_in_its_scheme_and_names_nobody() -> None:
    said = json.dumps(crossed(public(TOP))[TOP].record, ensure_ascii=False)
    assert "KLASSA 2.0" in said
    assert "3.1.2" in said
    assert "Anna" not in said
    assert CASE.id not in said


def test_a_record_without_its_case_names_no_case() -> None:
    (unit,) = crossed(public(FIRST)).values()
    assert "partOf" not in unit.record


def test_what_is_on_request_crosses_as_the_words_that_a_person_chose() -> None:
    stub = replace(decision(Level.ON_REQUEST, FIRST), stub_text="En handling i ett ärende om bygglov")
    (unit,) = crossed(stub).values()
    assert unit.record == {
        "id": unit.id,
        "kind": "record",
        "level": "on-request",
        "title": "En handling i ett ärende om bygglov",
        "documents": [],
    }
    assert unit.files == ()
    assert crossed(replace(stub, stub_text=" ")) == {}


def test_what_is_hidden_or_withdrawn_stays() -> None:
    assert crossed(public(TOP, FIRST), decision(Level.HIDDEN, TOP)) == {}
    assert set(crossed(public(TOP, FIRST), decision(Level.HIDDEN, FIRST))) == {TOP}


def test_numbers_are_told_only_where_a_releaser_decided_so() -> None:
    shown = public(TOP, FIRST, SECOND, reference=Reference.SHOWN)
    assert [unit.record.get("reference") for unit in crossed(shown).values()] == ["EXN 2021/17", "1", "1"]
    hidden = crossed(shown, decision(Level.HIDDEN, SECOND))
    assert hidden[FIRST].record.get("reference") is None


def test_a_unit_without_a_title_is_called_so() -> None:
    assert crossed(public(SECOND))[SECOND].record["title"] == "Utan titel"


def test_units_that_share_a_key_stay() -> None:
    twins = replace(PACKAGE, submission=replace(AIP.submission, records=(RECORD, RECORD, replace(RECORD, id="c"))))
    assert list(crossed(public((RECORD.id,), ("c",)), aip=twins)) == [("c",)]


def test_a_format_without_media_type_is_told_as_bytes() -> None:
    odd = digital_object(1, FILE.path, FILE.place, UNKNOWN)
    (document,) = crossed(public(FIRST), aip=replace(PACKAGE, objects=(odd,)))[FIRST].record["documents"]
    assert document == {
        "name": "ansökan.pdf",
        "mediaType": "application/octet-stream",
        "size": odd.size,
        "sha256": odd.sha256,
    }


def test_a_unit_keeps_the_public_id_of_the_first_decision_on_it_and_shares_it_with_none() -> None:
    first, later = public(TOP, FIRST), public(TOP, SECOND, id="later")
    ids = public_ids([first, later])
    assert len(set(ids.values())) == len(ids) == 3
    assert ids[TOP] == public_ids([first])[TOP]
    assert ids[SECOND] == public_ids([later])[SECOND]
    assert crossed(first, later, aip=replace(PACKAGE, generation=9))[TOP].id == ids[TOP]


def test_a_public_id_confirms_no_guess_at_a_number() -> None:
    """It is not made of anything that somebody outside could know or find out."""
    assert public_ids([public(TOP)])[TOP] != public_ids([public(TOP, id="another")])[TOP]


def test_what_is_barred_stays_whatever_is_decided() -> None:
    whole = crossed(public(FIRST))[FIRST].files
    barred = frozenset({whole[0].sha256})
    left = crossed(public(FIRST), barred=barred)[FIRST]
    assert left.files == whole[1:]
    assert [one["sha256"] for one in left.record["documents"]] == [one.sha256 for one in whole[1:]]


@pytest.mark.parametrize(
    ("name", "identifier", "shown"),
    [
        ("Exempelnämnden", "ORG:2120009994", {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}),
        ("Rut Ek", "PNR:640823-3234", {"name": "Rut Ek"}),
        ("Rut Ek 640823-3234", "ORG:2120009994", None),
    ],
)
def test_no_personal_number_of_an_archival_creator_crosses(
    name: str, identifier: str, shown: dict[str, str] | None
) -> None:
    """What is found in a package's own description is in view of no unit."""
    creator = Organisation(name=name, identifier=identifier)
    aip = replace(PACKAGE, submission=replace(PACKAGE.submission, archival_creator=creator))
    assert crossed(public(FIRST), aip=aip)[FIRST].record.get("archivalCreator") == shown

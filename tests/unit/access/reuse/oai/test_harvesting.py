"""What is answered: each verb over an index with releases, changes and withdrawals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from access.reuse.oai.embedding import FormBroken
from access.reuse.oai.harvesting import FormMissing
from access.reuse.oai_endpoint import answer_to
from schemas.public_store import Form, form_key
from tests.fakes.oai_reader import Harvester, Page, page
from tests.fakes.public_shelf import Shelf, public_id, public_record

NAME = "oai:example.se:{}"


def ask(shelf: Shelf, **arguments: str) -> Page:
    """Ask; `from` is written `from_`."""
    return page(answer_to([(name.rstrip("_"), value) for name, value in arguments.items()], shelf.offering()))


def harvester(shelf: Shelf, size: int = 3, **arguments: str) -> Harvester:
    return Harvester(lambda asked: answer_to(list(asked.items()), shelf.offering(size)), **arguments)


def test_identify_says_who_answers_and_how(shelf: Shelf) -> None:
    shelf.release_many([1])
    answer = ask(shelf, verb="Identify")
    assert answer.texts("//o:Identify/o:repositoryName") == ["Exempelarkivet"]
    assert answer.texts("//o:Identify/o:baseURL | //o:request") == ["https://arkiv.example.se/oai"] * 2
    assert answer.texts("//o:deletedRecord | //o:granularity") == ["persistent", "YYYY-MM-DDThh:mm:ssZ"]
    assert answer.texts("//o:earliestDatestamp") == ["2026-03-01T12:00:01Z"]


def test_the_earliest_datestamp_of_an_empty_index_is_now(shelf: Shelf) -> None:
    assert ask(shelf, verb="Identify").texts("//o:earliestDatestamp") == ["2026-03-01T12:00:00Z"]


def test_formats_are_the_same_for_every_listed_record(shelf: Shelf) -> None:
    shelf.release_many([1])
    every = ask(shelf, verb="ListMetadataFormats").texts("//o:metadataPrefix")
    assert every == ["oai_dc", "ead3", "mets"]
    assert (
        ask(shelf, verb="ListMetadataFormats", identifier=NAME.format(public_id(1))).texts("//o:metadataPrefix")
        == every
    )


def test_a_withdrawn_record_has_no_formats(shelf: Shelf) -> None:
    shelf.release_many([1])
    shelf.withdraw(public_id(1))
    assert ask(shelf, verb="ListMetadataFormats", identifier=NAME.format(public_id(1))).errors == ["noMetadataFormats"]


@pytest.mark.parametrize("verb", ["ListMetadataFormats", "GetRecord"])
def test_what_was_never_listed_does_not_exist(shelf: Shelf, verb: str) -> None:
    prefix = {"metadataPrefix": "oai_dc"} if verb == "GetRecord" else {}
    assert ask(shelf, verb=verb, identifier=NAME.format(public_id(9)), **prefix).errors == ["idDoesNotExist"]


@pytest.mark.parametrize("form", Form)
def test_a_record_comes_in_the_form_that_the_archive_rendered(shelf: Shelf, form: Form) -> None:
    shelf.release_many([1])
    answer = ask(shelf, verb="GetRecord", identifier=NAME.format(public_id(1)), metadataPrefix=form)
    (metadata,) = answer.root.iterfind(".//{*}metadata/*")
    told = [text for text in (*metadata.itertext(), *metadata.attrib.values()) if text.startswith("Ärende")]
    assert told == ["Ärende <1> & bilagor"]


def test_a_withdrawn_record_is_a_tombstone_without_title_and_sets(shelf: Shelf) -> None:
    shelf.release_many([1])
    shelf.withdraw(public_id(1))
    asked = [("verb", "GetRecord"), ("identifier", NAME.format(public_id(1))), ("metadataPrefix", "oai_dc")]
    content = answer_to(asked, shelf.offering())
    answer = page(content)
    assert answer.texts("//o:header/@status") == ["deleted"]
    assert answer.texts("//o:datestamp") == ["2026-03-01T12:00:02Z"]
    assert not answer.texts("//o:setSpec")
    assert not answer.texts("//o:metadata")
    assert "Ärende" not in content.decode()


def test_sets_are_a_hierarchy_with_names(shelf: Shelf) -> None:
    shelf.release_many(range(3))
    answer = ask(shelf, verb="ListSets")
    named = dict(zip(answer.texts("//o:setSpec"), answer.texts("//o:setName"), strict=True))
    assert named["creator"] == "Arkivbildare / Archival creators"
    assert {spec.rpartition(":")[0] for spec in named if ":" in spec} <= set(named)
    assert sorted(name for spec, name in named.items() if spec.count(":") == 2) == [
        f"3 Bygga / 3.{n} Bygglov" for n in range(3)
    ]


def test_what_is_withdrawn_is_told_in_every_set_and_names_none(shelf: Shelf) -> None:
    """No harvester of a set misses it, and nobody can tell from it what it was."""
    shelf.release_many([0, 1])
    sets = ask(shelf, verb="ListSets").texts("//o:setSpec")
    shelf.withdraw(public_id(0))
    assert set(ask(shelf, verb="ListSets").texts("//o:setSpec")) < set(sets)
    for spec in ask(shelf, verb="ListSets").texts("//o:setSpec"):
        answer = ask(shelf, verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)
        assert answer.texts("//o:header[@status='deleted']/o:identifier") == [NAME.format(public_id(0))]


def test_a_set_is_gone_with_its_last_record(shelf: Shelf) -> None:
    shelf.release_many([0])
    shelf.withdraw(public_id(0))
    assert ask(shelf, verb="ListSets").errors == ["noSetHierarchy"]


@pytest.mark.parametrize("spec", ["class", "creator:0", "class:none"])
def test_whoever_harvests_a_set_is_told_of_everything_withdrawn(shelf: Shelf, spec: str) -> None:
    """A tombstone has no sets, so that nobody can tell what it was; those who had the record have to hear of it."""
    shelf.release_many([1])
    shelf.withdraw(public_id(1))
    assert ask(shelf, verb="ListRecords", metadataPrefix="oai_dc", set=spec).records() == [(public_id(1), None)]


def test_without_records_there_are_no_sets(shelf: Shelf) -> None:
    assert ask(shelf, verb="ListSets").errors == ["noSetHierarchy"]
    assert ask(shelf, verb="ListRecords", metadataPrefix="oai_dc", set="class").errors == ["noSetHierarchy"]


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_an_empty_list_is_an_error(shelf: Shelf, verb: str) -> None:
    assert ask(shelf, verb=verb, metadataPrefix="oai_dc").errors == ["noRecordsMatch"]
    shelf.release_many([1])
    assert ask(shelf, verb=verb, metadataPrefix="oai_dc", set="class:none").errors == ["noRecordsMatch"]
    assert ask(shelf, verb=verb, metadataPrefix="oai_dc", until="2025-12-31").errors == ["noRecordsMatch"]
    assert ask(shelf, verb=verb, metadataPrefix="oai_dc", from_="2027-01-01").errors == ["noRecordsMatch"]


def test_identifiers_are_listed_without_metadata(shelf: Shelf) -> None:
    shelf.release_many([1, 2])
    shelf.withdraw(public_id(1))
    answer = ask(shelf, verb="ListIdentifiers", metadataPrefix="mets")
    assert [record for record, _ in answer.records()] == [public_id(2), public_id(1)]
    assert answer.texts("//o:header/@status") == ["deleted"]
    assert not answer.texts("//o:metadata")


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        ({"from_": "2026-03-01T12:00:02Z", "until": "2026-03-01T12:00:02Z"}, [2]),
        ({"from_": "2026-03-01T12:00:02Z"}, [2, 3]),
        ({"until": "2026-03-01T12:00:02Z"}, [1, 2]),
        ({"from_": "2026-03-01", "until": "2026-03-01"}, [1, 2, 3]),
        ({"until": "2026-03-01"}, [1, 2, 3]),
    ],
)
def test_both_ends_of_the_window_belong_to_it(shelf: Shelf, arguments: dict[str, str], numbers: list[int]) -> None:
    shelf.release_many([1, 2, 3])
    answer = ask(shelf, verb="ListRecords", metadataPrefix="oai_dc", **arguments)
    assert [record for record, _ in answer.records()] == [public_id(n) for n in numbers]


def test_a_set_holds_what_lies_in_the_sets_below_it(shelf: Shelf) -> None:
    shelf.release_many(range(6))
    specs = ask(shelf, verb="ListSets").texts("//o:setSpec")
    for spec in specs:
        harvest = harvester(shelf, set=spec)
        harvest.fetch_all()
        assert (
            len(harvest.kept)
            == {"creator": {0: 6, 1: 3}, "class": {0: 6, 1: 6, 2: 2}}[spec.split(":")[0]][spec.count(":")]
        )


def test_pages_count_what_they_give(shelf: Shelf) -> None:
    shelf.release_many(range(7))
    harvest = harvester(shelf)
    harvest.fetch_all()
    assert [each.texts("//o:resumptionToken/@cursor") for each in harvest.pages] == [["0"], ["3"], ["6"]]
    assert [each.texts("//o:resumptionToken/@completeListSize") for each in harvest.pages] == [["7"]] * 3
    assert [bool(each.token) for each in harvest.pages] == [True, True, False]
    assert harvest.pages[0].texts("//o:resumptionToken/@expirationDate") == ["2026-03-02T12:00:07Z"]
    assert harvest.seen == [public_id(n) for n in range(7)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_one_page_has_no_token(shelf: Shelf, number: int) -> None:
    shelf.release_many(range(number))
    assert ask(shelf, verb="ListRecords", metadataPrefix="oai_dc").token is None


def test_a_token_used_twice_gives_the_same_page(shelf: Shelf) -> None:
    shelf.release_many(range(7))
    token = ask(shelf, verb="ListRecords", metadataPrefix="oai_dc").token or ""
    first, second = (ask(shelf, verb="ListRecords", resumptionToken=token) for _ in range(2))
    assert first.records() == second.records() == [(public_id(n), f"Ärende <{n}> & bilagor") for n in (3, 4, 5)]


def test_a_token_expires(shelf: Shelf) -> None:
    shelf.release_many(range(7))
    token = ask(shelf, verb="ListRecords", metadataPrefix="oai_dc").token or ""
    shelf.now += timedelta(hours=24)
    assert ask(shelf, verb="ListRecords", resumptionToken=token).errors == ["badResumptionToken"]


def test_a_record_that_changes_meanwhile_comes_again(shelf: Shelf) -> None:
    shelf.release_many(range(5))
    harvest = harvester(shelf)
    harvest.fetch()
    shelf.release(public_record(0, title="Nytt namn"))
    harvest.fetch_all()
    assert harvest.seen == [public_id(n) for n in (0, 1, 2, 3, 4, 0)]
    assert harvest.kept[public_id(0)] == "Nytt namn"


def test_a_record_that_moves_out_of_the_window_leaves_no_empty_page(shelf: Shelf) -> None:
    """Everything that was left has changed since `until`: the last record that is still there comes once more."""
    shelf.release_many(range(4))
    harvest = harvester(shelf, until="2026-03-01T12:00:04Z")
    harvest.fetch()
    shelf.release(public_record(3, title="Nytt namn"))
    harvest.fetch_all()
    assert harvest.seen == [public_id(n) for n in (0, 1, 2, 2)]
    assert harvest.pages[-1].token == ""


def while_read(shelf: Shelf, change: Callable[[], None]) -> Page:
    """Ask for all records; `change` happens after the index was read and before the first form is."""
    changes = [change]

    def read(record_id: str, form: Form) -> bytes | None:
        if changes:
            changes.pop()()
        return shelf.read_form(record_id, form)

    asked = [("verb", "ListRecords"), ("metadataPrefix", "oai_dc")]
    return page(answer_to(asked, replace(shelf.offering(), read_form=read)))


def test_a_record_withdrawn_while_a_page_is_made_is_a_tombstone(shelf: Shelf) -> None:
    shelf.release_many([1, 2])
    answer = while_read(shelf, lambda: shelf.withdraw(public_id(1)))
    assert answer.records() == [(public_id(1), None), (public_id(2), "Ärende <2> & bilagor")]


def test_a_record_withdrawn_and_released_again_while_a_page_is_made_is_shown_as_it_is_now(shelf: Shelf) -> None:
    shelf.release_many([1])

    def change() -> None:
        shelf.withdraw(public_id(1))
        shelf.release(public_record(1, title="Igen"))

    assert while_read(shelf, change).records() == [(public_id(1), "Igen")]


def test_a_listed_record_without_its_form_is_a_fault_of_the_machine(shelf: Shelf) -> None:
    shelf.release_many([1])
    del shelf.forms[form_key(public_id(1), Form.OAI_DC)]
    with pytest.raises(FormMissing):
        ask(shelf, verb="ListRecords", metadataPrefix="oai_dc")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a",
        b"<dc/>",
        b'<dc xmlns="urn:other"/>',
        b'<!DOCTYPE d><d xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"/>',
        '<d xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/">å</d>'.encode("latin-1"),
    ],
)
def test_a_broken_form_is_not_sent(shelf: Shelf, content: bytes) -> None:
    shelf.release_many([1])
    shelf.forms[form_key(public_id(1), Form.OAI_DC)] = content
    with pytest.raises(FormBroken):
        ask(shelf, verb="ListRecords", metadataPrefix="oai_dc")

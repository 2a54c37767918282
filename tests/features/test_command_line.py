"""What each command prints and how it ends (DESIGN §7)."""

import json
import shutil
from pathlib import Path

import pytest

from tests.features.front_door import BAD, GOOD, SAMPLES, Answer, Door

LIST_FIELDS = {"package", "delivery", "dialect", "title", "status", "files", "bytes", "stored_at"}
FINDING_FIELDS = {"rule", "specification", "severity", "message", "remedy", "count", "locations"}
RECEIPT_FIELDS = {
    "receipt",
    "delivery",
    "package",
    "outcome",
    "files",
    "copies",
    "findings",
    "at",
    "signature",
}
WIDTH = 100


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    """An archive that the samples have been taken into, for tests that only read it."""
    return Door(home=tmp_path_factory.mktemp("archive") / "home")


@pytest.fixture(scope="module")
def taken_in(door: Door) -> Answer:
    return door.apart("ingest", "--json", *(SAMPLES / name for name in (*GOOD, BAD)))


@pytest.fixture
def copied(door: Door, taken_in: Answer, tmp_path: Path) -> Door:
    """The same archive, to be changed."""
    assert taken_in.code == 1
    shutil.copytree(door.home, tmp_path / "home")
    return Door(home=tmp_path / "home")


def test_several_paths_are_answered_in_their_order_and_one_refusal_makes_the_exit_1(taken_in: Answer) -> None:
    assert taken_in.code == 1
    assert [receipt["outcome"] for receipt in taken_in.document] == ["accepted"] * len(GOOD) + ["rejected"]
    assert all(set(receipt) >= RECEIPT_FIELDS for receipt in taken_in.document)
    assert taken_in.document[-1]["package"] is None
    assert taken_in.err == ""


def test_the_same_delivery_again_gets_the_same_receipt_as_one_object(door: Door, taken_in: Answer) -> None:
    again = door.run("ingest", SAMPLES / GOOD[0], "--json")
    assert again.code == 0
    assert again.document == taken_in.document[0]


def test_a_refused_delivery_again_is_refused_again(copied: Door) -> None:
    again = copied.run("ingest", SAMPLES / BAD, "--json")
    assert again.code == 1
    assert again.document["outcome"] == "rejected"


def test_what_is_no_package_gets_a_rejected_receipt(copied: Door, tmp_path: Path) -> None:
    letter = tmp_path / "brev.zip"
    letter.write_text("Hej!", encoding="utf-8")
    answer = copied.run("ingest", letter, "--json")
    assert answer.code == 1
    assert (answer.document["outcome"], answer.document["package"]) == ("rejected", None)


def test_validate_says_what_the_design_promises(door: Door) -> None:
    answer = door.run("validate", SAMPLES / GOOD[0], SAMPLES / BAD, "--json")
    assert answer.code == 1
    assert [one["verdict"] for one in answer.document] == ["valid", "invalid"]
    good, bad = answer.document
    assert set(good) == {"verdict", "dialect", "package", "findings", "statistics"}
    assert all(set(finding) == FINDING_FIELDS for finding in bad["findings"])
    assert all(set(finding["message"]) == set(finding["remedy"]) == {"sv", "en"} for finding in bad["findings"])


def test_validate_of_a_good_package_is_one_object_and_exit_0(tmp_path: Path) -> None:
    answer = Door(home=tmp_path / "home").run("validate", SAMPLES / GOOD[1], "--json")
    assert answer.code == 0
    assert answer.document["statistics"]["files"] > 1
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", ("UNDERKÄNT", "FEL", "Var", "Gör")), ("en", ("INVALID", "ERROR", "Where", "Do"))],
)
def test_findings_say_what_is_wrong_where_and_what_to_do(door: Door, language: str, words: tuple[str, ...]) -> None:
    answer = door.run("validate", SAMPLES / BAD, "--lang", language)
    assert answer.code == 1
    assert all(word in answer.out for word in words)
    assert "sip.xml:" in answer.out
    assert "Kopia_av_ritning.txt" in answer.out


def test_the_language_comes_from_the_option_before_the_environment(door: Door, taken_in: Answer) -> None:
    assert taken_in.code == 1
    assert "arkiverade paket" in door.run("list").out
    assert "archived packages" in door.run("list", EARKIV_LANG="en").out
    assert "arkiverade paket" in door.run("list", "--lang", "sv", EARKIV_LANG="en").out


def test_piped_text_is_plain_and_at_most_100_columns_wide(door: Door, taken_in: Answer) -> None:
    reference = taken_in.document[-1]["deliveryId"]
    for answer in (door.run("receipt", reference), door.run("show", reference), door.apart("list"), door.run("doctor")):
        assert "\x1b" not in answer.out
        assert max(len(line) for line in answer.out.splitlines()) <= WIDTH
        assert answer.err == ""


def test_list_has_exactly_its_fields_and_names_the_producers_own_id(door: Door, taken_in: Answer) -> None:
    rows = door.run("list", "--json").document
    assert all(set(row) == LIST_FIELDS and row["status"] == "archived" for row in rows)
    accepted = {(receipt["package"], receipt["delivery"]) for receipt in taken_in.document[:-1]}
    assert {(row["package"], row["delivery"]) for row in rows} == accepted


def test_a_receipt_is_found_by_each_of_its_ids(door: Door, taken_in: Answer) -> None:
    receipt = taken_in.document[0]
    for reference in (receipt["package"], receipt["delivery"], receipt["deliveryId"]):
        assert door.run("receipt", reference, "--json").document == receipt


def test_show_tells_of_archived_and_of_refused(door: Door, taken_in: Answer) -> None:
    accepted, refused = taken_in.document[0], taken_in.document[-1]
    shown = door.run("show", accepted["package"], "--json").document
    assert set(shown) >= LIST_FIELDS
    assert (shown["status"], shown["contents"]) == ("archived", accepted["files"])
    shown = door.run("show", refused["deliveryId"], "--json").document
    assert (shown["status"], shown["package"], shown["findings"]) == ("rejected", None, refused["findings"])


def test_a_timeline_is_told_in_order(door: Door, taken_in: Answer) -> None:
    reference = taken_in.document[0]["package"]
    entries = door.run("timeline", reference, "--json").document
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)
    assert {"at", "step", "type", "outcome", "detail", "agents"} == set(entries[0])
    assert "lagrat och återläst" in door.run("timeline", reference).out


def test_a_timeline_speaks_the_language_that_is_asked_for(door: Door, taken_in: Answer) -> None:
    accepted = taken_in.document[0]["package"]
    asked = ("timeline", accepted, "--lang")
    assert "delivery received: " in door.run(*asked, "en").out
    swedish = door.run(*asked, "sv").out
    assert "leverans mottagen: " in swedish
    assert "delivery received" not in swedish


def test_verify_finds_an_untouched_archive_intact(door: Door, taken_in: Answer) -> None:
    answer = door.run("verify", "--all", "--json")
    assert answer.code == 0
    assert (answer.document["verdict"], answer.document["damages"]) == ("intact", [])
    one = door.run("verify", taken_in.document[0]["package"], "--json")
    assert one.code == 0
    assert 0 < one.document["objects"] < answer.document["objects"]


@pytest.mark.parametrize(("language", "word"), [("sv", "SKADAT"), ("en", "DAMAGED")])
def test_verify_names_a_flipped_bit(copied: Door, language: str, word: str) -> None:
    stored = next(path for path in copied.home.rglob("*.pdf"))
    content = bytearray(stored.read_bytes())
    content[len(content) // 2] ^= 1
    stored.chmod(0o600)
    stored.write_bytes(content)
    answer = copied.run("verify", "--lang", language)
    assert answer.code == 1
    assert word in answer.out
    assert stored.name in answer.out
    assert copied.run("verify", "--all", "--json").document["verdict"] == "damaged"


def test_rebuild_gives_the_same_answers_without_catalogue_and_without_private_key(
    copied: Door, taken_in: Answer
) -> None:
    references = [receipt["deliveryId"] for receipt in taken_in.document]
    questions = [("list",), *((name, each) for name in ("receipt", "timeline") for each in references)]
    before = [copied.run(*question, "--json").document for question in questions]
    for file in (*copied.home.glob("catalogue.*"), *copied.home.glob("keys/*")):
        file.unlink()
    assert copied.run("list").code == 2
    assert copied.run("rebuild").code == 0
    assert [copied.run(*question, "--json").document for question in questions] == before


def test_rebuild_keeps_the_former_catalogue(copied: Door) -> None:
    former = (copied.home / "catalogue.sqlite").read_bytes()
    answer = copied.run("rebuild", "--lang", "en")
    assert answer.code == 0
    assert (copied.home / "catalogue.sqlite.before-rebuild").read_bytes() == former
    assert "catalogue.sqlite.before-rebuild" in "".join(answer.out.split())
    assert not (copied.home / "catalogue.sqlite.new").exists()


@pytest.mark.parametrize("form", ["csip", "fgs-1.2", "bagit"])
@pytest.mark.parametrize("suffix", [".zip", ".tar", ""])
def test_export_writes_each_form(door: Door, taken_in: Answer, tmp_path: Path, form: str, suffix: str) -> None:
    target = tmp_path / f"paket{suffix}"
    answer = door.run("export", taken_in.document[0]["package"], "--as", form, "--to", target)
    assert answer.code == 0, answer.err
    assert target.is_file() if suffix else any(target.iterdir())
    assert target.name in answer.out


def test_a_held_delivery_is_answered_by_an_unsigned_note(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    assert door.run("ingest", SAMPLES / BAD, "--json").code == 1
    terms = {"hold": ["EARKIV-SA-5"], "severities": [["EARKIV-SA-5", "warning"]]}
    (door.home / "agreements" / "vantar.json").write_text(json.dumps(terms), encoding="utf-8")
    answer = door.run("ingest", SAMPLES / GOOD[0], "--agreement", "vantar")
    assert answer.code == 0, answer.err
    assert "VÄNTAR PÅ BESLUT" in answer.out
    assert "Besked utan underskrift" in answer.out


def test_doctor_shows_settings_and_warns_of_a_lone_key(door: Door, taken_in: Answer) -> None:
    assert taken_in.code == 1
    answer = door.run("doctor", "--lang", "en", EARKIV_UNHEARD_OF="1")
    assert answer.code == 0
    assert "EARKIV_UNHEARD_OF" in answer.out
    assert "safe place" in " ".join(answer.out.split())
    assert "no scanner" in answer.out


def test_without_arguments_the_commands_are_listed(door: Door) -> None:
    answer = door.run()
    assert answer.code == 0
    assert all(command in answer.out for command in ("validate", "ingest", "rebuild", "schemas"))
    assert "Användning" in answer.out
    assert "Usage" in door.run(EARKIV_LANG="en").out

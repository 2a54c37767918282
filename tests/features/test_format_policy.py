"""The format policy of an archive: its versions, what a changed one does, and what `earkiv formats` tells of it all."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from earkiv.cli.formats import formats_document, print_formats
from earkiv.cli.language import Voice
from earkiv.cli.session import Printing, Session
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.survey_formats import survey_formats
from ingest.bootstrap import writing
from ingest.config import Language
from ingest.domain.journal import Subject, SubjectKind
from ingest.errors import ConfigurationError, StoreUnavailable
from ingest.pipeline.step import Ports
from tests.fakes.small_archive import Stored, hand_over, opened, settings_of
from tests.fakes.steady_converter import SteadyConverter
from tests.features.archives import hand_over_one

SAMPLE = Path(__file__).parents[2] / "samples" / "deliveries" / "bygglov-fgs12"
CHAIN = Subject(kind=SubjectKind.FORMAT_POLICY, id="format-policy")
OWN = """
[[group]]
delivery = "preferred"
preservation = "{preservation}"
source_sv = "Vårt beslut"
source_en = "Our decision"
formats = {{ "fmt/18" = "PDF 1.4", "fmt/11" = "PNG 1.0" }}
"""


def with_copies(ports: Ports) -> Ports:
    return replace(ports, converter=SteadyConverter())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    hand_over(tmp_path / "home", ())
    return tmp_path / "home"


def decide(home: Path, preservation: str) -> None:
    (home / "format-policy.toml").write_text(OWN.format(preservation=preservation), encoding="utf-8")


def version(home: Path) -> int:
    """Open the archive once, as any run does, and give the policy's version."""
    hand_over(home, ())
    with opened(home) as ports:
        policy = ports.catalogue.format_policy()
        assert policy is not None
        assert ports.catalogue.chain_head(CHAIN).sequence == policy.version
        return policy.version


def test_a_changed_policy_is_a_new_version_and_the_same_one_is_none(home: Path) -> None:
    assert version(home) == version(home) == 1
    decide(home, "acceptable")
    assert version(home) == version(home) == 2
    decide(home, "preferred")
    assert version(home) == 3
    (home / "format-policy.toml").unlink()
    assert version(home) == 4


def test_a_mistake_in_it_stops_the_run_and_changes_nothing(home: Path) -> None:
    (home / "format-policy.toml").write_text("[[group]]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"format-policy\.toml"):
        hand_over(home, ())
    (home / "format-policy.toml").unlink()
    assert version(home) == 1


def test_a_version_that_was_journalled_and_not_recorded_is_recovered(home: Path) -> None:
    decide(home, "acceptable")

    class Forgetful:
        def __init__(self, catalogue: Any) -> None:
            self._catalogue = catalogue

        def __getattr__(self, name: str) -> Any:
            if name == "add_format_policy":
                raise StoreUnavailable("avbrott", "outage")
            return getattr(self._catalogue, name)

    def forgetful(ports: Ports) -> Ports:
        return replace(ports, catalogue=Forgetful(ports.catalogue))

    with pytest.raises(StoreUnavailable), writing(settings_of(home), forgetful):
        pass
    assert version(home) == 2


def test_each_delivery_answers_for_the_policy_it_came_under(home: Path) -> None:
    (first,) = hand_over(home, (SAMPLE,), with_copies)
    with opened(home) as ports:
        made = ports.catalogue.conversions(first["deliveryId"])
        assert {(one.policy, one.target) for one in made} == {(1, "pdf-a-2b")}
        told = [event.detail for event in ports.catalogue.events(first["deliveryId"]) if event.type == "normalization"]
    assert len(told) == len(made)
    assert all("under format policy version 1" in detail for detail in told)


def test_what_the_policy_makes_no_copy_of_is_left_as_it_is(home: Path) -> None:
    decide(home, "acceptable")
    (receipt,) = hand_over(home, (SAMPLE,), with_copies)
    with opened(home) as ports:
        assert ports.catalogue.conversions(receipt["deliveryId"]) == ()


def test_an_agreement_may_turn_copies_off(home: Path) -> None:
    terms = {"normalise": False, "severities": [["EARKIV-SA-5", "warning"]]}
    (home / "agreements" / "utan.json").write_text(json.dumps(terms), encoding="utf-8")
    receipt = hand_over_one(home, SAMPLE, agreement="utan")
    with opened(home) as ports:
        assert ports.catalogue.conversions(receipt["deliveryId"]) == ()
    assert not any(finding["rule"].startswith("EARKIV-NRM") for finding in receipt["findings"])


def test_the_survey_counts_what_is_held_and_is_the_same_after_a_rebuild(home: Path, tmp_path: Path) -> None:
    (receipt,) = hand_over(home, (SAMPLE,), with_copies)
    delivered = Counter(file["format"]["puid"] for file in receipt["files"])
    with open_catalogue(tmp_path / "new.db") as catalogue, opened(home) as ports:
        document = formats_document(survey_formats(ports))
        after = replace(ports, catalogue=catalogue)
        rebuild(after)
        assert formats_document(survey_formats(after)) == document
        copies = len(ports.catalogue.conversions(receipt["deliveryId"]))
    assert {one["puid"]: one["originals"] for one in document["formats"] if one["originals"]} == delivered
    pdf_a = next(one for one in document["formats"] if one["puid"] == "fmt/477")
    assert pdf_a["copies"] == copies > 0
    assert (pdf_a["delivery"], pdf_a["when"]) == ("preferred", "not conforming")
    assert sum(one["originals"] for one in document["formats"]) == len(receipt["files"])
    assert document["policy"] == 1


def test_the_survey_is_the_same_where_a_packages_own_entry_is_lost(home: Path, tmp_path: Path) -> None:
    hand_over(home, (SAMPLE,), with_copies)
    stored = Stored(root=home / "archive")
    with opened(home) as ports:
        document = formats_document(survey_formats(ports))
    (entry,) = stored.files("journal/package/")
    with stored.damaged(entry, None), open_catalogue(tmp_path / "new.db") as catalogue, opened(home) as ports:
        after = replace(ports, catalogue=catalogue)
        rebuild(after)
        assert formats_document(survey_formats(after)) == document


@pytest.mark.parametrize("language", list(Language))
def test_a_person_reads_what_is_held_and_what_holds(
    home: Path, capsys: pytest.CaptureFixture[str], language: Language
) -> None:
    hand_over(home, (SAMPLE,), with_copies)
    print_formats(Session(settings=settings_of(home), voice=Voice(language=language), printing=Printing.TEXT))
    out = capsys.readouterr().out
    assert "fmt/477 PDF/A-2b" in out
    assert ("Formatpolicy, version 1" if language is Language.SWEDISH else "Format policy, version 1") in out
    assert ("går inte" if language is Language.SWEDISH else "not acceptable") in out


def test_an_empty_archive_says_so_and_shows_the_policy(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = settings_of(home)
    print_formats(Session(settings=settings, voice=Voice(language=Language.ENGLISH), printing=Printing.TEXT))
    assert capsys.readouterr().out.startswith("The archive is empty.")


def test_what_a_killed_run_left_at_the_tools_is_cleared_away(home: Path) -> None:
    (home / "scratch" / "tool-x" / "home").mkdir(parents=True)
    (home / "scratch" / "tool-x.html").write_text("kvar", encoding="utf-8")
    (home / "scratch" / "link").symlink_to(home / "archive")
    hand_over(home, ())
    assert list((home / "scratch").iterdir()) == []
    assert (home / "archive" / "journal").is_dir()

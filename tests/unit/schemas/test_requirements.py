"""The requirement texts are complete, unique and say something."""

import re
from collections import Counter

import pytest

from schemas.requirements import FOLDER, Level, Requirement, all_requirements, requirement

OF_FILES = {"FMT": 5, "NRM": 7, "NST": 10, "PDFA": 2}
OWN_FAMILIES = {"PKG": 19, "XML": 4, "FIX": 15, "CASE": 14, "SA": 17, "DLV": 5, **OF_FILES}


@pytest.mark.parametrize("one", all_requirements(), ids=lambda one: one.id)
def test_every_requirement_has_all_its_texts(one: Requirement) -> None:
    for text in (one.text_sv, one.text_en, one.remedy_sv, one.remedy_en):
        assert text == text.strip()
        assert text.endswith((".", "!", "?", ")"))
        assert "{" not in text
        assert "\n" not in text
    assert one.text_sv != one.text_en
    assert one.remedy_sv != one.remedy_en
    assert one.specification
    assert one.versions
    assert one.clause


@pytest.mark.parametrize(("family", "count"), OWN_FAMILIES.items())
def test_our_own_families_are_numbered_without_gaps(family: str, count: int) -> None:
    numbers = [
        int(found[1]) for one in all_requirements() if (found := re.fullmatch(rf"EARKIV-{family}-(\d+)", one.id))
    ]
    assert numbers == list(range(1, count + 1))


def test_ids_are_unique() -> None:
    again = [id_ for id_, times in Counter(one.id for one in all_requirements()).items() if times > 1]
    assert again == []


def test_a_requirement_is_found_by_its_id() -> None:
    found = requirement("EARKIV-FIX-1")
    assert found.level is Level.MUST
    assert "CSIP71" in found.clause


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        requirement("EARKIV-FIX-999")


def test_every_file_is_of_a_readable_length() -> None:
    assert [path.name for path in FOLDER.glob("*.toml") if path.read_text("utf-8").count("\n") > 400] == []

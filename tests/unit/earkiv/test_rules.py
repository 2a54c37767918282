"""`earkiv rules` lists every requirement once, and its counts are those of the list."""

import json
from collections import Counter

import pytest

from earkiv.cli import run
from schemas.requirements import all_requirements


def test_the_document_has_every_requirement_with_what_is_checked(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["rules", "--json"]) == 0
    document = json.loads(capsysbinary.readouterr().out)
    rows = document["requirements"]
    assert Counter(row["id"] for row in rows) == Counter(one.id for one in all_requirements())
    assert document["counts"] == {
        "requirements": len(rows),
        "checked": sum(row["checked"] for row in rows),
        "notChecked": sum(not row["checked"] for row in rows),
    }
    assert [row["id"] for row in rows if not row["checked"] and not (row["why"]["sv"] and row["why"]["en"])] == []
    for one in document["specifications"]:
        own = [row for row in rows if row["specification"] == one["specification"]]
        assert (one["requirements"], one["checked"]) == (len(own), sum(row["checked"] for row in own))
        assert sum(level["requirements"] for level in one["levels"].values()) == len(own)


def test_requirements_come_by_number_and_our_own_last(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--lang", "en"]) == 0
    words = capsys.readouterr().out
    places = [
        words.index(f"{id_} ") for id_ in ("ERMS2", "ERMS10", "ERMS278", "PM2", "PM10", "EARKIV-FIX-2", "EARKIV-FIX-10")
    ]
    assert places == sorted(places)
    assert "Not checked: The requirement is a permission: nothing can break it." in " ".join(words.split())

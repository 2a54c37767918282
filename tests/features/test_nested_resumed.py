"""A run that is broken off between two nested containers goes on with the second, within the same budget."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import run_pending
from ingest.bootstrap import Archive
from ingest.domain.nested import NestedListing, NestedRequest
from ingest.errors import ToolFailed
from ingest.ports import ObjectStore
from ingest.tool_ports import NestedOpener
from tests.features.archives import opened, terms_of
from tests.hostile.case import package
from tests.hostile.nested_cases import CASES

_AGREED: Final = "exsa-2026-9"


class BreakingOff:
    """The real opener, which is away when it is asked about the last of so many containers; it remembers budgets."""

    def __init__(self, opener: NestedOpener, times: int) -> None:
        self._opener = opener
        self._times = times
        self.asked: list[NestedRequest] = []

    def listing(self, staging: ObjectStore, request: NestedRequest) -> NestedListing | None:
        if len(self.asked) == self._times:
            raise ToolFailed("borta", "away")
        self.asked.append(request)
        return self._opener.listing(staging, request)


def test_a_container_that_was_opened_is_not_opened_again_and_is_counted(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "leverans"
    folder.mkdir()
    containers = {b"1.zip": CASES["ordinary.zip"].make(), b"2.tar": CASES["ordinary.tar"].make()}
    for name, body in package(containers).items():
        (folder / name.decode()).write_bytes(body)
    with opened(home):
        pass
    terms = {"nested_depth": 1, "max_files": 90, "severities": [["EARKIV-SA-5", "info"]]}
    (home / "agreements" / f"{_AGREED}.json").write_text(json.dumps(terms), encoding="utf-8")
    with opened(home) as archive:
        first = breaking_off(archive, 1)
        with pytest.raises(ToolFailed):
            ingest_path(folder, terms_of(archive, _AGREED), first.owner, first.ports)
    with opened(home) as archive:
        second = breaking_off(archive, 9)
        assert run_pending(second.owner, second.ports) == ()
        asked = (*asked_of(first), *asked_of(second))
        assert [request.budget.files for request in asked] == [87, 85]
        assert asked[0].key != asked[1].key
        (kept,) = second.ports.catalogue.packages()
        assert kept.package


def breaking_off(archive: Archive, times: int) -> Archive:
    return replace(archive, ports=replace(archive.ports, nested_opener=BreakingOff(archive.ports.nested_opener, times)))


def asked_of(archive: Archive) -> list[NestedRequest]:
    assert isinstance(archive.ports.nested_opener, BreakingOff)
    return archive.ports.nested_opener.asked

"""A delivery with preservation copies: the AIP holds them, and everything that answers for it knows them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import bagit
import pytest

from audit.verification import verify_packages
from earkiv.cli.language import Voice
from earkiv.cli.reconstruction import rebuild_catalogue
from earkiv.cli.session import Printing, Session
from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.consult_archive import list_packages, timeline_of
from ingest.application.export_package import Form, export
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.run_deliveries import finish
from ingest.application.submit_delivery import Handover, submit
from ingest.application.told_packages import package_document
from ingest.application.validate_package import validate
from ingest.bootstrap import writing
from ingest.config import Language
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.allowances import Effort
from ingest.domain.conversions import Conversion, ConversionRequest
from ingest.domain.deliveries import DeliveryState
from ingest.domain.findings import Severity
from ingest.errors import StoreReadOnly
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.fakes.small_archive import hand_over, opened, settings_of
from tests.fakes.steady_converter import SteadyConverter

SAMPLES = Path(__file__).parents[2] / "samples" / "deliveries"
GOOD = ("bygglov-fgs12", "skolarende-csip.zip", "klagomal-case-push", "flera-arenden-erms.zip")


def with_copies(ports: Ports) -> Ports:
    return replace(ports, converter=SteadyConverter())


@pytest.fixture(params=GOOD, scope="module")
def archived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    home = tmp_path_factory.mktemp("copies") / "home"
    (receipt,) = hand_over(home, (SAMPLES / request.param,), with_copies)
    assert receipt["outcome"] == "accepted"
    return home, receipt


def shown(home: Path, receipt: dict[str, Any]) -> dict[str, Any]:
    with opened(home) as ports:
        return package_document(receipt["package"], ports)


def test_the_copies_are_shown_beside_what_was_delivered(archived: tuple[Path, dict[str, Any]]) -> None:
    home, receipt = archived
    document = shown(home, receipt)
    delivered = {file["path"] for file in document["contents"]}
    made = [copy for copy in document["preservationCopies"] if copy["path"]]
    assert made
    assert {copy["source"] for copy in made} <= delivered
    assert not {copy["path"] for copy in made} & delivered
    assert all(copy["path"].startswith("representations/preservation/data/") for copy in made)
    assert document["files"] == len(delivered)


def test_the_archive_verifies_and_the_timeline_tells_of_every_copy(archived: tuple[Path, dict[str, Any]]) -> None:
    home, receipt = archived
    copies = shown(home, receipt)["preservationCopies"]
    with opened(home) as ports:
        assert verify_packages(ports, None, lambda _objects, _bytes: None).damages == ()
        told = [entry for entry in timeline_of(receipt["package"], ports) if entry.type == "normalization"]
    assert len(told) == len(copies)


def test_a_rebuilt_catalogue_knows_the_same_copies_and_formats(
    archived: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    home, receipt = archived
    with open_catalogue(tmp_path / "new.db") as catalogue, opened(home) as before:
        after = replace(before, catalogue=catalogue)
        assert rebuild(after).damages == ()
        assert list_packages(after) == list_packages(before)
        assert sum(held.copies for held in list_packages(after)[0].formats) > 0
        assert package_document(receipt["package"], after) == package_document(receipt["package"], before)
        assert after.catalogue.format_policy() == before.catalogue.format_policy() is not None


@pytest.mark.parametrize("form", [Form.CSIP, Form.BAGIT])
def test_an_export_carries_the_copies(archived: tuple[Path, dict[str, Any]], tmp_path: Path, form: Form) -> None:
    home, receipt = archived
    made = {copy["sha256"] for copy in shown(home, receipt)["preservationCopies"] if copy["path"]}
    with opened(home) as ports:
        export(ports, receipt["package"], form, tmp_path / "ut")
    assert made <= set(digests(tmp_path / "ut"))
    assert form is not Form.BAGIT or bagit.Bag(str(tmp_path / "ut")).is_valid()


def test_a_csip_export_is_itself_valid(archived: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    home, receipt = archived
    with opened(home) as ports:
        export(ports, receipt["package"], Form.CSIP, tmp_path / "ut")
    found = validate(tmp_path / "ut").findings
    # An AIP is no SIP: what SIP and the kind of package ask for is no fault of the copies.
    csip = [f.rule for f in found if f.severity is Severity.ERROR and f.specification.startswith(("CSIP", "METS"))]
    assert csip == []


def test_an_fgs_export_gives_the_originals(archived: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    home, receipt = archived
    made = {copy["sha256"] for copy in shown(home, receipt)["preservationCopies"] if copy["path"]}
    with opened(home) as ports:
        export(ports, receipt["package"], Form.FGS_1_2, tmp_path / "ut")
    assert made.isdisjoint(digests(tmp_path / "ut"))


def digests(target: Path) -> Iterator[str]:
    return (hashlib.sha256(p.read_bytes()).hexdigest() for p in target.rglob("*") if p.is_file())


def test_what_was_converted_is_carried_over_a_rebuild_and_not_converted_again(tmp_path: Path) -> None:
    """The delivery stops when it is stored; a new catalogue takes it over with its copies, and it ends with them."""
    home = tmp_path / "home"
    asked: list[int] = []

    class Counting(SteadyConverter):
        def convert(
            self, staging: ObjectStore, requests: Sequence[ConversionRequest], effort: Effort
        ) -> tuple[Conversion, ...]:
            asked.extend(request.ordinal for request in requests)
            return super().convert(staging, requests, effort)

    def counting(ports: Ports) -> Ports:
        return replace(ports, converter=Counting())

    hand_over(home, ())
    with writing(settings_of(home), counting) as archive:
        handover = Handover(path=SAMPLES / GOOD[0], agreement=DEFAULT_AGREEMENT, owner=archive.owner)
        begun = submit(handover, archive.ports)
        unwritable = tuple(ReadOnly(store) for store in archive.ports.replicas)
        with pytest.raises(StoreReadOnly):
            finish(begun, archive.owner, replace(archive.ports, replicas=unwritable))
        before = archive.ports.catalogue.conversions(begun)
    assert len(asked) == len(before) > 0
    rebuild_catalogue(
        Session(settings=settings_of(home), voice=Voice(language=Language.ENGLISH), printing=Printing.TEXT)
    )
    with writing(settings_of(home), counting) as archive:
        assert archive.ports.catalogue.conversions(begun) == before
        assert finish(begun, archive.owner, archive.ports).state is DeliveryState.ARCHIVED
        assert archive.ports.catalogue.conversions(begun) == before
        assert verify_packages(archive.ports, None, lambda _objects, _bytes: None).damages == ()
    assert len(asked) == len(before)


class ReadOnly:
    """A replica that takes nothing."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        if name in {"put", "adopt", "replace"}:
            raise StoreReadOnly("skrivskyddat", "read only")
        return getattr(self._store, name)

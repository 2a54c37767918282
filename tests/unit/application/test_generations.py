"""A correction stands in line with what it corrects, also where a rebuild could not put all of it back."""

import json
from pathlib import Path

from ingest.adapters.sql.catalogue import open_catalogue
from ingest.application.arriving import Arrivals
from ingest.application.consult_archive import timeline_of
from ingest.application.correct_metadata import Begun, Wanted, correct_metadata
from ingest.application.generations import line_of
from ingest.application.rebuild_catalogue import rebuild
from ingest.application.run_deliveries import run_pending
from ingest.application.scan_standings import with_unscanned
from ingest.bootstrap import writing
from ingest.domain.keys import Caller, Role
from ingest.formats.corrections import Correction, read_correction
from tests.fakes.small_archive import Stored, hand_over, opened, pushed_case, settings_of

ANNA = Caller(role=Role.ARCHIVIST, name="Anna Arkivarie")


def corrected(home: Path, *titles: str) -> tuple[str, ...]:
    """Correct the title of the only package, time and again, and give the deliveries that did it."""
    made = []
    with writing(settings_of(home)) as archive:
        (package,) = archive.ports.catalogue.packages()
        for seen, title in enumerate(titles, 1):
            correction = read_correction(json.dumps({"cases": [{"id": "EXN 2026/1", "title": title}]}).encode())
            assert isinstance(correction, Correction)
            wanted = Wanted(package=package.package, seen=(seen,), reason="Fel titel.", correction=correction)
            begun = correct_metadata(wanted, ANNA, Arrivals(archive.owner, archive.ports), archive.ports)
            assert isinstance(begun, Begun)
            assert run_pending(archive.owner, archive.ports) == ()
            made.append(begun.id)
    return tuple(made)


def test_a_corrected_package_can_be_asked_for_when_the_receipt_of_its_content_is_damaged(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (receipt,) = hand_over(home, (pushed_case(tmp_path / "case", "NEW", "ett"),))
    original, (first, second) = receipt["deliveryId"], corrected(home, "En titel", "En annan titel")
    with opened(home) as ports:
        line = line_of(ports.catalogue.delivery(second), ports)
        assert [one.id for one in line] == [original, first, second]
    stored = Stored(root=home / "archive")
    (entry,) = (key for key in stored.files("journal/delivery/") if original in key)
    stored.write(entry, b"{}")
    with open_catalogue(home / "new.db") as catalogue, opened(home, catalogue=catalogue) as after:
        assert entry in {damage.key for damage in rebuild(after).damages}
        assert [one.delivery_id for one in with_unscanned(after)] == [second]
        assert [one.id for one in line_of(catalogue.delivery(second), after)] == [first, second]
        told = timeline_of(second, after)
        assert [one.type for one in told].count("metadata modification") == 2

"""The archive's own words of its events are said in Swedish too; whatever else stands in an event is left as it is."""

import pytest

from audit.desk.details import in_swedish
from ingest.domain.packages import Clean, Infected, NotScanned
from ingest.domain.scans import scan_told

NOTHING_FOUND, FOUND, NOT_SCANNED = (
    scan_told(result)[1]
    for result in (
        Clean(tool="clamd 1.4"),
        Infected(tool="clamd 1.4", name="Eicar"),
        NotScanned(reason="no virus scanner is configured"),
    )
)


@pytest.mark.parametrize(
    ("detail", "swedish"),
    [
        ("delivery received: folder", "leverans mottagen: mapp"),
        ("zip of 12 bytes, SHA-256 ab", "zip på 12 byte, SHA-256 ab"),
        ("no findings", "inget att anmärka på"),
        ("EARKIV-SA-5 (warning, 2), CSIP60 (error, 1)", "EARKIV-SA-5 (varning, 2), CSIP60 (fel, 1)"),
        ("receipt: accepted", "mottagningskvitto: godtagen"),
        (NOTHING_FOUND, "inget hittat av clamd 1.4"),
        (FOUND, "Eicar hittat av clamd 1.4"),
        (NOT_SCANNED, "inte genomsökt: inget virusskydd är inställt"),
        ("not scanned: för stor", "inte genomsökt: för stor"),
        (
            "a to b to pdf-a-2b under format policy version 3: conforms PDF/A-2b by v 1; identified as fmt/477",
            "a to b till pdf-a-2b enligt formatpolicyns version 3: följer PDF/A-2b enligt v 1; känd som fmt/477",
        ),
        (
            "x.doc to pdf-a-2b under format policy version 1: took too long: 60 s",
            "x.doc till pdf-a-2b enligt formatpolicyns version 1: tog för lång tid: 60 s",
        ),
        (
            "no copy as pdf-a-2b, wanted by format policy version 1: libreoffice is not installed",
            "ingen kopia som pdf-a-2b, som formatpolicyns version 1 vill ha: libreoffice är inte installerat",
        ),
        (
            "containers opened and checked, nothing of them stored: 1 containers, 2 files, 3 faults",
            "behållare öppnade och kontrollerade, inget i dem lagrat: 1 behållare, 2 filer, 3 fel",
        ),
        (
            "b.pdf, signature 1: PDF signature holds; signer CN=Anna; stated time 2021-06-01",
            "b.pdf, underskrift 1: PDF-underskriften håller; undertecknad av CN=Anna; uppgiven tid 2021-06-01",
        ),
        (
            "disposal default of agreement a version 2, for 3 cases and records that state nothing: to be preserved",
            "gallringsregel i överenskommelsen a version 2, för 3 ärenden och handlingar som inget säger: ska bevaras",
        ),
        (
            "accepted by a person, though held before normalise_formats: Prövad.",
            "mottagen av en person, trots stopp före normalise_formats: Prövad.",
        ),
        ("hidden: EXN 1 (Fel handling)", "dold: EXN 1 (Fel handling)"),
    ],
)
def test_a_sentence_of_ours_has_a_swedish_form(detail: str, swedish: str) -> None:
    assert in_swedish(detail) == swedish


@pytest.mark.parametrize("detail", ["Titeln var felstavad.", "", "identified!", "x found by " + "y" * 5000])
def test_what_nobody_of_ours_wrote_is_left_as_it_is(detail: str) -> None:
    assert in_swedish(detail) is None

"""The sample documents are genuine: each is of the format its description states."""

import json
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import page
import pytest

from samples.cases import bygglov, foreningsbidrag, klagomal, skolskjuts
from samples.documents import formats
from samples.simulator.description import Document
from tests.unit.samples.described import DELIVERIES, documents

# pygfried hangs in forked children and keeps the interpreter's lock: it runs in a fresh process of its own.
IDENTIFY = """
import json, sys, pygfried
files = pygfried.identify_dir(sys.argv[1])["files"]
print(json.dumps({f["filename"]: [m["id"] for m in f["matches"]] for f in files}))
"""


def all_documents() -> Iterator[tuple[str, Document]]:
    for name, delivery in DELIVERIES.items():
        for number, document in enumerate(documents(delivery())):
            yield f"{name}-{number}-{document.name}", document


@pytest.fixture(scope="module")
def identified(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("documents")
    for name, document in all_documents():
        (folder / name).write_bytes(document.content)
    run = subprocess.run(
        [sys.executable, "-c", IDENTIFY, str(folder)], check=True, capture_output=True, text=True, timeout=120
    )
    return {Path(path).name: puids for path, puids in json.loads(run.stdout).items()}


def test_every_document_is_what_its_description_says(identified: dict[str, list[str]]) -> None:
    stated = {name: [document.format.puid] for name, document in all_documents()}
    assert identified == stated


def test_all_ten_kinds_occur() -> None:
    kinds = {document.format for _, document in all_documents()}
    assert kinds == {
        formats.PDF,
        formats.PDF_A_2B,
        formats.DOCX,
        formats.TIFF,
        formats.PNG,
        formats.JPEG,
        formats.TEXT,
        formats.CSV,
        formats.EMAIL,
        formats.XML,
        formats.SCHEMA,
    }


def test_every_archival_pdf_is_valid_and_no_other_pdf_is() -> None:
    for name, document in all_documents():
        if document.format.media_type == "application/pdf":
            archival = page.is_pdf_compliant_bytes(document.content, profile="2b")
            assert archival == (document.format is formats.PDF_A_2B), name


def test_the_email_carries_the_picture_that_also_lies_beside_it() -> None:
    held = {document.name: document.content for document in documents(DELIVERIES["klagomal"]())}
    message = message_from_bytes(held["Klagomål på buller.eml"], policy=default)
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == held[str(attachment.get_filename())]
    assert message["Subject"] == "Klagomål på buller"


def test_making_them_again_gives_the_same_bytes() -> None:
    for story in (bygglov, foreningsbidrag, klagomal, skolskjuts):
        assert documents(story.delivery()) == documents(story.delivery())

"""Links: every shape that real systems write leads to one file, with the remark it deserves, or to none."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain.paths import PackagePath, UnsafePath, parse_path
from ingest.formats.links import DeliveredNames, attachment_bases, resolve, resolve_attachment

NFD = unicodedata.normalize("NFD", "bilagor/ärende.pdf")
FILES = [
    "Content/1/a.pdf",
    "Content/1/beslut 1.pdf",
    "Content/1/ansökan.pdf",
    "Content/1/100%25.pdf",
    NFD,
    "twice/a b.pdf",
    "twice/a%20b.pdf",
    "Same/x.pdf",
    "same/X.pdf",
]
NAMES = DeliveredNames(PackagePath(name) for name in FILES)


@pytest.mark.parametrize(
    ("href", "path", "remarks"),
    [
        ("Content/1/a.pdf", "Content/1/a.pdf", ()),
        ("./Content/./1/a.pdf", "Content/1/a.pdf", ()),
        (" Content/1/a.pdf ", "Content/1/a.pdf", ()),
        ("file:///Content/1/a.pdf", "Content/1/a.pdf", ()),
        ("file:Content/1/a.pdf", "Content/1/a.pdf", ()),
        ("FILE://Content/1/a.pdf", "Content/1/a.pdf", ()),
        ("Content/1/beslut%201.pdf", "Content/1/beslut 1.pdf", ()),
        ("Content/1/ans%C3%B6kan.pdf", "Content/1/ansökan.pdf", ()),
        ("Content/1/100%25.pdf", "Content/1/100%25.pdf", ()),
        ("Content\\1\\a.pdf", "Content/1/a.pdf", ("EARKIV-FIX-7",)),
        ("file:\\\\Content\\1\\a.pdf", "Content/1/a.pdf", ("EARKIV-FIX-7",)),
        ("content/1/A.PDF", "Content/1/a.pdf", ("EARKIV-FIX-12",)),
        ("bilagor/%C3%A4rende.pdf", NFD, ("EARKIV-FIX-13",)),
        ("Content/1/beslut 1.pdf", "Content/1/beslut 1.pdf", ("EARKIV-FIX-14",)),
        ("Content/1/ansökan.pdf", "Content/1/ansökan.pdf", ("EARKIV-FIX-14",)),
        (
            "content\\1\\Ansökan.pdf",
            "Content/1/ansökan.pdf",
            ("EARKIV-FIX-7", "EARKIV-FIX-14", "EARKIV-FIX-12"),
        ),
        ("Content/1/b.pdf", None, ()),
        ("twice/a%20b.pdf", None, ()),
        ("SAME/x.pdf", None, ()),
        ("Content/1/%ff.pdf", None, ()),
        ("", None, ()),
        ("../Content/1/a.pdf", None, ("EARKIV-FIX-6",)),
        ("Content/%2e%2e/%2e%2e/etc/passwd", None, ("EARKIV-FIX-6",)),
        ("/Content/1/a.pdf", None, ("EARKIV-FIX-6",)),
        ("C:/Content/1/a.pdf", None, ("EARKIV-FIX-6",)),
        ("file:///C:/Content/1/a.pdf", None, ("EARKIV-FIX-6",)),
        ("C:\\Content\\a.pdf", None, ("EARKIV-FIX-7", "EARKIV-FIX-6")),
        ("http://example.se/a.pdf", None, ("EARKIV-FIX-6",)),
        ("urn:x:a.pdf", None, ("EARKIV-FIX-6",)),
        ("Content/1/a.pdf%00", None, ("EARKIV-FIX-6",)),
    ],
)
def test_each_shape_leads_to_its_file(href: str, path: str | None, remarks: tuple[str, ...]) -> None:
    found = resolve(href, NAMES)
    assert (found.path, found.remarks) == (path, remarks)


def test_a_link_that_could_mean_two_files_means_none_and_names_both() -> None:
    assert resolve("twice/a%20b.pdf", NAMES).candidates == ("twice/a%20b.pdf", "twice/a b.pdf")


def test_an_exact_name_goes_before_one_in_another_case() -> None:
    assert resolve("Same/x.pdf", NAMES).path == "Same/x.pdf"


def test_a_link_is_relative_to_the_folder_of_its_descriptor() -> None:
    names = DeliveredNames([PackagePath("representations/rep1/data/a.pdf"), PackagePath("data/a.pdf")])
    assert resolve("data/a.pdf", names, ("representations/rep1",)).path == "representations/rep1/data/a.pdf"


@given(st.text())
def test_whatever_is_written_the_answer_is_a_delivered_file_or_none(href: str) -> None:
    found = resolve(href, NAMES)
    assert found.path is None or found.path in FILES
    assert not isinstance(parse_path(found.path or "a"), UnsafePath)


BASED = [PackagePath(n) for n in ("Content/1/a.pdf", "Metadata/arende.xml", "Metadata/Bilagor/b c.pdf", "c.pdf")]


@pytest.mark.parametrize(
    ("link", "path", "remarks"),
    [
        ("Content/1/a.pdf", "Content/1/a.pdf", ()),
        ("1/a.pdf", "Content/1/a.pdf", ()),
        ("Bilagor\\b c.pdf", "Metadata/Bilagor/b c.pdf", ("EARKIV-FIX-7",)),
        ("c.pdf", "c.pdf", ()),
        ("d.pdf", None, ("EARKIV-CASE-5",)),
        ("", None, ("EARKIV-CASE-5",)),
        ("..\\c.pdf", None, ("EARKIV-FIX-7", "EARKIV-FIX-6")),
    ],
)
def test_an_attachment_is_found_from_any_of_the_three_folders(
    link: str, path: str | None, remarks: tuple[str, ...]
) -> None:
    bases = attachment_bases(PackagePath("Metadata/arende.xml"), BASED)
    assert bases == ("", "Content", "Metadata")
    found = resolve_attachment(link, DeliveredNames(BASED), bases)
    assert (found.path, found.remarks) == (path, remarks)


def test_an_attachment_that_two_folders_have_is_found_in_neither() -> None:
    paths = [PackagePath("1/a.pdf"), PackagePath("content/1/a.pdf"), PackagePath("x.xml")]
    found = resolve_attachment("1/a.pdf", DeliveredNames(paths), attachment_bases(PackagePath("x.xml"), paths))
    assert found.path is None
    assert found.remarks == ("EARKIV-CASE-6",)
    assert found.candidates == ("1/a.pdf", "content/1/a.pdf")

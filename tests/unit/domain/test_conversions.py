"""Where preservation copies lie: beside nothing, over nothing, in a representation of their own."""

from ingest.domain.conversions import copy_paths
from ingest.domain.packages import DigitalObject, FormatDesignation, NotScanned, Place
from ingest.domain.paths import PackagePath
from ingest.domain.submissions import Use


def delivered(ordinal: int, path: str, representation: str = "original") -> DigitalObject:
    return DigitalObject(
        ordinal=ordinal,
        path=PackagePath(path),
        size=1,
        sha256="0" * 64,
        key=str(ordinal),
        format=FormatDesignation(puid="fmt/412"),
        scan=NotScanned(reason=""),
        place=Place(
            use=Use.CONTENT,
            aip_path=PackagePath(f"representations/{representation}/data/{path}"),
            representation=representation,
        ),
    )


def places(
    *objects: DigitalObject, extension: str = "pdf", representations: tuple[str, ...] = ("original",)
) -> list[str]:
    return list(copy_paths([(one, extension) for one in objects], representations).values())


def test_a_copy_keeps_the_delivered_path_and_adds_its_extension() -> None:
    assert places(delivered(0, "bilagor/å.docx")) == ["representations/preservation/data/bilagor/å.docx.pdf"]


def test_a_producer_who_took_the_name_keeps_it() -> None:
    taken = ("Preservation", "preservation-2")
    one = delivered(0, "a.docx", "preservation-2")
    assert places(one, representations=taken) == ["representations/preservation-3/data/preservation-2/a.docx.pdf"]


def test_the_same_path_in_two_representations_has_two_copies() -> None:
    objects = delivered(0, "a.docx", "rep1"), delivered(1, "a.docx", "rep2")
    assert places(*objects, representations=("rep1", "rep2")) == [
        "representations/preservation/data/rep1/a.docx.pdf",
        "representations/preservation/data/rep2/a.docx.pdf",
    ]


def test_no_copy_takes_the_place_of_a_folder() -> None:
    objects = delivered(0, "a.docx"), delivered(1, "a.docx.pdf/b.docx"), delivered(2, "a.docx.2.pdf/c.docx")
    assert places(*objects)[0] == "representations/preservation/data/a.docx.3.pdf"


def test_no_copy_takes_the_place_of_another() -> None:
    objects = delivered(0, "a"), delivered(1, "a.pdf/b"), delivered(2, "a.2")
    found = places(*objects)
    assert found[0] == "representations/preservation/data/a.3.pdf"
    assert len(set(found)) == len(found)

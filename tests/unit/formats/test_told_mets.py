"""A METS document told in words: all of a short one, a piece of a long one, and nothing of what is none."""

from pathlib import Path

import pytest

from ingest.domain.windows import Window
from ingest.formats.told_mets import DEEPEST, LineKind, ToldMets, group_path, tell_mets
from ingest.formats.xml import XmlRefused

ALL = Window(first=0, most=1000)
HEAD = (
    '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="p" PROFILE="q">'
    '<metsHdr CREATEDATE="2026-01-01T00:00:00Z"><agent ROLE="ARCHIVIST"><name>Nämnden</name></agent>'
    '<altRecordID TYPE="DELIVERYTYPE">Ärende</altRecordID></metsHdr>'
)


def file(number: int) -> str:
    digest = f"{number:064x}"
    return (
        f'<file ID="f{number}" MIMETYPE="text/plain" SIZE="{number}" CHECKSUM="{digest}" CHECKSUMTYPE="SHA-256">'
        f'<FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="data/{number}.txt"/></file>'
    )


def told(tmp_path: Path, body: str, files: Window = ALL, outline: Window = ALL) -> ToldMets:
    path = tmp_path / "METS.xml"
    path.write_text(f"{HEAD}{body}</mets>", encoding="utf-8")
    found = tell_mets(path, files=files, outline=outline)
    assert found is not None
    return found


def test_all_of_a_short_document_is_told(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        f'<fileSec><fileGrp USE="a" ID="g"><fileGrp USE="b">{file(1)}{file(2)}</fileGrp></fileGrp></fileSec>'
        '<structMap TYPE="PHYSICAL" LABEL="CSIP"><div LABEL="top"><fptr FILEID="f2"/>'
        '<div LABEL="below"><fptr FILEID="g"/><mptr xlink:href="r/METS.xml"/></div></div></structMap>',
    )
    assert (found.root.object_id, found.root.profile) == ("p", "q")
    assert [agent.name for agent in found.agents.rows] == ["Nämnden"]
    assert [one.text for one in found.other_ids.rows] == ["Ärende"]
    assert [(one.id, group_path(one.group)) for one in found.files.rows] == [("f1", ("a", "b")), ("f2", ("a", "b"))]
    assert [(one.depth, one.kind, one.label, one.target) for one in found.outline.rows] == [
        (0, LineKind.MAP, "CSIP", ""),
        (1, LineKind.DIVISION, "top", ""),
        (2, LineKind.FILE, "", "f2"),
        (2, LineKind.DIVISION, "below", ""),
        (3, LineKind.FILE, "", "g"),
        (3, LineKind.DOCUMENT, "", "r/METS.xml"),
    ]
    assert found.files_by_id["f2"].hrefs == ("data/2.txt",)
    assert found.groups_by_id["g"].use == "a"


@pytest.mark.parametrize(("first", "ids"), [(0, ["f0", "f1"]), (5, ["f5", "f6"]), (699, ["f699"]), (900, [])])
def test_of_a_long_one_a_piece_is_told_and_all_is_counted(tmp_path: Path, first: int, ids: list[str]) -> None:
    files = "".join(map(file, range(700)))
    pointers = "".join(f'<fptr FILEID="f{number}"/>' for number in range(700))
    window = Window(first=first, most=2)
    found = told(
        tmp_path,
        f'<fileSec><fileGrp USE="a">{files}</fileGrp></fileSec><structMap><div>{pointers}</div></structMap>',
        files=window,
        outline=window,
    )
    assert ([one.id for one in found.files.rows], found.files.count) == (ids, 700)
    assert (len(found.outline.rows) <= window.most, found.outline.count) == (True, 702)
    assert found.files_by_id.keys() == {line.target for line in found.outline.rows if line.kind is LineKind.FILE}


def test_what_lies_deeper_than_anybody_sees_is_told_at_the_deepest_level(tmp_path: Path) -> None:
    found = told(tmp_path, f"<structMap>{'<div>' * 100}{'</div>' * 100}</structMap>")
    assert max(line.depth for line in found.outline.rows) == DEEPEST
    assert found.outline.count == 101


def test_what_is_no_mets_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text("<premis/>", encoding="utf-8")
    assert tell_mets(path, files=ALL, outline=ALL) is None


@pytest.mark.parametrize("content", ["<!DOCTYPE mets [<!ENTITY a 'b'>]>" + HEAD + "</mets>", HEAD, "<div>" * 300])
def test_a_document_that_is_to_do_harm_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(XmlRefused):
        tell_mets(path, files=ALL, outline=ALL)

"""What is measured on: cases as folders, and a METS file of any length; the same for the same figures."""

import hashlib
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.cases.crowd import crowd
from samples.simulator.csip import build_csip

_CHUNK = 1 << 20
_SENTENCE = "Rad {line} i en påhittad handling om ingenting särskilt, nummer {number}.\n"
_PARTY = {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}
_FILE = re.compile(rb"   <mets:file .*?</mets:file>\n", re.DOTALL)
_FILE_ID = re.compile(rb' ID="[^"]*"')


def large_case(folder: Path, size: int, documents: int) -> None:
    """Write one case whose documents are `size` bytes together, as random as compressed pictures are."""
    each = size // documents
    _write_case(folder, 1, [("bild-{:05}.bin", _noise(number, each)) for number in range(documents)])


def small_cases(folder: Path, cases: int, documents: int, size: int) -> None:
    """Write so many cases, a folder each, of text documents of about `size` bytes; no two are alike."""
    for case in range(cases):
        texts = [("handling-{:05}.txt", iter((_text(case * documents + n, size),))) for n in range(documents)]
        _write_case(folder / f"{case:06}", case, texts)


def long_mets(path: Path, files: int) -> None:
    """Write the METS file of a representation with so many files; the files themselves are not made."""
    with TemporaryDirectory() as scratch:
        build_csip(crowd(cases=1, documents=1, size=100), Path(scratch) / "sip")
        mets = next((Path(scratch) / "sip" / "representations").glob("*/METS.xml")).read_bytes()
    element = _FILE.search(mets)
    if element is None:
        raise ValueError("the sample METS lists no file")
    with path.open("wb") as sink:
        sink.write(mets[: element.start()])
        sink.writelines(_file_elements(element.group(), files))
        sink.write(mets[element.end() :])


def long_sip(folder: Path, files: int) -> None:
    """Write a SIP whose root METS lists so many files of documentation, each a small text of its own."""
    build_csip(crowd(cases=1, documents=1, size=100), folder)
    path = folder / "METS.xml"
    mets = path.read_bytes()
    element = _FILE.search(mets)
    if element is None:
        raise ValueError("the sample METS lists no file")
    with path.open("wb") as sink:
        sink.write(mets[: element.end()])
        sink.writelines(_documentation(folder, element.group(), number) for number in range(files))
        sink.write(mets[element.end() :])


def _documentation(folder: Path, element: bytes, number: int) -> bytes:
    """Write one file of documentation, and give the METS element that lists it."""
    name, content = f"documentation/handling-{number:08}.txt", _text(number, 70)
    (folder / name).write_bytes(content)
    stated = {
        "ID": f"ID-{number:08}",
        "SIZE": f"{len(content)}",
        "CHECKSUM": hashlib.sha256(content).hexdigest(),
        "xlink:href": name,
    }
    for attribute, value in stated.items():
        element = re.sub(rb' %s="[^"]*"' % attribute.encode(), f' {attribute}="{value}"'.encode(), element, count=1)
    return element


def small_sip(folder: Path) -> None:
    """Write a SIP of one case with one document."""
    build_csip(crowd(cases=1, documents=1, size=100), folder)


def _file_elements(element: bytes, files: int) -> Iterator[bytes]:
    for number in range(files):
        named = _FILE_ID.sub(b' ID="ID-%08d"' % number, element, count=1)
        yield named.replace(b"handling-00001", b"handling-%08d" % number)


def _write_case(folder: Path, number: int, documents: list[tuple[str, Iterator[bytes]]]) -> None:
    (folder / "documents").mkdir(parents=True)
    listed = []
    for place, (pattern, chunks) in enumerate(documents, 1):
        name = pattern.format(place)
        digest = hashlib.sha256()
        with (folder / "documents" / name).open("wb") as sink:
            for chunk in chunks:
                digest.update(chunk)
                sink.write(chunk)
            size = sink.tell()
        listed.append({"name": name, "path": f"documents/{name}", "size": size, "sha256": digest.hexdigest()})
    pushed = {"delivery": f"benchmark-{number}", "archivalCreator": _PARTY, "producer": _PARTY}
    text = json.dumps({**pushed, "recordStatus": "NEW", "case": _case(number, listed)}, ensure_ascii=False)
    (folder / "case.json").write_text(text, encoding="utf-8")


def _case(number: int, documents: list[dict[str, object]]) -> dict[str, object]:
    case_id = f"EXN 2021/{number}"
    records = [
        {"id": f"{case_id}:{n}", "number": str(n), "title": f"Handling {n}", "date": "2021-04-01", "documents": [one]}
        for n, one in enumerate(documents, 1)
    ]
    dates = {"opened": "2021-04-01", "closed": "2021-06-01"}
    return {"id": case_id, "title": f"Ärende {number}", "status": "closed", **dates, "records": records}


def _noise(seed: int, size: int) -> Iterator[bytes]:
    source = random.Random(seed)  # noqa: S311 - the same bytes each time, nothing is kept secret
    for start in range(0, size, _CHUNK):
        yield source.randbytes(min(_CHUNK, size - start))


def _text(number: int, size: int) -> bytes:
    lines = (_SENTENCE.format(line=line, number=number).encode() for line in range(size // 70 + 1))
    return b"".join(lines)

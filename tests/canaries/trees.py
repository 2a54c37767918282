"""Random packages: cases, parts, records, documents, marked or not at every level, a word of its own in each field."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas

from tests.canaries.words import Words

Json = dict[str, Any]
Key = tuple[str, ...]
_DATES: Final = ("1998-03-05", "2021-04-01", "2024")
_MARKS: Final[tuple[list[Json], ...]] = (
    [],
    [],
    [{"type": "confidential", "regulation": "OSL 21 kap. 3 §"}],
    [{"type": "confidential"}],
    [{"type": "gdpr", "regulation": "OSL 21 kap. 7 §"}],
)
_TYPES: Final = "http://schemas.openxmlformats.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A package as its producer describes it, and its files by their paths."""

    described: Json
    files: dict[str, bytes]

    def units(self) -> Iterator[tuple[Key, Json]]:
        """Give every unit with its key, each before what is in it."""
        for top in (*self.described["cases"], *self.described["records"]):
            yield from _with_all_below(top, ())

    def packed(self, folder: Path, delivery: str, status: str) -> Path:
        """Write the package as a folder that can be handed over."""
        (folder / "documents").mkdir(parents=True)
        for path in {document["path"] for _, unit in self.units() for document in unit["documents"]}:
            (folder / path).write_bytes(self.files[path])
        told = {"delivery": delivery, "recordStatus": status, **self.described}
        (folder / "case.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return folder


def inside(unit: Json) -> Iterator[Json]:
    """Give what lies directly in a unit."""
    yield from unit.get("parts", ())
    yield from unit.get("records", ())


def _with_all_below(unit: Json, over: Key) -> Iterator[tuple[Key, Json]]:
    key = (*over, unit["id"])
    yield key, unit
    for inner in inside(unit):
        yield from _with_all_below(inner, key)


class Grower:
    """Makes packages, and others out of them."""

    def __init__(self, random: Random, words: Words) -> None:
        self._random = random
        self._words = words

    def tree(self) -> Tree:
        """Make a package."""
        files: dict[str, bytes] = {}
        some = self._random.randint
        described: Json = {
            "archivalCreator": {"name": f"Nämnden {self._words.new()}", "identifier": "ORG:2120009994"},
            "label": self._words.new(),
            "system": {"name": self._words.new()},
            "cases": [self._case(files) for _ in range(self._random.choice((1, 1, 2)))],
            "records": [self._record(files) for _ in range(some(0, 1))],
        }
        if self._random.random() < 0.2:
            described["accessRestriction"] = self._random.choice(["Secrecy", "GDPR", "No", self._words.new()])
        return Tree(described=described, files=files)

    def changed(self, tree: Tree) -> Tree:
        """Change one thing in a package: a word, a mark, a document, a unit more or less; its label is new as well."""
        described, files = {**deepcopy(tree.described), "label": self._words.new()}, dict(tree.files)
        other = Tree(described=described, files=files)
        units = [unit for _, unit in other.units()]
        unit = self._random.choice(units)
        match self._random.randrange(8):
            case 0:
                unit["title"] = f"Ändrad {self._words.new()}"
            case 1:
                unit["notes"] = [{"text": self._words.new()}]
            case 2:
                unit["restrictions"] = self._random.choice(_MARKS)
            case 3:
                unit["documents"] = [self._document(files)]
            case 4:
                described["accessRestriction"] = self._random.choice(["Secrecy", "GDPR"])
            case 5:
                described["records"].append(self._record(files))
            case 6 if len(holder := self._random.choice(units).get("records", [])) > 1:
                holder.pop()
            case 7:
                described["archivalCreator"]["name"] = f"Styrelsen {self._words.new()}"
            case _:
                pass  # the label alone
        return other

    def correction(self, tree: Tree) -> tuple[Json, Tree]:
        """Give a correction of one case's or loose record's own title, and the package as it is then."""
        described = deepcopy(tree.described)
        case = self._random.choice(described["cases"])
        case["title"] = f"Rättad {self._words.new()}"
        told = {"cases": [{"id": case["id"], "title": case["title"]}]}
        return told, Tree(described=described, files=dict(tree.files))

    def _case(self, files: dict[str, bytes]) -> Json:
        some = self._random.randint
        case = {**self._unit(files, 0), "status": "closed", "closed": "2026-06-01"}
        if self._random.random() < 0.3:
            return {**case, "parts": [self._part(files) for _ in range(some(1, 2))]}
        return {**case, "records": [self._record(files) for _ in range(some(1, 3))]}

    def _part(self, files: dict[str, bytes]) -> Json:
        return {**self._unit(files, 0), "records": [self._record(files) for _ in range(self._random.randint(0, 2))]}

    def _record(self, files: dict[str, bytes]) -> Json:
        return {**self._unit(files, self._random.randint(0, 2)), "number": f"nr {self._words.new()}"}

    def _unit(self, files: dict[str, bytes], documents: int) -> Json:
        new = self._words.new
        unit: Json = {
            "id": f"EXN {new()}",
            "title": f"Ärende om {new()}",
            "type": f"Bygglov {new()}",
            "description": f"Om {new()}",
            "restrictions": deepcopy(self._random.choice(_MARKS)),
            "dates": [{"type": "created", "date": self._random.choice(_DATES)}],
            "classification": {"scheme": new(), "code": new(), "title": f"Klass {new()}"},
            "parties": [self._party()],
            "notes": [{"text": new()}],
            "keywords": [new()],
            "locations": [new()],
            "additional": {"ownElements": [{"name": "intern", "value": new()}]},
            "documents": [self._document(files) for _ in range(documents)],
        }
        for mark in unit["restrictions"]:
            mark["explanatoryText"] = new()
        if self._random.random() < 0.3:
            unit["otherTitles"] = [{"type": "public", "text": f"Offentligt {new()}"}]
        return unit

    def _party(self) -> Json:
        new = self._words.new
        address = [{"type": "postal_address", "text": new()}]
        party: Json = {"type": "agent", "name": f"Alma {new()}", "idNumber": new(), "notes": [{"text": new()}]}
        return {**party, "protectedIdentity": True} if self._random.random() < 0.15 else party | {"addresses": address}

    def _document(self, files: dict[str, bytes]) -> Json:
        new = self._words.new
        ending, make = self._random.choice((("txt", _text), ("docx", _word), ("pdf", _pdf)))
        content = make(new(), new())
        path = f"documents/{new()}.{ending}"
        files[path] = content
        digest = hashlib.sha256(content).hexdigest()
        name = f"Handling {new()}.{ending}"
        return {"name": name, "path": path, "size": len(content), "sha256": digest, "description": new()}


def _text(said: str, beside: str) -> bytes:
    return f"Nämnden beslutar om {said}.\n\n{beside}\n".encode()


def _word(said: str, beside: str) -> bytes:
    """Make a Word document, `beside` in its core properties; the same bytes whenever it is made."""
    main = f"{_TYPES}/wordprocessingml/2006/main"
    body = f"<w:p><w:r><w:t>Beslut om {said}</w:t></w:r></w:p>"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}/package/2006/content-types"/>',
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": f'<core xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{beside}</dc:creator></core>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _pdf(said: str, beside: str) -> bytes:
    """Make a PDF, `beside` in its information dictionary; nothing in it is compressed."""
    written = io.BytesIO()
    canvas = Canvas(written, pageCompression=0, invariant=1)
    canvas.setAuthor(beside)
    canvas.drawString(72, 700, f"Beslut om {said}")
    canvas.save()
    return written.getvalue()

"""A pushed case that holds given files."""

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path


def pushed_files(folder: Path, files: Iterable[Path]) -> Path:
    """Make the folder of a closed case with copies of these files, one document each."""
    folder.mkdir(parents=True)
    documents = []
    for file in files:
        shutil.copy(file, folder / file.name)
        content = file.read_bytes()
        documents.append(
            {"name": file.name, "path": file.name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        )
    record = {"id": "EXN 2026/1:1", "number": "1", "title": "Handlingar", "date": "2026-02-01", "documents": documents}
    case = {"id": "EXN 2026/1", "title": "Bygglov", "status": "closed", "closed": "2026-06-01", "records": [record]}
    organisation = {"name": "Exempelnämnden", "identifier": "ORG:2120009994"}
    delivery = {"delivery": folder.name, "archivalCreator": organisation, "case": case}
    (folder / "case.json").write_text(json.dumps(delivery, ensure_ascii=False), encoding="utf-8")
    return folder

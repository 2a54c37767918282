"""PDF: passwords, scripts, broken structure, and signatures inside, as qpdf and pyHanko find them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.adapters.probes.embedded import check_embedded
from ingest.adapters.probes.reading import damage_unless_read
from ingest.domain.characteristics import Characteristic, Observed, Trait

_SIGNATURES_EXIST = 1  # ISO 32000-1, table 219, SigFlags


def probe(path: Path) -> Observed:
    """Tell what may keep a reader out, and check every signature."""
    return damage_unless_read(path, _read)


def _read(path: Path) -> Observed:
    import pikepdf  # noqa: PLC0415 - only where there is a PDF

    try:
        with pikepdf.open(path) as document:
            found = tuple(_found(document))
            signed = _is_signed(document)
    except pikepdf.PasswordError:
        locked = Characteristic(trait=Trait.ENCRYPTED, detail="a password is needed to open it")
        return Observed(characteristics=(locked,))
    return Observed(characteristics=found, signatures=check_embedded(path) if signed else ())


def _found(document: Any) -> Iterator[Characteristic]:  # noqa: ANN401 - a pikepdf.Pdf, not imported here
    if document.is_encrypted:
        yield Characteristic(trait=Trait.ENCRYPTED, detail="opens without a password, with restrictions")
    if _has_scripts(document.Root):
        yield Characteristic(trait=Trait.SCRIPTS, detail="JavaScript")
    _ = len(document.pages)
    for warning in document.get_warnings()[:1]:
        yield Characteristic(trait=Trait.DAMAGED, detail=_without_path(warning, document.filename))


def _has_scripts(root: Any) -> bool:  # noqa: ANN401 - a pikepdf.Dictionary
    names, action = root.get("/Names"), root.get("/OpenAction")
    in_names = names is not None and "/JavaScript" in names
    at_opening = hasattr(action, "get") and str(action.get("/S", "")) == "/JavaScript"
    return in_names or at_opening or "/AA" in root


def _is_signed(document: Any) -> bool:  # noqa: ANN401 - a pikepdf.Pdf
    form = document.Root.get("/AcroForm")
    return form is not None and bool(int(form.get("/SigFlags", 0)) & _SIGNATURES_EXIST)


def _without_path(warning: str, path: str) -> str:
    return warning.removeprefix(str(path)).lstrip(" :")

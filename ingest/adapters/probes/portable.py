"""PDF: passwords, scripts, broken structure, and signatures inside, as qpdf and pyHanko find them."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ingest.adapters.probes.embedded import check_embedded
from ingest.adapters.probes.reading import damage_unless_read
from ingest.domain.characteristics import Characteristic, Observed, Trait

_SIGNATURES_EXIST = 1  # ISO 32000-1, table 219, SigFlags
_MOST_FIELDS = 10_000
_REBUILT = "file is damaged"
"""What qpdf says when it had to look for the objects itself. Other warnings are of slips that keep nobody from reading,
as resources that a page lacks, or a count of objects that is too high after a change was appended."""


def probe(path: Path) -> Observed:
    """Tell what may keep a reader out, and check every signature."""
    return damage_unless_read(path, _read)


def _read(path: Path) -> Observed:
    import pikepdf  # noqa: PLC0415 - only where there is a PDF

    try:
        with pikepdf.open(path) as document:
            found = tuple(_found(document))
            signed = _is_signed(document.Root)
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
    if any(_REBUILT in warning for warning in document.get_warnings()):
        yield Characteristic(trait=Trait.DAMAGED, detail="its table of objects is broken")


def _has_scripts(root: Any) -> bool:  # noqa: ANN401 - a pikepdf.Dictionary
    in_names = _entry(_entry(root, "/Names"), "/JavaScript") is not None
    at_opening = str(_entry(_entry(root, "/OpenAction"), "/S")) == "/JavaScript"
    return in_names or at_opening or _entry(root, "/AA") is not None


def _is_signed(root: Any) -> bool:  # noqa: ANN401 - a pikepdf.Dictionary
    """Tell whether to look for signatures: the form says so, or (not all writers say) one of its fields is one."""
    import pikepdf  # noqa: PLC0415 - as above

    form = _entry(root, "/AcroForm")
    flags, fields = _entry(form, "/SigFlags"), _entry(form, "/Fields")
    if isinstance(flags, int) and flags & _SIGNATURES_EXIST:
        return True
    return isinstance(fields, pikepdf.Array) and any(_is_signature(field) for field in islice(fields, _MOST_FIELDS))


def _is_signature(field: Any) -> bool:  # noqa: ANN401 - a pikepdf.Object
    return str(_entry(field, "/FT")) == "/Sig" and _entry(field, "/V") is not None


def _entry(holder: Any, key: str) -> Any:  # noqa: ANN401 - pikepdf.Objects
    """Give what a dictionary has under a key, None where it has not, or where it is no dictionary."""
    import pikepdf  # noqa: PLC0415 - as above

    return holder.get(key) if isinstance(holder, pikepdf.Dictionary) else None

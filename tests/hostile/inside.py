"""Files that are hostile to whoever looks inside them, and deliveries of one or of many of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.hostile import inside_images, inside_packed, inside_pdf
from tests.hostile.case import package

MAKERS: Final[Mapping[str, Callable[[], bytes]]] = {
    **inside_pdf.MAKERS,
    **inside_images.MAKERS,
    **inside_packed.MAKERS,
}


def deliver(folder: Path, *names: str, copies: int = 1) -> Path:
    """Write a pushed case with these files, each so many times; what a signature is of comes along."""
    documents = {f"{number}-{name}".encode(): MAKERS[name]() for name in names for number in range(copies)}
    signed = {name.removesuffix(b".p7s"): b"signed" for name in documents if name.endswith(b".p7s")}
    for name, body in package({**documents, **signed}).items():
        (folder / name.decode()).write_bytes(body)
    return folder

"""Runs eark-validator 1.1.3 on one package, in that program's own virtual environment; nothing of ours is imported.

It fetches vocabularies over HTTPS when it is imported: they lie in its wheel too and are given to it from there. It
looks for the FLocat of a `file` when only the start tag has been read, and crashes on a METS of more than one read
piece: it is shown these elements when they are whole. All else is as it is published.

Standard output says `ready` when the program is imported and the validation waits for a line on standard input, and
`done` with the number of messages after it.
"""

import io
import sys
import urllib.request
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

_VOCABULARIES = "eark_validator/ipxml/resources/vocabs/"
_METS = "{http://www.loc.gov/METS/}"
_WHOLE = frozenset({_METS + "file", _METS + "mdRef"})


def _local_vocabulary(address: str) -> io.BytesIO:
    place = distribution("eark-validator").locate_file(_VOCABULARIES + address.rpartition("/")[2])
    return io.BytesIO(Path(str(place)).read_bytes())


class _Etree:
    """lxml.etree for the module that reads METS, with the one difference that its elements are whole."""

    def __init__(self, etree: Any) -> None:  # noqa: ANN401 - lxml as it is installed there
        self._etree = etree

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._etree, name)

    def iterparse(self, source: object, events: tuple[str, ...] = ("end",), **options: object) -> Iterator[Any]:
        """Parse, and tell of the start of a listed file only at its end."""
        if "start" not in events:
            return iter(self._etree.iterparse(source, events=events, **options))
        return self._with_whole_files(self._etree.iterparse(source, events=(*events, "end"), **options))

    def _with_whole_files(self, parsed: Iterator[Any]) -> Iterator[Any]:
        for event, element in parsed:
            is_file = event != "start-ns" and element.tag in _WHOLE
            if event == "end" and is_file:
                yield "start", element
            elif event != "end" and not is_file:
                yield event, element


def main(package: str) -> None:
    """Validate a package folder by CSIP and SIP 2.1.0, the newest version that the program knows."""
    urllib.request.urlopen = _local_vocabulary  # type: ignore[assignment]
    from eark_validator import mets, packages  # type: ignore[import-not-found]  # noqa: PLC0415 - after the change above

    mets.etree = _Etree(mets.etree)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    report = packages.PackageValidator(Path(package)).validation_report
    messages = len(report.metadata.schematron_results.messages) if report.metadata else 0
    sys.stdout.write(f"done {messages}\n")


if __name__ == "__main__":
    main(sys.argv[1])

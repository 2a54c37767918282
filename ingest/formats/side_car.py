"""The side-car: a delivery note in JSON beside the container (`X.json` beside `X.zip` or the folder X).

It is read as Svenska kyrkan's archive has it written: one flat object with Swedish keys. It names the
delivery (`leveransfil`) and the container's digest (`kontrollsumma`, `algoritm`); all other words are kept.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.domain.descriptions import TypedText
from ingest.domain.findings import Location, Violation
from ingest.domain.fixity import DeclaredDigest, DigestAlgorithm
from ingest.domain.submissions import Organisation, Software
from ingest.formats.case_push_json import Json, JsonDocument, JsonFault, pointer, read_json, unwritable

MAX_BYTES = 1 << 20
_CONTAINER_SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
_ENDINGS = (".json", ".JSON")
_ORGANISATION_NUMBER = re.compile(r"\d{10}\Z")
_TOLD_ELSEWHERE = frozenset(
    {
        "leveransfil",
        "kontrollsumma",
        "algoritm",
        "arkivbildare",
        "arkivbildare_id",
        "arkivbildare_system",
        "arkivbildare_system_version",
        "leveransöverenskommelse",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideCar:
    """What a side-car says; `name` is its own file name, `digest_line` the line of the digest (0 = none).

    `secrecy` is the delivery's own mark (`sekretess`). `attributes` keeps every other word under its own key.
    """

    name: str
    delivery: str | None = None
    digest: DeclaredDigest | None = None
    digest_line: int = 0
    archival_creator: Organisation | None = None
    system: Software | None = None
    agreement: str | None = None
    secrecy: str | None = None
    attributes: tuple[TypedText, ...] = ()


def find_side_car(container: Path) -> Path | None:
    """Find the side-car beside a container or a folder; None when there is none."""
    place = container.absolute()
    names = [place.name + ending for ending in _ENDINGS] if place.is_dir() else names_beside(place.name)
    beside = (place.with_name(name) for name in names)
    return next((path for path in beside if path.is_file()), None)


def names_beside(container: str) -> tuple[str, ...]:
    """Give the names under which the side-car of a container is looked for beside it, the preferred one first."""
    stem = _stem(container)
    return tuple(stem + ending for ending in _ENDINGS if stem)


def side_car_name(container: str) -> str:
    """Give the name under which the side-car of a container is found beside it."""
    return f"{_stem(container) or container}.json"


def _stem(container: str) -> str:
    suffix = next((s for s in _CONTAINER_SUFFIXES if container.lower().endswith(s)), "")
    return container[: len(container) - len(suffix)]


def read_side_car(path: Path) -> SideCar | Violation:
    """Read a side-car; a Violation of EARKIV-PKG-12 when it is no JSON object of plain values within 1 MiB.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as source:
        content = source.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return _unreadable(path, 0, f"more than {MAX_BYTES} bytes")
    match read_json(content):
        case JsonFault() as fault:
            return _unreadable(path, fault.line, fault.detail)
        case JsonDocument(value=dict() as words, lines=lines):
            return _checked(path, words, lines)
        case _:
            return _unreadable(path, 1, "not a JSON object")


def _unreadable(path: Path, line: int, detail: str) -> Violation:
    return Violation(rule="EARKIV-PKG-12", location=Location(file=path.name, line=line), detail=detail)


def _checked(path: Path, words: Mapping[str, Json], lines: Mapping[str, int]) -> SideCar | Violation:
    for place in unwritable(dict(words)):
        return _unreadable(path, lines.get(place, 0), f"{place}: a character that XML cannot hold")
    for key, value in words.items():
        if isinstance(value, dict | list):
            place = pointer("", key)
            return _unreadable(path, lines.get(place, 0), f"{place}: not a plain value")
    plain = {key: _word(value) for key, value in words.items()}
    return _side_car(path.name, plain, lines.get(pointer("", "kontrollsumma"), 0))


def _word(value: Json) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _side_car(name: str, words: Mapping[str, str], digest_line: int) -> SideCar:
    creator, system = words.get("arkivbildare"), words.get("arkivbildare_system")
    version = words.get("arkivbildare_system_version") or None
    checksum, algorithm = words.get("kontrollsumma"), words.get("algoritm", "")
    rest = (TypedText(type=key, text=word) for key, word in words.items() if key not in _TOLD_ELSEWHERE)
    return SideCar(
        name=name,
        delivery=words.get("leveransfil") or None,
        digest=DeclaredDigest(algorithm_name=algorithm, value=checksum) if checksum else None,
        digest_line=digest_line,
        archival_creator=Organisation(name=creator, identifier=_code(words)) if creator else None,
        system=Software(name=system, version=version) if system else None,
        agreement=words.get("leveransöverenskommelse") or None,
        secrecy=words.get("sekretess") or None,
        attributes=tuple(rest),
    )


def _code(words: Mapping[str, str]) -> str | None:
    """Give the creator's code with its prefix; ten digits without one are an organisation number."""
    code = words.get("arkivbildare_id", "").strip()
    return f"ORG:{code}" if _ORGANISATION_NUMBER.match(code) else code or None


def check_side_car(side_car: SideCar, digest_of: Callable[[DigestAlgorithm], str]) -> tuple[Violation, ...]:
    """Compare the digest a side-car gives with the container's (EARKIV-FIX-10); () when it gives none.

    `digest_of` gives the container's digest in lower-case hexadecimal and is asked for the declared kind.
    """
    declared = side_car.digest
    if declared is None:
        return ()
    digest = declared.parsed()
    if digest is None:
        detail = f"no digest: {declared.algorithm_name} {declared.value}"
    elif (actual := digest_of(digest.algorithm)) != digest.value:
        detail = f"{digest.algorithm} of the container: {actual}"
    else:
        return ()
    location = Location(file=side_car.name, line=side_car.digest_line, value=declared.value)
    return (Violation(rule="EARKIV-FIX-10", location=location, detail=detail),)

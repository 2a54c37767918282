"""A compact grammar of changes to a whole package: files removed, added, renamed, exchanged, and changed inside."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from tests.fuzz.mutations import mutated
from tests.fuzz.odd import PATHS
from tests.fuzz.small import Files

_MOST_CHANGES: Final = 5


def changed_package(files: Files, random: Random) -> Files:
    """Change a package up to five times; what comes out can still lie in a folder."""
    package = dict(files)
    for _ in range(random.randint(0, _MOST_CHANGES)):
        if package:
            package = random.choice(_CHANGES)(package, random)
    return {path: content for path, content in package.items() if _can_be_a_file(path, package)}


def _can_be_a_file(path: str, package: Files) -> bool:
    return not any(other.startswith(f"{path}/") for other in package)


def _remove(package: dict[str, bytes], random: Random) -> dict[str, bytes]:
    del package[random.choice(list(package))]
    return package


def _add(package: dict[str, bytes], random: Random) -> dict[str, bytes]:
    return package | {random.choice(PATHS): random.choice((b"", b"a", *package.values()))}


def _rename(package: dict[str, bytes], random: Random) -> dict[str, bytes]:
    path = random.choice(list(package))
    content = package.pop(path)
    folder, _, name = path.rpartition("/")
    names = (random.choice(PATHS), path.upper(), name, f"{folder}/{random.choice(PATHS)}".lstrip("/"), f"{path}/x")
    return package | {random.choice(names): content}


def _exchange(package: dict[str, bytes], random: Random) -> dict[str, bytes]:
    one, other = random.choice(list(package)), random.choice(list(package))
    return package | {one: package[other], other: package[one]}


def _copy(package: dict[str, bytes], random: Random) -> dict[str, bytes]:
    return package | {random.choice((*PATHS, *package)): package[random.choice(list(package))]}


def _wrap(package: dict[str, bytes], random: Random) -> dict[str, bytes]:
    folder = random.choice(("x", "content", "å", "representations", "METS.xml"))
    return {f"{folder}/{path}": content for path, content in package.items()}


def _change(package: dict[str, bytes], random: Random) -> dict[str, bytes]:
    path = random.choice(list(package))
    return package | {path: mutated(package[path], random)}


def _change_descriptor(package: dict[str, bytes], random: Random) -> dict[str, bytes]:
    described = list(_descriptors(package))
    if not described:
        return package
    path = random.choice(described)
    return package | {path: mutated(package[path], random)}


def _descriptors(package: Files) -> Iterator[str]:
    return (path for path in package if path.lower().endswith((".xml", ".json")))


_CHANGES: Final[tuple[Callable[[dict[str, bytes], Random], dict[str, bytes]], ...]] = (
    _remove,
    _add,
    _rename,
    _exchange,
    _copy,
    _wrap,
    _change,
    _change_descriptor,
    _change_descriptor,
    _change_descriptor,
)

"""Where in a listing the package itself begins: a single top folder around it is only wrapping (CSIPSTR2)."""

from collections.abc import Iterable

from ingest.domain.paths import PackagePath

_DESCRIPTORS = frozenset({"sip.xml", "mets.xml", "case.json"})
_CONTENT = "content"


def package_root(names: Iterable[PackagePath]) -> str:
    """Give the folder that is to be stripped, with its `/`; "" when the names begin at the package's root.

    Only one folder is stripped, only when everything lies in it, and only when the descriptor lies directly
    in it: a METS or case.json, another XML or JSON file, or a `content` folder as a bare ERMS delivery has.
    """
    paths = [name.split("/", 2) for name in names]
    tops = {parts[0] for parts in paths}
    if len(tops) != 1 or any(len(parts) == 1 for parts in paths):
        return ""
    top = tops.pop()
    inside = {parts[1] for parts in paths if len(parts) == 2}  # noqa: PLR2004 - folder and name
    folders = {parts[1].casefold() for parts in paths if len(parts) > 2}  # noqa: PLR2004
    return f"{top}/" if _describes(top, inside, folders) else ""


def _describes(top: str, inside: set[str], folders: set[str]) -> bool:
    if any(name.casefold() in _DESCRIPTORS for name in inside):
        return True
    if top.casefold() == _CONTENT:
        return False
    return _CONTENT in folders or any(name.casefold().endswith((".xml", ".json")) for name in inside)

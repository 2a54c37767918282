"""The domain stands on the standard library alone, which an import contract cannot say."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import relative, sources, syntax

PERMITTED = ("ingest.domain", "ingest.errors")


def imported(path: Path) -> Iterator[str]:
    """The full names of the modules that `path` imports."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}:{node.lineno}: a relative import"
            yield node.module or ""


def test_the_domain_imports_nothing_but_itself_and_the_standard_library() -> None:
    for path in sources("ingest/domain"):
        for name in imported(path):
            own = name.startswith(PERMITTED)
            assert own or name.partition(".")[0] in sys.stdlib_module_names, f"{relative(path)}: {name}"


def test_there_is_a_domain() -> None:
    assert sources("ingest/domain")

"""The source tree as the architecture tests see it: packages, files, functions."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def packages() -> tuple[str, ...]:
    """The packages that pyproject.toml ships."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    return tuple(settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def sources(*folders: str) -> tuple[Path, ...]:
    """Every Python file below `folders`, in order."""
    return tuple(sorted(path for folder in folders for path in (REPOSITORY / folder).rglob("*.py")))


def relative(path: Path) -> str:
    """`path` as it is written in this repository."""
    return path.relative_to(REPOSITORY).as_posix()


def syntax(path: Path) -> ast.Module:
    """The parsed module at `path`."""
    return ast.parse(path.read_text(encoding="utf-8"))


def line_count(path: Path) -> int:
    """The number of lines at `path`."""
    return len(path.read_text(encoding="utf-8").splitlines())


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function or method, `place` written as path:name."""

    place: str
    lines: int


def functions(path: Path) -> Iterator[Function]:
    """Every function and method at `path`; nested ones too."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            yield Function(place=f"{relative(path)}:{node.name}", lines=last - node.lineno + 1)

"""What is logged: constant texts, and fields that are named in one place, so that no value of a delivery slips in."""

import ast
from collections.abc import Iterator
from pathlib import Path

from ingest.adapters.log_lines import FIELDS
from tests.architecture.source_tree import REPOSITORY, relative

PACKAGES = ("earkiv", "ingest", "workers", "audit", "access")
METHODS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
KNOWN = frozenset({"extra", "exc_info"})


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            target = ast.unparse(node.func.value)
            if target == "logger" or "getLogger" in target or target == "logging":
                yield node


def faults(path: Path, text: str) -> list[str]:
    tree = ast.parse(text)
    found = []
    for call in calls(tree):
        constant = len(call.args) == 1 and isinstance(call.args[0], ast.Constant)
        if not constant or {keyword.arg for keyword in call.keywords} - KNOWN:
            found.append(f"{relative(path)}:{call.lineno}")
    return found


def test_every_event_is_a_constant_text_and_all_that_varies_is_a_field() -> None:
    sources = [path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py")]
    assert sum(len(list(calls(ast.parse(path.read_text(encoding="utf-8"))))) for path in sources) > 15
    assert not [fault for path in sources for fault in faults(path, path.read_text(encoding="utf-8"))]


def fields(tree: ast.Module) -> Iterator[str]:
    """The fields that calls name where they are called."""
    for call in calls(tree):
        for keyword in call.keywords:
            if keyword.arg == "extra" and isinstance(keyword.value, ast.Dict):
                yield from keys(keyword.value)


def keys(literal: ast.Dict) -> Iterator[str]:
    for key in literal.keys:
        if isinstance(key, ast.Constant):
            yield str(key.value)


def handed_on(tree: ast.Module) -> set[str]:
    """The names of values that are handed to calls as their fields."""
    given = (keyword.value for call in calls(tree) for keyword in call.keywords if keyword.arg == "extra")
    return {value.id for value in given if isinstance(value, ast.Name)}


def test_every_field_that_is_told_is_one_that_is_written() -> None:
    unknown, known = [], 0
    for path in (path for package in PACKAGES for path in (REPOSITORY / package).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = handed_on(tree)
        literals = (
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Dict)
            and ast.unparse(node.targets[0]) in named
        )
        told = [*fields(tree), *(key for literal in literals for key in keys(literal))]
        known += len(told)
        unknown += [f"{relative(path)}: {field}" for field in told if field not in FIELDS]
    assert known > 20
    assert not unknown


def test_a_text_that_is_put_together_is_found() -> None:
    here = REPOSITORY / "ingest" / "x.py"
    for wrong in ('logger.info("%s", name)', 'logger.info(f"{name}")', "logger.warning(str(fault))"):
        assert faults(here, wrong) == ["ingest/x.py:1"]
    assert faults(here, 'logger.info("done", extra={"delivery": id})') == []


def test_fields_name_nothing_that_a_delivery_says() -> None:
    assert not {"title", "name", "file", "path", "url", "value", "message", "producer", "case"} & set(FIELDS)

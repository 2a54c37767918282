"""Names that say nothing are not used, and the names we take belong to us alone."""

import ast
import re
from importlib.metadata import packages_distributions

from tests.architecture.source_tree import REPOSITORY, packages, relative, sources, syntax

SAYS_NOTHING = frozenset({"data", "info", "manager", "handler", "helper", "helpers", "util", "utils"})


def words(name: str) -> frozenset[str]:
    """The words of a snake_case or CamelCase name, in lower case."""
    return frozenset(word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name))


def test_modules_and_folders_have_telling_names() -> None:
    for path in sources(*packages(), "samples", "tests"):
        place = relative(path).removesuffix(".py")
        assert not SAYS_NOTHING & {word for part in place.split("/") for word in words(part)}, place


def test_classes_have_telling_names() -> None:
    for path in sources(*packages(), "samples", "tests"):
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.ClassDef):
                assert not SAYS_NOTHING & words(node.name), f"{relative(path)}:{node.name}"


def test_every_shipped_package_is_there_and_every_package_is_shipped() -> None:
    found = {path.parent.name for path in REPOSITORY.glob("*/__init__.py")} - {"benchmarks", "samples", "tests"}
    assert found == set(packages())


def test_no_other_distribution_brings_our_names() -> None:
    installed = packages_distributions()
    assert all(set(installed.get(name, ())) <= {"earkiv"} for name in packages())

"""The reference page names every command, option and setting there is, and no other."""

import re
from typing import Any

import typer

from earkiv.cli.commands import app
from ingest.config import read_settings
from tests.architecture.source_tree import REPOSITORY

PAGE = (REPOSITORY / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")


def commands(command: Any, path: tuple[str, ...] = ()) -> dict[str, Any]:
    below = getattr(command, "commands", None)
    if below is None:
        return {" ".join(path): command}
    return {name: each for word, sub in below.items() for name, each in commands(sub, (*path, word)).items()}


def test_every_command_stands_there() -> None:
    there = set(re.findall(r"^\| `earkiv ([a-z -]+?)(?: [A-Z\[-].*?)?` \|", PAGE, re.MULTILINE))
    assert there == set(commands(typer.main.get_command(app)))


def test_every_option_stands_there() -> None:
    for name, command in commands(typer.main.get_command(app)).items():
        for option in (opt for parameter in command.params for opt in parameter.opts if opt.startswith("--")):
            assert option in PAGE, f"{name} {option}"


def test_every_setting_stands_there() -> None:
    there = set(re.findall(r"^\| `(EARKIV_[A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert there
    assert read_settings(dict.fromkeys(there, ""), 1).unknown == ()
    config = (REPOSITORY / "ingest" / "config.py").read_text(encoding="utf-8")
    desk = (REPOSITORY / "ingest" / "adapters" / "desk_settings.py").read_text(encoding="utf-8")
    drops = (REPOSITORY / "ingest" / "adapters" / "drop_settings.py").read_text(encoding="utf-8")
    read = re.findall(r'reader\.\w+\("(EARKIV_[A-Z_]+)"', config) + re.findall(r'"(EARKIV_DESK_[A-Z_]+)"', desk)
    assert {*read, *re.findall(r'"(EARKIV_DROPS[A-Z_]*)"', drops)} == there

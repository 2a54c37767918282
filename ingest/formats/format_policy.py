"""The format policy as TOML: what comes with the program, and over it what an archive says in a file of its own.

A file has `[[group]]` tables: what holds for all formats in `[group.formats]` (PUID = "name"). A format that the
archive's own file names follows that group alone.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cattrs import transform_error
from cattrs.errors import BaseValidationError

from ingest.domain.findings import Text
from ingest.domain.format_policy import ABILITIES, FormatPolicy, FormatRule, Standing, Target, When
from ingest.errors import ConfigurationError
from ingest.formats.wire import from_json
from schemas.formats import policy_files


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    delivery: Standing
    preservation: Standing
    source_sv: str
    source_en: str
    formats: dict[str, str]
    target: str = ""
    tool: str = ""
    when: When = When.ALWAYS


def read_policy(own: Path) -> FormatPolicy:
    """Read the policy with the archive's own file over it, if there is one; the version is counted by the archive.

    Raises ConfigurationError that names the file and what is wrong in it.
    """
    files = [(path, _table(path)) for path in policy_files()]
    targets = tuple(from_json(target, Target) for _, table in files for target in table.get("target", ()))
    rules = _by_puid(rule for path, table in files for rule in _rules(path, table))
    if own.is_file():
        rules |= _by_puid(_rules(own, _table(own)))
    return FormatPolicy(version=1, rules=tuple(rules[puid] for puid in sorted(rules)), targets=targets)


def _by_puid(rules: Iterable[FormatRule]) -> dict[str, FormatRule]:
    found: dict[str, FormatRule] = {}
    for rule in rules:
        if rule.puid in found:
            raise _wrong(Path("format-policy"), f"{rule.puid} står två gånger", f"{rule.puid} stands twice")
        found[rule.puid] = rule
    return found


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _wrong(path, str(error), str(error)) from error


def _rules(path: Path, table: dict[str, Any]) -> tuple[FormatRule, ...]:
    if unknown := table.keys() - {"group", "target"}:
        raise _wrong(path, f"okänd nyckel {min(unknown)}", f"unknown key {min(unknown)}")
    try:
        groups = [from_json(group, _Group) for group in table.get("group", ())]
    except (BaseValidationError, ValueError, TypeError) as error:
        said = "; ".join(transform_error(error, path="group"))
        raise _wrong(path, f"en grupp är fel skriven ({said})", f"a group is written wrong ({said})") from error
    for group in groups:
        if group.target not in ABILITIES.get(group.tool, frozenset({""}) if not group.tool else frozenset()):
            sv = f"verktyget {group.tool!r} gör inte {group.target!r}; de som finns: {_abilities()}"
            en = f"the tool {group.tool!r} does not make {group.target!r}; those there are: {_abilities()}"
            raise _wrong(path, sv, en)
    return tuple(_rule(puid, name, group) for group in groups for puid, name in group.formats.items())


def _rule(puid: str, name: str, group: _Group) -> FormatRule:
    return FormatRule(
        puid=puid,
        name=name,
        delivery=group.delivery,
        preservation=group.preservation,
        source=Text(sv=group.source_sv, en=group.source_en),
        target=group.target,
        tool=group.tool,
        when=group.when,
    )


def _abilities() -> str:
    return "; ".join(f"{tool}: {', '.join(sorted(targets))}" for tool, targets in ABILITIES.items())


def _wrong(path: Path, sv: str, en: str) -> ConfigurationError:
    return ConfigurationError(f"{path.name}: {sv}.", f"{path.name}: {en}.")

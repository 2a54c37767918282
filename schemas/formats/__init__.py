"""The format policy that comes with the program, as TOML files: what holds for each format, and what copies become."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def policy_files() -> tuple[Path, ...]:
    """Give the policy's files, sorted by name."""
    return tuple(sorted(_FOLDER.glob("*.toml")))

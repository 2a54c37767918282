"""Sizes as they are written on the command line."""

import argparse
import re
from typing import Final

_UNITS: Final = {"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def bytes_of(text: str) -> int:
    """Read a size such as 512MiB. Raises ArgumentTypeError."""
    parsed = re.fullmatch(r"(\d+)\s*([KMG]iB|)", text)
    if parsed is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 512MiB")
    return int(parsed[1]) * _UNITS[parsed[2]]

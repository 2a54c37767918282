"""The values of `--scan`: by what is known of their virus scans packages are chosen."""

from enum import StrEnum


class ScanState(StrEnum):
    """What is known of a package's virus scans."""

    INFECTED = "infected"
    NOT_SCANNED = "not-scanned"

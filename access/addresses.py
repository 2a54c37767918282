"""Where a record's page lies, for pages and open data alike."""

from typing import Literal


def record_path(kind: Literal["case", "record"], public_id: str) -> str:
    """Give the path of a record's page in Swedish."""
    return f"/{'cases' if kind == 'case' else 'records'}/{public_id}"

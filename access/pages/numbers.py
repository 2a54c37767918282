"""Numbers in addresses, which anybody can write by hand."""

_MOST_DIGITS = 9


def number_in(told: str, otherwise: int) -> int:
    """Read a whole number of at most nine ASCII digits; `otherwise` stands for anything else."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= _MOST_DIGITS else otherwise

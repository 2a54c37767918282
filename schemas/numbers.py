"""Numbers in addresses and forms of both doors, which anybody can write by hand."""

_MOST_DIGITS = 9


def whole_number(told: str) -> int | None:
    """Read a whole number of at most nine ASCII digits; None for anything else."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= _MOST_DIGITS else None


def number_in(told: str, otherwise: int) -> int:
    """Read a whole number as `whole_number` does; `otherwise` stands for anything else."""
    number = whole_number(told)
    return otherwise if number is None else number

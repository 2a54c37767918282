"""Which of our two languages a client prefers (RFC 9110, section 12.5.4)."""

_OURS = ("sv", "en")


def preferred(accept_language: str) -> str:
    """Give `sv` or `en`; Swedish where the header says nothing, or nothing that can be read."""
    weights = {language: _weight(language, accept_language) for language in _OURS}
    return "en" if weights["en"] > weights["sv"] else "sv"


def _weight(language: str, header: str) -> float:
    """Give the weight of a language: that of its own range, else that of `*`."""
    own: list[float] = []
    any_language = 0.0
    for item in header.lower().split(","):
        tag, _, parameters = item.strip().partition(";")
        weight = _quality(parameters)
        if tag.strip().partition("-")[0] == language:
            own.append(weight)
        elif tag.strip() == "*":
            any_language = weight
    return max(own, default=any_language)


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0

"""A number that is masked leaves no digit of itself, and all else where it was."""

from ingest.application.hits_in_view import masked
from ingest.domain.personal_numbers import find_numbers


def shown(text: str) -> str:
    return masked(text, find_numbers(text))


def test_every_number_is_masked_and_nothing_else() -> None:
    text = "Eva Ek 640823-3234, född 1964, och 640883-3231."
    assert shown(text) == "Eva Ek ••••••-••••, född 1964, och ••••••-••••."


def test_a_text_without_numbers_is_as_it_was() -> None:
    assert shown("Diarienummer 2021-17") == "Diarienummer 2021-17"

"""Which language is spoken, and what typer says in Swedish."""

import pytest

from earkiv.cli.language import Voice, spoken
from earkiv.cli.usage import translated
from ingest.config import Language

SWEDISH = Voice(language=Language.SWEDISH)
ENGLISH = Voice(language=Language.ENGLISH)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "sv"),
        ([], {"EARKIV_LANG": "en"}, "en"),
        (["list", "--lang", "sv"], {"EARKIV_LANG": "en"}, "sv"),
        (["list", "--lang=en"], {}, "en"),
        (["list", "--lang"], {"EARKIV_LANG": "en"}, "en"),
        (["list", "--lang", "fi"], {"EARKIV_LANG": " en "}, "en"),
        (["list", "--lang", "fi"], {"EARKIV_LANG": "fi"}, "sv"),
        (["validate", "--", "--lang", "en"], {}, "sv"),
    ],
)
def test_the_option_goes_before_the_environment_and_that_before_swedish(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert spoken(arguments, environment).language == language


def test_a_voice_says_documents_in_its_language() -> None:
    assert SWEDISH.of({"sv": "fel", "en": "fault"}) == "fel"
    assert ENGLISH.of({"sv": "fel", "en": "fault"}) == "fault"


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("No such option: --jsn (Possible options: --json)", "Det finns inget val --jsn. Menade du --json?"),
        ("No such option: -x", "Det finns inget val -x."),
        ("No such command 'ingets'.", "Det finns inget kommando 'ingets'."),
        (
            "No such command 'ingets'. Did you mean 'ingest'?",
            "Det finns inget kommando 'ingets'. Menade du 'ingest'?",
        ),
        ("Missing command.", "Kommando saknas."),
        ("Missing argument 'ID'.", "Argumentet 'ID' saknas."),
        ("Missing option '--to'.", "Valet '--to' saknas."),
        ("Option '--to' requires an argument.", "Valet '--to' ska följas av ett värde."),
        ("Something new", "Something new"),
    ],
)
def test_usage_errors_are_said_in_swedish(english: str, swedish: str) -> None:
    assert translated(english, SWEDISH) == swedish
    assert translated(english, ENGLISH) == english

"""The form of an agreement: each term as a person writes it, and back; checked as what comes over the API is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, assert_never

from pydantic import ValidationError

from audit.desk import agreement_texts as texts
from ingest.api.agreement_documents import ChangedTerms, NewTerms
from ingest.domain.agreements import SubmissionAgreement
from ingest.domain.findings import Text
from ingest.formats.wire import from_json, to_json


class Kind(StrEnum):
    """How a term is written."""

    WORDS = "words"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"


_NO_CHOICES: Final[Mapping[str, Text]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the form, named as its term is."""

    name: str
    label: Text
    kind: Kind = Kind.WORDS
    choices: Mapping[str, Text] = field(default_factory=lambda: _NO_CHOICES)


def _field(name: str, sv: str, en: str, kind: Kind = Kind.WORDS, choices: Mapping[str, Text] = _NO_CHOICES) -> Field:
    return Field(name=name, label=Text(sv=sv, en=en), kind=kind, choices=choices)


_LINES, _NUMBER, _CHOICE = Kind.LINES, Kind.NUMBER, Kind.CHOICE
FIELDS: Final = (
    _field("title", "Titel", "Title"),
    _field("standing", "Ställning", "Standing", _CHOICE, texts.STANDINGS),
    _field("contact", "Kontakt för den levererande organisationen", "Whom the producer turns to"),
    _field("producers", "Vilka som får leverera (tomt: alla)", "Who may deliver (empty: anyone)", _LINES),
    _field("dialects", "Leveranstyper (tomt: alla)", "Dialects (empty: any)", _LINES),
    _field("content_types", "Innehållstyper (tomt: alla)", "Content information types (empty: any)", _LINES),
    _field("case_types", "Ärendetyper (tomt: alla)", "Types of cases (empty: any)", _LINES),
    _field("formats", "Format som tas emot (tomt: alla)", "Formats accepted (empty: any)", _LINES),
    _field("held_formats", "Format som en person beslutar om", "Formats that a person decides on", _LINES),
    _field("refused_formats", "Format som aldrig tas emot", "Formats never accepted", _LINES),
    _field("max_bytes", "Högst så många byte", "At most so many bytes", _NUMBER),
    _field("max_files", "Högst så många filer", "At most so many files", _NUMBER),
    _field("max_path_length", "Längsta sökväg, i tecken", "Longest path, in characters", _NUMBER),
    _field(
        "name_marks", "Tecken i filnamn utöver bokstäver och siffror", "Characters in paths beside letters and digits"
    ),
    _field("closed_until", "Ärenden avslutade senast (dag)", "Cases closed at the latest (day)"),
    _field("access_default", "Mest öppna nivå som föreslås", "Least strict level proposed", _CHOICE, texts.ACCESS),
    _field("disposal", "När inget sägs om gallring", "Where nothing is said of disposal", _CHOICE, texts.DISPOSAL),
    _field("period", "Gallringsfrist", "Disposed of after"),
    _field("mandate", "Gallringsbeslut", "Disposal decision"),
    _field("hold", "Regler som gör att en person frågas", "Rules for which a person is asked", _LINES),
    _field("severities", "Reglers allvar: regel och grad", "Severity of rules: rule and severity", _LINES),
    _field("new_generation_for", "Slag som blir ny generation", "Kinds that become a new generation", _LINES),
    _field("notifications", "Vad webhooks berättar (tomt: allt)", "What webhooks tell (empty: all)", _LINES),
    _field("normalise", "Bevarandekopior görs", "Preservation copies are made", _CHOICE, texts.NORMALISE),
    _field("nested_depth", "Så djupt öppnas ZIP och TAR", "How deep ZIP and TAR are opened", _NUMBER),
)
"""The terms in the order of the form; content schemas are not among them."""
_LABELS: Final = {one.name: one.label for one in FIELDS}
_DISPOSAL: Final = ("disposal", "period", "mandate")


def written(agreement: SubmissionAgreement) -> dict[str, str]:
    """Write each term as the form has it."""
    default = agreement.disposal_default
    disposal = "" if default is None else "disposable" if default.disposable else "kept"
    told: Any = to_json(agreement)
    said = {one.name: _written(told[one.name]) for one in FIELDS if one.name not in _DISPOSAL}
    return {
        **said,
        "disposal": disposal,
        "period": default.period if default else "",
        "mandate": default.mandate if default else "",
    }


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return "\n".join(one if isinstance(one, str) else " ".join(one) for one in value)
        case _:
            return str(value)


def meant(
    form: Mapping[str, str], agreement_id: str, reason: str, before: SubmissionAgreement | None
) -> SubmissionAgreement | tuple[Text, ...]:
    """Read the form, as the version after `before` (None = the first); or name the fields that cannot be used."""
    terms = {one.name: _meant(form.get(one.name, ""), one) for one in FIELDS if one.name not in _DISPOSAL}
    terms |= {"name_marks": form.get("name_marks") or None, "disposal_default": _disposal(form), "reason": reason}
    schemas: Any = [] if before is None else to_json(before.content_schemas)
    whole = {**terms, "nested_depth": terms["nested_depth"] or 0, "content_schemas": schemas, "id": agreement_id}
    try:
        if before is None:
            NewTerms.model_validate_json(json.dumps(whole))
        else:
            ChangedTerms.model_validate_json(json.dumps({name: said for name, said in whole.items() if name != "id"}))
    except ValidationError as error:
        return tuple(dict.fromkeys(_label(one["loc"]) for one in error.errors()))
    return from_json({**whole, "version": 1}, SubmissionAgreement)


def _label(place: tuple[int | str, ...]) -> Text:
    name = str(place[0])
    return {**_LABELS, "id": texts.NAME, "reason": texts.WHY, "disposal_default": _LABELS["disposal"]}.get(
        name, Text(sv=name, en=name)
    )


def _meant(text: str, one: Field) -> Any:  # noqa: ANN401 - whatever JSON has for it
    match one.kind:
        case Kind.WORDS:
            return text
        case Kind.NUMBER:
            return int(text) if text.isdecimal() and text.isascii() else text or None
        case Kind.LINES:
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            return [line.split() for line in lines] if one.name == "severities" else lines
        case Kind.CHOICE:
            return {"yes": True, "no": False}.get(text, text)
        case _:
            assert_never(one.kind)


def _disposal(form: Mapping[str, str]) -> dict[str, Any] | str | None:
    chosen = form.get("disposal", "")
    said = {"period": form.get("period", ""), "mandate": form.get("mandate", "")}
    match chosen:
        case "kept" | "disposable":
            return {"disposable": chosen == "disposable", **said}
        case "":
            return "period or mandate of nothing" if any(said.values()) else None
        case _:
            return chosen

"""`earkiv formats`: the format policy in force, and what the archive holds of each format."""

from typing import Any

from earkiv.cli.endings import FINE
from earkiv.cli.session import Printing, Session, print_json
from ingest.application.survey_formats import FormatSurvey, SurveyedFormat, survey_formats
from ingest.bootstrap import reading


def print_formats(session: Session) -> int:
    """Print the policy, format by format, and what is held."""
    with reading(session.settings) as archive:
        survey = survey_formats(archive.ports)
    document = formats_document(survey)
    if session.printing is Printing.JSON:
        print_json(document)
        return FINE
    from earkiv.cli.formats_view import print_survey  # noqa: PLC0415 - JSON needs no tables

    print_survey(document, session)
    return FINE


def formats_document(survey: FormatSurvey) -> dict[str, Any]:
    """Give the survey as `formats --json` prints it."""
    return {"policy": survey.policy, "formats": [_format(one) for one in survey.formats]}


def _format(one: SurveyedFormat) -> dict[str, Any]:
    held, rule = one.held, one.rule
    known = " ".join(part for part in (held.name, held.version) if part) if held else ""
    return {
        "puid": one.puid,
        "name": rule.name if rule else known,
        "delivery": rule.delivery.value if rule else None,
        "preservation": rule.preservation.value if rule else None,
        "target": (rule.target or None) if rule else None,
        "tool": (rule.tool or None) if rule else None,
        "when": rule.when.value if rule and rule.target else None,
        "source": {"sv": rule.source.sv, "en": rule.source.en} if rule else None,
        "originals": held.originals if held else 0,
        "copies": held.copies if held else 0,
        "bytes": held.bytes if held else 0,
    }

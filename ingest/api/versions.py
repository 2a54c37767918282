"""Which version a change is made from (If-Match, RFC 9110, section 13.1.1), so that nobody overwrites another's."""

import re
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import Header

from ingest.api import texts
from ingest.api.problems import Problem, ProblemType
from ingest.domain.findings import Text

_TAG: Final = re.compile(r'(?<!W/)"([1-9][0-9]{0,9})"')
IfMatch = Annotated[str | None, Header(description="The ETag of the version that is changed.", max_length=200)]


def seen_versions(if_match: str | None) -> tuple[int, ...]:
    """Read the versions that a client has seen. Raises Problem (428) where it names none, or any at all."""
    if if_match is None or if_match.strip() == "*":
        raise Problem(
            status=HTTPStatus.PRECONDITION_REQUIRED,
            type=ProblemType.NEEDS_IF_MATCH,
            title=texts.NEEDS_IF_MATCH,
            detail=texts.NEEDS_IF_MATCH_DETAIL,
        )
    return tuple(int(version) for version in _TAG.findall(if_match))


def outdated(newest: int) -> Problem:
    """Say that somebody else was faster."""
    said = texts.OUTDATED_DETAIL
    return Problem(
        status=HTTPStatus.PRECONDITION_FAILED,
        type=ProblemType.OUTDATED,
        title=texts.OUTDATED,
        detail=Text(sv=said.sv.format(version=newest), en=said.en.format(version=newest)),
    )

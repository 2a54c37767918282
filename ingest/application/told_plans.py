"""A dry run as a JSON document: the report, and what would be done with the delivery."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from ingest.application.dry_run import DryRun
from ingest.application.plan_delivery import Plan, PlannedFile
from ingest.application.told_reports import report_document
from ingest.domain.conversions import NoCopy
from ingest.domain.findings import Text
from ingest.formats.finding_documents import finding_document
from ingest.formats.wire import to_json

WHY_NOT: Final[Mapping[NoCopy, Text]] = MappingProxyType(
    {
        NoCopy.NOT_AGREED: Text(
            sv="Överenskommelsen säger att inga bevarandekopior görs.",
            en="The agreement says that no preservation copies are made.",
        ),
        NoCopy.NO_CONTENT: Text(
            sv="Filen beskriver leveransen; bara innehåll kopieras.",
            en="The file describes the delivery; only content is copied.",
        ),
        NoCopy.EMPTY: Text(sv="Filen är tom.", en="The file is empty."),
        NoCopy.UNKNOWN_FORMAT: Text(sv="Filens format är okänt.", en="The file's format is unknown."),
        NoCopy.NO_RULE: Text(
            sv="Formatpolicyn säger inget om formatet.", en="The format policy says nothing of the format."
        ),
        NoCopy.KEPT: Text(
            sv="Formatpolicyn låter formatet vara som det är.", en="The format policy leaves the format as it is."
        ),
        NoCopy.CONFORMS: Text(
            sv="Ingen granskning har visat att filen bryter mot sitt format.",
            en="No validation has shown that the file violates its format.",
        ),
    }
)
"""Each reason in words."""


def dry_run_document(run: DryRun) -> dict[str, Any]:
    """Give the report as `earkiv validate` gives it, and the plan beside it, null where nothing can be read."""
    return {**report_document(run.report), "plan": None if run.plan is None else _plan(run.plan)}


def _plan(plan: Plan) -> dict[str, Any]:
    copied = sum(isinstance(file.copy, tuple) for file in plan.files)
    return {
        "storage": {"files": len(plan.files), "bytes": plan.bytes, "copies": copied, "replicas": plan.replicas},
        "agreement": {"id": plan.agreement.id, "version": plan.agreement.version},
        "outcome": plan.foreseen.outcome.value,
        "findings": [finding_document(one) for one in plan.foreseen.findings],
        "formatPolicy": plan.policy,
        "files": [_file(file) for file in plan.files],
    }


def _file(file: PlannedFile) -> dict[str, Any]:
    return {"path": file.path, "size": file.size, "format": to_json(file.format), **_copy(file)}


def _copy(file: PlannedFile) -> dict[str, Any]:
    match file.copy:
        case NoCopy() as why:
            said = WHY_NOT[why]
            return {"copy": None, "why": {"reason": why.value, "message": {"sv": said.sv, "en": said.en}}}
        case (rule, target):
            return {"copy": {"target": target.name, "title": target.title, "tool": rule.tool}, "why": None}

"""`/metrics`: what an operator's Prometheus reads."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from ingest.api.access import watcher_of
from ingest.api.documents import answers

router = APIRouter(tags=["operations"])


@router.get(
    "/metrics",
    operation_id="get_metrics",
    response_class=Response,
    dependencies=[Depends(watcher_of)],
    responses={
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Prometheus' text format."},
        **answers(401, 403, 503),
    },
)
def metrics(request: Request) -> Response:
    """Tell what is counted: of the whole installation, read from the catalogue, and of this process's requests."""
    registry: CollectorRegistry = request.app.state.registry
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

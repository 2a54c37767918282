"""`/health`: whether the process lives, and whether it can take deliveries."""

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from ingest.api.access import Served
from ingest.api.documents import Health
from ingest.errors import EarkivError

router = APIRouter(prefix="/health", tags=["health"])


@router.head("/live", include_in_schema=False, response_model=None)
@router.get("/live", operation_id="get_liveness", response_model=None, responses={200: {"model": Health}})
async def live() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "live"}


@router.head("/ready", include_in_schema=False)
@router.get(
    "/ready",
    operation_id="get_readiness",
    responses={200: {"model": Health}, 503: {"model": Health, "description": "Not ready to take deliveries."}},
)
def ready(service: Served) -> JSONResponse:
    """Say whether deliveries can be taken and worked on: catalogue, staging and workers answer."""
    ports = service.archive.ports
    try:
        ports.catalogue.pending(limit=1)
        ports.staging.prove_room(0)
    except EarkivError:
        return JSONResponse({"status": "unavailable"}, status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    if not service.is_ready():
        return JSONResponse({"status": "starting"}, status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    return JSONResponse({"status": "ready"})

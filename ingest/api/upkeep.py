"""What the API does beside answering, for as long as it runs."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import anyio.to_thread
from fastapi import FastAPI

from ingest.api.service import Service
from ingest.errors import EarkivError, logged_of

logger = logging.getLogger(__name__)


@asynccontextmanager
async def upkeep(app: FastAPI) -> AsyncIterator[None]:
    """Let go again and again of uploads that were left behind."""
    service: Service = app.state.service
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_keep_tidy, service)
        yield
        tasks.cancel_scope.cancel()


async def _keep_tidy(service: Service) -> None:
    while True:
        try:
            await anyio.to_thread.run_sync(service.arrivals.tidy)
        except EarkivError as fault:
            logger.warning("uploads that were left behind cannot be let go right now", extra=logged_of(fault))
        except Exception:
            # What ended this loop would end the server, or leave what is left behind for ever.
            logger.exception("this round of letting go failed")
        await anyio.sleep(service.tidy_seconds)

"""What an archive knows of the work that does not come to its end: for whoever reads why a test failed."""

from collections.abc import Iterator
from datetime import UTC, datetime

from ingest.application.attempts import ATTEMPT, attempts_begun
from ingest.bootstrap import reading
from ingest.config import Settings
from ingest.domain.standing import OpenWork
from ingest.errors import EarkivError
from ingest.ports import Catalogue


def work_in(settings: Settings) -> str:
    """Tell of every delivery that is not over: where it stands, who has it, and what its last attempt ended with."""
    try:
        with reading(settings) as archive:
            return "\n".join(_told(archive.ports.catalogue)) or "nothing is under way"
    except EarkivError as fault:
        return f"the archive itself does not answer: {type(fault).__name__}: {fault.en}"


def _told(catalogue: Catalogue) -> Iterator[str]:
    waiting = catalogue.pending(limit=100)
    yield f"at {datetime.now(UTC):%H:%M:%S}: living processes {list(catalogue.living())}, outbox {waiting}"
    runnable = tuple(catalogue.runnable())
    for work in catalogue.open_work():
        yield _standing(work, catalogue, runnable)


def _standing(work: OpenWork, catalogue: Catalogue, runnable: tuple[str, ...]) -> str:
    delivery = catalogue.delivery(work.delivery)
    faults = catalogue.logged(work.delivery, work.fault)[-3:] if work.fault else ()
    return (
        f"{work.delivery}: {work.state}, step {delivery.step}, version {delivery.version}, still for "
        f"{work.still_seconds:.1f} s, under way: {work.is_under_way}, runnable: {work.delivery in runnable}, "
        f"{ATTEMPT}s: {attempts_begun(work.delivery, catalogue)}, last fault: {work.fault or 'none'} {list(faults)}"
    )

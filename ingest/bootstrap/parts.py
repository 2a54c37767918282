"""The parts of an archive, made by the settings: the same in both deployments but for where things lie."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from ingest.adapters.clamd import ClamdScanner
from ingest.adapters.content import PooledContentChecker
from ingest.adapters.conversion import ConfinedConverter, Tools
from ingest.adapters.examination import PooledExaminer
from ingest.adapters.nested import PooledNestedOpener
from ingest.adapters.pdfa import VeraPdf
from ingest.adapters.system import RandomIds, SystemClock
from ingest.adapters.texts import PooledTextExtractor
from ingest.adapters.tools.bounds import MIB, Bounds
from ingest.adapters.tools.toolbox import open_toolbox
from ingest.adapters.unscanned import Unscanned
from ingest.adapters.webhook_sender import HttpWebhookSender
from ingest.bootstrap.reading_room import taking_out
from ingest.config import Settings
from ingest.domain.allowances import Allowance, AllowanceScale
from ingest.domain.provenance import Agent, AgentKind
from ingest.network_ports import DirectStore
from ingest.pipeline.readings import Readings
from ingest.pipeline.step import Ports
from ingest.ports import Catalogue, ObjectStore, Signer
from ingest.tool_ports import VirusScanner

_MOST_PROCESSES, _MOST_FILES = 32, 10_000
_SMALL_FILE_BYTES = 256 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where things lie: the stores, the catalogue, the keys, and a folder for tools at work that is this process's."""

    catalogue: Catalogue
    signer: Signer
    staging: ObjectStore
    quarantine: ObjectStore
    replicas: tuple[ObjectStore, ...]
    trials: ObjectStore
    scratch: Path
    direct: DirectStore | None = None


def assembled(settings: Settings, places: Places, closing: ExitStack) -> Ports:
    """Put an archive together; what it starts ends with `closing`."""
    examiner = PooledExaminer(
        workers=settings.workers,
        scanner=scanner_of(settings),
        patience_seconds=settings.tool_patience_seconds,
        memory_bytes=settings.tool_memory_mib << 20,
        verapdf=VeraPdf(program=settings.verapdf, scratch=places.scratch) if settings.verapdf else None,
        workspace=places.scratch,
    )
    closing.callback(examiner.close)
    nested_opener = PooledNestedOpener(
        workspace=places.scratch,
        patience_seconds=settings.tool_patience_seconds,
        memory_bytes=settings.tool_memory_mib << 20,
        make_room=examiner.rest,
    )
    closing.callback(nested_opener.close)

    def make_room() -> None:
        examiner.rest()
        nested_opener.rest()

    tools = Tools(
        toolbox=open_toolbox(settings.tools, places.scratch, bounds_of(settings)),
        scale=scale_of(settings),
        at_a_time=settings.conversions,
    )
    converter = ConfinedConverter(tools, examiner, make_room)
    closing.callback(converter.close)
    content_checker = PooledContentChecker(workers=settings.workers, patience_seconds=settings.tool_patience_seconds)
    closing.callback(content_checker.close)
    return Ports(
        catalogue=places.catalogue,
        staging=places.staging,
        quarantine=places.quarantine,
        replicas=places.replicas,
        trials=places.trials,
        direct=places.direct,
        trial_age=timedelta(days=settings.test_days),
        examiner=examiner,
        nested_opener=nested_opener,
        content_checker=content_checker,
        text_extractor=_text_extractor(settings, places.scratch, closing),
        converter=converter,
        signer=places.signer,
        messenger=HttpWebhookSender(settings.receivers, f"earkiv/{version('earkiv')}"),
        clock=SystemClock(),
        ids=RandomIds(),
        readings=Readings(),
        take_out=taking_out(settings),
        archive=Agent(kind=AgentKind.ORGANIZATION, name=settings.archive_name),
        software=Agent(kind=AgentKind.SOFTWARE, name="earkiv", version=version("earkiv")),
        batch=settings.batch_size,
    )


def _text_extractor(settings: Settings, scratch: Path, closing: ExitStack) -> PooledTextExtractor:
    extractor = PooledTextExtractor(
        workspace=scratch,
        patience_seconds=settings.tool_patience_seconds,
        memory_bytes=settings.tool_memory_mib << 20,
    )
    closing.callback(extractor.close)
    return extractor


def scanner_of(settings: Settings) -> VirusScanner:
    """Give the virus scanner that is configured, or an honest "not scanned"."""
    if settings.clamd is None:
        return Unscanned()
    return ClamdScanner(
        address=settings.clamd,
        most_bytes=settings.clamd_max_bytes,
        timeout_seconds=settings.clamd_timeout_seconds,
        patience=timedelta(days=settings.clamd_max_age_days),
    )


def bounds_of(settings: Settings) -> Bounds:
    """Give the most that any conversion may use, by the settings."""
    return Bounds(
        seconds=settings.conversion_seconds,
        cpu_seconds=settings.conversion_seconds,
        memory=settings.conversion_memory * MIB,
        processes=_MOST_PROCESSES,
        files=_MOST_FILES,
        bytes=settings.conversion_bytes * MIB,
    )


def scale_of(settings: Settings) -> AllowanceScale:
    """Give what conversions may use by the size of their source."""
    least = Allowance(
        seconds=settings.conversion_small_seconds,
        memory=settings.conversion_small_memory * MIB,
        bytes=_SMALL_FILE_BYTES,
    )
    most = Allowance(
        seconds=settings.conversion_seconds,
        memory=settings.conversion_memory * MIB,
        bytes=settings.conversion_bytes * MIB,
    )
    return AllowanceScale(least=least, most=most)

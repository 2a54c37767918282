"""A step looks, then decides, then acts (DESIGN §1.3).

`observe` reads facts and may record per-object progress, `decide` is a pure function of them, and `act` carries the
committed decision out, and reads what it needs from there, never from today's settings, clock or versions: every act
can be carried out twice, also by another version of the program, with the same result. Content that is bad is a value
that `decide` returns; a machine that is broken raises.
"""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Generic, TypeVar

from ingest.domain.decisions import Advanced, Held, Rejected, Repeated
from ingest.domain.deliveries import Delivery
from ingest.domain.packages import GeneratedFile
from ingest.domain.provenance import Agent
from ingest.errors import HandedBack
from ingest.network_ports import DirectStore, WebhookSender
from ingest.pipeline.readings import Readings
from ingest.pipeline.trials import TrialRegister
from ingest.ports import Catalogue, Clock, Ids, Lease, ObjectStore, PackageRegister, Signer
from ingest.tool_ports import ContentChecker, Converter, Examiner, NestedOpener, TextExtractor

FactsT = TypeVar("FactsT")
PlanT = TypeVar("PlanT")
PlanCo = TypeVar("PlanCo")

Decision = Advanced[PlanCo] | Rejected | Held | Repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The outside world as the pipeline sees it; `replicas` are all required copies of the archive, the first is read.

    `quarantine` keeps infected deliveries apart from everything else until a person discards them.

    `trials` is the store of test deliveries, which are kept there for `trial_age`; `apart` is what knows of its
    packages and journal, in the ports of a test delivery alone.

    `direct` is staging as producers reach it by themselves, None where they do not.

    `take_out` takes records out of the reading room at once, by their public ids; there may be no such room.

    `is_stopping` says whether what is under way should be given back: this process stops, or others' turn has come.

    `around_step` stands around each step that is carried out: traces.

    `batch` is how many objects one batch holds; `archive` and `software` are the agents named in what is written.
    """

    catalogue: Catalogue
    staging: ObjectStore
    quarantine: ObjectStore
    replicas: tuple[ObjectStore, ...]
    trials: ObjectStore
    trial_age: timedelta
    examiner: Examiner
    nested_opener: NestedOpener
    content_checker: ContentChecker
    text_extractor: TextExtractor
    converter: Converter
    signer: Signer
    messenger: WebhookSender
    clock: Clock
    ids: Ids
    readings: Readings
    take_out: Callable[[Collection[str]], None]
    archive: Agent
    software: Agent
    batch: int
    apart: PackageRegister | None = None
    direct: DirectStore | None = None
    is_stopping: Callable[[], bool] = lambda: False
    around_step: "Callable[[Work], AbstractContextManager[None]]" = lambda _: nullcontext()

    @property
    def register(self) -> PackageRegister:
        """What knows of packages and journal heads where these ports keep things."""
        return self.catalogue if self.apart is None else self.apart

    def keeping(self, delivery: Delivery) -> "Ports":
        """Give the ports by which this delivery is kept: into the archive, or into the test store (DESIGN §4)."""
        if not delivery.is_trial:
            return self
        return replace(self, replicas=(self.trials,), apart=TrialRegister(self.trials))


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One delivery under one lease, with the ports to work through."""

    delivery: Delivery
    lease: Lease
    ports: Ports

    def pause(self) -> None:
        """Stand between two things that may each be the last here. Raises HandedBack when told to give it back."""
        if self.ports.is_stopping():
            raise HandedBack(
                f"Leverans {self.delivery.id} lämnas över: processen ska stoppas, eller andras tur har kommit.",
                f"Delivery {self.delivery.id} is handed back: this process stops, or others' turn has come.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an act leaves to be recorded with the transition."""

    generated: tuple[GeneratedFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlan:
    """The plan of a step whose decision is all there is: nothing to carry out."""


def nothing_to_do(work: Work, decision: Advanced[NoPlan]) -> Done:
    """Carry out the empty plan."""
    _ = work, decision
    return Done()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[FactsT, PlanT]):
    """A named step: what it reads, what it decides, what it does."""

    name: str
    plan_type: type[PlanT]
    observe: Callable[[Work], FactsT]
    decide: Callable[[FactsT], Decision[PlanT]]
    act: Callable[[Work, Advanced[PlanT]], Done]

"""What conversions waste is counted by delivery, from what is recorded, so a new start changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.application.ingest_path import ingest_path
from ingest.application.run_deliveries import finish
from ingest.bootstrap import writing
from ingest.domain.agreements import DEFAULT_AGREEMENT
from ingest.domain.allowances import Effort
from ingest.domain.conversions import Conversion, ConversionRequest
from ingest.domain.deliveries import DeliveryState
from ingest.errors import ToolFailed
from ingest.pipeline.step import Ports
from ingest.ports import ObjectStore
from tests.fakes.small_archive import settings_of
from tests.fakes.steady_converter import SteadyConverter
from tests.features.front_door import SAMPLES

COST = 1.5


class Costly(SteadyConverter):
    """A converter that wastes time over each file; after so many of them the machine breaks."""

    def __init__(self, until: int) -> None:
        super().__init__()
        self._until = until
        self.efforts: list[Effort] = []

    def convert(
        self, staging: ObjectStore, requests: Sequence[ConversionRequest], effort: Effort
    ) -> tuple[Conversion, ...]:
        if len(self.efforts) == self._until:
            raise ToolFailed("Trasigt.", "Broken.")
        self.efforts.append(effort)
        return tuple(replace(one, wasted=COST) for one in super().convert(staging, requests, effort))


def test_each_conversion_is_told_what_all_before_it_have_wasted(tmp_path: Path) -> None:
    first, second = Costly(until=1), Costly(until=100)

    def one_at_a_time(costly: Costly, ports: Ports) -> Ports:
        return replace(ports, converter=costly, batch=1)

    sample, settings = SAMPLES / "bygglov-fgs12", settings_of(tmp_path / "home")
    with writing(settings, lambda ports: one_at_a_time(first, ports)) as archive:
        with pytest.raises(ToolFailed):
            ingest_path(sample, DEFAULT_AGREEMENT, archive.owner, archive.ports)
        (waiting,) = archive.ports.catalogue.unfinished()
    with writing(settings, lambda ports: one_at_a_time(second, ports)) as archive:
        assert finish(waiting.id, archive.owner, archive.ports).state is DeliveryState.ARCHIVED
        made = archive.ports.catalogue.conversions(waiting.id)
    assert len(made) >= 2
    efforts = (*first.efforts, *second.efforts)
    assert efforts == tuple(Effort(wanted=len(made), wasted=COST * number) for number in range(len(made)))

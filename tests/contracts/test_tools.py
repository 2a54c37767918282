"""Every small port's adapters pass its contract."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.adapters import signing
from ingest.adapters.conversion import ConfinedConverter
from ingest.adapters.examination import PooledExaminer
from ingest.adapters.pronom import PronomIdentifier
from ingest.adapters.system import RandomIds, SystemClock
from ingest.adapters.unscanned import Unscanned
from ingest.ports import Clock, Ids, Signer
from ingest.tool_ports import Converter, Examiner, FormatIdentifier, VirusScanner
from tests.contracts.converter import ConverterContract
from tests.contracts.tools import (
    ClockContract,
    ExaminerContract,
    FormatIdentifierContract,
    IdsContract,
    SignerContract,
    VirusScannerContract,
)
from tests.fakes.scripted_tool import ScriptedTool, scripted
from tests.fakes.steady_converter import SteadyConverter


@pytest.fixture(scope="module")
def pooled() -> Iterator[Examiner]:
    examiner = PooledExaminer(workers=2, scanner=Unscanned(), patience_seconds=60, memory_bytes=512 << 20)
    yield examiner
    examiner.close()


class TestPronomIdentifier(FormatIdentifierContract):
    @pytest.fixture
    def identifier(self, tmp_path: Path) -> FormatIdentifier:
        return PronomIdentifier(tmp_path)


class TestUnscanned(VirusScannerContract):
    @pytest.fixture
    def scanner(self) -> VirusScanner:
        return Unscanned()


class TestEd25519Signer(SignerContract):
    @pytest.fixture
    def signer(self, tmp_path: Path) -> Signer:
        return signing.load(tmp_path, signing.create_key(tmp_path), {})


class TestFollowingSigner(SignerContract):
    @pytest.fixture
    def signer(self, tmp_path: Path) -> Signer:
        first, second = signing.create_key(tmp_path), signing.create_key(tmp_path)
        public = {key: signing.public_key(tmp_path, key) for key in (first, second)}
        keys = signing.JournalKeys(public=public, usable=(first, second))
        return signing.FollowingSigner(tmp_path, lambda: keys)


class TestSystemClock(ClockContract):
    @pytest.fixture
    def clock(self) -> Clock:
        return SystemClock()


class TestRandomIds(IdsContract):
    @pytest.fixture
    def ids(self) -> Ids:
        return RandomIds()


class TestSteadyConverter(ConverterContract):
    @pytest.fixture
    def converter(self) -> Converter:
        return SteadyConverter()


class TestConfinedConverter(ConverterContract):
    @pytest.fixture
    def converter(self, pooled: Examiner, tmp_path: Path) -> Converter:
        code = "import shutil, sys; shutil.copy('source', 'made') if sys.argv[1] != 'fmt/412' else sys.exit(1)"
        tools = replace(scripted(ScriptedTool(code, tmp_path)), at_a_time=2)
        return ConfinedConverter(tools, pooled, make_room=lambda: None)


class TestPooledExaminer(ExaminerContract):
    @pytest.fixture
    def examiner(self, pooled: Examiner) -> Examiner:
        return pooled

"""What the small ports promise: format identifier, virus scanner, signer, clock, ids, examiner."""

import base64
from datetime import UTC
from pathlib import Path
from uuid import UUID

import pytest

from ingest.domain.fixity import DigestAlgorithm
from ingest.domain.packages import Clean, ExaminationRequest, Infected, NotScanned
from ingest.errors import ConfigurationError, ObjectMissing, ToolFailed
from ingest.ports import Clock, Ids, Signer
from ingest.tool_ports import Examiner, FormatIdentifier, VirusScanner
from tests.fakes.memory_store import MemoryStore

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b55"
    "0000000a49444154789c6360000000020001"
    "48afa471"
    "0000000049454e44ae426082"
)


class FormatIdentifierContract:
    @pytest.fixture
    def identifier(self) -> FormatIdentifier:
        raise NotImplementedError

    def test_the_tool_names_itself_and_its_signatures(self, identifier: FormatIdentifier) -> None:
        assert identifier.tool
        assert identifier.tool == identifier.tool

    def test_a_format_is_known_by_its_bytes_whatever_it_is_called(
        self, identifier: FormatIdentifier, tmp_path: Path
    ) -> None:
        path = tmp_path / "0001"
        path.write_bytes(PNG)
        found = identifier.identify(path, "bilder/skiss")
        assert found.puid == "fmt/11"
        assert found.mime_type == "image/png"

    def test_an_extension_at_odds_with_the_bytes_is_warned_of(
        self, identifier: FormatIdentifier, tmp_path: Path
    ) -> None:
        path = tmp_path / "0001"
        path.write_bytes(PNG)
        found = identifier.identify(path, "beslut.pdf")
        assert found.puid == "fmt/11"
        assert found.warning

    def test_an_unknown_format_is_no_fault(self, identifier: FormatIdentifier, tmp_path: Path) -> None:
        path = tmp_path / "0001"
        path.write_bytes(b"\x93\x11\xe2" * 50)
        assert identifier.identify(path, "handling").puid is None

    def test_an_empty_file_is_no_fault(self, identifier: FormatIdentifier, tmp_path: Path) -> None:
        path = tmp_path / "0001"
        path.touch()
        found = identifier.identify(path, "tom")
        assert found.puid is None
        assert found.warning

    def test_a_file_that_is_gone_is_a_fault(self, identifier: FormatIdentifier, tmp_path: Path) -> None:
        with pytest.raises(ToolFailed):
            identifier.identify(tmp_path / "gone", "handling.pdf")


class VirusScannerContract:
    @pytest.fixture
    def scanner(self) -> VirusScanner:
        raise NotImplementedError

    def test_a_harmless_file_is_clean_or_honestly_not_scanned(self, scanner: VirusScanner) -> None:
        harmless = "Ansökan om bygglov".encode()
        match scanner.scan(len(harmless), [harmless]):
            case Clean(tool=tool):
                assert tool
            case NotScanned(reason=reason):
                assert reason
            case Infected(name=name):
                pytest.fail(f"found {name} in a harmless file")


class SignerContract:
    @pytest.fixture
    def signer(self) -> Signer:
        raise NotImplementedError

    def test_a_signature_holds_for_its_message_and_key_alone(self, signer: Signer) -> None:
        signature = signer.sign(signer.key_id, b"kvitto")
        assert signer.verify(signer.key_id, b"kvitto", signature)
        assert not signer.verify(signer.key_id, b"kvitt0", signature)
        assert not signer.verify("0" * 16, b"kvitto", signature)

    def test_the_same_message_signs_alike(self, signer: Signer) -> None:
        first, other = signer.sign(signer.key_id, b"kvitto"), signer.sign(signer.key_id, b"kvittot")
        assert first == signer.sign(signer.key_id, b"kvitto") != other

    def test_a_key_that_is_not_held_signs_nothing(self, signer: Signer) -> None:
        with pytest.raises(ConfigurationError):
            signer.sign("0" * 16, b"kvitto")

    def test_a_signature_is_64_bytes_in_base64url_without_padding(self, signer: Signer) -> None:
        signature = signer.sign(signer.key_id, b"")
        assert len(base64.urlsafe_b64decode(signature + "==")) == 64
        assert not set(signature) & set("=+/\n")

    @pytest.mark.parametrize("spoilt", ["", "å", "A", "A" * 86, "*" * 86])
    def test_what_is_no_signature_does_not_hold(self, signer: Signer, spoilt: str) -> None:
        assert not signer.verify(signer.key_id, b"kvitto", spoilt)

    def test_no_second_text_of_a_signature_holds(self, signer: Signer) -> None:
        signature = signer.sign(signer.key_id, b"kvitto")
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        # The last digit carries two bits and four spare ones; 64 bytes fill no 86 digits evenly.
        sibling = signature[:-1] + alphabet[alphabet.index(signature[-1]) ^ 1]
        for other in (sibling, signature + "==", signature + "\n", " " + signature):
            assert not signer.verify(signer.key_id, b"kvitto", other)


class ClockContract:
    @pytest.fixture
    def clock(self) -> Clock:
        raise NotImplementedError

    def test_time_is_utc_in_whole_seconds(self, clock: Clock) -> None:
        now = clock.now()
        assert now.tzinfo is UTC
        assert now.microsecond == 0

    def test_time_does_not_run_backwards_from_one_call_to_the_next(self, clock: Clock) -> None:
        assert clock.now() <= clock.now()


class IdsContract:
    @pytest.fixture
    def ids(self) -> Ids:
        raise NotImplementedError

    def test_ids_are_uuids_and_never_the_same(self, ids: Ids) -> None:
        found = {ids.new() for _ in range(1000)}
        assert len(found) == 1000
        assert all(str(UUID(text)) == text for text in found)

    def test_secrets_are_32_bytes_in_hexadecimal_and_never_the_same(self, ids: Ids) -> None:
        found = {ids.secret() for _ in range(1000)}
        assert len(found) == 1000
        assert all(len(bytes.fromhex(text)) == 32 and text == text.lower() for text in found)


class ExaminerContract:
    @pytest.fixture
    def examiner(self) -> Examiner:
        raise NotImplementedError

    def test_the_tool_names_itself(self, examiner: Examiner) -> None:
        assert examiner.tool

    def test_answers_come_in_the_order_asked(self, examiner: Examiner) -> None:
        staging = MemoryStore("staging")
        for number in range(20):
            staging.put(str(number), [b"text %d" % number])
        order = [*range(19, -1, -1)]
        requests = [ExaminationRequest(ordinal=n, key=str(n), name="a.txt", algorithms=()) for n in order]
        answers = examiner.examine(staging, requests)
        assert [answer.ordinal for answer in answers] == order
        assert {answer.digests for answer in answers} == {()}

    def test_no_objects_give_no_answers(self, examiner: Examiner) -> None:
        assert examiner.examine(MemoryStore("staging"), ()) == ()

    def test_one_pass_gives_the_digests_asked_for(self, examiner: Examiner) -> None:
        staging = MemoryStore("staging")
        staging.put("a", [b"abc"])
        wanted = (DigestAlgorithm.MD5, DigestAlgorithm.SHA_1)
        (answer,) = examiner.examine(staging, [ExaminationRequest(ordinal=7, key="a", name="a.txt", algorithms=wanted)])
        # RFC 1321 §A.5 and FIPS 180 give these for "abc".
        assert [(d.algorithm, d.value) for d in answer.digests] == [
            (DigestAlgorithm.MD5, "900150983cd24fb0d6963f7d28e17f72"),
            (DigestAlgorithm.SHA_1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ]

    def test_an_object_that_is_gone_is_a_fault(self, examiner: Examiner) -> None:
        gone = ExaminationRequest(ordinal=0, key="gone", name="a.txt", algorithms=())
        with pytest.raises(ObjectMissing):
            examiner.examine(MemoryStore("staging"), [gone])

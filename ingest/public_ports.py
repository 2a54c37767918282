"""What the archive asks of the reading room: the index it carries records over into, and what the public asks for."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from ingest.domain.information_requests import AnswerFile, Disposal, InformationRequest, Step
from schemas.public_standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How a record is listed: at which level (a word of the public record), and since when."""

    level: str
    since: datetime


class PublicIndex(Protocol):
    """What the public can find; `schemas/public-record/layout.md` says what it holds. Changes are durable on return."""

    def show(
        self, record: Mapping[str, Any], content: str, now: Callable[[], datetime], is_decided: Callable[[], bool]
    ) -> bool:
        """List a public record, in the place of what was listed under its id, and say whether it is listed now.

        `content` is the text of its documents. `now` and `is_decided` are asked when no other change can come between:
        whoever withdraws writes the decision first and calls `withdraw` then, so that the last of the two always finds
        the other. The same record again is no change.
        """

    def withdraw(self, ids: Collection[str], now: Callable[[], datetime]) -> frozenset[str]:
        """Leave of each listed id only that something was withdrawn, and when, and say which were listed.

        An id never listed leaves nothing. Which are listed is looked up when no other change can come between.
        """

    def while_unlisted(self, public_id: str, work: Callable[[], None]) -> None:
        """Do that while nobody can list the id; nothing where it is listed."""

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Say which of the ids are listed, or were and have been withdrawn."""

    def shown(self, ids: Collection[str]) -> frozenset[str]:
        """Say which of the ids are listed."""

    def listings(self, ids: Collection[str]) -> Mapping[str, Listing]:
        """Say how those of the ids that are listed are listed."""

    def records(self, ids: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        """Give the public records of those of the ids that are listed."""

    def standing(self) -> Standing:
        """Say how far the index has come."""

    def while_standing(self, tell: Callable[[Standing], None]) -> None:
        """Call `tell` with how far the index has come, while no change can come between."""

    def rename(self) -> None:
        """Give the index a new name: whoever knows a position by the former one begins again."""

    def listed_after(self, position: int, limit: int) -> Mapping[int, str]:
        """Give the first ids that are listed after a position, by their positions; 0 = from the beginning."""


class RequestLedger(Protocol):
    """What the public has asked for, in a store that is neither the archive's nor the reading room's own."""

    def requests(self) -> tuple[InformationRequest, ...]:
        """List every request with all that was done about it, oldest first."""

    def request(self, request_id: str) -> InformationRequest:
        """Give one request. Raises UnknownSubject."""

    def add_step(self, request: InformationRequest, step: Step, contents: Mapping[str, bytes]) -> bool:
        """Add a step to a request as it was read, durable on return; False when another step has come meanwhile.

        `contents` are the bytes of the step's files by their SHA-256: they come with it or not at all.
        """

    def content(self, request_id: str, file: AnswerFile) -> bytes:
        """Give a file that went out with an answer, by its digest. Raises UnknownSubject, DamageFound."""

    def dispose(self, request_id: str, disposal: Disposal) -> None:
        """Erase a part of a request and remember when, durable on return, all of it or nothing.

        The whole of a request leaves nothing to be remembered. The same again is no error, nor one that is not there.
        """

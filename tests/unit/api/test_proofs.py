"""Who reads direct uploads, and when: few at a time, none twice, and a refusal is told to who asks again."""

import threading
from concurrent.futures import Future, wait
from dataclasses import replace

from ingest.api.proofs import AT_A_TIME, MOST_OF_ONE, Claim, NoPlace, Proofs
from ingest.application.direct_uploads import Completion, Incomplete, NotAsStated
from ingest.errors import StoreUnavailable

CLAIM = Claim(sender="Nämnd", upload_id="u1", sha256="0" * 64)
REFUSED = NotAsStated(findings=())
MORE_NEEDED = Incomplete(missing=())


def _begun(found: "Future[Completion] | NoPlace") -> "Future[Completion]":
    assert isinstance(found, Future)
    return found


def test_the_same_claim_joins_and_others_find_so_many_places() -> None:
    proofs, may_end, begun = Proofs(), threading.Event(), []

    def work() -> Completion:
        begun.append(1)
        assert may_end.wait(30)
        return MORE_NEEDED

    first = _begun(proofs.of(CLAIM, work))
    assert proofs.of(CLAIM, work) is first
    second = _begun(proofs.of(replace(CLAIM, upload_id="u2"), work))
    assert proofs.of(replace(CLAIM, upload_id="u3"), work) == NoPlace(is_own=True)
    others = [_begun(proofs.of(replace(CLAIM, sender=f"n{n}"), work)) for n in range(AT_A_TIME - MOST_OF_ONE)]
    assert proofs.of(replace(CLAIM, sender="sist"), work) == NoPlace(is_own=False)
    may_end.set()
    wait([first, second, *others])
    assert len(begun) == AT_A_TIME
    assert _begun(proofs.of(replace(CLAIM, sender="sist"), work)).result(30) == MORE_NEEDED


def test_a_refusal_is_kept_for_its_sender_until_it_is_told() -> None:
    proofs, asked = Proofs(), []

    def work() -> Completion:
        asked.append(1)
        return REFUSED

    assert _begun(proofs.of(CLAIM, work)).result(30) is REFUSED
    assert _begun(proofs.of(replace(CLAIM, sender="Annan"), work)).result(30) is REFUSED
    assert len(asked) == 2
    assert _begun(proofs.of(CLAIM, work)).result(30) is REFUSED
    assert len(asked) == 2
    proofs.told(CLAIM)
    assert _begun(proofs.of(CLAIM, work)).result(30) is REFUSED
    assert len(asked) == 3


def test_an_outage_is_no_answer_and_is_tried_anew() -> None:
    proofs = Proofs()

    def work() -> Completion:
        raise StoreUnavailable("lagret", "the store")

    assert isinstance(_begun(proofs.of(CLAIM, work)).exception(30), StoreUnavailable)
    assert _begun(proofs.of(CLAIM, lambda: MORE_NEEDED)).result(30) is MORE_NEEDED

"""What producers were told while something broke: the history that is held against the archive afterwards."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import httpx

from tests.features.api_client import case_push, document

_PAUSE_SECONDS: Final = 0.2
_DOCUMENTS: Final = 4


@dataclass(slots=True)
class History:
    """What a producer was told: for each case, every place that an answer named."""

    key: str
    told: dict[str, set[str]] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)

    def push(self, name: str, address: Callable[[], str], given_up: threading.Event) -> None:
        """Push one case until it is acknowledged, as a producer does."""
        texts = (document(f"{name}-{n}".encode(), f"{n}.txt") for n in range(_DOCUMENTS))
        case = case_push(name, *texts)
        while name not in self.told and not given_up.is_set():
            try:
                answer = httpx.post(
                    f"{address()}/v1/deliveries", json=case, headers={"Authorization": f"Bearer {self.key}"}, timeout=60
                )
            except httpx.TransportError:
                given_up.wait(_PAUSE_SECONDS)
                continue
            if answer.status_code in {200, 202}:
                self.told.setdefault(name, set()).add(answer.headers["location"])
            elif answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                self.unexpected.append(f"{answer.status_code} {answer.text}")
                return
            else:
                given_up.wait(_PAUSE_SECONDS)
